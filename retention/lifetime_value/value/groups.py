"""What groups of customers are still worth: segments, and cohorts of which there are not too many to read."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.aggregate import CUSTOMERS, total_of
from retention.lifetime_value.value.by_own_models import active_shared_out, by_own_models, named, shared_out
from retention.lifetime_value.value.customer_values import customer_values
from retention.lifetime_value.value.predictive_intervals import predictive_intervals
from retention.periods import PERIODS, number_of

if TYPE_CHECKING:
    from retention.lifetime_value.models.fit_segments import SegmentModels
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.customer_base import Effect
    from retention.lifetime_value.value.discounting import Terms
    from retention.periods import Period, Window

_DRAWS = 200  # of each group's interval
_SUMS = ["p_alive", "expected_purchases", "clv"]
MOST = 12  # groups with an interval of their own; more are neither read nor computed in a moment


def value_by_group(
    table: pd.DataFrame,
    group: pd.Series,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    effect: Effect | None = None,
) -> pd.DataFrame:
    """Value still to come of each group of customers, with the interval of its total.

    Parameters
    ----------
    table : a customer a row, as `CustomerValues.table`
    group : which group each is in, on the same index; null is a group of its own
    purchases, spend, terms : what the table was computed with
    effect : as of `predictive_intervals`

    Returns
    -------
    group, customers, p_alive (Σ), expected_purchases (Σ), clv (Σ), low, high (95 % predictive, as of
    `CustomerValues`; NaN where no bound can be given, or beyond the 12 largest groups by customers), mean
    (clv a customer), by group
    """
    found, members = _summed(table, group)
    low, high, _ = predictive_intervals(
        list(members.values()), purchases, spend, terms, effect=effect, draws=_DRAWS
    )
    return _with_ends(found, pd.DataFrame({"low": low, "high": high}, index=list(members)))


def value_by_segment(
    table: pd.DataFrame, segment: pd.Series, models: SegmentModels, terms: Terms
) -> pd.DataFrame:
    """The same by segments that differ: how they share out what all come to is told by the models of each.

    Parameters
    ----------
    table : a customer a row, as `CustomerValues.table`, by the models of the whole
    segment : which each is in, on the same index; null is one of its own

    Returns
    -------
    As `value_by_group`, the sums adding up to those of the table
    """
    valued = partial(_valued, terms=terms)
    found, members = _summed(by_own_models(table, segment, models, valued), segment)
    own, whole = found[_SUMS], {name: total_of(table, table[name]) for name in _SUMS}
    found["p_alive"] = active_shared_out(own["p_alive"], found["customers"], whole["p_alive"])
    for name in ("expected_purchases", "clv"):
        found[name] = shared_out(own[name], whole[name])
    names, ends = named(found["group"]), {}
    for place, part in members.items():
        total = np.array([own.loc[place, "clv"]])
        low, high, _ = predictive_intervals([part], *models.of(names[place]), terms, total, draws=_DRAWS)
        ends[place] = {"low": low[0], "high": high[0]}
    scale = (found["clv"] / own["clv"]).where(own["clv"] > 0, 1.0)
    return _with_ends(found, pd.DataFrame.from_dict(ends, orient="index").mul(scale.loc[list(ends)], axis=0))


def _valued(people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms) -> pd.DataFrame:
    return customer_values(people, purchases, spend, interval=False, **vars(terms)).table


def _summed(table: pd.DataFrame, group: pd.Series) -> tuple[pd.DataFrame, dict[int, pd.DataFrame]]:
    """Sums over each group, a row each, and the customers of the largest by their row."""
    parts = table.assign(group=group).groupby("group", dropna=False, sort=True)
    found = summed_by_group(table, group, _SUMS)
    largest = set(found.nlargest(MOST, "customers").index)
    return found, {place: part for place, (_, part) in enumerate(parts) if place in largest}


def _with_ends(found: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    told = found.join(ends).assign(mean=found["clv"] / found["customers"])
    return told[["group", "customers", *_SUMS, "low", "high", "mean"]]


def summed_by_group(table: pd.DataFrame, group: pd.Series, names: list[str]) -> pd.DataFrame:
    """Sums over the customers of each group of what one customer of each row has, and how many they are."""
    each = table[names]
    if CUSTOMERS not in table:
        parts = each.assign(group=group).groupby("group", dropna=False, sort=True, observed=True)
        return parts[names].sum().assign(customers=parts.size()).reset_index()
    number = table[CUSTOMERS]
    weighed = each.mul(number, axis=0).assign(group=group, customers=number)
    parts = weighed.groupby("group", dropna=False, sort=True, observed=True)
    return parts[[*names, "customers"]].sum().reset_index()


def cohort_period(window: Window, finest: Period = "month") -> Period:
    """The shortest period, from the finest wanted on, in which the data has no more cohorts than 12.

    Examples
    --------
    >>> from retention.periods import Window
    >>> cohort_period(Window(date(2010, 12, 1), date(2011, 12, 9)))
    'quarter'
    """
    longer = PERIODS[PERIODS.index(finest) :]
    return next((period for period in longer if len(window.numbers(period)) <= MOST), PERIODS[-1])


def cohort_of(first_day: pd.Series, period: Period) -> pd.Series:
    """Number of the period each day lies in, both numbers of `retention.periods`."""
    numbers = {day: number_of(date.fromordinal(int(day)), period) for day in first_day.unique()}
    return first_day.map(numbers)
