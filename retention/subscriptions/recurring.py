"""What subscribers pay a month: how it moved, and how much of it stayed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.aggregate import MOVES
from retention.statistics import Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

_YEAR = 12  # months
_LEAST_MONTHS = 6  # with something paid at their beginning, without which nothing is told


@dataclass(frozen=True)
class Recurring:
    """Monthly recurring revenue.

    Attributes
    ----------
    months : a row a month: month, start, new, expansion, contraction, churned, reactivated, end, customers;
        end = start + new + expansion − contraction − churned + reactivated
    now : at the end of the last month, money a month
    gross, net : share of what was paid at a month's beginning that was still paid at its end: without, and
        with, what the same subscribers paid more; over the last twelve months, of a month. Who came back is
        in neither. None with fewer than six months
    """

    months: pd.DataFrame
    now: float
    gross: Estimate | None
    net: Estimate | None


def recurring(moves: pd.DataFrame) -> Recurring:
    """How it moved.

    Parameters
    ----------
    moves : as `retention.aggregate.recurring` makes it
    """
    change = moves[["new", "expansion", "reactivated"]].sum(axis=1) - moves[["contraction", "churned"]].sum(
        axis=1
    )
    end = change.cumsum()
    months = moves.assign(start=end - change, end=end)[["month", "start", *MOVES, "end", "customers"]]
    year = months[months["start"] > 0].tail(_YEAR)
    kept = (year["start"] - year["churned"] - year["contraction"]).to_numpy()
    enough = len(year) >= _LEAST_MONTHS
    start = year["start"].to_numpy()
    return Recurring(
        months=months,
        now=float(end.iloc[-1]) if len(end) else 0.0,
        gross=_share(kept, start) if enough else None,
        net=_share(kept + year["expansion"].to_numpy(), start) if enough else None,
    )


def _share(kept: np.ndarray, start: np.ndarray) -> Estimate:
    """Of all months together; the interval by drawing months."""
    return ratio(kept, start, np.ones(len(start), dtype=np.int64))
