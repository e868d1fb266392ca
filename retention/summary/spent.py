"""Marketing spend set against the orders, once: every part of a summary tells of the same customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import aggregate
from retention.acquisition import analyse, channel_column, left_truncation_warnings, order_tables
from retention.flows import flows
from retention.metrics import left_truncated_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from retention.acquisition import Acquisition, OrderTables
    from retention.errors import DataWarning
    from retention.ingest import Spend
    from retention.orders import Orders
    from retention.summary.question import Question


@dataclass(frozen=True)
class Spent:
    """What was spent, and what winning and keeping cost.

    Attributes
    ----------
    read : the spend and what of it could not be used
    found : the costs, without possible old customers where these are left out
    moved : figures that possible old customers bend, where they are not
    """

    read: Spend
    found: Acquisition
    moved: tuple[DataWarning, ...]

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What a reader of the costs must know of the spend."""
        return (*self.read.warnings, *self.found.costs.warnings)


def spent_of(orders: Orders, people: pd.DataFrame, spend: Spend, question: Question) -> Spent:
    """Set the spend against the customers the question counts."""
    tables = order_tables_of(orders, people, channel_column_of(orders, people, spend.table["channel"]))
    left_out = question.leave_out_left_truncated
    found = analyse(spend.table, tables, leave_out_left_truncated=left_out)
    return Spent(spend, found, () if left_out else left_truncation_warnings(found, spend.table, tables))


def channel_column_of(orders: Orders, people: pd.DataFrame, channels: Iterable[str]) -> str | None:
    """Column of the orders that holds most names of the spend's channels; None where none holds one."""
    held = {column: aggregate.names(people, column) for column in orders.segments.values()}
    return channel_column(held, channels)


def order_tables_of(orders: Orders, people: pd.DataFrame, channel: str | None) -> OrderTables:
    """The small tables that spend is set against, a query each.

    Parameters
    ----------
    people : the table `retention.aggregate.customers` made of the orders
    channel : column of the orders that names channels as the spend does
    """
    return order_tables(
        flows=flows(orders, "month"),
        cells=aggregate.cells(orders, "month"),
        cells_by_channel=aggregate.cells(orders, "month", by=channel) if channel else None,
        starts=aggregate.starts(people, channel),
        value_by_age=aggregate.value_by_age(orders, channel),
        window=orders.window,
        known_from=orders.window.first.toordinal() + left_truncated_days(orders),
    )
