"""How many come back: the headline, the heatmap and the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.cohorts import FEW_CUSTOMERS
from retention.story import cohorts
from retention.ui.cohorts import tables
from retention.ui.parts import problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retention.cohorts import CohortTable
    from retention.errors import DataWarning
    from retention.returned import Returned
    from retention.study import Study
    from retention.ui.cohorts.choices import View


def headline(found: CohortTable) -> None:
    """How many of a hundred come back in the next period, and who stands behind that."""
    words = screen.markdown_words()
    screen.heading(cohorts.headline(found, words))
    if cohorts.known(found):
        st.caption(cohorts.basis(found, words))


def what_counts(returned: Returned) -> None:
    """What it takes to count as back, where that is more than a purchase."""
    said = cohorts.what_counts(returned, screen.markdown_words())
    if said is not None:
        st.caption(said)


def enough(found: CohortTable, chosen: View) -> None:
    """Stop where too few customers can be followed for a picture, with the figures there are."""
    if found.cells.empty:
        screen.stop("cohorts.no_rows")
    if found.followed >= FEW_CUSTOMERS:
        return
    screen.text("cohorts.few" if found.followed else "cohorts.none_followed", n=found.followed)
    _table(found, chosen)
    screen.definition("cohorts")
    st.stop()


def old_customers(study: Study, chosen: View, warnings: Iterable[DataWarning]) -> None:
    """What customers older than the file do to the headline, once.

    The first cohort holds most of them and can be left out here: where it bends the headline that is told,
    and where it is left out; elsewhere what warns of them.
    """
    everybody = study.cohorts.table(chosen.period, chosen.activity)
    first = study.cohorts.without_first(chosen.period, chosen.activity)
    if chosen.leave_out and not everybody.pooled.empty:
        screen.text("cohorts.left_out", n=chosen.leave_out, rate=everybody.pooled.iloc[0]["rate"])
    elif first is None or not first.bends:
        problems.warnings(warnings)
    else:
        st.caption(cohorts.without_first(first, chosen.period, screen.markdown_words()))


def heatmap(found: CohortTable, chosen: View, on_click: Callable[[str], None]) -> None:
    """The heatmap, whose cells can be clicked, and what a reader of it must know.

    Parameters
    ----------
    on_click : what to do with a click, given the heatmap's name in the visit's state
    """
    words, key = screen.words(), f"cohorts_{chosen.period}_{chosen.by or ''}"
    with screen.scrolled(cached(charts.cohorts.least_width, found, chosen.measure)):
        screen.clickable(
            cached(charts.cohorts.heatmap, found, chosen.measure, words),
            key,
            lambda: on_click(key),
            "cohorts.heatmap.alt",
            rows=found.cells["cohort"].nunique(),
            ages=int(found.cells["age"].max()),
            sentence=cached(charts.cohorts.example, found, chosen.measure, words),
        )
    screen.paragraph(*(screen.say(key, most=charts.cohorts.MOST) for key in _legend(found)))
    _table(found, chosen)


def _legend(found: CohortTable) -> Iterator[str]:
    """What a reader of the heatmap must know."""
    yield "cohorts.heatmap.legend"
    if charts.cohorts.shows_first(found):
        yield "cohorts.heatmap.first"
    if charts.cohorts.is_cut(found):
        yield f"cohorts.heatmap.cut.{found.rows}"


def _table(found: CohortTable, chosen: View) -> None:
    words = screen.words()
    screen.table(
        lambda: cached(tables.cohorts, found, chosen.measure, words), "cohorts", cells=chosen.measure
    )


def curves(found: CohortTable, chosen: View) -> None:
    """The curves, the average among them, and its table."""
    words = screen.words()
    reading = cached(charts.cohorts.example, found, chosen.measure, words)
    averages = cached(charts.cohorts.average_sentences, found, chosen.measure, words)
    screen.chart(
        cached(charts.cohorts.curves, found, chosen.measure, words),
        "cohorts.curves.alt",
        rows=found.cells["cohort"].nunique(),
        sentence=averages[0] if averages else reading,
    )
    if averages:
        screen.text("cohorts.curves.reading", first=averages[0])
    else:
        screen.text("cohorts.reading", sentence=reading)
    screen.table(lambda: cached(tables.pooled, found), "pooled_retention")
