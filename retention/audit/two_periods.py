"""Lens 2: what changed from one period to the next, and who changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.audit.deciles import tenth
from retention.audit.decomposition import contributions
from retention.statistics import Estimate, share_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Stayed = Literal["same", "more", "less", "oftener_smaller", "rarer_larger"]
GROUPS = ("retained", "lost", "new", "reactivated")


@dataclass(frozen=True)
class TwoPeriods:
    """Customers and money of two consecutive periods.

    Attributes
    ----------
    groups : one row per group: ``retained`` bought in both, ``lost`` in the first alone, ``new`` bought for
        the first time ever in the second, ``reactivated`` in the second and earlier but not in the first

        - ``group``, ``customers``
        - ``orders_before``, ``orders``
        - ``gross_before``, ``gross_after``, ``change`` : revenue before refunds, and its difference
    steps : from the first period's net revenue to the second's: ``step``, ``change`` (money), ``from_value``,
        ``to_value``; the steps ``before``, ``lost``, ``less`` and ``more`` (retained customers who spent
        less or more than before), ``reactivated``, ``new``, ``refunds`` (change of all refunds), ``after``
    migration : customers by tenth of gross revenue ``before`` and ``after`` (1 the best, 0 bought nothing):
        ``before``, ``after``, ``customers``, ``share`` (of the row)
    kept : share of the first period's customers who bought in the second, with its interval (Wilson)
    up, down, same : retained customers by their move between tenths
    by_orders, by_order_value : the change of the retained customers' gross revenue that their number of
        orders and their average order make
    """

    groups: pd.DataFrame
    steps: pd.DataFrame
    migration: pd.DataFrame
    kept: Estimate
    up: int
    down: int
    same: int
    by_orders: float
    by_order_value: float

    @property
    def net_before(self) -> float:
        """Net revenue of the first period."""
        return float(self.steps["to_value"].iloc[0])

    @property
    def net_after(self) -> float:
        """Net revenue of the second period."""
        return float(self.steps["to_value"].iloc[-1])

    @property
    def relative_change(self) -> float | None:
        """Change of net revenue over that of the first period; None where that is not above 0."""
        return self.net_after / self.net_before - 1.0 if self.net_before > 0 else None

    @property
    def kept_spent(self) -> Literal["more", "less"]:
        """Whether the retained customers spent more than before, or less."""
        return "less" if self.money["kept"] < 0 else "more"

    @property
    def stayed(self) -> Stayed:
        """How the retained customers came to spend more or less."""
        if self.by_orders == self.by_order_value == 0:
            return "same"
        if self.by_orders * self.by_order_value < 0:
            return "oftener_smaller" if self.by_orders > 0 else "rarer_larger"
        return "more" if self.by_orders + self.by_order_value > 0 else "less"

    @property
    def everybody(self) -> int:
        """Customers who bought in either period."""
        return int(self.groups["customers"].sum())

    @property
    def moved(self) -> dict[str, float]:
        """Share of the retained customers by their move between tenths: up, down, same."""
        retained = max(self.customers("retained"), 1)
        return {name: getattr(self, name) / retained for name in ("up", "down", "same")}

    @property
    def money(self) -> dict[str, float]:
        """Gross revenue lost with customers, won with new and returned ones, and its change of those kept."""
        return {
            "lost": 0.0 - self.change("lost"),  # and not −0 where nobody was lost
            "won": self.change("new") + self.change("reactivated"),
            "kept": self.change("more") + self.change("less"),
        }

    def customers(self, group: str) -> int:
        """How many customers a group holds."""
        return int(self.groups.loc[self.groups["group"] == group, "customers"].sum())

    def change(self, step: str) -> float:
        """What a step adds to net revenue."""
        return float(self.steps.loc[self.steps["step"] == step, "change"].sum())


def two_periods(around: pd.DataFrame) -> TwoPeriods | None:
    """What changed; None where nobody bought in the period before.

    Parameters
    ----------
    around : the table `retention.aggregate.around` made for the second period
    """
    group = _group(around)
    before = around["customers"].where(around["orders_before"] > 0, 0).sum()
    if before == 0:
        return None
    groups = _groups(around, group)
    kept = int(around.loc[group == "retained", "customers"].sum())
    migration = _migration(around)
    up, down, same = _moves(migration)
    by_orders, by_order_value = _why_retained_changed(groups)
    return TwoPeriods(
        groups=groups,
        steps=_steps(around, group),
        migration=migration,
        kept=share_of(kept, int(before)),
        up=up,
        down=down,
        same=same,
        by_orders=by_orders,
        by_order_value=by_order_value,
    )


def _group(around: pd.DataFrame) -> NDArray[np.str_]:
    """The group of each kind of customer; "" for those who only returned something."""
    earlier, now = around["orders_before"] > 0, around["orders"] > 0
    cases = [earlier & now, earlier, now & (around["won"] == 1), now]
    return np.select(cases, GROUPS, default="")


def _groups(around: pd.DataFrame, group: NDArray[np.str_]) -> pd.DataFrame:
    columns = {
        "orders_before": "orders_before",
        "orders": "orders",
        "revenue_before": "gross_before",
        "revenue": "gross_after",
    }
    totals = around[list(columns)].mul(around["customers"], axis=0).rename(columns=columns)
    totals = totals.assign(group=group, customers=around["customers"]).groupby("group").sum()
    totals = totals.reindex(GROUPS, fill_value=0).rename_axis("group").reset_index()
    counts = ["customers", "orders_before", "orders"]
    totals[counts] = totals[counts].astype("int64")
    totals["change"] = totals["gross_after"] - totals["gross_before"]
    return totals[["group", *counts, "gross_before", "gross_after", "change"]]


def _steps(around: pd.DataFrame, group: NDArray[np.str_]) -> pd.DataFrame:
    change = (around["revenue"] - around["revenue_before"]) * around["customers"]
    refunds = (around["refunds"] - around["refunds_before"]) * around["customers"]
    retained = group == "retained"
    moves = {
        "lost": change[group == "lost"].sum(),
        "less": change[retained & (change < 0)].sum(),
        "more": change[retained & (change > 0)].sum(),
        "reactivated": change[group == "reactivated"].sum(),
        "new": change[group == "new"].sum(),
        "refunds": refunds.sum(),
    }
    start = float(((around["revenue_before"] + around["refunds_before"]) * around["customers"]).sum())
    ends = start + np.cumsum([float(move) for move in moves.values()])
    return pd.DataFrame(
        {
            "step": ["before", *moves, "after"],
            "change": [start, *(float(move) for move in moves.values()), float(ends[-1])],
            "from_value": [0.0, start, *ends[:-1], 0.0],
            "to_value": [start, *ends, ends[-1]],
        }
    )


def _migration(around: pd.DataFrame) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "before": tenth(around["revenue_before"], around["customers"]),
            "after": tenth(around["revenue"], around["customers"]),
            "customers": around["customers"],
        }
    )
    table = table[(table["before"] > 0) | (table["after"] > 0)]
    counted = table.groupby(["before", "after"])["customers"].sum().reset_index()
    counted["share"] = counted["customers"] / counted.groupby("before")["customers"].transform("sum")
    return counted


def _moves(migration: pd.DataFrame) -> tuple[int, int, int]:
    both = migration[(migration["before"] > 0) & (migration["after"] > 0)]
    move, customers = both["before"] - both["after"], both["customers"]
    return int(customers[move > 0].sum()), int(customers[move < 0].sum()), int(customers[move == 0].sum())


def _why_retained_changed(groups: pd.DataFrame) -> tuple[float, float]:
    row = groups[groups["group"] == "retained"].sum(numeric_only=True)
    orders_before, orders = float(row["orders_before"]), float(row["orders"])
    if orders == 0:
        return 0.0, 0.0
    parts = contributions(
        {"orders": orders_before, "value": float(row["gross_before"]) / orders_before},
        {"orders": orders, "value": float(row["gross_after"]) / orders},
    )
    return parts["orders"], parts["value"]
