"""The Orders table: what every figure is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from retention.changed import Change, Changed
from retention.engines import IN_MEMORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.engines import Engine
    from retention.periods import Window

Kind = Literal["purchase", "refund", "zero"]
COLUMNS = ("customer_id", "order_id", "date", "value", "kind")
SEGMENT = "segment"
SEGMENTS = (SEGMENT, "segment_2", "segment_3", "segment_4")
MEASURES: tuple[str, ...] = ()  # further numbers of an order that are summed wherever its value is


@dataclass(frozen=True)
class Orders:
    """Orders of one shop, one row each, and the days they speak for.

    Attributes
    ----------
    table : frame of any engine Narwhals knows, with the columns

        - ``customer_id`` : text, never null; beyond memory a whole number where the source has one
        - ``order_id`` : text, null where the file names none
        - ``date`` : datetime of the order's earliest row, local time as written
        - ``value`` : sum of the order's rows in the file's currency, rounded to 6 decimals
        - ``kind`` : "purchase" (value > 0, or 0 where those are kept), "refund" (value < 0) or "zero"
        - ``segment``, ``segment_2`` … : text or null; only where the file has them
        - the columns named in `MEASURES`, where the file has them
    window : first usable row to observation end, both included
    currency : ISO code or sign as in the file, None where it names none
    headings : the file's own name of each segment, by its column
    engine : who holds the table
    """

    table: Any
    window: Window
    currency: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    engine: Engine = IN_MEMORY

    @property
    def has_segment(self) -> bool:
        """Whether the orders carry a segment (channel, country …)."""
        return SEGMENT in self.table.columns

    @property
    def segments(self) -> dict[str, str]:
        """Columns of the table that hold a segment, by the name a reader knows each by."""
        return {self.headings.get(name, name): name for name in SEGMENTS if name in self.table.columns}

    @property
    def measures(self) -> tuple[str, ...]:
        """Further numbers of an order that the table holds."""
        return tuple(name for name in MEASURES if name in self.table.columns)


class ChangedOrders(Orders, Changed):
    """Orders of which some customers' have changed since tables of them were kept."""

    def __init__(self, change: Change[Orders]) -> None:
        self._begin(change, "window", "currency", "headings", "engine")

    @property
    def table(self) -> Any:
        """Those of all customers, made when they are looked at."""
        return self.change.whole().table

    @property
    def has_segment(self) -> bool:
        """Whether the orders carry a segment."""
        found: bool = self.change.some().has_segment
        return found

    @property
    def segments(self) -> dict[str, str]:
        """Columns of the table that hold a segment."""
        found: dict[str, str] = self.change.some().segments
        return found

    @property
    def measures(self) -> tuple[str, ...]:
        """Further numbers of an order that the table holds."""
        found: tuple[str, ...] = self.change.some().measures
        return found
