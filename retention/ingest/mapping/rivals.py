"""What the file would come to by the next best columns, and whether the amount is open between two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.errors import DataWarning
from retention.ingest.columns.line_items import counted_once
from retention.ingest.columns.numbers import exact_sum
from retention.ingest.columns.people import people_columns
from retention.ingest.columns.search import Search
from retention.ingest.columns.texts import coded_identifiers
from retention.ingest.mapping.exports import recognise
from retention.ingest.mapping.mapped_columns import read_amounts, read_mapped_dates, remembered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from retention.ingest.columns.reasons import Reason
    from retention.ingest.mapping.guessing import Guess
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_CENT = 0.005
_SAMPLE = 2_000  # rows, spread over the file


def explain(raw: RawTable, guess: Guess) -> dict[str, Reason]:
    """Why each column was taken, with what the next best would give.

    Returns
    -------
    By role, with `Reason.details` where a column of customers, dates or amounts has a rival
    """
    mapping = guess.mapping
    looks: dict[str, Callable[[RawTable, Mapping, str], dict[str, Any]]]
    looks = {"amount": _totals, "customer": _customers, "date": _first_days}
    return {
        role: reason
        if mapping is None or reason.rival is None or role not in looks
        else replace(reason, details=looks[role](raw, mapping, reason.rival))
        for role, reason in guess.reasons.items()
    }


def amount_rival(raw: RawTable, mapping: Mapping) -> DataWarning | None:
    """Warn of another column of money that could as well be what was paid, and comes to something else."""
    name = mapping.amount
    if name is None or recognise(raw.table.columns, buyer_given=True) is not None:
        return None
    others = {str(role): column for role, column in mapping.columns.items() if role != "amount"}
    columns = remembered(raw, ("money", *others.items()), lambda: Search(raw, others).money())
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


def customer_rival(raw: RawTable, mapping: Mapping) -> DataWarning | None:
    """Warn of customers' numbers that are new with every order while another column's come again."""
    if mapping.platform is not None or recognise(raw.table.columns, buyer_given=True) is not None:
        return None
    places = np.unique(np.linspace(0, len(raw.table) - 1, _SAMPLE).astype(int))
    sample = raw.table.iloc[places]
    people = people_columns(sample, list(raw.table.columns), mapping.order)
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
    return {"total": _total(raw, mapping), "rival_total": _total(raw, other)}


def _total(raw: RawTable, mapping: Mapping) -> float:
    amounts = read_amounts(raw, mapping).value
    if mapping.once_per_order and mapping.order is not None:
        orders = coded_identifiers(raw.table[mapping.order], raw.typed.get(mapping.order))
        amounts = counted_once(amounts, orders.codes, raw.file)
    return exact_sum(amounts[~np.isnan(amounts)])


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
