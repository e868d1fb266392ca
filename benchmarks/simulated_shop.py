"""Shops whose customers live by the models' own story, told purchase by purchase for all of them at once.

Nothing here knows a formula of the models: rates and readiness to leave are drawn, then time passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value import PurchaseKind

    Array = NDArray[np.float64]

_LEAST_RATE = 1e-12  # purchases a day: a Gamma of small shape may draw 0


@dataclass(frozen=True)
class Shop:
    """How the customers of a shop live.

    Attributes
    ----------
    kind : what makes them leave
    purchases : (r, α, a, b) or (r, α, s, β), time in days
    spend : (p, q, γ)
    """

    kind: PurchaseKind
    purchases: tuple[float, float, float, float]
    spend: tuple[float, float, float]


CDNOW_LIKE = Shop("bg_nbd", (0.243, 30.9, 0.793, 2.426), (6.25, 3.74, 15.44))


@dataclass(frozen=True)
class Purchases:
    """Every purchase of a shop, in no particular order.

    Attributes
    ----------
    customer : (n,) number of the customer
    moment : (n,) days since the shop opened
    value : (n,) in money
    """

    customer: NDArray[np.int64]
    moment: Array
    value: Array


def live(shop: Shop, born: Array, until: float, chance: np.random.Generator) -> Purchases:
    """Let customers live from their first purchase to a moment.

    Parameters
    ----------
    born : (n,) days from the shop's opening to each customer's first purchase
    until : when the telling ends, in days from the shop's opening
    """
    customers = born.size
    rate, leaves, life = _temperaments(shop, customers, chance)
    if shop.kind == "mbg_nbd":  # the first purchase may be the last as well
        life = np.where(chance.random(customers) < leaves, 0.0, life)
    each, moment = np.arange(customers), born
    who, when = [each], [born]
    while each.size:
        moment = moment + chance.exponential(size=each.size) / rate[each]
        bought = (moment <= until) & (moment - born[each] <= life[each])
        each, moment = each[bought], moment[bought]
        who.append(each)
        when.append(moment)
        stays = chance.random(each.size) >= leaves[each]
        each, moment = each[stays], moment[stays]
    customer, moments = np.concatenate(who), np.concatenate(when)
    p, q, gamma = shop.spend
    scale = chance.gamma(q, size=customers) / gamma
    return Purchases(customer, moments, chance.gamma(p, size=customer.size) / scale[customer])


def _temperaments(shop: Shop, customers: int, chance: np.random.Generator) -> tuple[Array, Array, Array]:
    """Each customer's rate of buying, chance to leave after a purchase, and longest stay."""
    r, alpha, how, where = shop.purchases
    rate = np.maximum(chance.gamma(r, 1.0 / alpha, customers), _LEAST_RATE)
    if shop.kind == "pareto_nbd":
        hazard = np.maximum(chance.gamma(how, 1.0 / where, customers), _LEAST_RATE)
        return rate, np.zeros(customers), chance.exponential(size=customers) / hazard
    return rate, chance.beta(how, where, customers), np.full(customers, np.inf)


def orders_table(purchases: Purchases, opened: pd.Timestamp) -> pd.DataFrame:
    """Orders as the library takes them, whole seconds and cents, in the order of their dates."""
    table = pd.DataFrame(
        {
            "customer_id": np.char.add("C", purchases.customer.astype(str)),
            "date": (opened + pd.to_timedelta(purchases.moment, unit="D")).floor("s"),
            "value": np.maximum(np.round(purchases.value, 2), 0.01),
            "kind": "purchase",
        }
    )
    table.insert(1, "order_id", None)
    return table.sort_values("date", ignore_index=True)
