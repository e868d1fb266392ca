"""The season the purchase model knows: twelve months beside the usual one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.ui.lifetime_value import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Value


def section(value: Value) -> None:
    """Twelve bars and the sentence that tells the busiest month and the quietest; or why there are none."""
    season = value.purchases.season
    if season is None:
        screen.text("season.none")
        return
    rows, words = season.table, screen.words()
    told = {
        "best": season.busiest,
        "most": max(season.index),
        "least": season.quietest,
        "fewest": min(season.index),
        "first": season.first,
        "last": season.last,
    }
    screen.text("season.reading", **told)
    screen.chart(cached(charts.lifetime_value.season, rows, words), "season.alt", **told)
    screen.table(lambda: cached(tables.season, rows, words), "season")
