"""The three signs, each as a small chart with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.periods import first_day

if TYPE_CHECKING:
    from retention.overview import Sign
    from retention.text import Words

_HEIGHT = 190
_COARSE = 20  # money from which on decimals say nothing on an axis


def sign(found: Sign, words: Words) -> style.Drawing:
    """Months as points with their intervals, the line through them; paler what is left out of it."""
    rows = found.table[found.table["status"] != "incomplete"]
    rows = rows.assign(
        when=[first_day(int(number), found.period).isoformat() for number in rows["period"]],
        used=rows["status"] == "known",
        sentence=[
            words.say(f"chart.sign.{found.name}", **_spoken(row, found, words))
            for row in rows.to_dict("records")
        ],
    )
    x = alt.X("when:T", title=None, axis=alt.Axis(format="%b %y", labelOverlap=True, tickCount=5))
    money = "$,.0f" if rows["value"].max() >= _COARSE else "$,.1f"
    written = money if found.name == "average_order" else ".0%"
    y = alt.Y(
        "value:Q",
        title=words.say(f"chart.sign_axis.{found.name}"),
        axis=alt.Axis(format=written, tickCount=4),
        scale=alt.Scale(zero=False),
    )
    opacity = alt.condition("datum.used", alt.value(1.0), alt.value(0.3))
    base = alt.Chart(rows).encode(x=x, tooltip=alt.Tooltip("sentence:N"), opacity=opacity)
    bars = base.mark_rule(color=style.BAND, strokeWidth=2).encode(y=alt.Y("low:Q"), y2="high:Q")
    points = base.mark_circle(size=42, color=style.ACCENT, opacity=1).encode(y=y)
    layers: list[alt.Chart] = [bars, points]
    if found.line is not None:
        layers.append(_line(found))
    return style.finish(alt.layer(*layers).properties(height=_HEIGHT), words)


def _line(found: Sign) -> alt.Chart:
    """The line: whole where it is more than noise, dashed where it is not."""
    ends = found.known["period"].iloc[[0, -1]]
    line = found.line
    if line is None:
        raise ValueError("there is no line to draw")
    drawn = pd.DataFrame(
        {
            "when": [first_day(int(number), found.period).isoformat() for number in ends],
            "value": [line.start, line.end],
        }
    )
    dash = [5, 4] if found.verdict == "noise" else [1, 0]
    mark = alt.Chart(drawn).mark_line(color=style.AVERAGE, strokeWidth=2.5, strokeDash=dash)
    encoded: alt.Chart = mark.encode(x="when:T", y="value:Q")
    return encoded


def _spoken(row: dict[object, object], found: Sign, words: Words) -> dict[str, object]:
    named = {str(name): value for name, value in row.items()}
    return {**named, "period": words.period(int(str(row["period"])), found.period)}
