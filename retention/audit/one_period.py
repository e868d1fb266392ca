"""Lens 1: how customers differ within one period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.audit.deciles import tenth
from retention.statistics import Concentration, Estimate, concentration, share_of_best

if TYPE_CHECKING:
    from numpy.typing import NDArray

BEST = 0.2
_TAILS = (0.01, 0.99)  # customers outside share the first and the last bin
_STEPS = (1.0, 2.0, 5.0)  # edges people read: 10, 20, 50, 100 …
_FEWEST_BINS = 4
_SKEWED = 1.25  # mean over median from which on it is worth saying that a few pull it up


@dataclass(frozen=True)
class OnePeriod:
    """Customers of one period by what they spent in it; money is gross, before refunds, but for `refunds`.

    Attributes
    ----------
    customers, orders : who bought, and how often; revenue : what they paid; refunds : negative, everybody's
    once : customers with one order in the period
    mean, median : revenue per customer
    best : share of revenue from the best 20 % of customers
    spread : the whole Lorenz curve
    bins : distribution of value: ``from_value``, ``to_value`` (null without end), ``customers``, ``share``,
        ``revenue``, ``share_of_revenue``
    deciles : ``decile`` (1 is the best), ``customers``, ``share``, ``revenue``, ``share_of_revenue``,
        ``orders``, ``share_of_orders``, ``orders_per_customer``, ``average_order``, ``revenue_per_customer``
    """

    customers: int
    orders: int
    revenue: float
    refunds: float
    once: int
    mean: float
    median: float
    best: Estimate
    spread: Concentration
    bins: pd.DataFrame
    deciles: pd.DataFrame

    @property
    def share_once(self) -> float:
        """Share of the customers with one order in the period."""
        return self.once / self.customers

    @property
    def refunded(self) -> float:
        """What was paid back in the period, above 0."""
        return -self.refunds

    @property
    def is_skewed(self) -> bool:
        """Whether a few customers pull the mean well above the median."""
        return self.mean > _SKEWED * self.median


def one_period(around: pd.DataFrame) -> OnePeriod | None:
    """How the customers of a period differ; None where nobody paid anything in it.

    Parameters
    ----------
    around : the table `retention.aggregate.around` made for the period
    """
    bought = around[around["revenue"] > 0]
    if bought.empty:
        return None
    count, value = bought["customers"].to_numpy(), bought["revenue"].to_numpy()
    each = np.repeat(value, count)
    orders = bought["orders"] * bought["customers"]
    return OnePeriod(
        customers=int(count.sum()),
        orders=int(orders.sum()),
        revenue=float(each.sum()),
        refunds=float((around["refunds"] * around["customers"]).sum()),
        once=int(count[bought["orders"] == 1].sum()),
        mean=float(each.mean()),
        median=float(np.median(each)),
        best=share_of_best(value, count, BEST),
        spread=concentration(each),
        bins=_bins(each),
        deciles=_deciles(bought),
    )


def _deciles(bought: pd.DataFrame) -> pd.DataFrame:
    totals = pd.DataFrame(
        {
            "decile": tenth(bought["revenue"], bought["customers"]),
            "customers": bought["customers"],
            "revenue": bought["revenue"] * bought["customers"],
            "orders": bought["orders"] * bought["customers"],
        }
    )
    table = totals.groupby("decile", as_index=False).sum()
    return pd.DataFrame(
        {
            "decile": table["decile"],
            "customers": table["customers"],
            "share": table["customers"] / table["customers"].sum(),
            "revenue": table["revenue"],
            "share_of_revenue": table["revenue"] / table["revenue"].sum(),
            "orders": table["orders"],
            "share_of_orders": table["orders"] / table["orders"].sum(),
            "orders_per_customer": table["orders"] / table["customers"],
            "average_order": table["revenue"] / table["orders"],
            "revenue_per_customer": table["revenue"] / table["customers"],
        }
    )


def _bins(each: NDArray[np.float64]) -> pd.DataFrame:
    """Customers by value between round edges; one that lies on an edge belongs to the bin above it."""
    edges = _edges(each)
    place = np.searchsorted(edges, each, side="right")
    customers = np.bincount(place, minlength=len(edges) + 1)
    revenue = np.bincount(place, weights=each, minlength=len(edges) + 1)
    table = pd.DataFrame(
        {
            "from_value": [0.0, *edges],
            "to_value": [*edges, np.nan],
            "customers": customers,
            "share": customers / len(each),
            "revenue": revenue,
            "share_of_revenue": revenue / each.sum(),
        }
    )
    first, last = customers.nonzero()[0][[0, -1]]
    return table.iloc[first : last + 1].reset_index(drop=True)


def _edges(each: NDArray[np.float64]) -> NDArray[np.float64]:
    """1, 2 and 5 times the powers of ten; equal steps where values span too few of these."""
    low, high = np.quantile(each, _TAILS)
    powers = np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    edges = np.array([step * 10.0**power for power in powers for step in _STEPS])
    inside: NDArray[np.float64] = edges[(edges >= low) & (edges <= high)]
    if len(inside) >= _FEWEST_BINS:
        return inside
    step = 10.0 ** np.floor(np.log10(max(high - low, high / 10)))
    even: NDArray[np.float64] = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    return even
