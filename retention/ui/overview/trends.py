"""Figures with their course, and what changed most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import streamlit as st

from retention.story import overview
from retention.ui.overview import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.overview import Change, NotableChanges, Trend
    from retention.periods import Period
    from retention.story import Figure
    from retention.study import Study

Way = Literal["up", "down", "off"]
_COLOURS: dict[Way, Literal["green", "red", "off"]] = {"up": "green", "down": "red", "off": "off"}


def period() -> Period:
    """What the figures are counted by."""
    return cast("Period", controls.choice("every"))


def within(study: Study) -> int:
    """N: days watched for the next purchase."""
    chosen = controls.choice("within")
    return study.overview.usual_days() if chosen == "usual" else int(chosen)


def headline(found: NotableChanges, figures: tuple[Trend, ...]) -> None:
    """What changed most, in sentences to be read aloud, or that nothing did; and where to go for it."""
    every, markdown = figures[0].period, screen.markdown_words()
    screen.heading(overview.headline(found, figures, markdown))
    if figures[0].latest is None or not found.looked_at:
        return
    if found.changes:
        st.markdown("\n".join(f"- {said}" for said in overview.changes(found, every, markdown)))
    goes_on = overview.goes_on(found, every, markdown)
    if goes_on:
        st.markdown(goes_on)
    screen.text("overview.looked_at", n=found.looked_at)
    if found.changes:
        screen.leads_to("audit", "overview.todo.changed")
    else:
        screen.leads_to("dropoff", "overview.todo.none")


def figures(found: tuple[Trend, ...]) -> None:
    """Four figures with their course and their change; the others stand in the table."""
    named: dict[str, Trend] = {trend.name: trend for trend in found}
    with st.grid(len(overview.SHOWN), min_column_width=170):
        for told in overview.figures(found, screen.markdown_words()):
            _metric(told, named[told.name])
    _reading(named)


def tabled(study: Study, found: tuple[Trend, ...]) -> None:
    """Every figure of the whole file, against earlier periods, and period by period."""
    words = screen.words()
    screen.table(lambda: cached(tables.metrics, study.shop.metrics("month"), words), "metrics")
    screen.table(lambda: cached(tables.changes, found, words), "changes", columns=tables.CHANGES_SHOWN)
    screen.table(lambda: cached(tables.trends, found, words), "trends", columns=tables.TRENDS_SHOWN)
    _days_between(study)


def _days_between(study: Study) -> None:
    """The days between two purchases of a customer."""
    found = study.shop.metrics("month")
    if found.median_days_between_purchases is not None:
        screen.text(
            "overview.between",
            days=found.median_days_between_purchases,
            purchase_days=found.median_days_between_purchase_days,
        )


def _reading(named: dict[str, Trend]) -> None:
    """Which periods the four figures are of, and against which."""
    screen.text(
        "overview.metrics.reading",
        **_ends(named["customers"], "now", "then"),
        **_ends(named["repeat_rate"], "waited", "waited_then"),
    )


def _ends(trend: Trend, *names: str) -> dict[str, str | None]:
    """A figure's last period and the one before, written out, under these names."""
    numbers = (None, None) if trend.latest is None else (trend.latest, trend.previous)
    written = (None if n is None else screen.words().period(n, trend.period) for n in numbers)
    return dict(zip(names, written, strict=True))


def _metric(told: Figure, trend: Trend) -> None:
    change = trend.before()
    way = _way(change)
    st.metric(
        told.label,
        told.written,
        delta=_delta(trend),
        delta_arrow=way,
        delta_color=_COLOURS[way] if change is not None and change.is_firm else "off",
        delta_description=_against(trend),
        help=screen.say(f"figure.{told.name}.help"),
        border=True,
        height="stretch",
        chart_data=list(told.course),
        chart_type="line",
    )


def _label(trend: Trend) -> str:
    """What a figure is called; what is counted from one period to the next names that period."""
    if trend.name == "strict_retention":
        return screen.say(f"figure.strict_retention.{trend.period}")
    return screen.say(f"figure.{trend.name}")


def _against(trend: Trend) -> str | None:
    """Against which period a figure has changed, in as few letters as a tile has room for."""
    if trend.before() is None or trend.previous is None:
        return None
    words = screen.words()
    return words.say("overview.delta.on", other=words.short_period(trend.previous, trend.period))


def _way(change: Change | None) -> Way:
    """Where a change points to, which Streamlit reads off a hyphen: ours is a minus."""
    by = 0 if change is None else change.difference.value
    return "up" if by > 0 else "down" if by < 0 else "off"


def _delta(trend: Trend) -> str | None:
    change = trend.before()
    if change is None:
        return None
    key = "points" if trend.unit == "rate" else "relative"
    said = screen.words().say
    return said(f"overview.delta.{key}", difference=change.difference.value, relative=change.relative)
