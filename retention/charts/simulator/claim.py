"""Where the change of profit falls in the range people quote."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.charts.simulator.time import PATTERNS
from retention.what_if import CLAIMED_RISE

if TYPE_CHECKING:
    from retention.text import Words
    from retention.what_if import Gain, Simulation


def claim(outcome: Simulation, words: Words) -> style.Drawing:
    """The change for one customer, today's base, those to be won and the firm, over the quoted 25–95 %."""
    rows = pd.DataFrame(
        [_row(name, change, words) for name, change in outcome.changes.items() if change is not None],
        columns=["who", "rise", "low", "high", "label", "sentence"],
    ).dropna(subset=["rise"])
    furthest = float(rows["high"].max()) if len(rows) else 0.0
    return _pattern(words).of(
        rows=rows,
        quoted=pd.DataFrame({"from": [CLAIMED_RISE[0]], "to": [CLAIMED_RISE[1]]}),
        reach=pd.DataFrame({"rise": [0.0, max(1.0, 1.1 * furthest)]}),
    )


def _row(name: str, change: Gain, words: Words) -> dict[str, object]:
    who = words.say(f"simulator.who.{name}")
    if change.relative is None:
        return {"who": who, "rise": None}
    rise, (low, high) = change.relative.value, change.relative.bounds
    said = words.say("chart.claim", who=who, rise=rise, low=low, high=high)
    return {"who": who, "rise": rise, "low": low, "high": high, "label": words.change(rise), "sentence": said}


@lru_cache(maxsize=PATTERNS)
def _pattern(words: Words) -> style.Drawing:
    x = alt.X(
        "rise:Q", title=words.say("chart.rise"), axis=alt.Axis(format=".0%"), scale=alt.Scale(nice=False)
    )
    y = alt.Y("who:N", sort=None, title=None, axis=alt.Axis(labelLimit=130))
    base = style.named("rows").encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    band = style.named("quoted").mark_rect(color=style.BAND, opacity=0.25)
    drawn = alt.layer(
        style.named("reach").mark_point(opacity=0.0).encode(x=x),
        band.encode(x="from:Q", x2="to:Q", tooltip=alt.TooltipValue(words.say("chart.quoted"))),
        base.mark_rule(strokeWidth=3, color=style.ACCENT, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(filled=True, size=110, color=style.ACCENT, opacity=1).encode(x=x),
        base.mark_text(dy=-13).encode(x="rise:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=250), words)
