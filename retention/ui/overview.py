"""The Overview page: figures with their course, what changed most, flows, and the three signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from retention import charts, overview
from retention.cohorts import cohort_table
from retention.metrics import active_days, metrics
from retention.overview.slope import LEAST
from retention.statistics import named_ends
from retention.text.changes import change_sentence
from retention.ui import controls, loaded, models, overview_tables, screen
from retention.ui.settings import get

if TYPE_CHECKING:
    from retention.flows import Flows
    from retention.overview import ActiveFlows, Sign, Standing, Trend
    from retention.periods import Period

_SHOWN = ("customers", "revenue_net", "strict_retention", "repeat_rate")
_ICONS = {
    "yes": ":material/trending_up:",
    "no": ":material/trending_down:",
    "noise": ":material/trending_flat:",
    "too_few": ":material/hourglass_empty:",
}


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


def tables(found: tuple[Trend, ...]) -> None:
    """Every figure against earlier ones, and period by period."""
    words = screen.words()
    screen.table(overview_tables.changes(found, words), "changes")
    screen.table(overview_tables.trends(found, words), "trends")


@st.fragment
def flows(every: Period) -> None:
    """Who comes, stays and leaves, by the calendar or by the days since they bought."""
    with screen.settings():
        activity = controls.choice("active_by")
        if activity == "typed":
            controls.number("own_days")
    with screen.computing():
        if activity == "calendar":
            _calendar_flows(loaded.flows(every))
        else:
            days = int(get("own_days") or 1) if activity == "typed" else None
            _active_flows(_active(every, days))


def signs(days: int) -> None:
    """The three signs side by side, each with its verdict, and their table."""
    found = loaded.computed("signs", lambda: overview.signs(loaded.orders(), days), days)
    screen.text("signs.question", days=2 * days)
    for column, sign in zip(st.columns(len(found), border=True), found, strict=True):
        with column:
            _sign(sign)
    screen.table(overview_tables.signs(found, screen.words()), "signs")


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
    return said(f"overview.delta.{key}", difference=change.difference.value, relative=change.relative)


def _active(every: Period, days: int | None) -> ActiveFlows:
    chosen = days or loaded.computed("active_days", lambda: active_days(loaded.orders()))
    return loaded.computed(
        "active_flows", lambda: overview.active_flows(loaded.orders(), every, chosen), (every, chosen)
    )


def _calendar_flows(found: Flows) -> None:
    table = found.table.assign(whole=found.table["complete"])
    whole = found.complete
    if len(whole):
        last = whole.iloc[-1]
        _flows_chart(table, found.period, last, "flows.calendar", kept=last["strict_retention"])
    else:
        screen.text("flows.none")
    screen.text("flows.early")
    screen.table(overview_tables.calendar_flows(found, screen.words()), "flows")


def _active_flows(found: ActiveFlows) -> None:
    table = found.table.assign(whole=found.table["complete"] & found.table["settled"])
    whole = found.table[found.table["complete"]]
    if len(whole):
        last = whole.iloc[-1]
        _flows_chart(
            table, found.period, last, "flows.active", kept=last["strict_retention"], days=found.days
        )
    else:
        screen.text("flows.none")
    screen.text("flows.active.days", days=found.days)
    screen.table(overview_tables.active_flows(found, screen.words()), "flows")


def _flows_chart(table: pd.DataFrame, every: Period, last: pd.Series, key: str, **more: Any) -> None:
    """The last complete period in a sentence, then all as a chart."""
    named = {str(name): None if pd.isna(value) else value for name, value in last.items()}
    words = screen.words()
    values = {**named, **more, "period": words.period(int(last["period"]), every)}
    st.markdown(screen.say(key, **values))
    drawing = loaded.drawn(key, lambda: charts.flows.flows(table, every, words), (every, more))
    screen.chart(drawing, "flows.alt", **values)


def _sign(found: Sign) -> None:
    st.markdown(f"**{screen.say(f'sign.{found.name}')}**")
    st.markdown(f"{_ICONS[found.verdict]} **{screen.say(f'verdict.{found.verdict}')}**")
    known, line, words = found.known, found.line, screen.words()
    drawing = loaded.drawn("sign", lambda: charts.overview.sign(found, words), (found.name, found.within))
    screen.chart(drawing, "sign.alt", name=found.name, verdict=found.verdict)
    if line is None:
        screen.text("sign.too_few", n=len(known), needed=LEAST)
        return
    ends = [words.period(int(number), found.period) for number in known["period"].iloc[[0, -1]]]
    screen.text(
        f"sign.{found.name}.reading",
        first=ends[0],
        last=ends[1],
        start=line.start,
        end=line.end,
        slope=line.per_period.value,
        **named_ends(line.per_period),
        within=found.within,
        from_day=found.within + 1,
        to_day=2 * found.within,
    )
