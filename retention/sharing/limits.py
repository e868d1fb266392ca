"""How much may be shared before more is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Limits:
    """Bounds on what is stored; passing any of them is a `SharingError`.

    Attributes
    ----------
    share_bytes : of one share, as it is stored
    shares_each : of one owner that have not expired
    store_bytes : of all shares together
    """

    share_bytes: int = 64 << 20
    shares_each: int = 50
    store_bytes: int = 4 << 30


def limits_in(environment: Mapping[str, str]) -> Limits:
    """Limits as an environment sets them: ``RITORNO_SHARE_BYTES`` and so on, each a whole number above 0.

    Raises
    ------
    ValueError
        For any other text, naming the variable.

    Examples
    --------
    >>> limits_in({"RITORNO_SHARES_EACH": "5"}).shares_each
    5
    """
    named = {field.name: f"RITORNO_{field.name.upper()}" for field in fields(Limits)}
    given = {name: environment[variable] for name, variable in named.items() if variable in environment}
    for name, text in given.items():
        if not text.isdecimal() or int(text) == 0:
            raise ValueError(f"{named[name]} must be a whole number above 0, not {text!r}")
    return Limits(**{name: int(text) for name, text in given.items()})
