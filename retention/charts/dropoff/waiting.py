"""How long customers take from one purchase to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.dropoff import Step
    from retention.text import Words

_ROOM = 0.55  # of the width, beyond which a label stands at the left of its mark


def waiting(step: Step, words: Words) -> style.Drawing:
    """Share that has bought again by each day, with its band; the median and the trigger day marked."""
    rows = _by_day(step, words)
    last = max(int(rows["day"].max()), 1)
    x = alt.X(
        "day:Q",
        title=words.say("chart.waited", n=step.purchase),
        scale=alt.Scale(domain=[0, last], nice=False),
    )
    y = alt.Y("share:Q", title=words.say("chart.gone_on"), axis=alt.Axis(format=".0%"))
    base = alt.Chart(rows).encode(x=x, tooltip=alt.Tooltip("sentence:N"))
    plain = pd.DataFrame({"share": [step.naive], "label": [words.say("chart.naive", share=step.naive)]})
    drawn = alt.layer(
        base.mark_area(opacity=0.18, color=style.ACCENT, interpolate="step-after").encode(
            y="low:Q", y2="high:Q"
        ),
        base.mark_line(strokeWidth=2.5, color=style.ACCENT, interpolate="step-after").encode(y=y),
        base.mark_point(size=60, opacity=0).encode(y=y),
        alt.Chart(plain).mark_rule(strokeDash=[3, 3], color=style.COMPARISON).encode(y="share:Q"),
        alt.Chart(plain)
        .mark_text(align="right", dx=-4, dy=9, fontSize=11)
        .encode(x=alt.value(alt.expr("width")), y="share:Q", text="label:N"),
        *_marked_days(step, last, words),
    )
    return style.finish(drawn.properties(height=300), words)


def _by_day(step: Step, words: Words) -> pd.DataFrame:
    """Days up to the last the step is read at, from day 0 on."""
    curve, last = step.curve, step.read_at_day or 0
    kept = curve.days <= last
    rows = pd.DataFrame(
        {
            "day": curve.days[kept],
            "share": 1 - curve.waiting[kept],
            "low": 1 - curve.high[kept],
            "high": 1 - curve.low[kept],
        }
    )
    if rows.empty or rows["day"].iloc[0] > 0:
        start = pd.DataFrame({"day": [0], "share": [0.0], "low": [0.0], "high": [0.0]})
        rows = pd.concat([start, rows], ignore_index=True)
    rows["low"], rows["high"] = rows["low"].fillna(rows["share"]), rows["high"].fillna(rows["share"])
    rows["sentence"] = [
        words.say("chart.by_day", day=r.day, share=r.share, low=r.low, high=r.high) for r in rows.itertuples()
    ]
    return rows


def _marked_days(step: Step, last: int, words: Words) -> list[alt.Chart]:
    """The median and the trigger day, labelled on one side of both, so that no label meets a line."""
    named = {"median": (step.median_days, style.COMPARISON), "trigger": (step.trigger_day, style.AVERAGE)}
    days = {name: (day, colour) for name, (day, colour) in named.items() if day is not None}
    if not days:
        return []
    first, latest = (end(day for day, _ in days.values()) for end in (min, max))
    side: Literal["left", "right"] = "left" if latest < _ROOM * last else "right"
    at = latest if side == "left" else first
    drawn = []
    for place, (name, (day, colour)) in enumerate(days.items()):
        mark = pd.DataFrame({"day": [day], "at": [at], "label": [words.say(f"chart.{name}", day=day)]})
        base = alt.Chart(mark)
        label = base.mark_text(
            align=side, dx=5 if side == "left" else -5, fontWeight="bold", fontSize=12, color=colour
        )
        height = alt.value(alt.expr(f"height - {14 + 18 * place}"))
        drawn += [
            base.mark_rule(strokeWidth=2, color=colour).encode(x="day:Q"),
            label.encode(x="at:Q", y=height, text="label:N"),
        ]
    return drawn
