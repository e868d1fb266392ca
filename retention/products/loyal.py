"""What loyal customers buy and others do not, and how many different things a customer buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.aggregate import EVERYBODY
from retention.statistics import ENOUGH, means_sorted_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

_PRIOR = 12  # ordered pairs of four products


@dataclass(frozen=True)
class LoyalProducts:
    """In what share of their orders the loyal buy each product, against all other customers.

    Every customer counts once, so that who orders often does not outweigh the rest.

    Attributes
    ----------
    loyal, others : customers of either kind, with an order that names a product
    table : a product a row, of those at least 30 customers bought; the real differences first: ``product``,
        ``customers`` who bought it, ``mean`` (of the loyal), ``other_mean``, ``difference`` with its ends
        (Welch), ``p``, ``corrected_p``, ``real``
    """

    loyal: int
    others: int
    table: pd.DataFrame


def enough_buyers(bought: pd.DataFrame) -> tuple[int, ...]:
    """Numbers of the products at least 30 customers bought.

    Parameters
    ----------
    bought : as `aggregate.bought` counts
    """
    return tuple(int(number) for number in bought.loc[bought["customers"] >= ENOUGH, "product"])


def loyal_products(shares: pd.DataFrame, names: Mapping[int, str]) -> LoyalProducts | None:
    """Each product among the loyal against all others; None with fewer than 30 customers on either side.

    Parameters
    ----------
    shares : as `aggregate.shares_of_orders` counts, the loyal chosen
    names : the products' names by their numbers
    """
    sizes = shares[shares["product"] == EVERYBODY].set_index("chosen")["customers"]
    loyal, others = (int(sizes.get(kind, 0)) for kind in (True, False))
    if min(loyal, others) < ENOUGH:
        return None
    sums = shares[shares["product"] != EVERYBODY]
    of_loyal = sums[sums["chosen"]].set_index("product")
    of_all = sums.groupby("product")[["share", "share2", "customers"]].sum()
    own = of_loyal.reindex(of_all.index, fill_value=0)
    table = means_sorted_out(
        pd.DataFrame({"product": of_all.index, "buyers": of_all["customers"].to_numpy()}),
        np.full(len(of_all), loyal),
        own["share"],
        own["share2"],
        (loyal + others, of_all["share"], of_all["share2"]),
    )
    named = table.drop(columns=["customers", "other_customers"]).rename(columns={"buyers": "customers"})
    return LoyalProducts(
        loyal, others, named.assign(product=[names[int(number)] for number in table["product"]])
    )


def breadth(held: ArrayLike, alike: ArrayLike, orders: ArrayLike) -> NDArray[np.float64]:
    """How much a customer's purchases vary: 0 for one thing only, 0.5 for things as the shop sells them.

    It is the chance that two of the products a customer bought, each once a purchase, are different, against
    twice that chance over all that the shop sells, so that it reads like the steadiness of a rhythm. As few
    purchases tell little, the pairs of four random ones are added. NaN of fewer than two products.

    Parameters
    ----------
    held : (n,) products over all purchases, each once a purchase
    alike : (n,) ordered pairs of these that are the same
    orders : (k,) in how many orders each of the shop's products is

    Examples
    --------
    Of four products sold equally, two are different with a chance of three in four. Twice oil and twice wine
    are eight different pairs of twelve; with twelve of a random buyer, nine of them different, 17 of 24:

    >>> breadth([4, 1], [4, 0], [10, 10, 10, 10]).round(3).tolist()
    [0.472, nan]
    """
    n, same, sold = (np.asarray(values, dtype=float) for values in (held, alike, orders))
    usual = 1.0 - float(((sold / sold.sum()) ** 2).sum()) if sold.size else 0.0
    pairs = n * (n - 1)
    if usual == 0.0:  # a shop of one product
        return np.full(n.shape, np.nan)
    different = (pairs - same + _PRIOR * usual) / (pairs + _PRIOR)
    return np.asarray(np.where(pairs > 0, np.minimum(different / (2.0 * usual), 1.0), np.nan))
