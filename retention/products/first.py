"""With which first product customers come back: how many, how soon, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.aggregate import EVERYBODY, OTHERS
from retention.statistics import (
    ENOUGH,
    SIGNIFICANT,
    holm,
    rank_sum,
    shares_against,
    sorted_out,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MONTHS = (12, 6, 3)  # over which value is compared, the first that is seen of half the customers
_SEEN = 0.5
_RATE = [
    *("product", "rate", "low", "high", "other_rate", "difference", "difference_low", "difference_high"),
    *("p", "corrected_p", "real"),
]


@dataclass(frozen=True)
class FirstProducts:
    """Customers by the products of their first order, each product's against all others.

    An order may hold several products: its customer then counts for each of them.

    Attributes
    ----------
    days : after the first order, within which a second counts
    months : of 30.4375 days, over which value counts, net of refunds, the first order included; None where
        none of `MONTHS` is seen of half the customers
    customers : whose first order names a product
    unnamed : whose first order names none; they are in no comparison
    held : products in a first order, on average
    rate : share of all that came back in these days, of those seen for so long
    table : a product a row, those of at least 30 first buyers; `product` null for all others together, where
        30 customers bought none but these first. The real differences in coming back first

        - ``product``, ``customers`` : whose first order held it; ``watched``, ``repeated``
        - ``rate``, ``low``, ``high`` (Wilson), ``other_rate``, ``difference`` with its ends (Newcombe),
          ``p``, ``corrected_p``, ``real`` : of coming back; null with fewer than 30 on either side
        - ``days_customers``, who came back in these days; their ``days_median``, ``days_other_median`` to the
          second order; ``days_p`` (rank sum), ``days_corrected_p``, ``days_real`` : null with fewer than 30
        - ``value_customers``, seen for all the months; ``value_mean``, ``value_median`` of their value, and
          ``value_other_mean``, ``value_other_median``; ``value_p`` (rank sum), ``value_corrected_p``,
          ``value_real`` : null with fewer than 30
    few : how many products were bought first by fewer than 30 customers
    """

    days: int
    months: int | None
    customers: int
    unnamed: int
    held: float
    rate: float
    table: pd.DataFrame
    few: int

    @property
    def compared(self) -> int:
        """How many products were held against all others."""
        return int(self.table["p"].notna().sum())

    @property
    def best(self) -> pd.Series | None:
        """Of the products whose buyers come back more, beyond chance, the one of the highest share."""
        return self._extreme(better=True)

    @property
    def worst(self) -> pd.Series | None:
        """Of those whose buyers come back less, the one of the lowest share."""
        return self._extreme(better=False)

    def _extreme(self, *, better: bool) -> pd.Series | None:
        real = self.table[self.table["real"] & self.table["product"].notna()]
        found = real[(real["difference"] > 0) == better].sort_values("rate", ascending=not better)
        return None if found.empty else found.iloc[0]


def told_apart(first_buyers: pd.DataFrame) -> tuple[int, ...]:
    """Numbers of the products enough customers bought first to be compared.

    Parameters
    ----------
    first_buyers : as `aggregate.first_buyers` counts
    """
    enough = (first_buyers["customers"] >= ENOUGH) & (first_buyers["product"] != EVERYBODY)
    return tuple(int(number) for number in first_buyers.loc[enough, "product"])


def months_seen(first_days: pd.DataFrame, last: int, month: float) -> int | None:
    """Over how many months value can be compared: of `MONTHS`, the first seen of half the customers.

    Parameters
    ----------
    first_days : first_day, customers, as `aggregate.starts` counts
    last : day number of the observation end
    month : its days
    """
    seen = last + 1 - first_days["first_day"]
    whole = first_days["customers"].sum()
    return next(
        (
            months
            for months in MONTHS
            if first_days.loc[seen >= months * month, "customers"].sum() >= _SEEN * whole
        ),
        None,
    )


def first_products(
    outcomes: pd.DataFrame,
    waits: pd.DataFrame,
    values: pd.DataFrame | None,
    names: Mapping[int, str],
    *,
    days: int,
    months: int | None,
    first_buyers: pd.DataFrame,
    customers: int,
) -> FirstProducts:
    """Each first product's customers against all others.

    Parameters
    ----------
    outcomes, waits, values : as `aggregate.first_outcomes`, `aggregate.days_to_second` and
        `aggregate.first_values` count; None where value cannot be compared
    names : the products' names by their numbers
    days, months : the tables' own
    first_buyers : as `aggregate.first_buyers` counts
    customers : of the shop
    """
    of_all = outcomes[outcomes["product"] == EVERYBODY].sum()
    everybody, watched = int(of_all["customers"]), int(of_all["watched"])
    each = first_buyers[first_buyers["product"] != EVERYBODY]
    rows = outcomes[outcomes["product"] != EVERYBODY]
    rows = rows[(rows["product"] != OTHERS) | (rows["customers"] >= ENOUGH)].reset_index(drop=True)
    table = rows.merge(_came_back(rows, (int(of_all["repeated"]), watched)), on="product", how="left")
    for name, found in {"days": _days(waits), "value": _value(values)}.items():
        table = table.merge(
            found.add_prefix(f"{name}_").rename(columns={f"{name}_product": "product"}), "left"
        )
    for name in ("real", "days_real", "value_real"):
        table[name] = table[name].eq(True)
    table = table.assign(size=-table["difference"].abs(), chance=~table["real"])
    table = table.sort_values(["chance", "size", "product"], kind="stable", ignore_index=True)
    named = [names.get(int(number)) for number in table["product"]]
    return FirstProducts(
        days=days,
        months=months,
        customers=everybody,
        unnamed=customers - everybody,
        held=int(each["customers"].sum()) / everybody,
        rate=int(of_all["repeated"]) / watched if watched else np.nan,
        table=table.drop(columns=["size", "chance"]).assign(product=pd.array(named, "str")),
        few=len(each) - int((rows["product"] != OTHERS).sum()),
    )


def _came_back(rows: pd.DataFrame, everybody: tuple[int, int]) -> pd.DataFrame:
    compared = shares_against(rows[["product"]], rows["repeated"], rows["watched"], everybody)
    enough = (compared[["customers", "other_customers"]] >= ENOUGH).all(axis=1)
    return sorted_out(compared[enough])[_RATE]


def _days(waits: pd.DataFrame) -> pd.DataFrame:
    """How soon customers came back: medians, and ranks compared."""
    return _ranks(waits.rename(columns={"days": "level"}).assign(value=lambda t: t["level"] * t["customers"]))


def _value(values: pd.DataFrame | None) -> pd.DataFrame:
    """What customers brought: means beside medians, and ranks compared.

    A few very large customers make the mean of a small group too low far more often than its error tells: on
    shuffled customers Welch's test finds a product that "brings less" in every other shop. Ranks do not.
    """
    none = pd.DataFrame(columns=["product", "level", "customers", "value"], dtype=float)
    return _ranks(none if values is None else values)


def _ranks(counted: pd.DataFrame) -> pd.DataFrame:
    """Each product's values against all others', as they spread over levels; of at least 30 on either side.

    Returns
    -------
    product; customers; median, other_median, mean, other_mean; p (rank sum), corrected_p, real
    """
    each = counted.pivot_table(index="level", columns="product", values=["customers", "value"], fill_value=0)
    columns = ["product", "customers", "median", "other_median", "mean", "other_mean", "p"]
    found = []
    if not each.empty:
        products = each["customers"].columns
        many, sums = (each[name].to_numpy(dtype=float).T for name in ("customers", "value"))
        everybody = products.get_loc(EVERYBODY)
        for place in np.flatnonzero(products != EVERYBODY):
            own, others = many[place], many[everybody] - many[place]
            worth, other_worth = sums[place], sums[everybody] - sums[place]
            if min(own.sum(), others.sum()) >= ENOUGH:
                medians = _median(own, worth), _median(others, other_worth)
                means = worth.sum() / own.sum(), other_worth.sum() / others.sum()
                found.append((products[place], own.sum(), *medians, *means, rank_sum(own, others)))
    table = pd.DataFrame(found, columns=columns).astype({"p": float})
    corrected = holm(table["p"])
    return table.assign(corrected_p=corrected, real=corrected < SIGNIFICANT)


def _median(counts: NDArray[np.float64], sums: NDArray[np.float64]) -> float:
    """The mean of the level the middle one lies in."""
    place = int(np.searchsorted(np.cumsum(counts), counts.sum() / 2))
    return float(sums[place] / counts[place])
