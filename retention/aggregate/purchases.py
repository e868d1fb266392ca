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

from retention.orders import SEGMENTS
from retention.periods import Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from retention.orders import Orders

    Days = NDArray[np.int64]
    Dates = NDArray[np.datetime64]

NONE = -1  # no purchase before, after, or at all
_EPOCH_DAY = 719_163  # day number of 1970-01-01
_EPOCH_MONTH = 12 * 1970


@dataclass(frozen=True)
class Purchases:
    """The purchases and refunds of one shop, and the days they speak for.

    Attributes
    ----------
    table : one row per purchase

        - ``customer`` : a number, in the order of the customers' names
        - ``day``, ``month``, ``value`` : of the purchase; days and months as `retention.periods` numbers them
        - ``number`` : 1 for the customer's first purchase, 2 for the second …; purchases at the same instant
          rank by value, larger first
        - ``buying_day`` : 1 for purchases on the customer's first day with any, 2 on the second …
        - ``previous``, ``next`` : day of the purchase before and after, −1 where there is none;
          ``previous_month``, ``next_month`` likewise
        - ``first``, ``first_month``, ``first_value`` : of the customer's first purchase
        - ``order`` : its row in the orders
        - ``segment``, ``segment_2`` … : those of the first purchase, null where it names none
        - `measures`
    refunds : ``customer``, ``day``, ``month``, ``value`` (negative), ``first``, ``first_month``, and the
        segments; −1 and null for customers without a purchase
    names : the customers' names by their number
    window, currency, headings, measures : as of the orders
    """

    table: pd.DataFrame
    refunds: pd.DataFrame
    names: pd.Index[str]
    window: Window
    currency: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()

    @property
    def segments(self) -> dict[str, str]:
        """Columns that hold a segment, by the name a reader knows each by."""
        return {self.headings.get(name, name): name for name in SEGMENTS if name in self.table.columns}

    @property
    def empty(self) -> bool:
        """Whether nobody bought."""
        return self.table.empty

    def names_of(self, customers: pd.Series[int]) -> pd.Series[str]:
        """The names of customers by their numbers."""
        return pd.Series(self.names.take(customers.to_numpy()), index=customers.index)

    def customer_number(self, name: str) -> int:
        """The number of a customer, −1 of nobody here."""
        return int(self.names.get_indexer(pd.Index([name]))[0])

    def since(self, day: int) -> Purchases:
        """Only customers who first bought on a day or later."""
        return self._of(self.table["first"] >= day, self.refunds["first"] >= day)

    def of_segment(self, by: str, segment: str) -> Purchases:
        """Only customers of a segment: "" for those whose first purchase names none."""
        return self._of(*(self._is_of(rows, by, segment) for rows in (self.table, self.refunds)))

    def not_of_segment(self, by: str, segment: str) -> Purchases:
        """Everybody but the customers of a segment."""
        return self._of(*(~self._is_of(rows, by, segment) for rows in (self.table, self.refunds)))

    def until(self, end: date) -> Purchases:
        """The purchases as they would have stood at the end of that day, whatever the hour."""
        last = end.toordinal()
        known = self.table[self.table["day"] <= last]
        to_come = known["next"] > last
        cut = known.assign(
            next=known["next"].mask(to_come, NONE), next_month=known["next_month"].mask(to_come, NONE)
        )
        refunds = self.refunds[self.refunds["day"] <= last]
        unknown = refunds["first"] > last
        nothing = dict.fromkeys(["first", "first_month"], NONE) | dict.fromkeys(self.segments.values())
        refunds = refunds.assign(
            **{name: refunds[name].mask(unknown, none) for name, none in nothing.items()}
        )
        return replace(self, table=cut, refunds=refunds, window=Window(self.window.first, end))

    def with_segment(self, column: str, of_customer: pd.Series[str]) -> Purchases:
        """The same with a segment in a column, by customer's number; null where it is missing."""
        table, refunds = (
            rows.assign(**{column: of_customer.reindex(rows["customer"]).array})
            for rows in (self.table, self.refunds)
        )
        return replace(self, table=table, refunds=refunds)

    @staticmethod
    def _is_of(rows: pd.DataFrame, by: str, segment: str) -> pd.Series[bool]:
        return (rows[by].fillna("") == segment) & (rows["first"] != NONE)

    def _of(self, purchases: pd.Series[bool], refunds: pd.Series[bool]) -> Purchases:
        return replace(self, table=self.table[purchases], refunds=self.refunds[refunds])


def prepare(orders: Orders) -> Purchases:
    """Sort the orders by customer and time, once, and let each purchase know its neighbours."""
    columns = ["customer_id", "date", "value", "kind", *orders.segments.values(), *orders.measures]
    rows: pd.DataFrame = nw.from_native(orders.table).lazy().select(columns).collect("pandas").to_native()
    customer, names = _numbered(rows["customer_id"])
    bought, refunded = _of_kind(rows["kind"])
    moment = rows["date"].to_numpy()
    day = moment.astype("datetime64[D]")
    value = rows["value"].to_numpy(dtype=np.float64)
    bought = bought[_in_order(customer[bought], day[bought], moment[bought], value[bought])]
    table = _neighbours(customer[bought], day[bought], value[bought])
    table["order"] = bought.astype(np.int64, copy=False)
    firsts = table["number"].to_numpy() == 1
    first = table[["customer", "first", "first_month"]][firsts].set_index("customer")
    segments = rows[list(orders.segments.values())].take(bought[firsts]).set_axis(first.index)
    refunds = pd.DataFrame(_dated(customer[refunded], day[refunded], value[refunded]))
    return Purchases(
        table=_with_segments(table, segments).assign(
            **{name: rows[name].to_numpy(dtype=np.float64)[bought] for name in orders.measures}
        ),
        refunds=_with_segments(_with_first(refunds, first), segments),
        names=names,
        window=orders.window,
        currency=orders.currency,
        headings=orders.headings,
        measures=orders.measures,
    )


def _of_kind(kinds: pd.Series[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows of purchases and of refunds; the second are looked for among the few that are not the first."""
    is_purchase = (kinds == "purchase").to_numpy()
    others = np.flatnonzero(~is_purchase)
    return np.flatnonzero(is_purchase), others[(kinds.take(others) == "refund").to_numpy()]


def _numbered(names: pd.Series[str]) -> tuple[NDArray[np.int64], pd.Index[str]]:
    """Numbers of customers, in the order of their names, and the names by number."""
    code, found = names.factorize()
    each: pd.Index[str] = pd.Index(found)
    order = np.asarray(each.argsort())
    number = np.empty(len(each), dtype=np.int64)
    number[order] = np.arange(len(each))
    return number[code], each.take(order)


def _in_order(
    customer: NDArray[np.int64], date: Dates, moment: Dates, value: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Rows by customer and moment, of one instant the larger first, of equal ones that of the earlier row.

    Sorted by customer and day, which make one number; only those who bought several times on a day are then
    told apart by the hour and the value.
    """
    day = date.view(np.int64)
    first = day.min(initial=0)
    key = customer * (day.max(initial=0) - first + 1)
    key += day
    ranked = np.argsort(key)
    sorted_key = key[ranked]
    again = sorted_key[1:] == sorted_key[:-1]
    shared = np.append(again, np.False_) | np.append(np.False_, again) if len(key) else again
    some = ranked[shared]
    ranked[shared] = some[np.lexsort((some, -value[some], moment[some], key[some]))]
    return ranked


def _dated(customer: NDArray[np.int64], date: Dates, value: NDArray[np.float64]) -> dict[str, Any]:
    day = date.view(np.int64)
    return {"customer": customer, "day": day + _EPOCH_DAY, "month": _months(day), "value": value}


def _months(day: Days) -> Days:
    """The months of days since 1970; the calendar is asked for each day there can be, not for each row."""
    first, last = day.min(initial=0), day.max(initial=0)
    every = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray((every + _EPOCH_MONTH)[day - first])


def _neighbours(customer: NDArray[np.int64], date: Dates, value: NDArray[np.float64]) -> pd.DataFrame:
    """Purchases in their order, with those before and after and the first of all."""
    columns = _dated(customer, date, value)
    day, month = columns["day"], columns["month"]
    opens = np.append(True, customer[1:] != customer[:-1])[: len(customer)]
    start = np.flatnonzero(opens)[np.cumsum(opens) - 1]  # row of each one's first purchase
    previous, previous_month = _before(day, opens), _before(month, opens)
    days_so_far = np.cumsum(previous != day)
    columns |= {
        "number": np.arange(len(day)) - start + 1,
        "buying_day": days_so_far - days_so_far[start] + 1,
        "previous": previous,
        "previous_month": previous_month,
        "next": _after(day, opens),
        "next_month": _after(month, opens),
        "first": day[start],
        "first_month": month[start],
        "first_value": value[start],
    }
    return pd.DataFrame(columns, copy=False)


def _before(values: Days, opens: NDArray[np.bool_]) -> Days:
    found = np.empty_like(values)
    found[1:] = values[:-1]
    found[opens] = NONE
    return found


def _after(values: Days, opens: NDArray[np.bool_]) -> Days:
    found = np.full_like(values, NONE)
    within = ~opens[1:]
    found[:-1][within] = values[1:][within]
    return found


def _with_first(refunds: pd.DataFrame, first: pd.DataFrame) -> pd.DataFrame:
    """Refunds with their customer's first purchase, −1 where there is none."""
    of_customer = first.reindex(refunds["customer"]).fillna(NONE).astype("int64")
    return refunds.assign(**{name: of_customer[name].to_numpy() for name in ("first", "first_month")})


def _with_segments(rows: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    if segments.columns.empty:
        return rows
    of_customer = segments.reindex(rows["customer"])
    return rows.assign(**{str(name): of_customer[name].array for name in segments})
