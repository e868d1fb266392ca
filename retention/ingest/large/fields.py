"""How an engine reads the mapped columns of a row: who, when, how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.mapped_columns import read_mapped_dates, writing_of
from retention.ingest.words.nobody import NOBODY

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from retention.ingest.mapping.mapped_columns import Writing
    from retention.ingest.mapping.mapping import Mapping, Role
    from retention.ingest.parse.reading import RawTable

_NOT_READ: tuple[Role, ...] = ("discount", "currency", "status", "refund", "refunded", "other_customer")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S", "T%H:%M:%S.%f", "T%H:%M:%SZ", " %I:%M %p")
_YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y")
_NUMBER = r"^[€$£]? *[-+(]?[€$£]? *[0-9][0-9.,'’ \x{00A0}\x{202F}]*\)?-? *([€$£]|[A-Z]{3})?$"
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_FLOATS = ("FLOAT", "DOUBLE")
_NUMBERS = (*_WHOLE, *_FLOATS, "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "DECIMAL")


@dataclass(frozen=True)
class Fields:
    """SQL of what a row says.

    Attributes
    ----------
    customer, order, date, amount : null where it cannot be read; order is None where there is no column
    nobody : whether the customer is nobody in particular
    date_blank, amount_blank : whether there was nothing to read
    segments : by the name `retention.orders.Orders` gives each
    """

    customer: str
    order: str | None
    date: str
    amount: str
    nobody: str
    date_blank: str
    amount_blank: str
    segments: dict[str, str]


def fields_of(part: RawTable, mapping: Mapping, types: Dictionary[str, str]) -> Fields:
    """How each column is read, as a part of the file tells.

    Parameters
    ----------
    types : of the columns, as the engine names them

    Raises
    ------
    InputError
        ``engine_cannot_read`` with the `column` whose rules an engine does not know; ``export_of_rules`` of
        an export whose rows have rules of their own; ``day_or_month_first`` where that is open.
    """
    for role, column in mapping.columns.items():
        if role in _NOT_READ:
            raise InputError("engine_cannot_read", column=column)
    if mapping.once_per_order or rules_of(mapping.platform).has_rules:
        raise InputError("export_of_rules", platform=mapping.platform)
    writing = writing_of(part, mapping)
    amounts = [mapping.amount] if mapping.amount is not None else [mapping.quantity, mapping.price]
    money = [str(name) for name in amounts]
    read = [_number(name, types[name], writing.decimal or ".") for name in money]
    cents = 100 if any(mapping.in_cents(name) for name in money if name != mapping.quantity) else 1
    return Fields(
        customer=_identifier(mapping.customer, types[mapping.customer]),
        order=None if mapping.order is None else _identifier(mapping.order, types[mapping.order]),
        date=_date(part, mapping, types[mapping.date], writing),
        amount=" * ".join(read) if cents == 1 else f"{' * '.join(read)} / {cents}.0",
        nobody=_is_nobody(mapping.customer, types[mapping.customer]),
        date_blank=_blank(mapping.date),
        amount_blank=" OR ".join(_blank(name) for name in money),
        segments={name: _text(column) for name, column in mapping.segments.items()},
    )


def quoted(name: str) -> str:
    """A column by its name."""
    return '"' + name.replace('"', '""') + '"'


def said(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"


def _text(column: str) -> str:
    return f"nullif(trim(CAST({quoted(column)} AS VARCHAR)), '')"


def _blank(column: str) -> str:
    return f"{_text(column)} IS NULL"


def _identifier(column: str, kind: str) -> str:
    """A number where the file has whole ones, else text."""
    name = quoted(column)
    if kind in _WHOLE:
        return f"CAST({name} AS BIGINT)"
    if kind in _FLOATS:  # whole numbers beside blanks, as programs write them
        return f"CASE WHEN {name} = floor({name}) THEN CAST({name} AS BIGINT) END"
    return _text(column)


def _is_nobody(column: str, kind: str) -> str:
    if kind in (*_WHOLE, *_FLOATS):
        return f"{quoted(column)} = 0"
    names = ", ".join(said(name) for name in sorted(NOBODY))
    return f"lower({_text(column)}) IN ({names})"


def _number(column: str, kind: str, decimal: str) -> str:
    name = quoted(column)
    if kind.split("(", maxsplit=1)[0] in _NUMBERS:
        return f"CAST({name} AS DOUBLE)"
    text, thousands = _text(column), "," if decimal == "." else "."
    digits = f"regexp_replace({text}, '[^0-9.,]', '', 'g')"
    digits = f"replace(replace({digits}, '{thousands}', ''), ',', '.')"
    below = f"regexp_matches({text}, '[-(]')"
    plain = f"TRY_CAST({digits} AS DOUBLE) * CASE WHEN {below} THEN -1 ELSE 1 END"
    return f"CASE WHEN regexp_matches({text}, {said(_NUMBER)}) THEN {plain} END"


def _date(part: RawTable, mapping: Mapping, kind: str, writing: Writing) -> str:
    column = mapping.date
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"CAST({quoted(column)} AS TIMESTAMP)"
    if kind != "VARCHAR" or writing.serial:
        raise InputError("engine_cannot_read", column=column)
    day_first = writing.day_first if mapping.day_first is None else mapping.day_first
    if mapping.day_first is None and read_mapped_dates(part, mapping, commas=False).assumed:
        raise InputError("day_or_month_first", column=column)
    written = [*_YEAR_FIRST, *_in_order(day_first=day_first)]
    forms = ", ".join(said(day + time) for day, time in product(written, _TIMES))
    return f"try_strptime({_text(column)}, [{forms}])"


def _in_order(*, day_first: bool | None) -> tuple[str, ...]:
    """Forms of a day, a month and a year in this order."""
    if day_first is None:
        return ()
    swapped = {"%d": "%m", "%m": "%d"}
    return tuple(
        form if day_first else swapped[form[:2]] + form[2] + swapped[form[3:5]] + form[5:]
        for form in _DAY_FIRST
    )
