"""How many come through each purchase, and between which most are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from retention.charts import style
from retention.statistics import named_ends

if TYPE_CHECKING:
    from retention.dropoff import DropOff, Step
    from retention.text import Words

MOST = 12  # steps and groups a screen can hold
_TIGHT = 48  # pixels between two purchases below which the lesser losses are not written
_NARROW = 32  # pixels between two purchases below which only the first two and the last share are


def steps(found: DropOff, words: Words) -> style.Drawing:
    """Of 100 first buyers how many come to each purchase, the loss between two, the drop-off point marked."""
    points, losses = _points(found, words), _losses(found, words)
    x = alt.X(
        "purchase:Q",
        title=words.say("chart.purchase"),
        scale=alt.Scale(domain=[0.7, len(points) + 0.3], nice=False, zero=False),
        axis=alt.Axis(values=points["purchase"].tolist(), format="d", grid=False),
    )
    y = alt.Y(
        "share:Q",
        title=words.say("chart.reached"),
        scale=alt.Scale(domain=[0, 1.1], nice=False),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    tooltip = alt.Tooltip("sentence:N")
    base = alt.Chart(points).encode(x=x, tooltip=tooltip)
    marked = alt.Chart(losses[losses["mark"] != ""]).encode(x=alt.X("from:Q"), tooltip=tooltip)
    between = alt.Chart(losses).encode(x="middle:Q", y="at:Q", text="label:N", tooltip=tooltip)
    tight = f"width / {len(points)} <"
    room = alt.condition(f"{tight} {_TIGHT}", alt.value(0.0), alt.value(1.0))
    narrow = alt.condition(f"!datum.kept && {tight} {_NARROW}", alt.value(0.0), alt.value(1.0))
    drawn = alt.layer(
        base.mark_area(opacity=0.18, color=style.ACCENT).encode(y="low:Q", y2="high:Q"),
        base.mark_line(strokeWidth=2.5, color=style.ACCENT).encode(y=y),
        marked.mark_rule(strokeWidth=5, color=style.AVERAGE).encode(y="share:Q", x2="to:Q", y2="next:Q"),
        base.mark_point(filled=True, size=70, color=style.ACCENT, opacity=1).encode(y=y),
        base.mark_text(dy=-9, dx=5, align="left", fontWeight="bold").encode(
            y="share:Q", text="label:N", opacity=narrow
        ),
        between.transform_filter("datum.mark == ''")
        .mark_text(dy=16, dx=-2, fontSize=11)
        .encode(opacity=room),
        _marks(between, "left"),
        _marks(between, "right"),
    )
    return style.finish(drawn.properties(height=280), words)


def _marks(between: alt.Chart, side: Literal["left", "right"]) -> alt.Chart:
    """The drop-off points by name, beside their part of the curve."""
    named = between.transform_filter(f"datum.mark != '' && datum.side == '{side}'")
    placed: alt.Chart = named.mark_text(
        dy=-12 if side == "left" else -36,
        dx=12,
        align=side,
        fontWeight="bold",
        fontSize=12,
        color=style.AVERAGE,
    ).encode(text="mark:N")
    return placed


def _points(found: DropOff, words: Words) -> pd.DataFrame:
    """The first purchase, which all made, and each that follows a step that can be compared."""
    compared = found.compared[:MOST]
    first = {"purchase": 1, "share": 1.0, "low": 1.0, "high": 1.0}
    later = [
        {
            "purchase": step.next_purchase,
            "share": step.reached.value,
            **named_ends(step.reached),
        }
        for step in compared
        if step.reached
    ]
    points = pd.DataFrame([first, *later])
    points["kept"] = points["purchase"].isin([1, 2, points["purchase"].max()])
    points["label"] = [words.whole_percent(share) for share in points["share"]]
    points["sentence"] = [
        words.say("chart.reached.sentence", number=r.purchase, share=r.share, low=r.low, high=r.high)
        for r in points.itertuples()
    ]
    return points


def _losses(found: DropOff, words: Words) -> pd.DataFrame:
    """Between two purchases: who is lost; the drop-off points by name."""
    worst, later = found.worst, found.later_point
    marks = {later.purchase: "later"} if later else {}
    if worst:
        marks[worst.purchase] = "first"
    rows, before = [], 1.0
    for step in found.compared[:MOST]:
        if step.lost is None or step.reached is None:
            continue
        mark = marks.get(step.purchase)
        rows.append(
            {
                "from": step.purchase,
                "to": step.next_purchase,
                "middle": step.purchase + 0.5,
                "share": before,
                "next": step.reached.value,
                "at": (before + step.reached.value) / 2,
                "label": "−" + words.whole_percent(step.lost.value),
                "mark": words.say(f"chart.drop_off.{mark}", loss=step.lost.value) if mark else "",
                "side": "left" if step.purchase <= len(found.compared[:MOST]) / 2 else "right",
                "sentence": _sentence(step, found.day, words),
            }
        )
        before = step.reached.value
    return pd.DataFrame(rows)


def _sentence(step: Step, day: int | None, words: Words) -> str:
    if step.within is None:
        return ""
    return words.say(
        "chart.step",
        number=step.purchase,
        next=step.next_purchase,
        customers=step.customers,
        within=day,
        share=step.within.value,
        **named_ends(step.within),
    )
