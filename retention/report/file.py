"""A file as plain data: what would be read of it, and what became of every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import ingest
from retention.errors import InputError
from retention.report.notes import notes
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.ingest import Guess, Intake, RawTable, Reason

_DECIDING = ("customer", "order", "date", "amount", "status")


def describe(raw: RawTable, guess: Guess, *, currency: str | None = None) -> dict[str, Any]:
    """Describe a file before any figure is made of it.

    Parameters
    ----------
    currency : the one to keep where the file has several; what its amounts are in where it names none

    Returns
    -------
    Nested dicts and lists of numbers, text and None, ready for JSON. ``written`` is None while a needed
    column is missing; ``account`` and ``checks`` are None while the rows cannot be used, and ``problem``
    then says why.
    """
    mapping = guess.mapping
    return {
        **_table(raw),
        "platform": guess.platform,
        "mapping": dict(guess.columns),
        "confidence": dict(guess.confidence),
        "reasons": {role: plain(reason) for role, reason in ingest.explain(raw, guess).items()},
        "missing": list(guess.missing),
        "products": _products(raw, guess),
        "written": None if mapping is None else plain(ingest.writing_of(raw, mapping)),
        "questions": [plain(question) for question in guess.questions],
        **_rows(raw, guess, currency),
    }


def read(raw: RawTable, guess: Guess, intake: Intake, left_truncated_customers: int) -> dict[str, Any]:
    """What was read, why from these columns, and what became of every row."""
    account, window = intake.account, intake.orders.window
    return {
        "sheets": list(raw.together) or [name for name in (raw.sheet,) if name is not None],
        "choices": _choices(raw, guess),
        "rows": account.rows,
        "rows_read": account.rows_read,
        "not_data": dict(account.not_data),
        "rows_used": account.rows_used,
        "set_aside": {reason: rows for reason, (rows, _) in account.set_aside.items()},
        "customers": account.customers,
        "orders": account.purchases,
        "refunds": account.refunds,
        "zero_orders": account.zero_orders,
        "first_date": window.first.isoformat(),
        "last_date": window.last.isoformat(),
        "after_until": account.after_until,
        "cancelled": account.cancelled,
        "overlap": account.overlap,
        "left_out": {switch: rows for switch, (rows, _) in account.left_out.items()},
        "duplicate_rows": account.duplicate_rows if intake.orders.engine.in_memory else None,
        "customers_without_purchase": account.customers_without_purchase,
        "left_truncated_customers": left_truncated_customers,
        "mapping": dict(guess.columns),
        "platform": guess.platform,
        "currency": intake.orders.currency,
    }


def _choices(raw: RawTable, guess: Guess) -> dict[str, Any]:
    """For each column that decides a figure, why it was taken and the next best; None where there is none."""
    given = {role: ingest.Reason(column, "given") for role, column in guess.columns.items()}
    reasons = given | ingest.explain(raw, guess, roles=("amount",))
    return {role: _choice(reasons[role]) if role in reasons else None for role in _DECIDING}


def _choice(reason: Reason) -> dict[str, Any]:
    return {
        "column": reason.column,
        "why": reason.why,
        "runner_up": reason.rival,
        "runner_up_total": reason.details.get("rival_total"),
    }


def _table(raw: RawTable) -> dict[str, Any]:
    return {
        "files": list(raw.files),
        "left_out": list(raw.left_out),
        "sheets": list(raw.sheets),
        "sheet": raw.sheet,
        "delimiter": raw.delimiter,
        "rows": len(raw.table),
        "not_data": dict(raw.not_data),
        "columns": [str(name) for name in raw.table.columns],
    }


def _rows(raw: RawTable, guess: Guess, currency: str | None) -> dict[str, Any]:
    """What would become of the rows, and what is worth a look."""
    if guess.mapping is None:
        return _unusable(guess.refusal())
    try:
        intake = ingest.to_orders(raw, guess.mapping, currency=currency)
    except InputError as error:
        return _unusable(error)
    account, window = intake.account, intake.orders.window
    return {
        "account": {
            "rows_read": account.rows_read,
            "not_data": dict(account.not_data),
            "rows": account.rows,
            "rows_used": account.rows_used,
            "set_aside": {reason: rows for reason, (rows, _) in account.set_aside.items()},
            "cancelled": account.cancelled,
            "overlap": account.overlap,
            "after_until": account.after_until,
            "duplicates_dropped": account.duplicates_dropped,
            "left_out": {switch: rows for switch, (rows, _) in account.left_out.items()},
            "duplicate_rows": account.duplicate_rows,
            "orders": account.purchases,
            "refunds": account.refunds,
            "customers": account.customers,
            "first_date": plain(window.first),
            "last_date": plain(window.last),
            "currency": intake.orders.currency,
        },
        "checks": [plain(check) for check in ingest.checks(intake)],
        "warnings": [plain(warning) for warning in (*intake.warnings, *_not_listed(raw, guess, intake))],
        "problem": None,
    }


def _products(raw: RawTable, guess: Guess) -> int | None:
    """How many different products the file names; None where it names none."""
    name = guess.columns.get("product")
    return None if name is None else ingest.count_products(raw, name)


def _not_listed(raw: RawTable, guess: Guess, intake: Intake) -> list[DataWarning]:
    """Notes that are neither among the questions nor among the checks of a description."""
    listed = {question.code for question in guess.questions} | {check.code for check in ingest.checks(intake)}
    return [note for note in notes(raw, guess, intake) if note.code not in listed]


def _unusable(error: InputError) -> dict[str, Any]:
    problem = {"code": error.code, "details": plain(error.details)}
    return {"account": None, "checks": None, "warnings": [], "problem": problem}
