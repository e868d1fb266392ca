"""The occasions to write to customers, and who each of them concerns."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

import narwhals as nw

from retention.aggregate import quantiles
from retention.engines import collected

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pandas as pd

    Rows = nw.LazyFrame[Any]
    Concerned = Callable[[Rows], nw.Expr]

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
    table : a customer a row, by stake: customer_id, orders, last_day, x, t_x, T, waited (days since the last
        purchase), usual (days that usually lie between purchases), overdue (days beyond what was to be
        expected, 0 where nothing is), p_alive, expected_purchases, clv, stake (money to be lost or won)
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
class Extent:
    """How many customers an occasion concerns, and what is at stake with them, without their names.

    Attributes
    ----------
    occasion : which
    customers : how many
    stake : what is lost, or to be won, with all of them
    """

    occasion: Occasion
    customers: int
    stake: float

    @property
    def at_stake(self) -> Stake:
        """What the stake is, see `stake_of`."""
        return stake_of(self.occasion)

    def but_for(self, taken: CallList) -> Extent:
        """What is left of it without those on a list."""
        left = self.customers - taken.customers
        return Extent(self.occasion, left, self.stake - taken.stake if left else 0.0)


def extent(occasion: Occasion, people: Rows) -> Extent:
    """How many those are that `concerned` found, and their stake."""
    customers, stake = collected(people.select(customers=nw.len(), stake=nw.col("stake").sum())).iloc[0]
    return Extent(occasion, int(customers), float(stake) if customers else 0.0)


@dataclass(frozen=True)
class _Rule:
    """Whom an occasion concerns, which column says what is at stake, and from which on they are overdue."""

    concerned: Concerned
    stake: Stake
    due: Literal["usual", "trigger"] = "usual"


def _win_back(_: Rows) -> nw.Expr:
    within_reach = (nw.col("waited") <= _LAPSED) & (nw.col("p_alive") >= _HOPE)
    return (nw.col("x") > 0) & (nw.col("silence") < _RARE) & within_reach


def _save(people: Rows) -> nw.Expr:
    mean: float = collected(people.select(nw.col("clv_if_active").mean()))["clv_if_active"].mean()
    unsure = nw.col("p_alive").is_between(*_LEAVING)
    return unsure & (nw.col("x") > 0) & (nw.col("clv_if_active") >= mean)


def _feedback(_: Rows) -> nw.Expr:
    return (nw.col("waited") - nw.col("trigger")).is_between(0, _ASKED_WITHIN - 1)


def _second_purchase(people: Rows) -> nw.Expr:
    once, waited = nw.col("x") == 0, nw.col("waited")
    promising = nw.col("clv") >= _quantile(people.filter(once), "clv", 0.5)
    in_time = (waited >= _SETTLED) & (waited <= nw.col("usual"))
    return once & promising & (nw.col("p_alive") >= _THERE) & in_time


def _thank(people: Rows) -> nw.Expr:
    best = _quantile(people, "revenue", _BEST)
    return (nw.col("revenue") >= best) & (nw.col("revenue_before") < best)


def _loyalty(people: Rows) -> nw.Expr:
    best = nw.col("clv") >= _quantile(people, "clv", _BEST)
    return best & (nw.col("p_alive") >= _THERE) & (nw.col("x") > 0)


def _quantile(people: Rows, column: str, share: float) -> float:
    """Out of everybody's reach where there is nobody."""
    return next(iter(quantiles(people, column, (share,))), inf)


_RULES: dict[Occasion, _Rule] = {
    "win_back": _Rule(_win_back, "value_at_risk"),
    "save": _Rule(_save, "value_at_risk"),
    "feedback": _Rule(_feedback, "value_at_risk", due="trigger"),
    "second_purchase": _Rule(_second_purchase, "clv"),
    "thank": _Rule(_thank, "clv"),
    "loyalty": _Rule(_loyalty, "clv"),
}
OCCASIONS: tuple[Occasion, ...] = tuple(_RULES)
_WHOLE = ("orders", "last_day", "x", "t_x", "T", "waited", "overdue")
_COLUMNS = [
    "customer_id", "orders", "last_day", "x", "t_x", "T", "waited", "usual", "overdue",
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
    people : a customer a row: customer_id, x, t_x, T, orders, last_day, waited, usual, silence (chance of so
        long a one), trigger (days after the last order at which one is asked, NaN where not known), revenue,
        revenue_before (as it was a month before), p_alive, expected_purchases, clv, clv_if_active,
        value_at_risk
    """
    rows = collected(concerned(occasion, nw.from_native(people).lazy()).select(_COLUMNS))
    return CallList(
        occasion, rows.sort_values(["stake", "customer_id"], ascending=[False, True], ignore_index=True)
    )


def concerned(occasion: Occasion, people: Rows) -> Rows:
    """Those an occasion concerns, wherever they are, with `stake` and `overdue`: see `listed`.

    Parameters
    ----------
    people : as of `listed`, a query of any engine
    """
    rule = _RULES[occasion]
    beyond = nw.col("waited") - nw.col(rule.due).ceil()
    return people.filter(rule.concerned(people)).with_columns(
        stake=nw.col(rule.stake),
        overdue=nw.when(beyond > 0).then(beyond).otherwise(0).cast(nw.Int64),
    )


def best_first(people: Rows, most: int) -> pd.DataFrame:
    """The table of a `CallList` of the best of those `concerned` found.

    Parameters
    ----------
    people : with their names as `customer_id`
    most : how many
    """
    named = people.with_columns(nw.col("customer_id").cast(nw.String)).select(_COLUMNS)
    rows = collected(named.sort("stake", "customer_id", descending=[True, False]).head(most))
    sorted_here = rows.sort_values(["stake", "customer_id"], ascending=[False, True], ignore_index=True)
    return sorted_here.astype(dict.fromkeys(_WHOLE, "int64"))
