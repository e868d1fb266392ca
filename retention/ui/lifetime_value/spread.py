"""How value is spread over customers: past, expected, and as it will really be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.ui.lifetime_value import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Value

_FEWEST = 5  # customers of whom the best fifth is one


def section(value: Value) -> None:
    """The Lorenz curves, what the best fifth holds, and the table behind them."""
    screen.section("lifetime_value.spread")
    expected = value.customers.top_20_percent_share
    if expected is None:
        screen.text("lifetime_value.spread.none")
        return
    if value.customers.customers < _FEWEST:
        screen.text("lifetime_value.spread.few", n=value.customers.customers)
        return
    words, curves, realised = screen.words(), value.spread(), value.realised()
    told = {
        "past": value.past_share_of_best(),
        "expected": expected,
        "realised": realised.best_20_percent if realised else None,
        "low": realised.low if realised else None,
        "high": realised.high if realised else None,
    }
    screen.chart(cached(charts.lifetime_value.spread, curves, words), "lifetime_value.spread.alt", **told)
    screen.text("lifetime_value.spread.reading", **told)
    screen.table(lambda: cached(tables.spread, curves, words), "value_spread")
