"""Who complained when, and whether it was resolved: a file of its own, or a column of the sales file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import InputError
from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.texts import labels, missing_texts
from retention.ingest.customer_days import read_customer_days
from retention.ingest.words.headings import first_matching, plain
from retention.ingest.words.vocabulary import COMPLAINTS, NO, NO_COMPLAINT, SOLVED, UNSOLVED, YES

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from numpy.typing import NDArray

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_STATES = ("status", "stato", "outcome", "esito")  # of a complaint; in a sales file, of the order
_OUTCOMES = frozenset({"resolved", "resolved_on"})
UNKNOWN = -1  # whether it was resolved is not said


@dataclass(frozen=True)
class Complaints:
    """Complaints of customers.

    Attributes
    ----------
    table : a complaint a row: customer_id, day (number of the day), resolved (1, 0, or −1 where not said)
    rows, unreadable : that hold a complaint, and how many of them name no customer or no day
    unclear : complaints whose word for resolved or not is not known
    says_resolved : whether the file has a column for it
    of_sales : whether they are marked in the sales file, so that the day is that of the order
    """

    table: pd.DataFrame
    rows: int
    unreadable: int
    unclear: int
    says_resolved: bool
    of_sales: bool = False


def read_complaints(raw: RawTable) -> Complaints:
    """Read a file of complaints: customer, day, and whether resolved where it says so.

    A column called complaint may mark which rows are one, and say how it ended where no other column does.
    Without it every row is one.

    Raises
    ------
    InputError
        ``missing_columns`` where none names the customers or the days; ``no_usable_complaints`` where no row
        holds both.
    """
    return _read(raw, None)


def complaints_in(raw: RawTable, columns: Mapping) -> Complaints | None:
    """Complaints marked in a column of the sales file; None where it has no such column, or nobody did.

    Parameters
    ----------
    columns : which of them holds the customers and the days
    """
    if "complaint" not in first_matching([str(name) for name in raw.table.columns], COMPLAINTS):
        return None
    try:
        return _read(raw, columns)
    except InputError:
        return None


def _read(raw: RawTable, sales: Mapping | None) -> Complaints:
    if sales is None:
        found = read_customer_days(raw, {**COMPLAINTS, "resolved": (*COMPLAINTS["resolved"], *_STATES)})
    else:
        found = read_customer_days(raw, COMPLAINTS, {"customer": sales.customer, "date": sales.date})
    made = _made(raw, found.columns.get("complaint"))
    usable = found.known & made
    if not usable.any():
        raise InputError("no_usable_complaints", rows=int(made.sum()))
    resolved, unclear = _resolved(raw, found.columns)
    table = pd.DataFrame({"customer_id": found.customer, "day": found.day, "resolved": resolved})
    return Complaints(
        table[usable].reset_index(drop=True),
        int(made.sum()),
        int((made & ~found.known).sum()),
        int((unclear & usable).sum()),
        not _OUTCOMES.isdisjoint(found.columns) or bool((resolved != UNKNOWN).any()),
        sales is not None,
    )


def _made(raw: RawTable, column: str | None) -> NDArray[np.bool_]:
    """Rows that are a complaint: those where the column says anything but no, or all without it."""
    if column is None:
        return np.ones(len(raw.table), dtype=bool)
    said = _said(raw, column)
    return (said.notna() & ~said.isin(NO_COMPLAINT)).to_numpy(dtype=bool)


def _resolved(raw: RawTable, columns: Dictionary[str, str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """1, 0 or −1 of each row, and where a word is written that says none of them.

    Of a column of days on which complaints were resolved, a day says yes and nothing says no.
    """
    nothing = np.zeros(len(raw.table), dtype=bool)
    if "resolved" in columns:
        said = _said(raw, columns["resolved"])
        resolved = _ended(said, YES | SOLVED, NO | UNSOLVED)
        return resolved, said.notna().to_numpy() & (resolved == UNKNOWN)
    if "resolved_on" in columns:
        column = raw.table[columns["resolved_on"]]
        dated, blank = ~np.isnat(read_dates(column).when), missing_texts(column)
        return np.where(dated, 1, np.where(blank, 0, UNKNOWN)), ~dated & ~blank
    if "complaint" in columns:
        return _ended(_said(raw, columns["complaint"]), SOLVED, UNSOLVED), nothing
    return np.full(len(raw.table), UNKNOWN), nothing


def _said(raw: RawTable, column: str) -> pd.Series:
    return labels(raw.table[column]).map(plain, na_action="ignore")


def _ended(said: pd.Series, resolved: frozenset[str], unresolved: frozenset[str]) -> NDArray[np.int64]:
    return np.where(said.isin(resolved), 1, np.where(said.isin(unresolved), 0, UNKNOWN))
