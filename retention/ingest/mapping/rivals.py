"""What the file would come to by the next best columns, and whether the amount is open between two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retention.errors import DataWarning
from retention.ingest.columns.people import people_columns
from retention.ingest.columns.search import Search
from retention.ingest.columns.texts import coded_identifiers, coded_labels, saying
from retention.ingest.mapping.exports import recognise
from retention.ingest.mapping.mapped_columns import orders_of, read_amounts, read_mapped_dates, total_of
from retention.ingest.mapping.mapping import ROLES
from retention.ingest.words.headings import matching, words_of
from retention.ingest.words.vocabulary import HOLDING, ORDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from retention.ingest.columns.reasons import Reason
    from retention.ingest.mapping.guessing import Guess
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_CENT = 0.005
_MONEY = {"amount", "quantity", "price"}  # beside an amount, the parts say what a line of it is


def explain(raw: RawTable, guess: Guess, roles: Collection[str] = ROLES) -> dict[str, Reason]:
    """Why each column was taken, with what the next best would give.

    Parameters
    ----------
    roles : of which to look what they give

    Returns
    -------
    By role, with `Reason.details` where a column of customers, dates or amounts has a rival; of orders and
    statuses always, as a file can do without
    """
    mapping = guess.mapping
    if mapping is None:
        return guess.reasons
    return {
        role: _explained(raw, mapping, role, reason) if role in roles else reason
        for role, reason in guess.reasons.items()
    }


def _explained(raw: RawTable, mapping: Mapping, role: str, reason: Reason) -> Reason:
    if role in _INSTEAD and reason.rival is not None:
        return replace(reason, details=_INSTEAD[role](raw, mapping, reason.rival))
    if role in _WITHOUT:
        return replace(reason, details=_WITHOUT[role](raw, mapping, reason.rival))
    return reason


def amount_rival(raw: RawTable, mapping: Mapping) -> DataWarning | None:
    """Warn of another column of money that could as well be what was paid, and comes to something else."""
    name = mapping.amount
    if name is None or recognise(raw.table.columns, buyer_given=True) is not None:
        return None
    others = {str(role): column for role, column in mapping.columns.items() if role not in _MONEY}
    columns = raw.remembered(("money", *others.items()), lambda: Search(raw, others).money())
    if not columns or columns[0].name != name:
        return None
    chosen, *rivals = columns
    rival = next((other.name for other in rivals if chosen.is_open_beside(other)), None)
    if rival is None:
        return None
    totals = _totals(raw, mapping, rival)
    if abs(totals["total"] - totals["rival_total"]) < _CENT:
        return None
    return DataWarning("amount_rival", {"column": name, "rival": rival, **totals})


def pieces_rival(raw: RawTable, mapping: Mapping) -> DataWarning | None:
    """Warn where the amount is headed as a price and pieces are counted beside it: it may be that of one."""
    name = mapping.amount
    free = [column for column in map(str, raw.table) if column not in mapping.columns.values()]
    pieces = mapping.quantity or next(iter(matching(free, ORDERS["quantity"])), None)
    if name is None or pieces is None or not words_of(name) & HOLDING["price"]:
        return None
    by_piece = replace(mapping, amount=None, price=name, quantity=pieces, refunded=None)
    total, product = total_of(raw, mapping), total_of(raw, by_piece)
    if abs(total - product) < _CENT:
        return None
    details = {"column": name, "quantity": pieces, "total": total, "product_total": product}
    return DataWarning("quantity_not_used", details)


def customer_rival(raw: RawTable, mapping: Mapping) -> DataWarning | None:
    """Warn of customers' numbers that are new with every order while another column's come again."""
    if mapping.platform is not None or recognise(raw.table.columns, buyer_given=True) is not None:
        return None
    people = people_columns(raw.spread().table, list(raw.table.columns), mapping.order)
    chosen = next((person for person in people if person.name == mapping.customer), None)
    if chosen is None or not chosen.tells_orders_apart:
        return None
    rival = next((other for other in people if other.per_order < 1 and not other.beside), None)
    if rival is None or mapping.other_customer == rival.name:
        return None
    customers = _distinct(raw, chosen.name)
    orders = _distinct(raw, mapping.order) if mapping.order is not None else len(raw.table)
    if customers < orders:
        return None
    found = {"customers": customers, "rival": rival.name, "rival_customers": _distinct(raw, rival.name)}
    return DataWarning("customers_new_each_order", {"column": chosen.name, **found})


def _totals(raw: RawTable, mapping: Mapping, rival: str) -> dict[str, Any]:
    other = replace(mapping, amount=rival, quantity=None, price=None, discount=None, refunded=None)
    other = replace(other, cents=mapping.in_cents(rival))
    return {"total": total_of(raw, mapping), "rival_total": total_of(raw, other)}


def _customers(raw: RawTable, mapping: Mapping, rival: str) -> dict[str, Any]:
    return {"customers": _distinct(raw, mapping.customer), "rival_customers": _distinct(raw, rival)}


def _distinct(raw: RawTable, name: str) -> int:
    return len(coded_identifiers(raw.table[name], raw.typed.get(name)).sorted().names)


def _first_days(raw: RawTable, mapping: Mapping, rival: str) -> dict[str, Any]:
    return {"first": _first(raw, mapping), "rival_first": _first(raw, replace(mapping, date=rival))}


def _first(raw: RawTable, mapping: Mapping) -> date | None:
    when = read_mapped_dates(raw, mapping, commas=read_amounts(raw, mapping).commas).when
    known = when[~np.isnat(when)]
    first: date | None = known.min().astype("datetime64[D]").item() if known.size else None
    return first


def _orders(raw: RawTable, mapping: Mapping, rival: str | None) -> dict[str, Any]:
    other = replace(mapping, order=rival, once_per_order=mapping.once_per_order and rival is not None)
    return {"orders": _count_of_orders(raw, mapping), "rival_orders": _count_of_orders(raw, other)}


def _count_of_orders(raw: RawTable, mapping: Mapping) -> int:
    """Numbers of orders told apart, and days of customers on rows without a number."""
    who = coded_identifiers(raw.table[mapping.customer], raw.typed.get(mapping.customer)).codes
    order = orders_of(raw, mapping) if mapping.order is not None else np.full(len(who), -1)
    when = read_mapped_dates(raw, mapping, commas=read_amounts(raw, mapping).commas).when
    bare = order < 0
    days = pd.DataFrame({"who": who[bare], "day": when[bare].astype("datetime64[D]").astype(np.int64)})
    return len(np.unique(order[~bare])) + len(days.drop_duplicates())


def _statuses(raw: RawTable, mapping: Mapping, rival: str | None) -> dict[str, Any]:
    other = replace(mapping, status=rival, no_sale=())
    return {"rows": _no_sales(raw, mapping), "rival_rows": _no_sales(raw, other)}


def _no_sales(raw: RawTable, mapping: Mapping) -> int:
    """Rows that the status says are no sale, or went back."""
    if mapping.status is None:
        return 0
    column = coded_labels(raw.table[mapping.status])
    reading = mapping.status_reading(column.names.to_pylist())
    return int(saying(column, lambda text: reading(text) is not None).sum())


_INSTEAD: dict[str, Callable[[RawTable, Mapping, str], dict[str, Any]]] = {
    "amount": _totals,
    "customer": _customers,
    "date": _first_days,
}
_WITHOUT: dict[str, Callable[[RawTable, Mapping, str | None], dict[str, Any]]] = {
    "order": _orders,
    "status": _statuses,
}
