"""What the Data page would ask or show of a file, for whoever has no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import ingest
from retention.errors import DataWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest import Guess, Intake, RawTable


def notes(raw: RawTable, guess: Guess, intake: Intake | None) -> tuple[DataWarning, ...]:
    """Open questions, checks, overlap and sheets left unread, by code, behind the warnings of the intake.

    Parameters
    ----------
    intake : None while the rows cannot be used
    """
    return tuple(_found(raw, guess, intake))


def _found(raw: RawTable, guess: Guess, intake: Intake | None) -> Iterator[DataWarning]:
    said = {warning.code for warning in intake.warnings} if intake else set()
    for question in guess.questions:
        if said.isdisjoint({f"{question.code}_assumed", f"maybe_{question.code}"}):
            yield DataWarning(
                question.code, {"column": question.column, "assumed": question.options[0].value}
            )
    unread = [sheet for sheet in raw.sheets if sheet != raw.sheet]
    if raw.sheet is not None and unread:
        yield DataWarning("other_sheets", {"sheet": raw.sheet, "sheets": unread})
    if intake is None or not intake.orders.engine.in_memory:  # beyond it they say what was not looked at
        return
    if intake.account.overlap:
        yield DataWarning("overlap", {"rows": intake.account.overlap})
    for check in ingest.checks(intake):
        yield DataWarning(check.code, {"n": check.counted, **check.details})
