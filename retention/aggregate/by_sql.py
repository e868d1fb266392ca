"""The purchases prepared by an engine that speaks SQL: one window over each customer's orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.engines import types_of

if TYPE_CHECKING:
    from retention.engines import Beyond
    from retention.orders import Orders

_EPOCH_DAY = 719_163  # day number of 1970-01-01
_WHOLE = (nw.Int8, nw.Int16, nw.Int32, nw.Int64)

_NAMES = """
SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS customer
FROM (SELECT DISTINCT customer_id FROM {orders})"""

_DATED = """
SELECT {customer} AS customer,
  CAST({day} + {epoch} AS INTEGER) AS day,
  CAST(12 * year(o.date) + month(o.date) - 1 AS INTEGER) AS month,
  o.date AS moment, CAST(o.value AS DOUBLE) AS value{further}
FROM {{orders}} o{join} WHERE o.kind = '{kind}'"""

_PURCHASES = """
SELECT customer, day, month, value,
  CAST(row_number() OVER a AS INTEGER) AS number,
  CAST(dense_rank() OVER (PARTITION BY customer ORDER BY day) AS INTEGER) AS buying_day,
  lag(day, 1, -1) OVER a AS previous, lag(month, 1, -1) OVER a AS previous_month,
  lead(day, 1, -1) OVER a AS next, lead(month, 1, -1) OVER a AS next_month,
  first_value(day) OVER a AS first, first_value(month) OVER a AS first_month,
  first_value(value) OVER a AS first_value{firsts}{measures}
FROM ({dated}) WINDOW a AS (PARTITION BY customer ORDER BY day, moment, value DESC{ties})"""

_REFUNDS = """
SELECT r.customer, r.day, r.month, r.value,
  coalesce(f.first, -1) AS first, coalesce(f.first_month, -1) AS first_month{segments}
FROM ({dated}) r LEFT JOIN (SELECT * FROM {{purchases}} WHERE number = 1) f ON r.customer = f.customer"""


def tables_of(orders: Orders, engine: Beyond) -> tuple[Any, Any, Any]:
    """The purchases and the refunds as `retention.aggregate.Purchases` has them, and the customers' names.

    Returns
    -------
    table, refunds : frames of the engine; the purchases without their row in the orders
    names : customer_id, customer; None where customers are whole numbers already, and are their own names
    """
    segments = list(orders.segments.values())
    numbered = _is_whole(orders.table)
    names = None if numbered else engine.asked(_NAMES, orders=orders.table)
    frames = {"orders": orders.table} | ({} if names is None else {"names": names})
    about = {
        "customer": "o.customer_id" if numbered else "n.customer",
        "join": "" if numbered else " JOIN {names} n ON o.customer_id = n.customer_id",
        "day": engine.sql.day("CAST(o.date AS DATE)"),
        "epoch": _EPOCH_DAY,
    }
    further = [*segments, *orders.measures, *(["order_id"] if segments else [])]
    bought = _DATED.format(kind="purchase", further=_columns(further, "o"), **about)
    table = engine.asked(
        _PURCHASES.format(
            dated=bought,
            firsts="".join(f", first_value({name}) OVER a AS {name}" for name in segments),
            measures=_columns(orders.measures),
            ties=", order_id NULLS LAST" if segments else "",  # else nothing tells such purchases apart
        ),
        **frames,
    )
    refunds = engine.asked(
        _REFUNDS.format(
            dated=_DATED.format(kind="refund", further="", **about), segments=_columns(segments, "f")
        ),
        purchases=table,
        **frames,
    )
    return table, refunds, names


def _columns(names: list[str] | tuple[str, ...], of: str = "") -> str:
    """Columns after others; "" for none."""
    return "".join(f", {of}.{name}" if of else f", {name}" for name in names)


def _is_whole(orders: Any) -> bool:
    """Whether customers are whole numbers, which nothing need be looked up for."""
    return isinstance(types_of(orders)["customer_id"], _WHOLE)
