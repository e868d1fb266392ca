"""The What if page's answer: in words, in four figures, and as it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.story import rise, simulator as told, tables as of_money
from retention.ui.parts import forecast, problems, screen
from retention.ui.parts.cached import cached
from retention.ui.simulator import tables
from retention.ui.state import settings

if TYPE_CHECKING:
    from retention.study import Start, Study
    from retention.what_if import LastYear, Others, Tried


def headline(
    start: Start, year: LastYear | None = None, tried: Tried | None = None, others: Others | None = None
) -> None:
    """What the uplift is worth and may cost; then how far that is to be trusted, and what is left of it.

    Parameters
    ----------
    year : how every footing would have foreseen the last year; None where that cannot be tried
    tried : how its own did; one that missed it by too much does not answer
    others : the other footings that foresaw it well enough
    """
    found, words = told.Answer(start, year, tried, others), screen.markdown_words()
    if found.missed:
        st.warning(told.missed(found, words), icon=":material/warning:")
    else:
        screen.heading(rise.headline(start, words, others))
    left = rise.left(start, words)
    if left is not None:
        st.markdown(left)
    said = told.trusted(found, words)
    if said:
        screen.paragraph(*said)


def verdict(study: Study | None, start: Start) -> None:
    """How far the purchase model is to be trusted, where the answer rests on it."""
    if study is not None and start.footing.code == "purchases":
        forecast.line(study.value(settings.wanted()))


def cautions(start: Start, tried: Tried | None = None) -> None:
    """What bends the answer, or why it does not fit the shop."""
    year = start.first_year
    if year is not None and not year.alike and tried is None:
        off = screen.say("simulator.check.off", past=year.past, first=year.ahead)
        st.warning(off, icon=":material/warning:")
    problems.warnings(told.cautions(told.Answer(start, tried=tried)))


def figures(start: Start, tried: Tried | None = None, others: Others | None = None) -> None:
    """The firm's profit before and after, what the programme may cost, and when a given cost is back."""
    found = told.Answer(start, tried=tried, others=others)
    screen.cards("simulator", told.figures(found, screen.markdown_words()))


def cumulative(start: Start) -> None:
    """Profit as it adds up, with and without, and what the programme costs."""
    words, result, firm = screen.words(), start.answer, start.answer.present.firm
    if firm.before == firm.after == 0:
        screen.text("simulator.cumulative.nothing")
        return
    drawing = cached(charts.simulator.cumulative, result, start.base.period, words)
    screen.chart(drawing, "simulator.cumulative.alt", **told.added_up(start, words))
    kind = ".cost" if result.cost > 0 else "" if firm.absolute.ends else ".plain"
    screen.text(f"simulator.cumulative.reading{kind}")


def in_tables(start: Start) -> None:
    """The changes, the cumulative profit and the years behind the answer."""
    result, words = start.answer, screen.words()
    screen.table(lambda: cached(tables.changes, result, words), "simulator_changes")
    screen.table(lambda: cached(of_money.cumulative, result), "simulator_cumulative")
    screen.table(lambda: cached(tables.yearly, result, words), "simulator_years")


def horizon(start: Start) -> str:
    """How far the answer looks ahead, in years."""
    return rise.horizon(start, screen.words())
