"""Which product follows which: what the next order holds, after one that held a product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from retention.aggregate import EVERYBODY
from retention.statistics import ENOUGH, shares_against, sorted_out

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 12  # products told apart, those in most orders


@dataclass(frozen=True)
class Following:
    """What the next order holds, after orders that held each product, against after all other orders.

    Attributes
    ----------
    step : 1 from the first order to the second, 2 from the second to the third …
    customers : who made both orders, each naming a product
    table : a pair a row, of products at least 30 customers went on from; the real differences first

        - ``product``, ``following``
        - ``cases``, ``customers`` : whose next order held `following`; of those whose order held `product`
        - ``rate``, ``low``, ``high``, ``other_rate``, ``difference`` with its ends, ``p``, ``corrected_p``,
          ``real`` : as in `retention.statistics.sorted_out`, corrected over all pairs
    """

    step: int
    customers: int
    table: pd.DataFrame

    @property
    def strongest(self) -> pd.Series | None:
        """The pair whose second follows its first most beyond chance; None where none does."""
        more = self.table[self.table["real"] & (self.table["difference"] > 0)]
        return None if more.empty else more.iloc[0]


def most_bought(bought: pd.DataFrame) -> tuple[int, ...]:
    """Numbers of the products in most orders.

    Parameters
    ----------
    bought : as `aggregate.bought` counts
    """
    ranked = bought.sort_values(["orders", "product"], ascending=[False, True])
    return tuple(int(number) for number in ranked["product"].head(MOST))


def following(followers: pd.DataFrame, names: Mapping[int, str], step: int) -> Following:
    """Each product's next orders against all other next orders.

    Parameters
    ----------
    followers : as `aggregate.followers` counts
    names : the products' names by their numbers
    step : 1 from the first order to the second …
    """
    rows = followers[followers["step"] == step]
    counted = rows.set_index(["product", "following"])["customers"]
    products = sorted({int(number) for number in rows["product"]} - {EVERYBODY})
    pairs = pd.MultiIndex.from_product([products, products], names=["product", "following"])
    cases = counted.reindex(pairs, fill_value=0).reset_index()
    found = [
        shares_against(of_next[["product", "following"]], of_next["customers"], gone_on, everybody)
        for number, of_next in cases.groupby("following", sort=True)
        for gone_on, everybody in [_whole(counted, of_next["product"], int(str(number)))]
    ]
    columns = ["product", "following", "cases", "customers", "rate", "low", "high", "other_cases"]
    columns += ["other_customers", "other_rate", "difference", "p"]
    table = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns, dtype=float)
    table = sorted_out(table[(table[["customers", "other_customers"]] >= ENOUGH).all(axis=1)])
    named = {name: [names[int(number)] for number in table[name]] for name in ("product", "following")}
    customers = int(counted.get((EVERYBODY, EVERYBODY), 0))
    return Following(step, customers, table.assign(**named).drop(columns=["other_cases", "other_customers"]))


def _whole(counted: pd.Series, products: pd.Series, following: int) -> tuple[pd.Series, tuple[int, int]]:
    """Customers who went on from each product; and of everybody, those whose next order held one, and all."""
    gone_on = products.map(counted.xs(EVERYBODY, level="following")).fillna(0).astype("int64")
    held = int(counted.get((EVERYBODY, following), 0))
    return gone_on, (held, int(counted.get((EVERYBODY, EVERYBODY), 0)))
