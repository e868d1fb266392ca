"""All rows of a source to orders, and what became of each row."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

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
    require_columns(part, mapping.columns.values())
    rows = source.rows(engine, part)
    types = types_of(rows)
    fields = fields_of(part, mapping, types, engine.sql)
    now = now or datetime.now()  # noqa: DTZ005  the file's dates are local as written, and so is this one
    outcome = _outcome(until, leave_out_customers, now.date(), engine.sql)
    read = engine.viewed(_read(fields, outcome, engine.sql), source=rows)
    found = _collected(engine.viewed(_COUNTED, read=read)).set_index("outcome")
    if "used" not in found.index:
        reasons = {str(name): int(n) for name, n in found["rows"].items()}
        raise InputError("no_usable_rows", rows=int(found["rows"].sum()), reasons=reasons)
    table = engine.asked(_orders(fields, zero_orders, engine.sql), read=read)
    account = _account(found, _census(engine, table), now)
    window = Window(account.first_date, until or account.last_date)
    named = currency or part.currency or currency_in_heading(mapping.amount or str(mapping.price))
    orders = Orders(table, window, named, mapping.segments, engine)
    assumed = read_amounts(part, mapping).assumed
    noted = [DataWarning("decimal_assumed", {"column": c, "decimal": sign}) for c, sign in assumed.items()]
    return Intake(orders, account, (*noted, *much_set_aside(account), *_not_looked_at(mapping, types)))


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
    return f"SELECT *, {outcome} AS outcome FROM (SELECT {told} FROM {{source}})"  # noqa: S608


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
  FROM {{read}} WHERE outcome = 'used' GROUP BY {", ".join(keys)})"""  # noqa: S608


def _census(engine: Beyond, table: Any) -> dict[str, int]:
    """Count orders and customers, named as fields of `Account`."""
    found = _collected(engine.viewed(_CENSUS, orders=table))
    counts = {str(name): int(found[name].iloc[0]) for name in found}
    return counts | {"customers_without_purchase": counts.pop("everybody") - counts["customers"]}


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
    usable = found.loc[[name for name in ("used", "left_out_customer") if name in rows]]
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
        first_date=usable["first"].min().date(),
        last_date=usable["last"].max().date(),
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
