"""What was in each purchase, prepared once: the products of its lines, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from retention.aggregate.purchases import Purchases

_WITHIN_A_CENT = -0.005  # what came back in the same order, rounding apart


@dataclass(frozen=True)
class Baskets:
    """The products of every purchase that names one.

    Attributes
    ----------
    table : one row per purchase and product, a customer's together and in their order

        - ``customer``, ``number``, ``day``, ``first`` : of the purchase, as `Purchases.table` has them
        - ``product`` : a number, in the order of the products' names
        - ``amount`` : of its lines, in the file's currency; NaN where the file has totals of orders alone
    names : the products' names by their number
    purchases : what they were in
    """

    table: pd.DataFrame
    names: pd.Index[str]
    purchases: Purchases

    def numbers_of(self, names: AbstractSet[str]) -> list[int]:
        """The numbers of products by their names, of those there are."""
        return [int(number) for number in self.names.get_indexer(pd.Index(sorted(names))) if number >= 0]


def baskets(purchases: Purchases, lines: pd.DataFrame, left_out: AbstractSet[str]) -> Baskets:
    """The products of the purchases, without lines that name none, that came back, or that are left out.

    Parameters
    ----------
    lines : order (row of the orders), product (categorical, missing where a line names none), amount
    left_out : names that are no products: postage, discounts
    """
    product = lines["product"].cat
    names = pd.Index(product.categories.astype(str))
    table, codes = purchases.table, product.codes.to_numpy().astype(np.int64)
    row = _rows(table["order"].to_numpy(), lines["order"].to_numpy())
    amount = lines["amount"].to_numpy(dtype=np.float64)
    kept = (row >= 0) & (codes >= 0) & ~np.isin(codes, np.flatnonzero(names.isin(left_out)))
    key = row[kept] * max(len(names), 1) + codes[kept]
    each, place = np.unique(key, return_inverse=True)
    worth = np.bincount(place, weights=amount[kept], minlength=len(each))
    stayed = ~(worth < _WITHIN_A_CENT)
    each, worth = each[stayed], worth[stayed]
    of, which = each // max(len(names), 1), each % max(len(names), 1)
    held = table[["customer", "number", "day", "first"]].take(of).reset_index(drop=True)
    return Baskets(held.assign(product=which, amount=worth), names, purchases)


def _rows(orders: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Rows of the purchases by the row of the orders; −1 of what is no purchase here."""
    last = max(orders.max(initial=-1), wanted.max(initial=-1))
    rows = np.full(int(last) + 1, -1, dtype=np.int64)
    rows[orders] = np.arange(len(orders))
    return np.asarray(rows[wanted])
