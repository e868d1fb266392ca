"""What an order costs: from a customer who buys for the first time, and from one who has bought before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from retention.economics.acquisition import cost_of
from retention.economics.months import ratio_draws, resampled

if TYPE_CHECKING:
    from retention.economics.acquisition import AcquisitionCosts
    from retention.statistics import Estimate


@dataclass(frozen=True)
class OrderCosts:
    """Marketing cost of an order over the months counted.

    Attributes
    ----------
    new_orders : orders of customers in the month of their first purchase
    old_orders : orders in a later month
    new : acquisition spend per order of the first kind, money
    old : retention spend per order of the second kind, money
    """

    new_orders: int
    old_orders: int
    new: Estimate | None
    old: Estimate | None


def orders_by_month(cells: pd.DataFrame) -> pd.DataFrame:
    """Orders of new and of old customers in each month.

    Parameters
    ----------
    cells : per month, as `retention.aggregate.cells` makes them

    Returns
    -------
    ``month``, ``new``, ``old``
    """
    first = cells["cohort"] == cells["period"]
    orders = {"new": cells["orders"].where(first, 0), "old": cells["orders"].where(~first, 0)}
    return pd.DataFrame({"month": cells["period"], **orders}).groupby("month", as_index=False).sum()


def order_costs(costs: AcquisitionCosts, orders: pd.DataFrame) -> OrderCosts:
    """Cost of an order from new and from old customers, intervals from resampling months.

    Parameters
    ----------
    orders : as `orders_by_month` makes it
    """
    counted = orders.set_index("month").reindex(list(costs.months)).fillna(0.0)
    picked = resampled(len(costs.months))
    found = []
    for kind, purpose in (("new", "acquisition"), ("old", "retention")):
        made, spent = counted[kind].to_numpy(dtype=float), costs.monthly[purpose].to_numpy(dtype=float)
        found.append(cost_of(float(spent.sum()), float(made.sum()), ratio_draws(picked, spent, made)))
    return OrderCosts(int(counted["new"].sum()), int(counted["old"].sum()), *found)
