"""Cumulative share of value against cumulative share of customers, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.text import Words

_COLOURS = {"past": style.COMPARISON, "future": style.SECOND, "realised": style.ACCENT}


def spread(curves: pd.DataFrame, words: Words) -> style.Drawing:
    """Past revenue, the value expected of each customer, and what they will really bring (simulated).

    Parameters
    ----------
    curves : the table `retention.lifetime_value.spread_curves` made
    """
    shown = [name for name in _COLOURS if (curves["which"] == name).any()]
    names = {name: words.say(f"chart.{name}") for name in shown}
    rows = pd.DataFrame(
        {
            "customers": curves["share_of_customers"],
            "share": curves["share_of_value"],
            "which": curves["which"].map(names),
        }
    )
    rows["sentence"] = [
        words.say("chart.lorenz", which=r.which, customers=r.customers, share=r.share)
        for r in rows.itertuples()
    ]
    x = alt.X("customers:Q", title=words.say("chart.best_customers"), axis=alt.Axis(format=".0%"))
    y = alt.Y("share:Q", title=words.say("chart.share_of_value"), axis=alt.Axis(format=".0%"))
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(domain=list(names.values()), range=[_COLOURS[name] for name in shown]),
        legend=alt.Legend(orient="top", title=None, labelLimit=320, columns=1),
    )
    even = alt.Chart(pd.DataFrame({"customers": [0, 1], "share": [0, 1]})).mark_line(
        strokeDash=[2, 3], color=style.BAND, strokeWidth=1
    )
    lines = alt.Chart(rows).mark_line(strokeWidth=2.5)
    drawn = alt.layer(
        even.encode(x=x, y=y), lines.encode(x=x, y=y, color=colour, tooltip=alt.Tooltip("sentence:N"))
    )
    return style.finish(drawn.properties(height=300), words)
