"""Winning against keeping: everything the spend and the orders say together, before a margin is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from retention.acquisition.cac_trend import CacTrend, cac_trends
from retention.acquisition.channels import unified_names
from retention.acquisition.costs import AcquisitionCosts, OrderCosts, costs, order_costs, orders_by_month
from retention.acquisition.payback import CumulativeValue, cumulative_value, first_year_draws
from retention.acquisition.realised_value import RealisedValue, realised_value
from retention.acquisition.success import Success, success
from retention.acquisition.tables import without_left_truncated
from retention.periods import first_day, number_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.acquisition.tables import OrderTables
    from retention.periods import Period

AtCac = tuple[CumulativeValue, float]  # what a group brought, and its CAC
MOST_COHORTS = 12
_COHORTS: tuple[Period, ...] = ("month", "quarter", "year")
_FEW_MONTHS = 8  # cohorts by month up to here


@dataclass(frozen=True)
class Acquisition:
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
    trends: tuple[CacTrend, ...]
    success: Success | None
    everybody: CumulativeValue
    first_year: NDArray[np.float64] = field(repr=False)
    cohort_period: Period
    cohorts: dict[int, AtCac]
    channels: dict[str, AtCac]
    left_out: int


def analyse(
    spend: pd.DataFrame, tables: OrderTables, *, leave_out_left_truncated: bool = False
) -> Acquisition:
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
    counted, left_out = tables, 0
    if leave_out_left_truncated:
        counted, spend, left_out = without_left_truncated(tables, spend)
    found = costs(spend, counted.flows.table, new_by_channel=counted.new_by_channel)
    period = _period(found.months)
    everybody = group_value(counted, counted.starts, counted.value)
    return Acquisition(
        costs=found,
        orders=order_costs(found, orders_by_month(counted.cells)),
        trends=cac_trends(found),
        success=success(spend, counted.flows, counted.new_by_channel),
        everybody=cumulative_value(everybody),
        first_year=first_year_draws(everybody),
        cohort_period=period,
        cohorts=_cohorts(found, counted, period),
        channels=_channels(found, counted),
        left_out=left_out,
    )


def _period(months: tuple[int, ...]) -> Period:
    """By month where there are few, else the shortest period of which there are not too many."""
    if len(months) <= _FEW_MONTHS:
        return "month"
    return "quarter" if len({month // 3 for month in months}) <= MOST_COHORTS else "year"


def group_value(tables: OrderTables, starts: pd.DataFrame, value: pd.DataFrame) -> RealisedValue:
    """What a group of customers brought at a margin of 1, all its channels together."""
    days = starts[["first_day", "customers"]].groupby("first_day").sum().reset_index()
    return realised_value(value, days, tables.window, margin=1.0)


def _cohorts(found: AcquisitionCosts, tables: OrderTables, period: Period) -> dict[int, AtCac]:
    monthly = found.monthly.assign(cohort=_of_months(found.monthly["month"], period))
    sums = monthly.groupby("cohort")[["acquisition", "new"]].sum()
    paid = sums[(sums["acquisition"] > 0) & (sums["new"] > 0)]
    starts, value = (_in_months(table, found.months, period) for table in (tables.starts, tables.value))
    groups = {}
    for cohort, row in paid.iterrows():
        here = starts[starts["cohort"] == cohort]
        if len(here):
            of_cohort = value[value["cohort"] == cohort]
            groups[int(str(cohort))] = (
                cumulative_value(group_value(tables, here, of_cohort)),
                float(row["acquisition"] / row["new"]),
            )
    return groups


def _channels(found: AcquisitionCosts, tables: OrderTables) -> dict[str, AtCac]:
    if "cac" not in found.channels or "channel" not in tables.starts:
        return {}
    paid = found.channels[found.channels["cac"].notna() & (found.channels["channel"] != "")]
    starts, value = (_in_months(table, found.months, "month") for table in (tables.starts, tables.value))
    groups = {}
    for row in paid.itertuples():
        here, money = (_of_channel(table, str(row.channel)) for table in (starts, value))
        if len(here):
            groups[str(row.channel)] = (
                cumulative_value(group_value(tables, here, money)),
                float(str(row.cac)),
            )
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
    spelled = unified_names(table["channel"]).str.casefold()
    return table[spelled == channel.casefold()]
