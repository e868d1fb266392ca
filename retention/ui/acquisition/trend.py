"""Whether adverts are getting dearer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.acquisition import FULL_YEARS
from retention.periods import first_day
from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, CacTrend
    from retention.errors import DataWarning


def section(found: Acquisition, doubt: DataWarning | None) -> None:
    """The blended trend in a sentence, each channel's month by month, and the table of the trends.

    Parameters
    ----------
    doubt : that possible old customers bend the trend
    """
    costs = found.costs
    if costs.cac is None or len(costs.months) == 1:
        screen.text("acquisition.trend.none")
        return
    blended = next((trend for trend in found.trends if trend.channel is None), None)
    if blended is None:
        screen.text("acquisition.trend.none")
    elif doubt is not None:
        screen.headline("acquisition.trend.bent", **doubt.details)
    else:
        screen.headline(f"acquisition.trend.{blended.direction}", **_values(blended))
    words = screen.words()
    drawing = cached(charts.acquisition.cac_by_channel, found, words)
    screen.chart(drawing, "acquisition.trend.alt", n=len(costs.months), channels=list(found.channels) or None)
    screen.text("acquisition.trend.reading")
    for way in ("dearer", "cheaper"):
        moving = [str(t.channel) for t in found.trends if t.channel is not None and t.direction == way]
        if moving:
            screen.text(f"acquisition.trend.channels.{way}", n=len(moving), channels=moving)
    if blended is not None and len(costs.months) < FULL_YEARS:
        screen.text("acquisition.trend.season", n=len(costs.months))
    if found.trends:
        screen.table(lambda: cached(tables.trends, found.trends, words), "cac_trends")


def _values(trend: CacTrend) -> dict[str, object]:
    """The trend as it is told: a fall as how much it falls."""
    rise, (low, high) = trend.by_direction.value, trend.by_direction.bounds
    return {
        "rise": rise,
        "low": low,
        "high": high,
        "at_first": trend.at_first,
        "at_last": trend.at_last,
        "first": first_day(trend.first, "month"),
        "last": first_day(trend.last, "month"),
    }
