"""One customer: what was bought when, how likely they are still there, how often they may buy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.text import Words


def story(path: pd.DataFrame, bought: pd.DataFrame, end: date, words: Words) -> style.Drawing:
    """P(active) as known on each day, dashed after the end of the data; purchases as marks on the line.

    Parameters
    ----------
    path : day (number), p_alive, ahead: `retention.lifetime_value.alive_path`
    bought : day (number), orders, value: `retention.aggregate.purchases_of`
    end : last day of the data
    """
    rows = _dated(path)[["date", "p_alive", "ahead"]]
    rows["sentence"] = [
        words.say(f"chart.story.{'ahead' if ahead else 'then'}", day=_day(day), p_alive=p_alive)
        for day, p_alive, ahead in zip(path["day"], path["p_alive"], path["ahead"], strict=True)
    ]
    marks = _dated(bought).assign(p_alive=0.0)[["date", "p_alive"]]
    marks["sentence"] = [
        words.say("chart.story.bought", n=orders, day=_day(day), value=value)
        for day, orders, value in zip(bought["day"], bought["orders"], bought["value"], strict=True)
    ]
    ended = pd.DataFrame({"date": [pd.Timestamp(end)], "label": [words.say("chart.story.end")]})
    x = alt.X("date:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=8))
    y = alt.Y(
        "p_alive:Q",
        title=words.say("column.p_alive"),
        scale=alt.Scale(domain=[0, 1.05], nice=False),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    tooltip = alt.Tooltip("sentence:N")
    line = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    drawn = alt.layer(
        alt.Chart(ended).mark_rule(color=style.RULE, strokeDash=[4, 3]).encode(x="date:T"),
        alt.Chart(ended)
        .mark_text(align="right", dx=-5, dy=4, baseline="top", fontSize=11)
        .encode(x="date:T", y=alt.value(0), text="label:N"),
        line.transform_filter("!datum.ahead").mark_line(strokeWidth=2.5, color=style.ACCENT),
        line.transform_filter("datum.ahead").mark_line(
            strokeWidth=2.5, color=style.ACCENT, strokeDash=[5, 4]
        ),
        line.mark_point(size=60, opacity=0),
        alt.Chart(marks)
        .mark_tick(orient="vertical", thickness=2, size=18, color=style.AVERAGE, yOffset=-9)
        .encode(x=x, y=y, tooltip=tooltip),
    )
    return style.finish(drawn.properties(height=260), words)


def chances(table: pd.DataFrame, words: Words) -> style.Drawing:
    """The chance of no purchase day, one, two …, or of so many at a time; the last bar has no end.

    Parameters
    ----------
    table : purchases, up_to, chance: `retention.lifetime_value.readable_chances`
    """
    drawn = table.assign(
        name=[_numbers(row, len(table), words) for row in table.itertuples()],
        label=[words.whole_percent(chance) for chance in table["chance"]],
    )
    drawn["sentence"] = [
        words.say("chart.chances", purchases=name, chance=chance)
        for name, chance in zip(drawn["name"], drawn["chance"], strict=True)
    ]
    names = drawn["name"].tolist()
    x = alt.X(
        "name:N",
        sort=names,
        title=words.say("chart.chances.axis"),
        axis=alt.Axis(labelAngle=0, labelOverlap=True),
    )
    y = alt.Y("chance:Q", title=words.say("chart.chances.chance"), axis=alt.Axis(format=".0%", tickCount=5))
    base = alt.Chart(drawn).encode(x=x, y=y, tooltip=alt.Tooltip("sentence:N"))
    room = alt.condition(f"width / {len(drawn)} < 30", alt.value(0.0), alt.value(1.0))
    layered = alt.layer(
        base.mark_bar(color=style.ACCENT, width={"band": 0.7}),
        base.mark_text(dy=-7, fontSize=11).encode(text="label:N", opacity=room),
    )
    return style.finish(layered.properties(height=220), words)


def _numbers(row: Any, rows: int, words: Words) -> str:
    """Which numbers of purchase days a bar stands for: 3, 4–6, 7+."""
    if row.Index == rows - 1:
        return words.say("chart.chances.more", n=row.purchases)
    if row.purchases == row.up_to:
        return words.count(row.purchases)
    return f"{words.count(row.purchases)}–{words.count(row.up_to)}"


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    origin = date.fromisoformat("1970-01-01").toordinal()
    return table.assign(date=pd.to_datetime((table["day"] - origin).round().astype("int64"), unit="D"))


def _day(number: float) -> date:
    return date.fromordinal(round(number))
