"""Flows between customers active in the last W days, from one period's start to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.periods import first_day

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.periods import Period, Window

FALLBACK_DAYS = 90  # where nobody bought twice


@dataclass(frozen=True)
class ActiveFlows:
    """Customers active at a period's end, by whether they were at its start.

    Attributes
    ----------
    period, days : of what, and W: active are those with a purchase in the last W days
    table : one row per period of the data

        - ``period``, ``complete``; an incomplete last period ends with the data
        - ``settled`` : whether W days of data lie before the period; earlier, customers of before the file
          are missing at the start and count as new or returned when they buy
        - ``start`` (S), ``end`` (E); ``retained`` : active at both; ``new`` : first purchase in the period
          and active at its end; ``reactivated`` : the other ones active at its end; ``lost`` : active at its
          start alone, so that S + new + reactivated − lost = E
        - ``retention_rate`` = (E − new) / S, the textbook's; ``strict_retention`` = retained / S; null where
          S is 0
    """

    period: Period
    days: int
    table: pd.DataFrame

    @property
    def complete(self) -> pd.DataFrame:
        """The complete periods alone."""
        return self.table[self.table["complete"]]

    @property
    def firm(self) -> pd.Series:
        """Whether each period is complete, and all customers at its start known."""
        return self.table["complete"] & self.table["settled"]


def active_flows(spells: pd.DataFrame, window: Window, period: Period, days: int) -> ActiveFlows:
    """Flows of customers active in the last W days.

    Parameters
    ----------
    spells : the table `retention.aggregate.spells` makes for W days
    days : W

    Raises
    ------
    ValueError
        If W is less than a day.
    """
    if days < 1:
        raise ValueError("customers are active for a day at least")
    numbers = np.array(list(window.numbers(period)))
    table = _counted(spells, numbers)
    known = window.first.toordinal() + days
    table.insert(1, "complete", [window.is_complete(int(n), period) for n in numbers])
    table.insert(2, "settled", [first_day(int(n), period).toordinal() >= known for n in numbers])
    return ActiveFlows(period, days, table)


def _counted(spells: pd.DataFrame, numbers: NDArray[np.int64]) -> pd.DataFrame:
    """Each period's counts out of the spells that reach over its start, its end, or both."""
    start, stop, customers = (spells[c].to_numpy(dtype=np.int64) for c in ("start", "stop", "customers"))
    ends = numbers + 1  # a period's end is the next one's start
    there = (start <= numbers[:, None]) & (numbers[:, None] <= stop)
    still = (start <= ends[:, None]) & (ends[:, None] <= stop)
    entered = {
        kind: ((start == ends[:, None]) & (spells["entry"] == kind).to_numpy()) @ customers
        for kind in ("new", "returned", "stayed")
    }
    at_start = there @ customers
    retained = (there & still) @ customers + entered["stayed"]
    base = np.where(at_start > 0, at_start, np.nan)
    return pd.DataFrame(
        {
            "period": numbers,
            "start": at_start,
            "new": entered["new"],
            "retained": retained,
            "reactivated": entered["returned"],
            "lost": at_start - retained,
            "end": still @ customers,
            "retention_rate": (retained + entered["returned"]) / base,
            "strict_retention": retained / base,
        }
    )
