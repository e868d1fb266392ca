"""A stranger's bytes to Orders: reading, guessing the columns, setting aside what cannot be used.

The public names are imported when first used, because the child process that parses files passes through here
and must start without pandas. For that no room may be called as a public name is: once imported, it would
take that name's place, which is why `checks` lives in `checking`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention.ingest.checking import checks
    from retention.ingest.checking.check import Check, Switch
    from retention.ingest.columns.reasons import Reason
    from retention.ingest.complaints import Complaints, complaints_in, read_complaints
    from retention.ingest.contacts import Contacts, read_contacts
    from retention.ingest.large.reading import large_orders
    from retention.ingest.large.source import TABLE, Source
    from retention.ingest.mapping.file import dump, load, shape
    from retention.ingest.mapping.guessing import Guess, guess, lines_of, questions_about
    from retention.ingest.mapping.mapped_columns import Writing, writing_of
    from retention.ingest.mapping.mapping import ROLES, Mapping, require_columns
    from retention.ingest.mapping.questions import Option, Question
    from retention.ingest.mapping.rivals import explain
    from retention.ingest.orders.account import Account, Intake
    from retention.ingest.orders.exported import Exported
    from retention.ingest.orders.intake import to_orders
    from retention.ingest.orders.products import Lines, LinesKept, ProductLines, count_products
    from retention.ingest.orders.status_columns import words_to_ask
    from retention.ingest.parse.limits import DEFAULT_LIMITS, Limits
    from retention.ingest.parse.reading import RawTable, read, read_many, table_of
    from retention.ingest.parse.sandbox import keep_ready
    from retention.ingest.samples import SAMPLES, Sample, open_sample, sample_spend
    from retention.ingest.spend import Spend, read_spend, typed_spend
    from retention.ingest.words.currencies import offered_currencies
    from retention.ingest.words.fees import is_fee

__all__ = [
    "DEFAULT_LIMITS",
    "ROLES",
    "SAMPLES",
    "TABLE",
    "Account",
    "Check",
    "Complaints",
    "Contacts",
    "Exported",
    "Guess",
    "Intake",
    "Limits",
    "Lines",
    "LinesKept",
    "Mapping",
    "Option",
    "ProductLines",
    "Question",
    "RawTable",
    "Reason",
    "Sample",
    "Source",
    "Spend",
    "Switch",
    "Writing",
    "checks",
    "complaints_in",
    "count_products",
    "dump",
    "explain",
    "guess",
    "is_fee",
    "keep_ready",
    "large_orders",
    "lines_of",
    "load",
    "offered_currencies",
    "open_sample",
    "questions_about",
    "read",
    "read_complaints",
    "read_contacts",
    "read_many",
    "read_spend",
    "require_columns",
    "sample_spend",
    "shape",
    "table_of",
    "to_orders",
    "typed_spend",
    "words_to_ask",
    "writing_of",
]

_HOMES = {
    "checking": ("checks",),
    "checking.check": ("Check", "Switch"),
    "columns.reasons": ("Reason",),
    "complaints": ("Complaints", "complaints_in", "read_complaints"),
    "contacts": ("Contacts", "read_contacts"),
    "large.reading": ("large_orders",),
    "large.source": ("TABLE", "Source"),
    "mapping.file": ("dump", "load", "shape"),
    "mapping.guessing": ("Guess", "guess", "lines_of", "questions_about"),
    "mapping.mapped_columns": ("Writing", "writing_of"),
    "mapping.mapping": ("ROLES", "Mapping", "require_columns"),
    "mapping.questions": ("Option", "Question"),
    "mapping.rivals": ("explain",),
    "orders.account": ("Account", "Intake"),
    "orders.exported": ("Exported",),
    "orders.intake": ("to_orders",),
    "orders.status_columns": ("words_to_ask",),
    "orders.products": ("Lines", "LinesKept", "ProductLines", "count_products"),
    "parse.limits": ("DEFAULT_LIMITS", "Limits"),
    "parse.reading": ("RawTable", "read", "read_many", "table_of"),
    "parse.sandbox": ("keep_ready",),
    "samples": ("SAMPLES", "Sample", "open_sample", "sample_spend"),
    "spend": ("Spend", "read_spend", "typed_spend"),
    "words.currencies": ("offered_currencies",),
    "words.fees": ("is_fee",),
}


def __getattr__(name: str) -> Any:
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
