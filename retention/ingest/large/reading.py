"""All rows of a source to orders, and what became of each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

import narwhals as nw
import pandas as pd

from retention.changed import additive
from retention.engines import collected, types_of
from retention.errors import DataWarning, InputError
from retention.ingest.large.fields import Fields, fields_of
from retention.ingest.mapping.mapped_columns import read_amounts
from retention.ingest.mapping.mapping import require_columns
from retention.ingest.orders.account import Account, Intake, much_set_aside
from retention.ingest.orders.forming import DECIMALS
from retention.ingest.words.currencies import currency_in_heading
from retention.orders import Orders
from retention.periods import Window

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from narwhals.dtypes import DType

    from retention.engines import Beyond, Dialect
    from retention.ingest.large.source import Source
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.orders.forming import ZeroOrders
    from retention.ingest.parse.reading import RawTable

_SET_ASIDE = (
    *("missing_customer", "nobody", "missing_date", "unreadable_date", "missing_amount"),
    *("unreadable_amount", "future_date"),
)
_YEARS = (1900, 2999)  # outside a year is none, as in any file
_LARGEST = "1.7976931348623157e308"  # what is larger is no number

_COUNTED = """
SELECT outcome, count(*) AS rows, sum(amount) AS amount, min(date) AS first, max(date) AS last
FROM {read} GROUP BY outcome"""

_CENSUS = """
SELECT sum(purchases) AS purchases, sum(refunds) AS refunds, sum(zero_orders) AS zero_orders,
  count(*) FILTER (WHERE purchases > 0) AS customers, count(*) AS everybody
FROM (
  SELECT count(*) FILTER (WHERE kind = 'purchase') AS purchases,
    count(*) FILTER (WHERE value < 0) AS refunds, count(*) FILTER (WHERE value = 0) AS zero_orders
  FROM {orders} GROUP BY customer_id)"""


def large_orders(
    source: Source,
    part: RawTable,
    mapping: Mapping,
    engine: Beyond,
    *,
    until: date | None = None,
    zero_orders: ZeroOrders = "leave-out",
    currency: str | None = None,
    leave_out_customers: AbstractSet[str] = frozenset(),
    now: datetime | None = None,
) -> Intake:
    """Make orders of all rows of a source, where they are; what cannot be used is set aside and counted.

    As `retention.ingest.to_orders`, without what takes a look at every pair of rows: rows that are there
    twice, orders taken back and several currencies are not looked for.

    Parameters
    ----------
    part : of the source, which tells how its columns are written

    Raises
    ------
    InputError
        As of `fields_of`; ``no_such_column``; ``no_usable_rows``.
    """
    reader = Reader.of(
        source,
        part,
        mapping,
        engine,
        until=until,
        zero_orders=zero_orders,
        currency=currency,
        leave_out_customers=leave_out_customers,
        now=now,
    )
    read = reader.read(source)
    found = reader.counted(read)
    return reader.intake(reader.orders(read, found), found)


@dataclass(frozen=True)
class Reader:
    """How the rows of a source are read, and made orders of.

    Attributes
    ----------
    part : of the source
    mapping : which column is what
    engine : who reads
    types : of the columns
    fields : SQL of what a row says
    until, zero_orders, currency, leave_out_customers, now : as of `large_orders`
    """

    part: RawTable
    mapping: Mapping
    engine: Beyond
    types: dict[str, DType]
    fields: Fields
    until: date | None
    zero_orders: ZeroOrders
    currency: str | None
    leave_out_customers: AbstractSet[str]
    now: datetime

    @classmethod
    def of(
        cls,
        source: Source,
        part: RawTable,
        mapping: Mapping,
        engine: Beyond,
        *,
        until: date | None = None,
        zero_orders: ZeroOrders = "leave-out",
        currency: str | None = None,
        leave_out_customers: AbstractSet[str] = frozenset(),
        now: datetime | None = None,
    ) -> Self:
        """As `large_orders` is told."""
        require_columns(part, mapping.columns.values())
        types = types_of(source.rows(engine, part))
        fields = fields_of(part, mapping, types, engine.sql)
        now = now or datetime.now()  # noqa: DTZ005  the file's dates are local as written, and so is this one
        return cls(
            part, mapping, engine, types, fields, until, zero_orders, currency, leave_out_customers, now
        )

    @property
    def columns(self) -> list[str]:
        """Those of a row that was read, which orders are made of."""
        order = [] if self.fields.order is None else ["order_id"]
        return ["customer_id", *order, "date", "amount", *self.fields.segments]

    def read(self, source: Source) -> Any:
        """What each row says, and what becomes of it, as a view: `columns`, and outcome."""
        outcome = _outcome(self.until, self.leave_out_customers, self.now.date(), self.engine.sql)
        rows = source.rows(self.engine, self.part)
        return self.engine.viewed(_read(self.fields, outcome, self.engine.sql), source=rows)

    def counted(self, read: Any) -> pd.DataFrame:
        """Rows by what became of them: rows, amount, first, last; by outcome."""
        return _collected(self.engine.viewed(_COUNTED, read=read)).set_index("outcome")

    def orders(self, read: Any, found: pd.DataFrame) -> Orders:
        """The orders of rows that were read.

        Parameters
        ----------
        found : how all rows there are were counted

        Raises
        ------
        InputError
            ``no_usable_rows``
        """
        if "used" not in found.index:
            reasons = {str(name): int(n) for name, n in found["rows"].items()}
            raise InputError("no_usable_rows", rows=int(found["rows"].sum()), reasons=reasons)
        table = self.engine.asked(_orders(self.fields, self.zero_orders, self.engine.sql), read=read)
        first, last = _days(found)
        mapping = self.mapping
        heading = mapping.amount or str(mapping.price)
        named = self.currency or self.part.currency or currency_in_heading(heading)
        return Orders(table, Window(first, self.until or last), named, mapping.segments, self.engine)

    def intake(self, orders: Orders, found: pd.DataFrame) -> Intake:
        """The orders with what became of each row, and what is to be told.

        Parameters
        ----------
        found : how all rows there are were counted
        """
        account = _account(found, _census(orders), self.now)
        assumed = read_amounts(self.part, self.mapping).assumed
        noted = [
            DataWarning("decimal_assumed", {"column": c, "decimal": sign}) for c, sign in assumed.items()
        ]
        told = (*noted, *much_set_aside(account), *_not_looked_at(self.mapping, self.types))
        return Intake(orders, account, told)


def _collected(rows: Any) -> pd.DataFrame:
    return collected(nw.from_native(rows).lazy())


def _outcome(until: date | None, left_out: AbstractSet[str], today: date, sql: Dialect) -> str:
    """What becomes of a row: the first that holds."""
    customer, moment, amount = "customer_id", "date", "amount"
    cases = [
        (f"{customer} IS NULL", "missing_customer"),
        ("nobody", "nobody"),
        (f"{moment} IS NULL AND date_blank", "missing_date"),
        (f"{moment} IS NULL OR year({moment}) NOT BETWEEN {_YEARS[0]} AND {_YEARS[1]}", "unreadable_date"),
        (f"{amount} IS NULL AND amount_blank", "missing_amount"),
        (f"{amount} IS NULL OR NOT abs({amount}) <= {_LARGEST}", "unreadable_amount"),
        (f"CAST({moment} AS DATE) > DATE '{today}'", "future_date"),
    ]
    if left_out:
        names = ", ".join(sql.said(name) for name in sorted(left_out))
        cases.append((f"CAST({customer} AS STRING) IN ({names})", "left_out_customer"))
    if until is not None:
        cases.append((f"CAST({moment} AS DATE) > DATE '{until}'", "after_until"))
    return "CASE " + " ".join(f"WHEN {holds} THEN '{name}'" for holds, name in cases) + " ELSE 'used' END"


def _read(fields: Fields, outcome: str, sql: Dialect) -> str:
    columns = {
        "customer_id": fields.customer,
        "date": fields.date,
        "amount": fields.amount,
        "nobody": fields.nobody,
        "date_blank": fields.date_blank,
        "amount_blank": fields.amount_blank,
        **({} if fields.order is None else {"order_id": fields.order}),
        **fields.segments,
    }
    told = ", ".join(f"{field} AS {sql.quoted(name)}" for name, field in columns.items())
    return f"SELECT *, {outcome} AS outcome FROM (SELECT {told} FROM {{source}})"  # noqa: S608  names are quoted


def _orders(fields: Fields, zero_orders: ZeroOrders, sql: Dialect) -> str:
    """Rows of one customer and order together; of one customer and day where there is no order."""
    day, order, keys = "CAST(date AS DATE)", "CAST(NULL AS STRING)", ["customer_id"]
    if fields.order is None:
        keys += [day]
    else:
        order = "order_id"
        keys += [order, f"CASE WHEN order_id IS NULL THEN {day} END"]
    zero = "purchase" if zero_orders == "keep" else "zero"
    segments = "".join(
        f", max_by({name}, amount) FILTER (WHERE {name} IS NOT NULL) AS {name}"
        for name in map(sql.quoted, fields.segments)
    )
    kind = f"CASE WHEN value > 0 THEN 'purchase' WHEN value < 0 THEN 'refund' ELSE '{zero}' END"
    return f"""
SELECT *, {kind} AS kind FROM (
  SELECT customer_id, {order} AS order_id, min(date) AS date,
    round(sum(amount), {DECIMALS}) + 0.0 AS value{segments}
  FROM {{read}} WHERE outcome = 'used' GROUP BY {", ".join(keys)})"""  # noqa: S608  as above


def _census(orders: Orders) -> dict[str, int]:
    """Count orders and customers, named as fields of `Account`."""
    found = _counted_orders(orders)
    counts = {str(name): int(found[name].iloc[0]) for name in found}
    return counts | {"customers_without_purchase": counts.pop("everybody") - counts["customers"]}


@additive()
def _counted_orders(orders: Orders) -> pd.DataFrame:
    engine: Any = orders.engine
    return _collected(engine.viewed(_CENSUS, orders=orders.table)).fillna(0).astype("int64")


def _days(found: pd.DataFrame) -> tuple[date, date]:
    """Days of the first and last usable row."""
    usable = found.loc[[name for name in ("used", "left_out_customer") if name in found.index]]
    return usable["first"].min().date(), usable["last"].max().date()


def _account(found: pd.DataFrame, census: dict[str, int], now: datetime) -> Account:
    rows = {str(name): int(n) for name, n in found["rows"].items()}
    sums = {str(name): None if pd.isna(n) else float(n) for name, n in found["amount"].items()}
    money = {name: amount or 0.0 for name, amount in sums.items()}
    aside: dict[str, tuple[int, float | None]] = {
        name: (rows[name], sums[name]) for name in _SET_ASIDE if name in rows
    }
    left: dict[str, tuple[int, float | None]] = {
        name: (rows[name], sums[name]) for name in ("left_out_customer",) if name in rows
    }
    first, last = _days(found)
    return Account(
        rows=sum(rows.values()),
        not_data={},
        rows_used=rows["used"],
        set_aside=aside,
        set_aside_rows=pd.DataFrame(),
        after_until=rows.get("after_until", 0),
        cancelled=0,
        cancelled_by={},
        duplicate_rows=0,
        duplicates_across_files=0,
        duplicates_dropped=0,
        overlap=0,
        left_out=left,
        left_out_rows=pd.DataFrame(),
        money={"used": money["used"], "set_aside": sum(money[name] for name in aside)},
        reversed_orders=(0, 0.0),
        first_date=first,
        last_date=last,
        now=now,
        **census,
    )


def _not_looked_at(mapping: Mapping, types: dict[str, DType]) -> tuple[DataWarning, ...]:
    """What an engine does not look for or cannot know, which in memory a file is looked over for."""
    noted = [DataWarning("not_looked_over")]
    if mapping.product is not None:
        noted.append(DataWarning("products_not_read", {"column": mapping.product}))
    if getattr(types[mapping.date], "time_zone", None) is not None:  # which zone it was is not in the files
        noted.append(DataWarning("times_in_utc", {"column": mapping.date}))
    return tuple(noted)
