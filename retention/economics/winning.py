"""Winning against keeping: everything the spend and the orders say together, before a margin is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.economics.acquisition import AcquisitionCosts, costs
from retention.economics.channels import one_spelling
from retention.economics.paid_back import Lived, first_year_draws, lived
from retention.economics.per_order import OrderCosts, order_costs, orders_by_month
from retention.economics.realised import RealisedValue, realised_value
from retention.economics.success import Success, success
from retention.economics.trend import Trend, cac_trends
from retention.periods import first_day, number_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.flows import Flows
    from retention.periods import Period, Window

MOST_COHORTS = 12
_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")
_FEW_MONTHS = 8  # cohorts by month up to here


@dataclass(frozen=True)
class OrderTables:
    """The small tables of the orders that spend is set against.

    Attributes
    ----------
    flows : per month
    cells : per month, as `retention.aggregate.cells` makes them
    new_by_channel : ``month``, ``channel``, ``new``; None where no column of the orders names channels
    starts : ``first_day``, ``channel`` (where known), ``customers``
    value : money by ``first_day``, ``channel`` (where known) and ``month`` of age
    window : the days the orders speak for
    known_from : day number from which on a first purchase is taken to be the customer's first of all
    """

    flows: Flows
    cells: pd.DataFrame
    new_by_channel: pd.DataFrame | None
    starts: pd.DataFrame
    value: pd.DataFrame
    window: Window
    known_from: int

    @property
    def unsure_days(self) -> int:
        """Days from the data's start in which a first purchase may be an old customer's."""
        return self.known_from - self.window.first.toordinal()


@dataclass(frozen=True)
class Winning:
    """What winning and keeping cost, and what those won have brought, at a margin of 1.

    Attributes
    ----------
    costs, orders, trends, success : see their modules; `success` None without leads
    everybody : all customers
    first_year : (draws,) of their first 12 months, see `first_year_draws`
    cohort_period : month, quarter or year, of the cohorts
    cohorts : customers won in the months counted and the CAC of their cohort, by its number, where it has
    channels : the same by channel, the dearest budget first
    left_out : customers who do not count because they may be older than the data
    """

    costs: AcquisitionCosts
    orders: OrderCosts
    trends: tuple[Trend, ...]
    success: Success | None
    everybody: Lived
    first_year: NDArray[np.float64] = field(repr=False)
    cohort_period: Period
    cohorts: dict[int, tuple[Lived, float]]
    channels: dict[str, tuple[Lived, float]]
    left_out: int


def winning(spend: pd.DataFrame, made: OrderTables, *, leave_out_left_truncated: bool = False) -> Winning:
    """Set spend against the customers won and kept, and these against what they brought.

    Parameters
    ----------
    spend : ``month``, ``channel``, ``purpose``, ``amount``, and ``leads`` where known
    leave_out_left_truncated : whether the customers first seen in the data's first W days do not count; the
        months in which there are any then do not either

    Notes
    -----
    An early month's new customers hold old ones, who seem to have come cheaply: left in, they lower the CAC
    and make it seem to rise.
    """
    counted, left_out = made, 0
    if leave_out_left_truncated:
        counted, spend, left_out = later(made, spend)
    found = costs(spend, counted.flows.table, new_by_channel=counted.new_by_channel)
    period = _period(found.months)
    everybody = value_of(counted, counted.starts, counted.value)
    return Winning(
        costs=found,
        orders=order_costs(found, orders_by_month(counted.cells)),
        trends=cac_trends(found),
        success=success(spend, counted.flows, counted.new_by_channel),
        everybody=lived(everybody),
        first_year=first_year_draws(everybody),
        cohort_period=period,
        cohorts=_cohorts(found, counted, period),
        channels=_channels(found, counted),
        left_out=left_out,
    )


def later(made: OrderTables, spend: pd.DataFrame) -> tuple[OrderTables, pd.DataFrame, int]:
    """Tables and spend without customers who may be older than the data and the months that have any.

    Returns
    -------
    tables, spend, and how many customers are left out
    """
    day = made.known_from
    month = number_of(first_day(day, "day"), "month")
    whole = month if first_day(month, "month").toordinal() == day else month + 1
    starts, value = (table[table["first_day"] >= day] for table in (made.starts, made.value))
    left_out = int(made.starts["customers"].sum() - starts["customers"].sum())
    return replace(made, starts=starts, value=value), spend[spend["month"] >= whole], left_out


def _period(months: tuple[int, ...]) -> Period:
    """By month where there are few, else the shortest period of which there are not too many."""
    if len(months) <= _FEW_MONTHS:
        return "month"
    return "quarter" if len({month // 3 for month in months}) <= MOST_COHORTS else "year"


def value_of(made: OrderTables, starts: pd.DataFrame, value: pd.DataFrame) -> RealisedValue:
    """What a group of customers brought at a margin of 1, all its channels together."""
    days = starts[["first_day", "customers"]].groupby("first_day").sum().reset_index()
    return realised_value(value, days, made.window, margin=1.0)


def _cohorts(found: AcquisitionCosts, made: OrderTables, period: Period) -> dict[int, tuple[Lived, float]]:
    monthly = found.monthly.assign(cohort=_of_months(found.monthly["month"], period))
    sums = monthly.groupby("cohort")[["acquisition", "new"]].sum()
    paid = sums[(sums["acquisition"] > 0) & (sums["new"] > 0)]
    starts, value = (_in_months(table, found.months, period) for table in (made.starts, made.value))
    groups = {}
    for cohort, row in paid.iterrows():
        here = starts[starts["cohort"] == cohort]
        if len(here):
            of_cohort = value[value["cohort"] == cohort]
            groups[int(str(cohort))] = (
                lived(value_of(made, here, of_cohort)),
                float(row["acquisition"] / row["new"]),
            )
    return groups


def _channels(found: AcquisitionCosts, made: OrderTables) -> dict[str, tuple[Lived, float]]:
    if "cac" not in found.channels or "channel" not in made.starts:
        return {}
    paid = found.channels[found.channels["cac"].notna() & (found.channels["channel"] != "")]
    starts, value = (_in_months(table, found.months, "month") for table in (made.starts, made.value))
    groups = {}
    for row in paid.itertuples():
        here, money = (_of_channel(table, str(row.channel)) for table in (starts, value))
        if len(here):
            groups[str(row.channel)] = (lived(value_of(made, here, money)), float(str(row.cac)))
    return groups


def _of_months(months: pd.Series, period: Period) -> pd.Series:
    size = {"month": 1, "quarter": 3, "year": 12}[period]
    return months // size


def _in_months(table: pd.DataFrame, months: tuple[int, ...], period: Period) -> pd.DataFrame:
    """Rows whose first day falls in the months counted, with their cohort."""
    days = table["first_day"].unique()
    number = {day: number_of(first_day(int(day), "day"), "month") for day in days}
    won_in = table["first_day"].map(number).astype(np.int64)
    inside = won_in.isin(months)
    return table[inside].assign(cohort=_of_months(won_in[inside], period))


def _of_channel(table: pd.DataFrame, channel: str) -> pd.DataFrame:
    spelled = one_spelling(table["channel"]).str.casefold()
    return table[spelled == channel.casefold()]
