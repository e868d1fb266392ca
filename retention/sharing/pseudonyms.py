"""Customers and orders as numbers in random order: the figures stay, the people are gone.

The order is drawn anew for each share and kept nowhere, so that two shares cannot be laid side by side, and
a number says nothing of an id, not even which of two came first.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from retention.ingest import LinesKept

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest import Complaints, Intake
    from retention.sharing.pack import SharedStudy, Source

CUSTOMER, ORDER, GROUP = "C", "N", "G"  # what numbers of each begin with
_KEY = 16  # bytes a place in the order is drawn by
_ADDRESS = re.compile(r"\S@\S+\.\S")
_BY_PLACE = frozenset({"reach", "reach_column", "reach_segment"})  # settings of the group a rise reaches
_FEW = 20  # values of a segment up to which they are groups, however few customers there are
_TELLING = 0.5  # values to a customer from which a segment tells customers apart


@dataclass(frozen=True, eq=False)
class Pseudonyms:
    """Texts and the numbers that take their place.

    Attributes
    ----------
    known : (n,) the texts
    given : (n,) what each becomes
    """

    known: pd.Index
    given: pd.Series

    def of(self, column: pd.Series) -> pd.Series:
        """A column of such texts; missing ones stay missing."""
        places = self.known.get_indexer(pd.Index(column))
        return pd.Series(self.given.array.take(places, allow_fill=True), index=column.index)

    def of_text(self, text: str) -> str:
        """A single text; any other stays as it is."""
        (place,) = self.known.get_indexer(pd.Index([text]))
        return text if place < 0 else str(self.given.iloc[place])


def drawn(texts: pd.Series, begins: str) -> Pseudonyms:
    """Numbers for the different texts of a column, in random order."""
    known = pd.Index(texts.dropna().unique())
    place = _random_order(len(known)) + 1
    numbers = pd.Series(place).astype("str").str.zfill(len(str(len(known))))
    return Pseudonyms(known, (begins + numbers).astype("str"))


def pseudonymised(shared: SharedStudy) -> SharedStudy:
    """The same without the customers' names, the orders' numbers, and segments that tell who somebody is."""
    orders = shared.intake.orders.table
    named = [orders["customer_id"]]
    if shared.complaints is not None:
        named.append(shared.complaints.table["customer_id"])
    people = drawn(pd.concat(named, ignore_index=True), CUSTOMER)
    if any(tells_who(orders[name], orders) for name in shared.intake.orders.segments.values()):
        shared = _without_places(shared)
    return replace(
        shared,
        source=_source(shared.source, people),
        intake=_intake(shared.intake, people),
        complaints=_complaints(shared.complaints, people),
        pseudonyms=True,
    )


def _without_places(shared: SharedStudy) -> SharedStudy:
    """The same without settings that name a group by its place: of a segment made numbers it is another's."""
    settings = {name: value for name, value in shared.settings.items() if name not in _BY_PLACE}
    scenarios = tuple((name, asked) for name, asked in shared.scenarios if not _BY_PLACE & asked.keys())
    return replace(shared, settings=settings, scenarios=scenarios)


def _intake(intake: Intake, people: Pseudonyms) -> Intake:
    before = intake.orders.table
    telling = [name for name in intake.orders.segments.values() if tells_who(before[name], before)]
    renamed = before.assign(
        customer_id=people.of(before["customer_id"]),
        order_id=drawn(before["order_id"], ORDER).of(before["order_id"]),
        **{name: drawn(before[name], GROUP).of(before[name]) for name in telling},
    )
    # Else the place of a row would tell the order of the names
    after = renamed.sort_values(["customer_id", "order_id", "date"], kind="stable")
    warnings = tuple(replace(each, details=_renamed(each.details, people)) for each in intake.warnings)
    table = after.reset_index(drop=True)
    moved = replace(intake, orders=replace(intake.orders, table=table), warnings=warnings)
    if intake.lines is None:
        return moved
    place = np.empty(len(after), dtype=np.int64)
    place[after.index.to_numpy()] = np.arange(len(after))
    lines = _lines(intake.lines.table, place, table)
    return replace(moved, lines=LinesKept(lines, intake.lines.amounts))


def tells_who(segment: pd.Series, orders: pd.DataFrame) -> bool:
    """Whether a segment holds addresses, or so many values that they tell customers apart."""
    values = segment.dropna().unique()
    many = len(values) > max(_FEW, _TELLING * orders["customer_id"].nunique())
    return many or any(_ADDRESS.search(str(value)) for value in values)


def _lines(lines: pd.DataFrame, place: NDArray[np.int64], orders: pd.DataFrame) -> pd.DataFrame:
    """Lines at the new places of their orders."""
    moved = lines.assign(order=place[lines["order"].to_numpy()]).sort_values("order", kind="stable")
    order = moved["order"].to_numpy()
    named = {name: orders[name].array.take(order) for name in ("customer_id", "order_id")}
    return moved.assign(**named).reset_index(drop=True)


def _complaints(complaints: Complaints | None, people: Pseudonyms) -> Complaints | None:
    if complaints is None:
        return None
    table = complaints.table.assign(customer_id=people.of(complaints.table["customer_id"]))
    return replace(complaints, table=table.sort_values(["customer_id", "day"], ignore_index=True))


def _source(source: Source, people: Pseudonyms) -> Source:
    return replace(source, understood=_renamed(dict(source.understood), people))


def _renamed(value: Any, people: Pseudonyms) -> Any:
    """Plain values in which each text that is a customer's name is the customer's number."""
    if isinstance(value, str):
        return people.of_text(value)
    if isinstance(value, dict):
        return {_renamed(key, people): _renamed(each, people) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_renamed(each, people) for each in value)
    return value


def _random_order(n: int) -> NDArray[np.int64]:
    """Places from 0 to n − 1 in an order nobody can foretell."""
    keys = np.frombuffer(secrets.token_bytes(_KEY * n), dtype=np.dtype((np.void, _KEY)))
    halves = keys.view(np.uint64).reshape(n, 2)
    return np.lexsort(halves.T).astype(np.int64)
