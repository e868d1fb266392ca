"""Who leaves: repeaters and leavers by segment and size of the first order, and what is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from retention.statistics import ENOUGH, shares_against, sorted_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention.periods import Window

Outcome = Literal["repeated", "gone"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
FIRST_ORDER = ""  # stands for the size of the first order where a segment's name stands else
_LONGEST = 180  # days; a longer N would leave out too many who came late
_LEVELS = ["column", "level", "outcome", "cases", "customers", "rate", "low", "high"]
_COMPARED = ["other_rate", "difference", "difference_low", "difference_high", "p", "corrected_p", "real"]


@dataclass(frozen=True)
class Leaving:
    """Each group of customers held against all others.

    Attributes
    ----------
    days : N. *repeated* : a second order within N days of the first, of customers first seen at least N days
        before the observation end; *gone* : no order after day N up to day 2·N, of those first seen at least
        2·N days before. Everybody is looked at over the same stretch of the own history.
    edges : the quartiles of the first order's value
    table : one row per column, group of at least 30 customers and outcome; the largest real differences first

        - ``column`` : name of the segment, "" for the size of the first order; ``level`` : its value (null
          where the first order names none), for sizes 0 to 3
        - ``outcome``, ``cases``, ``customers``, ``rate``, ``low``, ``high`` (Wilson)
        - ``other_rate`` : that of all other customers; ``difference`` and its interval (Newcombe), wide
          enough to say the same as the corrected p
        - ``p`` : two-proportion test, Fisher's where cases are few; ``corrected_p`` : by Holm over the whole
          table; ``real`` : below 0.05. Of a column with two groups the one doing worse stands for both.
    """

    days: int
    edges: tuple[float, ...]
    table: pd.DataFrame

    @property
    def watched_days(self) -> int:
        """2·N: so long is looked at who is gone."""
        return 2 * self.days

    def real(self) -> pd.DataFrame:
        """What is more than chance, the largest first."""
        return self.table[self.table["real"]]


def leaving(counts: Mapping[str, pd.DataFrame], edges: Sequence[float], days: int) -> Leaving:
    """Repeaters and leavers by every segment and by size of the first order.

    Parameters
    ----------
    counts : by name of the segment, and under `FIRST_ORDER`, as `retention.aggregate.outcomes_by_segment` and
        `outcomes_by_first_order` count
    edges : of the sizes of the first order
    days : N, their days
    """
    return Leaving(days, tuple(edges), compare(counts))


def outcome_days(active_days: int | None, window: Window) -> int | None:
    """N: the days between purchases all but one in ten stay below, at most 180 and a third of the data.

    None where nobody bought on two days, or nobody could be watched for a day.
    """
    return None if active_days is None else min(active_days, _LONGEST, window.days // 3) or None


def compare(counts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each group of each column against the rest, both outcomes, corrected together.

    Parameters
    ----------
    counts : by column, as `aggregate.outcomes_by_segment` counts

    Returns
    -------
    As in `Leaving.table`
    """
    found = [
        rows
        for column, groups in counts.items()
        for outcome, of in zip(OUTCOMES, ("customers", "watched"), strict=True)
        if len(rows := _against_the_rest(column, outcome, groups["group"], groups[outcome], groups[of]))
    ]
    if not found:
        return pd.DataFrame(columns=[*_LEVELS, *_COMPARED]).astype({"real": bool})
    return sorted_out(pd.concat(found, ignore_index=True))[[*_LEVELS, *_COMPARED]]


def _against_the_rest(
    column: str, outcome: Outcome, level: pd.Series, cases: pd.Series, customers: pd.Series
) -> pd.DataFrame:
    """One outcome of one column's groups, of those with enough customers on either side."""
    groups = pd.DataFrame({"column": column, "level": level.astype(object), "outcome": outcome})
    table = shares_against(groups, cases, customers)
    table = table[(table[["customers", "other_customers"]] >= ENOUGH).all(axis=1)].copy()
    return _once(table, outcome) if len(level) == 2 else table  # noqa: PLR2004  each is the other's rest


def _once(table: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
    """Of two groups that are each other's rest, the one doing worse."""
    worse = -table["difference"] if outcome == "repeated" else table["difference"]
    return table.loc[worse.sort_values(ascending=False, kind="stable").index[:1]]
