"""How value is spread over customers: past, expected, and as it will really be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts, lifetime_value
from retention.statistics import concentration
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.lifetime_value import Realised
    from retention.ui.lifetime_value.value import Valued


def section(found: Valued) -> None:
    """The Lorenz curves, what the best fifth holds, and the table behind them."""
    screen.section("lifetime_value.spread")
    expected = found.worth.top_20_percent_share
    if expected is None:
        screen.text("lifetime_value.spread.none")
        return
    words, given = screen.words(), found.basis
    realised = loaded.computed("realised_spread", lambda: _realised(found), given)
    past = loaded.computed("past_spread", lambda: _past(found))
    curves = loaded.computed(
        "spread_curves", lambda: lifetime_value.spread_curves(found.of_revenue.table, realised), given
    )
    told = {
        "past": past,
        "expected": expected,
        "realised": realised.best_20_percent if realised else None,
        "low": realised.low if realised else None,
        "high": realised.high if realised else None,
    }
    drawing = loaded.drawn("spread", lambda: charts.lifetime_value.spread(curves, words), given)
    screen.chart(drawing, "lifetime_value.spread.alt", **told)
    screen.text("lifetime_value.spread.reading", **told)
    behind = curves[curves["behind"]]
    named = behind.assign(curve=[words.say(f"chart.{name}") for name in behind["which"]])
    loaded.table(named[["curve", "share_of_customers", "share_of_value"]], "value_spread", given)


def _realised(found: Valued) -> Realised | None:
    return lifetime_value.realised_concentration(
        found.of_revenue.table, found.purchases, found.spend, found.terms.days
    )


def _past(found: Valued) -> float | None:
    revenue = found.worth.table["revenue"]
    return concentration(revenue).share_of_best(0.2) if revenue.sum() > 0 else None
