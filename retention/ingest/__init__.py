"""A stranger's bytes to Orders: reading, guessing the columns, setting aside what cannot be used.

The public names are imported when first used, because the child process that parses files passes through here
and must start without pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention.ingest.account import Account, Intake
    from retention.ingest.guessing import Guess, guess
    from retention.ingest.intake import to_orders
    from retention.ingest.limits import Limits
    from retention.ingest.mapping import Mapping
    from retention.ingest.months import month_number
    from retention.ingest.reading import RawTable, read
    from retention.ingest.samples import open_sample, sample_spend
    from retention.ingest.spend import Spend, read_spend

__all__ = [
    "Account",
    "Guess",
    "Intake",
    "Limits",
    "Mapping",
    "RawTable",
    "Spend",
    "guess",
    "month_number",
    "open_sample",
    "read",
    "read_spend",
    "sample_spend",
    "to_orders",
]

_HOMES = {
    "account": ("Account", "Intake"),
    "guessing": ("Guess", "guess"),
    "intake": ("to_orders",),
    "limits": ("Limits",),
    "mapping": ("Mapping",),
    "months": ("month_number",),
    "reading": ("RawTable", "read"),
    "samples": ("open_sample", "sample_spend"),
    "spend": ("Spend", "read_spend"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
