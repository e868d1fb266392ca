"""A stranger's bytes to Orders: reading, guessing the columns, setting aside what cannot be used.

The public names are imported when first used, because the child process that parses files passes through here
and must start without pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention.ingest.account import Account, Intake
    from retention.ingest.check import Check, Switch
    from retention.ingest.checking import checks
    from retention.ingest.guessing import Guess, guess, lines_of, questions_about
    from retention.ingest.intake import to_orders
    from retention.ingest.limits import Limits
    from retention.ingest.mapping import Mapping, require_columns
    from retention.ingest.mapping_file import dump, load, shape
    from retention.ingest.questions import Option, Question
    from retention.ingest.reading import RawTable, read, read_many
    from retention.ingest.samples import open_sample, sample_spend
    from retention.ingest.sandbox import keep_ready
    from retention.ingest.spend import Spend, read_spend, typed_spend
    from retention.ingest.writing import Writing, writing_of

__all__ = [
    "Account",
    "Check",
    "Guess",
    "Intake",
    "Limits",
    "Mapping",
    "Option",
    "Question",
    "RawTable",
    "Spend",
    "Switch",
    "Writing",
    "checks",
    "dump",
    "guess",
    "keep_ready",
    "lines_of",
    "load",
    "open_sample",
    "questions_about",
    "read",
    "read_many",
    "read_spend",
    "require_columns",
    "sample_spend",
    "shape",
    "to_orders",
    "typed_spend",
    "writing_of",
]

_HOMES = {
    "account": ("Account", "Intake"),
    "check": ("Check", "Switch"),
    "checking": ("checks",),
    "guessing": ("Guess", "guess", "lines_of", "questions_about"),
    "intake": ("to_orders",),
    "limits": ("Limits",),
    "mapping": ("Mapping", "require_columns"),
    "mapping_file": ("dump", "load", "shape"),
    "questions": ("Option", "Question"),
    "reading": ("RawTable", "read", "read_many"),
    "samples": ("open_sample", "sample_spend"),
    "sandbox": ("keep_ready",),
    "spend": ("Spend", "read_spend", "typed_spend"),
    "writing": ("Writing", "writing_of"),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
