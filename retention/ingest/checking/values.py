"""Customers who may be nobody, and amounts that may not be what they seem."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.ingest.checking.check import Check, Switch
from retention.ingest.words.headings import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

LARGE_SHARE = 0.05
"""Share of all orders one customer has before they are asked about: among the best customers of real shops
one has 1 to 2 %."""
LARGE_ORDERS = 30
"""Orders such a customer has at least: a tenth of thirty orders is a good customer of a small shop."""
LARGE_AGAINST_NEXT = 3.0
"""How many times the orders of the next customer: a trade customer among others is no cash desk."""
NOBODY_SHARE = 0.01
"""The same share for a customer whose name says that it is nobody's."""
ROUND_ORDERS = 50
"""Orders before round amounts are no chance, even where prices are."""
ROUND_DISTINCT = 10
"""Different values likewise: a shop with three prices has round ones."""
ROUND_SHARE = 0.99
ROUND_STEPS = (1000, 500, 100, 50, 10, 5, 1)
EXTREME = 6.0
"""Standard deviations above the middle, of the logarithm of order values, by median and MAD: where values
are log-normal one order in a thousand million."""
NARROWEST = 0.25
"""Least such deviation, so that a shop with one price does not call twice that price extreme."""
EXTREMES_SHOWN = 5
ROBUST = 1.4826
"""Standard deviations in one median absolute deviation of a normal distribution."""
_CENT = 0.01
_NOBODY = re.compile(
    r"\b(?:guest|ospite|anonym\w*|anonimo|walk in|walkin|cash|cassa|contanti|banco|corrispettivi|privat[oi]"
    r"|generico|generic|unknown|sconosciuto|pos|test|default|vari|diversi)\b|^0+$|^9{3,}$|^x+$"
)


def of_values(bought: pd.DataFrame) -> Iterator[Check]:
    """Look over purchases, a table with customer_id, order_id, date and value."""
    values = bought["value"].to_numpy()
    yield from _large_customers(bought)
    yield from _round_amounts(values)
    yield from _extremes(bought, values[values > 0])


def _large_customers(bought: pd.DataFrame) -> Iterator[Check]:
    """Customers with so many orders that they may be a cash desk or a guest's number, most orders first."""
    orders = bought["customer_id"].value_counts()
    orders = orders[orders >= max(LARGE_ORDERS, NOBODY_SHARE * len(bought))]
    following = [*orders.iloc[1:], LARGE_ORDERS]
    for (customer, count), other in zip(orders.items(), following, strict=False):
        share = count / len(bought)
        stands_out = (
            customer == orders.index[0] and share >= LARGE_SHARE and count >= LARGE_AGAINST_NEXT * other
        )
        if stands_out or _NOBODY.search(plain(str(customer))):
            amount = float(bought.loc[bought["customer_id"] == customer, "value"].sum())
            details = {"customer": customer, "orders": int(count), "share": share, "amount": amount}
            yield Check("large_customer", details, Switch("leave_out_customers", frozenset({str(customer)})))


def _round_amounts(values: NDArray[np.float64]) -> Iterator[Check]:
    """Nearly all values multiples of one amount: estimates, thousands, or a decimal sign that was lost."""
    if len(values) < ROUND_ORDERS or len(np.unique(values)) < ROUND_DISTINCT:
        return
    for step in ROUND_STEPS:
        share = float((np.abs(values / step - np.round(values / step)) * step < _CENT / 2).mean())
        if share >= ROUND_SHARE:
            yield Check("round_amounts", {"step": step, "share": share})
            return


def _extremes(bought: pd.DataFrame, values: NDArray[np.float64]) -> Iterator[Check]:
    """Orders worth so much more than the others that they may be an error."""
    if len(values) < ROUND_ORDERS:
        return
    logs = np.log(values)
    middle = float(np.median(logs))
    deviation = max(NARROWEST, ROBUST * float(np.median(np.abs(logs - middle))))
    above = math.exp(middle + EXTREME * deviation)
    extreme = bought[bought["value"] > above].sort_values("value", ascending=False)
    if extreme.empty:
        return
    amount = float(extreme["value"].sum())
    details = {
        "orders": len(extreme),
        "amount": amount,
        "share": amount / float(values.sum()),
        "above": above,
        "largest": _as_dicts(extreme.head(EXTREMES_SHOWN)),
    }
    yield Check("extreme_orders", details)


def _as_dicts(orders: pd.DataFrame) -> list[dict[str, Any]]:
    """Orders as customer, order (None where it has no id), date and value."""
    columns = {
        "customer": orders["customer_id"],
        "order": orders["order_id"].astype(object).where(orders["order_id"].notna(), None),
        "date": orders["date"].dt.date,
        "value": orders["value"],
    }
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
