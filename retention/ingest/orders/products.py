"""What was bought: the lines the orders are made of, each with its product; formed when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.ingest.columns.texts import Coded, coded_identifiers
from retention.ingest.mapping.mapped_columns import read_amounts, read_quantity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.orders.forming import Formed
    from retention.ingest.parse.reading import RawTable

LineAmounts = Literal["own", "parts", "unknown"]


def count_products(raw: RawTable, column: str) -> int:
    """How many different products a column names."""
    found = coded_identifiers(raw.table[column], raw.typed.get(column))
    return int(np.count_nonzero(np.bincount(found.codes[found.codes >= 0])))


@dataclass(frozen=True, eq=False)
class ProductLines:
    """The lines of a file's orders; nothing of them is read before `table` is.

    Attributes
    ----------
    raw, mapping : the file, and which of its columns names the product
    orders : the columns of `retention.orders.Orders`
    formed : how these were made of the rows in use
    used : (rows of the file,) which those rows are
    kept : (orders formed,) which of the orders stayed, in the order of `orders`
    """

    raw: RawTable
    mapping: Mapping
    orders: pd.DataFrame
    formed: Formed
    used: NDArray[np.bool_]
    kept: NDArray[np.bool_]

    @property
    def amounts(self) -> LineAmounts:
        """Where a line's amount is from.

        "own": each row's amount, so that the lines of an order add up to its value. "parts": quantity × price
        beside the total of an order, in which shipping, tax or a discount may be too. "unknown": the file has
        totals of orders alone.
        """
        if not self.mapping.once_per_order:
            return "own"
        return "unknown" if self.mapping.quantity is None or self.mapping.price is None else "parts"

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a line, by order.

        Returns
        -------
        order (place in `orders`), customer_id, order_id, date (of the order), product (categorical, missing
        where the row names none), amount and quantity (below 0 on what came back; NaN where unknown)
        """
        order, row, part = self._places()
        name = str(self.mapping.product)
        named = coded_identifiers(self.raw.table[name], self.raw.typed.get(name)).where(self.used)
        product = Coded(named.codes[row], named.names).sorted()
        return pd.DataFrame(
            {
                "order": order,
                **{of: self.orders[of].array.take(order) for of in ("customer_id", "order_id", "date")},
                "product": pd.Categorical.from_codes(product.codes, product.names.to_pandas()),
                "amount": self._amounts(order, row, part),
                "quantity": self._quantities(order, row, part),
            }
        )

    def _places(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
        """Of each line, its order, its row among those in use, and which of the amounts summed it is."""
        formed = self.formed
        order = np.cumsum(formed.begins) - 1
        stays = self.kept[order]
        if self.mapping.once_per_order:  # what went back stands on the order, and is no line's
            stays = stays & (formed.ranked < formed.rows)
        part = formed.ranked[stays]
        return (np.cumsum(self.kept) - 1)[order[stays]], formed.row_of[part], part

    def _amounts(
        self, order: NDArray[np.int64], row: NDArray[np.int64], part: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        if self.amounts == "own":
            return self.formed.amount[part]
        if self.amounts == "unknown":
            return np.full(len(order), np.nan)
        cents = self.mapping.in_cents(str(self.mapping.price))
        parts = read_amounts(self.raw, replace(self.mapping, amount=None, refunded=None, cents=cents))
        return self._as_in_its_order(parts.value[self.used][row], order)

    def _quantities(
        self, order: NDArray[np.int64], row: NDArray[np.int64], part: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        if self.mapping.quantity is None:
            return np.full(len(order), np.nan)
        quantity = read_quantity(self.raw, self.mapping)[self.used][row]
        if self.mapping.once_per_order:
            return self._as_in_its_order(quantity, order)
        money = self.formed.amount[part]
        some = (part != row) & (money != -self.formed.amount[row])  # how many pieces came back is not told
        return np.where(some, np.nan, np.where(money < 0, -np.abs(quantity), quantity))

    def _as_in_its_order(self, values: NDArray[np.float64], order: NDArray[np.int64]) -> NDArray[np.float64]:
        """Turn what belongs to a refund below zero, whatever sign the file gives it."""
        return np.where(self.orders["value"].to_numpy()[order] < 0, -np.abs(values), values)


@dataclass(frozen=True, eq=False)
class LinesKept:
    """Lines read before, without the file they are from.

    Attributes
    ----------
    table, amounts : as `ProductLines` has them
    """

    table: pd.DataFrame
    amounts: LineAmounts


Lines = ProductLines | LinesKept
