"""The headline figures of a customer base."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from retention.aggregate import customers_of, total_of
from retention.statistics import concentration

if TYPE_CHECKING:
    import pandas as pd

    from retention.flows import Retention
    from retention.periods import Window

BEST = 0.2  # "the best 20 %"
LONG_GAP = 0.9  # W is the 90th percentile of the days between purchase days


FigureUnit = Literal["money", "percent", "days", "number"]


def _of(unit: FigureUnit) -> Any:
    """A figure in this unit, which says how it is written."""
    return field(metadata={"unit": unit})


@dataclass(frozen=True)
class Metrics:
    """Headline figures; money in the file's currency, None where a figure cannot be computed.

    Each field says its unit; page and JSON list them all, in this order.

    Attributes
    ----------
    revenue_gross : value of all purchases; refunds : of all refunds, negative; revenue_net : their sum
    repeat_purchase_rate : customers with two orders or more / customers with one or more
    average_order_value, first_order_value, repeat_order_value : gross means per order
    median_days_between_purchases, mean_days_between_purchases : over consecutive orders, 0 included
    median_days_between_purchase_days : over consecutive days with an order
    top_20_percent_share : share of gross revenue from the best 20 % of customers
    strict_retention, churn : pooled over complete periods
    """

    revenue_gross: float = _of("money")
    refunds: float = _of("money")
    revenue_net: float = _of("money")
    repeat_purchase_rate: float | None = _of("percent")
    average_order_value: float | None = _of("money")
    first_order_value: float | None = _of("money")
    repeat_order_value: float | None = _of("money")
    median_days_between_purchases: float | None = _of("days")
    mean_days_between_purchases: float | None = _of("days")
    median_days_between_purchase_days: float | None = _of("days")
    top_20_percent_share: float | None = _of("percent")
    strict_retention: float | None = _of("percent")
    churn: float | None = _of("percent")


def metrics(
    money: pd.DataFrame,
    people: pd.DataFrame,
    gaps: pd.DataFrame,
    day_gaps: pd.DataFrame,
    measured: Retention | None,
) -> Metrics:
    """Headline figures of all customers.

    Parameters
    ----------
    money, people : the tables `aggregate.flows` and `aggregate.customers` make; instead of the second
        `aggregate.worths`
    gaps, day_gaps : those of `aggregate.gaps`, between orders and between days with an order
    measured : the retention that is called the customers' own
    """
    gross, refunds = float(money["revenue"].sum()), float(money["refunds"].sum())
    number = customers_of(people)
    placed, first = int(total_of(people, people["orders"])), total_of(people, people["first_value"])
    customers = int(number.sum())
    between, days_between = gaps[gaps["followed"]], day_gaps[day_gaps["followed"]]
    strict = measured.strict.rate.value if measured else None
    return Metrics(
        revenue_gross=gross,
        refunds=refunds,
        revenue_net=gross + refunds,
        repeat_purchase_rate=_ratio(float(number[people["orders"] > 1].sum()), customers),
        average_order_value=_ratio(gross, placed),
        first_order_value=_ratio(first, customers),
        repeat_order_value=_ratio(gross - first, placed - customers),
        median_days_between_purchases=quantile(between, 0.5),
        mean_days_between_purchases=_ratio(
            float((between["days"] * between["count"]).sum()), int(between["count"].sum())
        ),
        median_days_between_purchase_days=quantile(days_between, 0.5),
        top_20_percent_share=concentration(people["revenue"], number).share_of_best(BEST)
        if gross > 0
        else None,
        strict_retention=strict,
        churn=None if strict is None else 1.0 - strict,
    )


def active_days(day_gaps: pd.DataFrame) -> int | None:
    """W: days after which a customer who has not bought is no longer counted as active.

    The 90th percentile of the days between purchase days, rounded; None where nobody bought twice.
    """
    days = quantile(day_gaps[day_gaps["followed"]], LONG_GAP)
    return None if days is None else round(days)


def left_truncated_days(active_days: int | None, window: Window) -> int:
    """Days from the file's start in which a first purchase may be an old customer's: W, at most a quarter."""
    quarter = window.days // 4
    return quarter if active_days is None else min(active_days, quarter)


def quantile(gaps: pd.DataFrame, fraction: float) -> float | None:
    """Quantile of ``days`` weighted by ``count``, interpolated like numpy's default; None of nothing."""
    if gaps.empty:
        return None
    by_days = gaps.groupby("days")["count"].sum().sort_index()
    upto = by_days.to_numpy().cumsum()
    position = fraction * (upto[-1] - 1)
    below, above = np.searchsorted(upto, [np.floor(position), np.ceil(position)], side="right")
    values = by_days.index.to_numpy(dtype=float)
    return float(values[below] + (position % 1) * (values[above] - values[below]))


def _ratio(above: float, below: float) -> float | None:
    return above / below if below else None
