"""What groups of customers are still worth: segments, and cohorts of which there are not too many to read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from retention.lifetime_value.value.predictive_intervals import predictive_intervals
from retention.periods import PERIODS, number_of

if TYPE_CHECKING:
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.customer_base import Effect
    from retention.lifetime_value.value.discounting import Terms
    from retention.periods import Period, Window

_DRAWS = 200  # of each group's interval
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
    keyed = table.assign(group=group)
    parts = keyed.groupby("group", dropna=False, sort=True)
    sums = parts[["p_alive", "expected_purchases", "clv"]].sum()
    found = sums.assign(customers=parts.size()).reset_index()
    largest = found.nlargest(MOST, "customers").index.sort_values()
    members = [part for place, (_, part) in enumerate(parts) if place in largest]
    low, high, _ = predictive_intervals(members, purchases, spend, terms, effect=effect, draws=_DRAWS)
    bounds = pd.DataFrame({"low": low, "high": high}, index=largest)
    found = found.join(bounds).assign(mean=found["clv"] / found["customers"])
    names = ["group", "customers", "p_alive", "expected_purchases", "clv", "low", "high", "mean"]
    return found[names]


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
