"""Figures with their course, and what changed most."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention import overview
from retention.cohorts import cohort_table
from retention.metrics import metrics
from retention.text.changes import change_sentence
from retention.ui.overview import tables
from retention.ui.parts import controls, screen
from retention.ui.state import loaded, models

if TYPE_CHECKING:
    from retention.overview import Standing, Trend
    from retention.periods import Period

_SHOWN = ("customers", "revenue_net", "strict_retention", "repeat_rate")


def period() -> Period:
    """What the figures are counted by."""
    return cast("Period", controls.choice("every"))


def within() -> int:
    """N: days watched for the next purchase."""
    chosen = controls.choice("within")
    if chosen != "usual":
        return int(chosen)
    return loaded.computed("usual_days", lambda: overview.usual_days(loaded.orders()))


def trends(every: Period, days: int) -> tuple[Trend, ...]:
    """Every figure period by period."""
    calendar = loaded.computed(
        "calendar_trends", lambda: overview.calendar_trends(loaded.orders(), every), every
    )
    return (*calendar, *_followed(every, days))


def standing(every: Period, days: int) -> Standing:
    """The changes that stand out."""
    return loaded.computed("standing", lambda: _standing(every, days), (every, days))


def headline(found: Standing, figures: tuple[Trend, ...]) -> None:
    """What changed most, in sentences to be read aloud, or that nothing did."""
    every = figures[0].period
    latest = figures[0].latest
    if latest is None or not found.looked_at:
        screen.headline("overview.headline.short")
        return
    words = screen.words()
    named = words.period(latest, every)
    if not found.changes:
        screen.headline("overview.headline.none", period=named)
    else:
        key = "overview.headline" if len(found.changes) == overview.MOST else "overview.headline.few"
        screen.headline(key, n=len(found.changes), period=named)
        markdown = screen.markdown_words()
        st.markdown("\n".join(f"- {change_sentence(each, every, markdown)}" for each in found.changes))
    screen.text("overview.looked_at", n=found.looked_at)


def figures(found: tuple[Trend, ...]) -> None:
    """Four figures with their course and their change; the others stand in the table."""
    named: dict[str, Trend] = {trend.name: trend for trend in found}
    with st.grid("auto", min_column_width=170):
        for name in _SHOWN:
            _metric(named[name])
    _reading(named)
    told = models.valued()
    if told is not None:
        screen.text("overview.value", **told)
    between = loaded.computed("between", _between)
    if between["days"] is not None:
        screen.text("overview.between", **between)


def every_figure(found: tuple[Trend, ...]) -> None:
    """Every figure against earlier ones, and period by period."""
    words = screen.words()
    screen.table(tables.changes(found, words), "changes")
    screen.table(tables.trends(found, words), "trends")


def _followed(every: Period, days: int) -> tuple[Trend, ...]:
    given = (every, days)
    return loaded.computed(
        "followed_trends", lambda: overview.followed_trends(loaded.orders(), every, days), given
    )


def _standing(every: Period, days: int) -> Standing:
    """Candidates of each kind are kept apart, so that a change of N recomputes only what waits for it."""
    orders = loaded.orders()
    by_part = loaded.computed(
        "changes_by_part",
        lambda: [
            *overview.by_cohort(cohort_table(orders, every), orders),
            *(found for by in orders.segments.values() for found in overview.by_segment(orders, every, by)),
            *overview.by_number(orders, every),
        ],
        every,
    )
    followed = overview.followed_by_number(orders, every, days)
    return overview.standing_out([*overview.by_shop(trends(every, days)), *by_part, *followed])


def _between() -> dict[str, float | None]:
    found = metrics(loaded.orders(), "month", loaded.people())
    return {
        "days": found.median_days_between_purchases,
        "purchase_days": found.median_days_between_purchase_days,
    }


def _reading(named: dict[str, Trend]) -> None:
    """Which periods the four figures are of."""
    latest = {name: named[name].latest for name in ("customers", "repeat_rate")}
    every = named["customers"].period
    written = {
        name: None if number is None else screen.words().period(number, every)
        for name, number in latest.items()
    }
    screen.text("overview.metrics.reading", period=written["customers"], waited=written["repeat_rate"])


def _metric(trend: Trend) -> None:
    value, change = trend.value(), trend.before()
    firm = change is not None and change.difference.excludes(0.0)
    st.metric(
        screen.say(f"figure.{trend.name}"),
        screen.say(f"value.{'percent' if trend.unit == 'rate' else trend.unit}", value=value),
        delta=_delta(trend),
        delta_color="normal" if firm else "off",
        help=screen.say(f"figure.{trend.name}.help"),
        border=True,
        height="stretch",
        chart_data=trend.known["value"].tolist(),
        chart_type="line",
    )


def _delta(trend: Trend) -> str | None:
    change = trend.before()
    if change is None:
        return None
    key = "points" if trend.unit == "rate" else "relative"
    said = screen.words().say
    return said(f"overview.delta.{key}", difference=change.difference, relative=change.relative)
