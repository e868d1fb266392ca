"""What groups of customers are still worth: cohorts, segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.lifetime_value.interval import predictive_intervals

if TYPE_CHECKING:
    from retention.lifetime_value.discounting import Terms
    from retention.lifetime_value.models import PurchaseModel, SpendModel

_DRAWS = 200  # of each group's interval
MOST = 12  # groups with an interval of their own; more are neither read nor computed in a moment


def value_by_group(
    table: pd.DataFrame, group: pd.Series, purchases: PurchaseModel, spend: SpendModel, terms: Terms
) -> pd.DataFrame:
    """Value still to come of each group of customers, with the interval of its total.

    Parameters
    ----------
    table : a customer a row, as `CustomerValues.table`
    group : which group each is in, on the same index; null is a group of its own
    purchases, spend, terms : what the table was computed with

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
    low, high, _ = predictive_intervals(members, purchases, spend, terms, draws=_DRAWS)
    bounds = pd.DataFrame({"low": low, "high": high}, index=largest)
    found = found.join(bounds).assign(mean=found["clv"] / found["customers"])
    names = ["group", "customers", "p_alive", "expected_purchases", "clv", "low", "high", "mean"]
    return found[names]
