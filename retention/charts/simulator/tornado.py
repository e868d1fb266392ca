"""Which input matters most: the gain when each moves by itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from retention.charts import style
from retention.charts.simulator.time import PATTERNS

if TYPE_CHECKING:
    from retention.text import Words

_ROW = 34  # height of an input, in pixels
_TICKS = 5  # as many as a phone has room for
_BESIDE = 55  # pixels kept free on both sides for the values beside the bars


def tornado(inputs: pd.DataFrame, gain: float, words: Words) -> style.Drawing:
    """A bar for each input from the gain at its lower value to that at its higher one, the widest first.

    Parameters
    ----------
    inputs : name, low, high (its values in words), gain_low, gain_high
    gain : with every input as it is
    """
    ends = pd.concat([_end(inputs, "low", gain, words), _end(inputs, "high", gain, words)], ignore_index=True)
    return _pattern(words).of(ends=ends, today=pd.DataFrame({"at": [gain]}))


@lru_cache(maxsize=PATTERNS)
def _pattern(words: Words) -> style.Drawing:
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=150))
    room = alt.Scale(nice=False, zero=False, padding=_BESIDE)
    few = alt.Axis(labelExpr=style.SHORT_MONEY, tickCount=_TICKS)
    x = alt.X("gain:Q", title=words.say("chart.tornado"), axis=few, scale=room)
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(
            domain=[words.say("chart.tornado.low"), words.say("chart.tornado.high")],
            range=[style.COMPARISON, style.ACCENT],
        ),
        legend=alt.Legend(orient="top", title=None),
    )
    bars = style.named("ends").encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    at_left = bars.transform_filter("datum.left").mark_text(align="right", dx=-5)
    at_right = bars.transform_filter("!datum.left").mark_text(align="left", dx=5)
    drawn = alt.layer(
        bars.mark_bar(height={"band": 0.6}).encode(x=x, x2="today:Q", color=colour),
        style.named("today").mark_rule(color=style.RULE, strokeDash=[4, 4]).encode(x="at:Q"),
        at_left.encode(x="beside:Q", text="at:N"),
        at_right.encode(x="beside:Q", text="at:N"),
    )
    return style.finish(drawn.properties(height=alt.Step(_ROW)), words)


def _end(inputs: pd.DataFrame, which: Literal["low", "high"], gain: float, words: Words) -> pd.DataFrame:
    """One end of every bar, with the input's value there beside it."""
    at, reached = inputs[which], inputs[f"gain_{which}"]
    other = inputs["gain_high" if which == "low" else "gain_low"]
    within = ((reached > gain) & (other > reached)) | ((reached < gain) & (other < reached))
    sentences = [
        words.say("chart.tornado.sentence", name=name, at=value, gain=money, base=gain)
        for name, value, money in zip(inputs["name"], at, reached, strict=True)
    ]
    return pd.DataFrame(
        {
            "name": inputs["name"],
            "which": words.say(f"chart.tornado.{which}"),
            "at": at,
            "gain": reached,
            "beside": reached.mask(
                within, gain
            ),  # an end within the bar of the other has its value before it
            "today": gain,
            "left": (reached < other) | ((reached == other) & (which == "low")),
            "sentence": sentences,
        }
    )
