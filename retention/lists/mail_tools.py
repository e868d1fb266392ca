"""Lists as mail tools and ad platforms import them: who is written to, under the headings they document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.campaigns import CONTACT
from retention.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Tool = Literal["klaviyo", "mailchimp", "brevo", "hubspot", "activecampaign", "ads"]
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class _Format:
    """How a tool wants a file: the heading of the address, and that of any other id, where it takes one."""

    address: str
    other: str | None = None
    upper: bool = False  # headings in capitals, without blanks


_FORMATS: dict[Tool, _Format] = {
    "klaviyo": _Format("Email Address"),
    "mailchimp": _Format("Email Address"),
    "brevo": _Format("EMAIL", other="EXT_ID", upper=True),
    "hubspot": _Format("Email"),
    "activecampaign": _Format("Email"),
    "ads": _Format("Email"),
}
TOOLS: tuple[Tool, ...] = tuple(_FORMATS)


def for_tool(table: pd.DataFrame, tool: Tool) -> pd.DataFrame:
    """Those of a list who are written to, as a tool imports them; who is held back must not reach it.

    Parameters
    ----------
    table : customer_id, group, and what else the tool is to know of each
    tool : "ads" are the platforms that match customers by the SHA-256 of their address in lower case

    Raises
    ------
    InputError
        ``list_needs_addresses`` with `tool`, where customers are not known by their e-mail address.
    """
    wanted = _FORMATS[tool]
    rows = table[table["group"] == CONTACT].drop(columns="group")
    ids = rows["customer_id"].astype(str).str.strip()
    by_address = bool(ids.map(lambda one: _ADDRESS.fullmatch(one) is not None).all())
    if not by_address and wanted.other is None:
        raise InputError("list_needs_addresses", tool=tool)
    heading = wanted.address if by_address else str(wanted.other)
    if tool == "ads":
        return rows.assign(**{heading: ids.map(_hashed)})[[heading]].reset_index(drop=True)
    further = {name: name.upper() if wanted.upper else name for name in rows.columns if name != "customer_id"}
    named = rows.assign(customer_id=ids).rename(columns={"customer_id": heading, **further})
    return named.reset_index(drop=True)


def _hashed(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()
