"""What a file comes to for someone who drops it in: the figures, and all that is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retention import ingest
from retention.errors import InputError
from retention.ingest.parse.reading import read_own

if TYPE_CHECKING:
    from datetime import date

    from retention.ingest import Guess, Intake

FILES = Path(__file__).parents[4] / "shared" / "data" / "wild"


@dataclass(frozen=True)
class Outcome:
    """Figures are None and `refused` names the error, or the roles that are missing, where there are none.

    `said` holds the codes of questions, warnings and checks.
    """

    refused: str | None = None
    customers: int | None = None
    orders: int | None = None
    total: float | None = None
    refunds: int | None = None
    refunded: float | None = None
    first: date | None = None
    last: date | None = None
    said: tuple[str, ...] = ()
    guess: Guess | None = None
    intake: Intake | None = None

    @property
    def speaks(self) -> bool:
        """Whether anything is asked, warned of or refused."""
        return self.refused is not None or bool(self.said)


def outcome(content: bytes, name: str, *, sheet: str | None = None, **options) -> Outcome:
    """What one file comes to, nothing being chosen by hand but what is given to `to_orders`.

    It is parsed in this process, as hundreds are made at random; `tests/ingest/parse` tests the sandbox.
    """
    try:
        raw = ingest.read(content, name, sheet=sheet) if sheet else read_own(content, name)
        guess = ingest.guess(raw)
        if guess.mapping is None:
            return Outcome("missing " + " ".join(guess.missing), guess=guess)
        intake = ingest.to_orders(raw, guess.mapping, **options)
    except InputError as error:
        return Outcome(error.code)
    rows = intake.orders.table
    bought, back = rows[rows["kind"] == "purchase"], rows[rows["kind"] == "refund"]
    notes = (*guess.questions, *intake.warnings, *ingest.checks(intake))
    return Outcome(
        customers=bought["customer_id"].nunique(),
        orders=len(bought),
        total=round(float(bought["value"].sum()), 2),
        refunds=len(back),
        refunded=round(float(back["value"].sum()), 2),
        first=bought["date"].min().date(),
        last=bought["date"].max().date(),
        said=tuple(note.code for note in notes),
        guess=guess,
        intake=intake,
    )


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    """A text file of these lines."""
    return ("\n".join(lines) + "\n").encode(encoding)


def wild(name: str, **options) -> Outcome:
    """What one of the small files in shapes people have comes to."""
    if not (FILES / name).exists():
        pytest.skip(f"{FILES / name} is not here")
    return outcome((FILES / name).read_bytes(), name, **options)
