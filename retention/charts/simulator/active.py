"""Active customers over time, with the rise and without."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style
from retention.charts.simulator.time import PATTERNS, ahead, lines, sides

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Period
    from retention.text import Words
    from retention.what_if import Simulation


def active(outcome: Simulation, period: Period, words: Words) -> style.Drawing:
    """Customers active in each period; the difference between both lines shaded."""
    rows = _told(outcome.active, period, words)
    return _pattern(period, words).of(rows=rows, lines=lines(rows, _named(words), "customers"))


@lru_cache(maxsize=PATTERNS)
def _pattern(period: Period, words: Words) -> style.Drawing:
    x, tooltip = ahead(period, words), alt.Tooltip("sentence:N")
    y = alt.Y("customers:Q", title=words.say("chart.active"), axis=alt.Axis(labelExpr=style.SHORT))
    between = (
        style.named("rows")
        .mark_area(opacity=0.18, color=style.ACCENT)
        .encode(x=x, y=alt.Y("before:Q"), y2="after:Q", tooltip=tooltip)
    )
    curves = style.named("lines").mark_line(strokeWidth=2.5)
    drawn = alt.layer(between, curves.encode(x=x, y=y, color=sides(_named(words)), tooltip=tooltip))
    return style.finish(drawn.properties(height=280), words)


def _named(words: Words) -> dict[str, str]:
    return {words.say("chart.without"): "before", words.say("chart.raised"): "after"}


def _told(table: pd.DataFrame, period: Period, words: Words) -> pd.DataFrame:
    sentences = [
        words.say(f"chart.active.{period}", n=n, before=before, after=after)
        for n, before, after in zip(table["period"], table["before"], table["after"], strict=True)
    ]
    return table[["period", "before", "after"]].assign(sentence=sentences)
