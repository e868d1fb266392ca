"""Every customer with what is expected of them, a page at a time, where they are too many for one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import narwhals as nw

from retention import aggregate, lifetime_value
from retention.engines import collected
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from retention.engines import Beyond
    from retention.study.study import Study
    from retention.study.value import Value

Order = Literal["clv", "value_at_risk", "p_alive", "expected_purchases", "revenue_net", "last_day"]
ORDERS: tuple[Order, ...] = get_args(Order)
PAGE = 100  # customers
MOST_TAKEN = 100_000  # customers of one file; `analyse --predictions` writes all
_TABLES = 2  # of all customers that are kept at once: each is as large as the base
_MONEY = ("clv", "clv_if_active", "value_at_risk")

# Of two who are alike in what they are told by, the customer decides: a page never shows one twice
_LOOKED_FOR = "contains(lower(CAST(customer_id AS STRING)), lower({typed}))"
_PAGED = """
SELECT * FROM {{rows}} WHERE {holds}
ORDER BY {order} DESC, customer_id LIMIT {number} OFFSET {before}"""
_NUMBER = "SELECT count(*) AS customers FROM {{rows}} WHERE {holds}"


@dataclass(frozen=True)
class Listed:
    """A page of customers.

    Attributes
    ----------
    table : a customer a row: customer_id, first_day, last_day, orders, revenue, refunds, revenue_net, x, t_x,
        T, m_x, p_alive, expected_purchases, expected_spend, clv, value_at_risk
    customers : how many there are in all, of those looked for
    page, pages : which it is, from 1 on, and how many there are
    first, last : places of those here among them, from 1 on
    """

    table: pd.DataFrame
    customers: int
    page: int
    pages: int
    first: int

    @property
    def last(self) -> int:
        """Place of the last one here."""
        return self.first + len(self.table) - 1


class Everybody(Part):
    """All customers, told where they are.

    Parameters
    ----------
    value : what they are worth
    """

    def __init__(self, study: Study, value: Value) -> None:
        super().__init__(study)
        self.value = value

    @property
    def given(self) -> tuple[Hashable, ...]:
        """What sets it apart: the terms of the value."""
        return self.value.given

    def listed(self, order: Order = "clv", typed: str = "", page: int = 1, size: int = PAGE) -> Listed:
        """A page of customers, those with the most of something first.

        Parameters
        ----------
        order : of what
        typed : part of the id of those looked for, in small letters or capitals; all, where nothing is
        page : from 1 on; the last there is where there are not so many
        """
        number = self._number(typed)
        pages = max(1, -(-number // size))
        page = min(max(page, 1), pages)
        return Listed(self._page(order, typed, page, size), number, page, pages, (page - 1) * size + 1)

    def best(self, order: Order = "clv", typed: str = "") -> pd.DataFrame:
        """The first of them, as many as one file takes."""
        return self._page(order, typed, 1, MOST_TAKEN)

    def intervals(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Both ends of the intervals of these customers' purchases and values, as `Value.intervals`."""
        found = lifetime_value.customer_intervals(
            rows, self.value.purchases, self.value.spend, self.value.of_revenue
        )
        money = {name: self.value.margin * found[name] for name in ("clv_low", "clv_high")}
        return found.assign(**money)

    @result
    def _number(self, typed: str) -> int:
        found = self._asked(_NUMBER.format(holds=self._holds(typed)))
        return int(found["customers"].iloc[0])

    def _page(self, order: Order, typed: str, page: int, size: int) -> pd.DataFrame:
        query = _PAGED.format(
            holds=self._holds(typed), order=ORDERS[ORDERS.index(order)], number=size, before=(page - 1) * size
        )
        found = self._asked(query)
        money = {name: self.value.margin * found[name] for name in _MONEY}
        return found.assign(customer_id=found["customer_id"].astype(str), **money)

    def _holds(self, typed: str) -> str:
        return _LOOKED_FOR.format(typed=self._engine.sql.said(typed)) if typed else "TRUE"

    def _asked(self, sql: str) -> pd.DataFrame:
        part = self._engine.apart()
        try:
            return collected(nw.from_native(part.viewed(sql, rows=self._rows())).lazy())
        finally:
            part.close()

    @property
    def _engine(self) -> Beyond:
        return cast("Beyond", self.study.purchases.engine)  # where they are too many

    @result(heavy="values", most=_TABLES)
    def _rows(self) -> Any:
        """What is expected of each of revenue, as a table of the engine."""
        tables, purchases = self.study.tables, self.study.purchases
        grain, there = self.study.whole.tables.grain(), tables.there()
        kinds = lifetime_value.by_own_spend(
            self.value.each_of_revenue(), self.value.spend, worth=("clv_if_active", "value_at_risk")
        )
        rows = aggregate.predicted(purchases, there, grain, kinds)
        told = aggregate.with_names(
            purchases, rows.with_columns(revenue_net=nw.col("revenue") + nw.col("refunds"))
        )
        return self._engine.kept_apart(told)
