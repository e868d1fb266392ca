"""Cohorts by the main product of the first order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.ui.cohorts import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study.products import Products


def section(products: Products) -> None:
    """A row for each product, how many of its buyers come back in each period after."""
    period, words = controls.period(), screen.words()
    found = products.cohorts(period)
    if found.cells.empty:
        screen.text("cohorts.no_rows")
        return
    with screen.scrolled(cached(charts.cohorts.least_width, found, "share")):
        screen.chart(
            cached(charts.cohorts.heatmap, found, "share", words),
            "cohorts.heatmap.alt",
            rows=found.cells["cohort"].nunique(),
            ages=int(found.cells["age"].max()),
            sentence=cached(charts.cohorts.example, found, "share", words),
        )
    screen.text("products.cohorts.legend")
    screen.table(lambda: cached(tables.cohorts, found, "share", words), "product_cohorts", cells="share")
