"""The small tables of the orders that spend is set against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention.flows import new_of_cells
from retention.periods import first_day, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from retention.flows import Flows
    from retention.periods import Window


@dataclass(frozen=True)
class OrderTables:
    """The small tables of the orders that spend is set against.

    Attributes
    ----------
    flows : per month
    cells : per month, as `retention.aggregate.cells` makes them
    new_by_channel : ``month``, ``channel``, ``new``; None where no column of the orders names channels
    starts : ``first_day``, ``channel`` (where known), ``customers``
    value : money by ``first_day``, ``channel`` (where known) and ``month`` of age
    window : the days the orders speak for
    known_from : day number from which on a first purchase is taken to be the customer's first of all
    """

    flows: Flows
    cells: pd.DataFrame
    new_by_channel: pd.DataFrame | None
    starts: pd.DataFrame
    value: pd.DataFrame
    window: Window
    known_from: int

    @property
    def unsure_days(self) -> int:
        """Days from the data's start in which a first purchase may be an old customer's."""
        return self.known_from - self.window.first.toordinal()


def order_tables(
    *,
    flows: Flows,
    cells: pd.DataFrame,
    starts: pd.DataFrame,
    value_by_age: pd.DataFrame,
    window: Window,
    known_from: int,
    cells_by_channel: pd.DataFrame | None = None,
) -> OrderTables:
    """Gather the small tables.

    Parameters
    ----------
    flows : per month
    cells, cells_by_channel : per month, and per month and channel where a column of the orders names these,
        as `retention.aggregate.cells` makes them
    starts, value_by_age : as `retention.aggregate` makes them, by channel where that is known
    window : the days the orders speak for
    known_from : day number from which on a first purchase is taken to be the customer's first of all
    """
    named = {"segment": "channel"}
    return OrderTables(
        flows=flows,
        cells=cells,
        new_by_channel=None if cells_by_channel is None else new_of_cells(cells_by_channel),
        starts=starts.rename(columns=named),
        value=value_by_age.rename(columns=named),
        window=window,
        known_from=known_from,
    )


def channel_column(named: Mapping[str, Iterable[str | None]], channels: Iterable[str]) -> str | None:
    """Which of several columns holds most of these channels' names; None where none holds one.

    Parameters
    ----------
    named : what stands in each column
    """
    wanted = {_folded(channel) for channel in channels} - {""}
    shared = {
        column: len(wanted & {_folded(value) for value in values if isinstance(value, str)})
        for column, values in named.items()
    }
    best = max(shared, key=lambda column: shared[column], default=None)
    return best if best is not None and shared[best] else None


def without_left_truncated(tables: OrderTables, spend: pd.DataFrame) -> tuple[OrderTables, pd.DataFrame, int]:
    """Tables and spend without customers who may be older than the data and the months that have any.

    Returns
    -------
    tables, spend, and how many customers are left out
    """
    day = tables.known_from
    month = number_of(first_day(day, "day"), "month")
    whole = month if first_day(month, "month").toordinal() == day else month + 1
    starts, value = (table[table["first_day"] >= day] for table in (tables.starts, tables.value))
    left_out = int(tables.starts["customers"].sum() - starts["customers"].sum())
    return replace(tables, starts=starts, value=value), spend[spend["month"] >= whole], left_out


def _folded(name: str) -> str:
    return str(name).strip().casefold()
