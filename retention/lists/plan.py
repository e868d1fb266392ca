"""When to take up each occasion: one a week, each judged once its customers had their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from retention.lists.occasions import stake_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.lists.occasions import CallList, Occasion, Stake

_MONDAYS = 7  # days from one to the next
_AGAIN = 14  # days after which a second message is sent
_TWICE: frozenset[Occasion] = frozenset(["win_back", "second_purchase"])  # the others get one message


@dataclass(frozen=True)
class Step:
    """One occasion of a plan.

    Attributes
    ----------
    occasion : which
    customers, stake : how many it concerns who are on no list before it, and the money at stake with them
    write, again, judge : the days to write on, once more (None where one message is all), and to judge it on
        with newer sales
    """

    occasion: Occasion
    customers: int
    stake: float
    write: date
    again: date | None
    judge: date

    @property
    def at_stake(self) -> Stake:
        """What the stake is, see `stake_of`."""
        return stake_of(self.occasion)


def plan(lists: Sequence[CallList], today: date, days: int) -> list[Step]:
    """Take up occasions in this order, one each Monday from the next on.

    Who is on several lists is written to once, with the first of them, so that the steps add up.

    Parameters
    ----------
    days : customers are followed after a message, before it is judged
    """
    monday = today + timedelta(days=_MONDAYS - today.weekday())
    steps: list[Step] = []
    reached = pd.Series(dtype=object)
    for found in lists:
        rows = found.table[~found.table["customer_id"].isin(reached)]
        if rows.empty:
            continue
        write = monday + timedelta(days=_MONDAYS * len(steps))
        steps.append(_step(found.occasion, rows, write, days))
        reached = pd.concat([reached, rows["customer_id"].astype(object)])
    return steps


def _step(occasion: Occasion, rows: pd.DataFrame, write: date, days: int) -> Step:
    return Step(
        occasion=occasion,
        customers=len(rows),
        stake=float(rows["stake"].sum()),
        write=write,
        again=write + timedelta(days=_AGAIN) if occasion in _TWICE else None,
        judge=write + timedelta(days=days + 1),
    )
