"""Whose revenue each period's is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.ui.cohorts import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Study
    from retention.ui.cohorts.choices import View

_SHOWN = 200  # rows of a table that may have very many


def show(study: Study, chosen: View) -> None:
    """Whose revenue it is, as shares or as money."""
    with screen.settings():
        shown = controls.choice("revenue_as")
    latest, words = study.cohorts.revenue_sources(chosen.period), screen.words()
    if latest is None:
        screen.text("cohorts.no_rows")
        return
    found = study.cohorts.revenue(chosen.period)
    values = {"when": words.period(latest.period, chosen.period), "new": latest.new, "old": latest.old}
    drawing = cached(charts.cohorts.revenue, found, chosen.period, shown, words)
    screen.chart(drawing, "cohorts.revenue.alt", **values)
    screen.text("cohorts.revenue.reading", **values)
    screen.table(
        lambda: cached(tables.revenue, found, chosen.period, words), "revenue_by_cohort", most=_SHOWN
    )
