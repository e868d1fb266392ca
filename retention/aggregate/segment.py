"""A shop in two: the customers of one segment, and all others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import narwhals as nw

from retention.aggregate._query import first_purchases, lazy

if TYPE_CHECKING:
    from retention.orders import Orders


def split(orders: Orders, by: str, segment: str) -> tuple[Orders, Orders]:
    """Orders of the customers of a segment, and those of everybody else, over the same days.

    Parameters
    ----------
    by : column of the orders that holds a segment; a customer's is that of the first purchase
    segment : "" for customers whose first purchase names none
    """
    inside = first_purchases(orders).filter(nw.col(by).fill_null("") == segment).select("customer_id")
    table = lazy(orders.table)
    one, others = (
        table.join(inside, on="customer_id", how=how).collect().to_native() for how in ("semi", "anti")
    )
    return replace(orders, table=one), replace(orders, table=others)
