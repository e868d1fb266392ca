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
import pyarrow as pa
import pyarrow.compute as pc

from retention.aggregate.by_sql import tables_of
from retention.changed import Change, Changed, additive, carried
from retention.engines import IN_MEMORY, collected
from retention.orders import SEGMENTS
from retention.periods import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from numpy.typing import NDArray

    from retention.engines import Engine
    from retention.orders import Orders

    Days = NDArray[np.int64]
    Dates = NDArray[np.datetime64]

_FIRST, _NEXT = ("first", "first_month"), ("next", "next_month")
NONE = -1  # no purchase before, after, or at all
_EPOCH_DAY = 719_163  # day number of 1970-01-01
_EPOCH_MONTH = 12 * 1970
_LONGEST = 8  # bytes of a number


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
            nw.from_native(rows).filter(condition).to_native() for rows in (self.table, self.refunds)
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
        some = change.some()
        object.__setattr__(self, "narrowed", narrowed)
        for name in ("window", "currency", "headings", "measures", "engine"):
            object.__setattr__(self, name, getattr(some, name))
        object.__setattr__(self, "change", change)

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
    return nw.from_native(rows).with_columns(**columns).to_native()


@carried(ChangedPurchases)
def prepare(orders: Orders) -> Purchases:
    """Sort the orders by customer and time, once, and let each purchase know its neighbours."""
    return _in_memory(orders) if orders.engine.in_memory else _beyond_memory(orders)


def _beyond_memory(orders: Orders) -> Purchases:
    engine: Any = orders.engine
    table, refunds, names = tables_of(orders, engine)
    about = {name: getattr(orders, name) for name in ("window", "currency", "headings", "measures", "engine")}
    return Purchases(table, refunds, names, **about)


def _in_memory(orders: Orders) -> Purchases:
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
    short = _as_numbers(names)
    code, found = pd.factorize(names if short is None else short)
    order = np.asarray(found.argsort())
    number = np.empty(len(found), dtype=np.int64)
    number[order] = np.arange(len(found))
    row = np.empty(len(found), dtype=np.intp)  # in which each stands
    row[code] = np.arange(len(code))
    return number[code], pd.Index(names.array.take(row[order]))


def _as_numbers(names: pd.Series[str]) -> NDArray[np.uint64] | None:
    """Names of up to eight bytes as numbers of the same order: quicker to tell apart and to sort.

    None where a name is longer, or holds a zero byte, which would end it.
    """
    written = pa.chunked_array(pa.array(names, type=pa.large_binary())).combine_chunks()
    length = pc.binary_length(written).to_numpy(zero_copy_only=False)
    if written.null_count or length.max(initial=0) > _LONGEST:
        return None
    _, starts, letters = written.buffers()
    bounds = np.frombuffer(starts, dtype=np.int64)[written.offset :][: len(written) + 1]
    text = np.frombuffer(letters, dtype=np.uint8)[bounds[0] : bounds[-1]]
    if not text.all():
        return None
    padded = np.zeros((len(written), _LONGEST), dtype=np.uint8)
    padded[np.arange(_LONGEST) < length[:, None]] = text
    return padded.view(">u8").ravel().astype(np.uint64)


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
