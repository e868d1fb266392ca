"""What spend on winning and on keeping brings: two curves, today's points and the best split."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.economics import Market, NextEuro, Response, Use
    from retention.text import Words

_POINTS = 81  # of a curve
_BEYOND = 1.25  # how far past the largest spend of interest it is drawn


def curves(market: Market, found: NextEuro, words: Words) -> style.Drawing:
    """Margin a month that spend brings, by how much is spent; the dashed line gives back just the spend."""
    sides = {
        words.say("chart.win"): (market.winning, market.value_won, "winning"),
        words.say("chart.keep"): (market.keeping, market.value_kept, "keeping"),
    }
    splits = {words.say("chart.today"): found.today, words.say("chart.best_split"): found.best}
    reach = _BEYOND * max(
        [
            found.today.spend / 2,
            *(getattr(split, side).spend for split in splits.values() for _, _, side in sides.values()),
        ]
    )
    spends = np.linspace(0.0, reach, _POINTS)
    lines = pd.concat([_curve(name, response, value, spends) for name, (response, value, _) in sides.items()])
    points = pd.DataFrame(
        [
            _point(name, which, getattr(split, side), response, value, words)
            for name, (response, value, side) in sides.items()
            for which, split in splits.items()
        ]
    )
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=list(sides), range=[style.COMPARISON, style.ACCENT]),
        legend=alt.Legend(orient="top", title=None),
    )
    shape = alt.Shape(
        "which:N",
        scale=alt.Scale(domain=list(splits), range=["circle", "diamond"]),
        legend=alt.Legend(
            orient="bottom", title=None, symbolFillColor=style.RULE, symbolStrokeColor=style.RULE
        ),
    )
    x = alt.X("spend:Q", title=words.say("chart.spend_month"), axis=alt.Axis(labelExpr=style.SHORT))
    y = alt.Y("margin:Q", title=words.say("chart.margin_month"), axis=alt.Axis(labelExpr=style.SHORT))
    even = pd.DataFrame({"spend": [0.0, min(reach, float(lines["margin"].max()))]})
    even["margin"] = even["spend"]
    drawn = alt.layer(
        alt.Chart(even).mark_line(strokeDash=[4, 4], color=style.RULE, strokeWidth=1).encode(x=x, y=y),
        alt.Chart(lines).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour),
        alt.Chart(points)
        .mark_point(size=150, filled=True, opacity=1.0)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=alt.Tooltip("sentence:N")),
    )
    return style.finish(drawn.properties(height=340), words)


def _curve(name: str, response: Response, value: float, spends: np.ndarray) -> pd.DataFrame:
    margin = [(response.customers(spend) - response.floor) * value for spend in spends.tolist()]
    return pd.DataFrame({"what": name, "spend": spends, "margin": margin})


def _point(
    name: str, which: str, use: Use, response: Response, value: float, words: Words
) -> dict[str, object]:
    sentence = words.say(
        "chart.response",
        what=name,
        which=which,
        spend=use.spend,
        customers=use.customers,
        next=use.return_of_next,
    )
    margin = (use.customers - response.floor) * value
    return {"what": name, "which": which, "spend": use.spend, "margin": margin, "sentence": sentence}
