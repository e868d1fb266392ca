"""A column headed with nothing but "number": whether it numbers the orders, by what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ingest.columns.texts import identifiers
from retention.ingest.words.headings import bare
from retention.ingest.words.vocabulary import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_MOSTLY = 0.8
_NUMBER, _DAY = ["file", "number"], ["file", "number", "day"]


def bare_number(
    sample: pd.DataFrame, names: Sequence[str], beside: pd.DataFrame, *, lines: bool
) -> str | None:
    """Name the column that numbers the orders although its heading says no more than "No." or "Numero".

    Parameters
    ----------
    names : columns of the sample that may be it
    beside : of each of its rows the "file", the "day" and "who" bought
    lines : whether rows are lines of orders, with a product or a quantity: a number that is new on every row
        then numbers these
    """
    for name in names:
        if set(bare(name).split()) <= NUMBERS:
            rows = beside.assign(number=identifiers(sample[name]).to_numpy()).dropna()
            if _numbers_orders(rows, lines=lines):
                return name
    return None


def _numbers_orders(rows: pd.DataFrame, *, lines: bool) -> bool:
    numbers, visits = rows[_NUMBER].drop_duplicates(), rows.drop_duplicates()
    if len(numbers) == len(rows):
        return len(rows) > 1 and not lines
    if len(numbers) == len(visits):
        return True
    return _begin_again(visits)


def _begin_again(visits: pd.DataFrame) -> bool:
    """Whether numbers on several visits are those of receipts that begin again, each day or each year.

    A customer's number never has several customers, a quantity has several on one day, and the places of an
    order's lines several on one visit.
    """
    of_number = visits.groupby(_NUMBER)["who"].agg(["size", "nunique"])
    again = of_number[of_number["size"] > 1]
    people_a_day = visits.groupby(_DAY)["who"].nunique()
    numbers_a_visit = visits.groupby(["file", "day", "who"])["number"].nunique()
    shares = (again["nunique"] > 1, people_a_day < 2, numbers_a_visit < 2)  # noqa: PLR2004  one of each
    return all(share.mean() >= _MOSTLY for share in shares)
