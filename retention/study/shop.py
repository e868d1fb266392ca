"""The shop as a whole: flows, retention, headline figures, segments, and from when on customers are known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retention import flows as flows_of, metrics as metrics_of
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.flows import Flows, Retention
    from retention.metrics import Metrics
    from retention.periods import Period

_TRANSITION = 2  # periods


class Shop(Part):
    """Figures of all customers together."""

    @result
    def flows(self, period: Period) -> Flows:
        """Who is new, stays, comes back and leaves."""
        return flows_of.flows(self.study.tables.flows(period), self.study.window, period)

    @result
    def retention(self, period: Period) -> Retention | None:
        """Retention from one complete period to the next; None without two of them, or nobody in them."""
        complete = self.study.window.complete(period)
        if len(complete) < _TRANSITION:
            return None
        return flows_of.measured_retention(self.study.tables.steadiness(period), len(complete) - 1)

    def measurable(self, period: Period) -> Period:
        """The period, or months where retention from one such period to the next cannot be measured."""
        return "month" if self.retention(period) is None else period

    @result
    def segments(self, column: str) -> tuple[str, ...]:
        """The segments of a column, those of most customers first; "" where a first purchase names none."""
        won = self.study.tables.starts(column).groupby("segment")["customers"].sum().reset_index()
        ranked = won.sort_values(["customers", "segment"], ascending=[False, True])
        return tuple(str(name) for name in ranked["segment"])

    def net_share(self) -> float:
        """What is left of gross revenue after refunds, over the complete months."""
        return self.flows("month").net_share()

    @result
    def metrics(self, period: Period) -> Metrics:
        """The headline figures."""
        tables = self.study.tables
        return metrics_of.metrics(
            tables.flows(period),
            tables.worths(),
            tables.gaps(),
            tables.gaps("day"),
            self.retention(period),
        )

    @result
    def active_days(self) -> int | None:
        """W: days after which a customer who has not bought is no longer active; None if nobody could."""
        return metrics_of.active_days(self.study.tables.gaps("day"))

    @result
    def left_truncated_days(self) -> int:
        """Days from the file's start in which a first purchase may be an old customer's."""
        return metrics_of.left_truncated_days(self.active_days(), self.study.window)

    def known_from(self) -> date:
        """First day from which a first purchase is taken for the first of all."""
        return date.fromordinal(self.study.window.first.toordinal() + self.left_truncated_days())

    @result
    def left_truncated(self) -> int:
        """How many customers are first seen before that day."""
        won = self.study.tables.starts()
        return int(won.loc[won["first_day"] < self.known_from().toordinal(), "customers"].sum())
