"""How the purchases are prepared: in memory by one sort, beyond it by what an engine is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from retention.aggregate.by_sql import tables_of
from retention.aggregate.purchases import NONE, ChangedPurchases, Purchases
from retention.changed import carried

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.orders import Orders

    Days = NDArray[np.int64]
    Dates = NDArray[np.datetime64]

_EPOCH_DAY = 719_163  # day number of 1970-01-01
_EPOCH_MONTH = 12 * 1970
_LONGEST = 8  # bytes of a number


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
