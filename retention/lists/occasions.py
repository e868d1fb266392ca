"""The occasions to write to customers, and who each of them concerns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    Concerned = Callable[[pd.DataFrame], pd.Series]

Occasion = Literal["win_back", "save", "feedback", "second_purchase", "thank", "loyalty"]
Stake = Literal["value_at_risk", "clv"]

_THERE = 0.5  # P(alive) from which on a customer counts as still there
_RARE = 0.1  # chance of so long a silence, below which it is out of a customer's own rhythm
_HOPE = 0.05  # P(alive) below which a customer is as good as gone
_LAPSED = 365  # days since the last purchase, after which nobody is recently lapsed
_LEAVING = (0.25, 0.75)  # P(alive) of who may be about to leave
_ASKED_WITHIN = 7  # days after the trigger day
_SETTLED = 7  # days after a first purchase, before which a second is not pushed
_BEST = 0.8  # the quantile above which the best fifth lies


@dataclass(frozen=True)
class CallList:
    """Customers an occasion concerns, the best next euro first.

    Attributes
    ----------
    occasion : which
    table : a customer a row, by stake: customer_id, orders, last_day, waited (days since the last purchase),
        usual (days that usually lie between purchases), overdue (days beyond what was to be expected, 0 where
        nothing is), p_alive, expected_purchases, clv, stake (money to be lost, or to be won)
    """

    occasion: Occasion
    table: pd.DataFrame

    @property
    def at_stake(self) -> Stake:
        """What the stake is, see `stake_of`."""
        return stake_of(self.occasion)

    @property
    def customers(self) -> int:
        """How many they are."""
        return len(self.table)

    @property
    def stake(self) -> float:
        """What is lost, or to be won, with all of them."""
        return float(self.table["stake"].sum())


@dataclass(frozen=True)
class _Rule:
    """Whom an occasion concerns, which column says what is at stake, and from which on they are overdue."""

    concerned: Concerned
    stake: Stake
    due: Literal["usual", "trigger"] = "usual"


def _win_back(people: pd.DataFrame) -> pd.Series:
    within_reach = (people["waited"] <= _LAPSED) & (people["p_alive"] >= _HOPE)
    return (people["x"] > 0) & (people["silence"] < _RARE) & within_reach


def _save(people: pd.DataFrame) -> pd.Series:
    valuable = people["clv_if_active"] >= people["clv_if_active"].mean()
    return people["p_alive"].between(*_LEAVING) & (people["x"] > 0) & valuable


def _feedback(people: pd.DataFrame) -> pd.Series:
    return (people["waited"] - people["trigger"]).between(0, _ASKED_WITHIN - 1)


def _second_purchase(people: pd.DataFrame) -> pd.Series:
    once = people["x"] == 0
    promising = people["clv"] >= people.loc[once, "clv"].median()
    return (
        once & promising & (people["p_alive"] >= _THERE) & people["waited"].between(_SETTLED, people["usual"])
    )


def _thank(people: pd.DataFrame) -> pd.Series:
    best = people["revenue"].quantile(_BEST)
    return (people["revenue"] >= best) & (people["revenue_before"] < best)


def _loyalty(people: pd.DataFrame) -> pd.Series:
    best = people["clv"] >= people["clv"].quantile(_BEST)
    return best & (people["p_alive"] >= _THERE) & (people["x"] > 0)


_RULES: dict[Occasion, _Rule] = {
    "win_back": _Rule(_win_back, "value_at_risk"),
    "save": _Rule(_save, "value_at_risk"),
    "feedback": _Rule(_feedback, "value_at_risk", due="trigger"),
    "second_purchase": _Rule(_second_purchase, "clv"),
    "thank": _Rule(_thank, "clv"),
    "loyalty": _Rule(_loyalty, "clv"),
}
OCCASIONS: tuple[Occasion, ...] = tuple(_RULES)
_COLUMNS = [
    "customer_id", "orders", "last_day", "waited", "usual", "overdue",
    "p_alive", "expected_purchases", "clv", "stake",
]  # fmt: skip


def stake_of(occasion: Occasion) -> Stake:
    """What an occasion puts at stake: value at risk of those who may leave, or what the others are to bring.

    Examples
    --------
    >>> stake_of("win_back"), stake_of("thank")
    ('value_at_risk', 'clv')
    """
    return _RULES[occasion].stake


def listed(occasion: Occasion, people: pd.DataFrame) -> CallList:
    """Everybody an occasion concerns.

    - **win_back**: bought more than once, silent for longer than in nine of ten of their own waits, for no
      more than a year, and not as good as gone (P(alive) from .05 on); at stake is the value at risk
    - **save**: worth more than the average customer, may be gone or not (P(alive) .25 … .75); as above
    - **feedback**: their wait passed its trigger day in the last seven days; as above
    - **second_purchase**: bought once, a week to a usual wait ago, still there, of the more promising half;
      at stake is the value still to come
    - **thank**: among the fifth with most revenue, and a month before not; as above
    - **loyalty**: the fifth worth most to come, still there and bought more than once; as above

    Parameters
    ----------
    people : a customer a row: customer_id, x, orders, last_day, waited, usual, silence (chance of so long a
        one), trigger (days after the last order at which one is asked, NaN where not known), revenue,
        revenue_before (as it was a month before), p_alive, expected_purchases, clv, clv_if_active,
        value_at_risk
    """
    rule = _RULES[occasion]
    rows = people[rule.concerned(people)]
    due = rows[rule.due].to_numpy(dtype=float)
    overdue = np.maximum(rows["waited"].to_numpy() - np.ceil(due), 0.0)
    found = rows.assign(stake=rows[rule.stake], overdue=overdue.astype(np.int64))[_COLUMNS]
    return CallList(
        occasion, found.sort_values(["stake", "customer_id"], ascending=[False, True], ignore_index=True)
    )
