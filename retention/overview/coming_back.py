"""The figures that say how many customers come back, each by its own definition, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.statistics import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.cohorts import CohortTable
    from retention.dropoff import DropOff
    from retention.flows import Retention
    from retention.metrics import Metrics
    from retention.overview.trends import Trend

BackKind = Literal["cohorts", "strict", "repeat_rate", "second_purchase", "two_orders", "with_pauses"]


@dataclass(frozen=True)
class ComingBack:
    """One of them.

    Attributes
    ----------
    kind : which

        - ``cohorts`` : of customers won in a month, who buy the month after, over all such cohorts
        - ``strict`` : of the buyers of the last month but one, who bought in the last complete month
        - ``repeat_rate`` : of those won in a month, who bought again within so many days
        - ``second_purchase`` : of first buyers, who buy again within so many days, those waiting included
        - ``two_orders`` : of all customers, who have two orders or more so far
        - ``with_pauses`` : buyers of a month who are not new, over the buyers of the month before
    share : from 0 to 1; None where the data does not tell
    month, days : what it is of, where it is of one
    """

    kind: BackKind
    share: Estimate | None
    month: int | None = None
    days: int | None = None


def coming_back(
    cohorts: CohortTable,
    trends: Sequence[Trend],
    steps: DropOff,
    whole: Metrics,
    measured: Retention | None,
) -> tuple[ComingBack, ...]:
    """All six of one shop, by month.

    Parameters
    ----------
    cohorts, trends, whole, measured : of months
    """
    named = {trend.name: trend for trend in trends}
    first = steps.steps[0] if steps.steps else None
    return (
        ComingBack("cohorts", _next_month(cohorts)),
        _latest("strict", named["strict_retention"]),
        _latest("repeat_rate", named["repeat_rate"]),
        ComingBack("second_purchase", None if first is None else first.within, days=steps.day),
        ComingBack("two_orders", _sure(whole.repeat_purchase_rate)),
        ComingBack("with_pauses", None if measured is None else measured.textbook.rate),
    )


def _next_month(cohorts: CohortTable) -> Estimate | None:
    after = cohorts.pooled[cohorts.pooled["age"] == 1]
    if after.empty:
        return None
    rate, low, high = (float(after[name].iloc[0]) for name in ("rate", "low", "high"))
    return Estimate.of(rate, low, high, "wilson")


def _latest(kind: BackKind, trend: Trend) -> ComingBack:
    return ComingBack(kind, trend.figure(), trend.latest, trend.within)


def _sure(share: float | None) -> Estimate | None:
    """A share that was counted, not estimated."""
    return None if share is None else Estimate(share)
