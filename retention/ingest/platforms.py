"""Exports known by their headings, and what their columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ingest.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

_UCI_HEADINGS = frozenset(
    {"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"}
)
_PLATFORMS = {
    "uci_online_retail": (
        _UCI_HEADINGS,
        Mapping("CustomerID", "InvoiceDate", order="InvoiceNo", quantity="Quantity", price="UnitPrice"),
    ),
}


def recognise(headings: Iterable[str]) -> tuple[str, Mapping] | None:
    """Tell the platform whose headings a file has, with its mapping; None where it has no platform's.

    Examples
    --------
    >>> recognise(["Date", "Customer", "Total"]) is None
    True
    """
    present = frozenset(headings)
    for platform, (needed, mapping) in _PLATFORMS.items():
        if needed <= present:
            return platform, mapping
    return None
