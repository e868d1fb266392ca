"""Which known export a file is, by its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.ingest.mapping.platform import Platform, folded
from retention.ingest.mapping.platforms import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.ingest.mapping.mapping import Mapping


def recognise(headings: Iterable[str], *, buyer_given: bool = False) -> tuple[Platform, Mapping] | None:
    """Tell the platform whose headings a file has, with its mapping; None where it has no platform's.

    Parameters
    ----------
    buyer_given : whether the reader knows which column names the customer

    Raises
    ------
    InputError
        ``no_buyer`` for an export that names no customer, where none is given.

    Examples
    --------
    >>> recognise(["Date", "Customer", "Total"]) is None
    True
    """
    headings = list(headings)
    present = {folded(heading) for heading in headings}
    for platform in PLATFORMS:
        if {folded(heading) for heading in platform.headings} <= present:
            if platform.no_buyer and buyer_given:
                return None
            if platform.no_buyer:
                raise InputError("no_buyer", platform=platform.code)
            return platform, platform.mapping(headings)
    return None


def rules_of(code: str | None) -> Platform:
    """Rules of a platform by its code; where there is none, no rule holds."""
    return next((platform for platform in PLATFORMS if platform.code == code), Platform("", ()))
