"""The purchases of a shop, prepared once: the one table as long as the data; all others are made of it.

A customer's purchases stand together and in their order, each knowing the one before, the one after and the
first, so that a condition on one row takes the place of every look at the customer's other rows:

- it opens a period where that of the purchase before is another, and closes it where that of the next is
- as of the end of a day t, the last purchase is the one with ``day`` ≤ t that has no ``next`` ≤ t
- customers go on after N days where ``next − first`` ≤ N, and so on
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from retention.changed import Change, Changed, additive
from retention.engines import IN_MEMORY, collected, derived
from retention.orders import SEGMENTS
from retention.periods import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from retention.engines import Engine

_FIRST, _NEXT = ("first", "first_month"), ("next", "next_month")
NONE = -1  # no purchase before, after, or at all


@dataclass(frozen=True)
class Purchases:
    """The purchases and refunds of one shop, and the days they speak for.

    Attributes
    ----------
    table : one row per purchase, a frame of the engine

        - ``customer`` : a number, in the order of the customers' names
        - ``day``, ``month``, ``value`` : of the purchase; days and months as `retention.periods` numbers them
        - ``number`` : 1 for the customer's first purchase, 2 for the second …; purchases at the same instant
          rank by value, larger first
        - ``buying_day`` : 1 for purchases on the customer's first day with any, 2 on the second …
        - ``previous``, ``next`` : day of the purchase before and after, −1 where there is none;
          ``previous_month``, ``next_month`` likewise
        - ``first``, ``first_month``, ``first_value`` : of the customer's first purchase
        - ``order`` : its row in the orders, in memory alone
        - ``segment``, ``segment_2`` … : those of the first purchase, null where it names none
        - `measures`
    refunds : ``customer``, ``day``, ``month``, ``value`` (negative), ``first``, ``first_month``, and the
        segments; −1 and null for customers without a purchase
    names : the customers' names by their number: in memory an index, beyond it a frame of customer_id and
        customer, or None where customers are numbers and these their names
    window, currency, headings, measures, engine : as of the orders
    """

    table: Any
    refunds: Any
    names: Any
    window: Window
    currency: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    engine: Engine = IN_MEMORY

    @property
    def segments(self) -> dict[str, str]:
        """Columns that hold a segment, by the name a reader knows each by."""
        return {self.headings.get(name, name): name for name in SEGMENTS if name in self.table.columns}

    @property
    def empty(self) -> bool:
        """Whether nobody bought."""
        return collected(nw.from_native(self.table).lazy().head(1)).empty

    def names_of(self, customers: pd.Series[int]) -> pd.Series[str]:
        """The names of customers by their numbers."""
        if self.engine.in_memory:
            return pd.Series(self.names.take(customers.to_numpy()), index=customers.index)
        if self.names is None:
            return customers.astype(str)
        asked = nw.from_native(self.engine.beside(pd.DataFrame({"customer": customers.unique()}))).lazy()
        found = self._named(asked, "customer")
        return customers.map(found.set_index("customer")["customer_id"])

    def numbers_of(self, names: pd.Index[str]) -> NDArray[np.int64]:
        """The numbers of customers by their names, −1 of nobody here."""
        if self.engine.in_memory:
            return np.asarray(self.names.get_indexer(names), dtype=np.int64)
        if self.names is None:
            number = pd.to_numeric(pd.Series(names), errors="coerce")
            return number.fillna(-1).to_numpy(dtype=np.int64)
        asked = nw.from_native(self.engine.beside(pd.DataFrame({"customer_id": names.unique()}))).lazy()
        found = self._named(asked, "customer_id").set_index("customer_id")["customer"]
        return found.reindex(names).fillna(-1).to_numpy(dtype=np.int64)

    def _named(self, asked: nw.LazyFrame[Any], by: str) -> pd.DataFrame:
        """Numbers and names of some customers."""
        return collected(nw.from_native(self.names).lazy().join(asked, on=by))

    def customer_number(self, name: str) -> int:
        """The number of a customer, −1 of nobody here."""
        return int(self.numbers_of(pd.Index([name]))[0])

    def since(self, day: int) -> Purchases:
        """Only customers who first bought on a day or later."""
        return self._where(nw.col("first") >= day)

    def of_segment(self, by: str, segment: str) -> Purchases:
        """Only customers of a segment: "" for those whose first purchase names none."""
        return self._where(_is_of(by, segment))

    def not_of_segment(self, by: str, segment: str) -> Purchases:
        """Everybody but the customers of a segment."""
        return self._where(~_is_of(by, segment))

    def until(self, end: date) -> Purchases:
        """The purchases as they would have stood at the end of that day, whatever the hour."""
        last = end.toordinal()
        to_come, known = nw.col("next") > last, nw.col("first") <= last
        nothing: dict[str, nw.Expr]
        nothing = {name: nw.when(known).then(nw.col(name)) for name in self.segments.values()}
        nothing |= {name: nw.when(known).then(nw.col(name)).otherwise(NONE) for name in _FIRST}
        until = self._where(nw.col("day") <= last)
        return replace(
            until,
            table=_with(
                until.table,
                **{name: nw.when(to_come).then(NONE).otherwise(nw.col(name)) for name in _NEXT},
            ),
            refunds=_with(until.refunds, **nothing),
            window=Window(self.window.first, end),
        )

    def with_segment(self, column: str, of_customer: pd.Series[str]) -> Purchases:
        """The same with a segment in a column, by customer's number; null where it is missing."""
        table, refunds = (
            rows.assign(**{column: of_customer.reindex(rows["customer"]).array})
            for rows in (self.table, self.refunds)
        )
        return replace(self, table=table, refunds=refunds)

    def _where(self, condition: nw.Expr) -> Purchases:
        table, refunds = (
            derived(rows, lambda frame: frame.filter(condition)) for rows in (self.table, self.refunds)
        )
        return replace(self, table=table, refunds=refunds)


class ChangedPurchases(Purchases, Changed):
    """Purchases of which some customers' have changed since tables of them were kept.

    Attributes
    ----------
    narrowed : whether they are not all of the shop's
    """

    narrowed: bool

    def __init__(self, change: Change[Purchases], *, narrowed: bool = False) -> None:
        self._begin(change, "window", "currency", "headings", "measures", "engine")
        object.__setattr__(self, "narrowed", narrowed)

    @property
    def table(self) -> Any:
        """Those of all customers, made when they are looked at."""
        return self.change.whole().table

    @property
    def refunds(self) -> Any:
        """The refunds of all customers, likewise."""
        return self.change.whole().refunds

    @property
    def names(self) -> Any:
        """The names of all customers, likewise."""
        return self.change.whole().names

    @property
    def segments(self) -> dict[str, str]:
        """Columns that hold a segment."""
        found: dict[str, str] = self.change.some().segments
        return found

    @property
    def empty(self) -> bool:
        """Whether nobody bought."""
        return not _how_many(self)["rows"].any()

    def since(self, day: int) -> Purchases:
        """Only customers who first bought on a day or later."""
        return self._of(f"since {day}", lambda each: each.since(day))

    def of_segment(self, by: str, segment: str) -> Purchases:
        """Only customers of a segment."""
        return self._of(f"of {by} {segment!r}", lambda each: each.of_segment(by, segment))

    def not_of_segment(self, by: str, segment: str) -> Purchases:
        """Everybody but the customers of a segment."""
        return self._of(f"not of {by} {segment!r}", lambda each: each.not_of_segment(by, segment))

    def until(self, end: date) -> Purchases:
        """The purchases as they would have stood at the end of that day."""
        return self._of(f"until {end}", lambda each: each.until(end))

    def _of(self, what: str, make: Callable[[Purchases], Purchases]) -> Purchases:
        return ChangedPurchases(self.change.then(what, make), narrowed=True)


@additive()
def _how_many(purchases: Purchases) -> pd.DataFrame:
    """How many purchases there are."""
    return collected(nw.from_native(purchases.table).lazy().select(rows=nw.len()))


def _is_of(by: str, segment: str) -> nw.Expr:
    return (nw.col(by).fill_null("") == segment) & (nw.col("first") != NONE)


def _with(rows: Any, **columns: nw.Expr) -> Any:
    return derived(rows, lambda frame: frame.with_columns(**columns))
