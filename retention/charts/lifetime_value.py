"""What frequency and recency say of a customer, and how the value still to come is spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from retention.charts import style
from retention.concentration import concentration

if TYPE_CHECKING:
    from retention.lifetime_value import CustomerValues
    from retention.text import Words

_POINTS = 101  # of the Lorenz curve: more cannot be told apart on a screen


def matrix(cells: pd.DataFrame, quantity: str, words: Words) -> style.Drawing:
    """Purchases made up, time of the last one across: the bluer, the surer (or the more to expect)."""
    drawn = cells[(cells["x"] > 0) & (cells["x"] <= cells["t_x"])].copy()  # a day holds one purchase day
    drawn["sentence"] = [
        words.say(f"chart.matrix.{quantity}", n=row.x, days=row.t_x, value=row.value, customers=row.customers)
        for row in drawn.itertuples()
    ]
    chart = (
        alt.Chart(drawn)
        .mark_rect()
        .encode(
            x=alt.X(
                "t_x:O",
                title=words.say("chart.recency"),
                axis=alt.Axis(labelOverlap=True, labelAngle=0, format="d"),
            ),
            y=alt.Y(
                "x:O", sort="descending", title=words.say("chart.frequency"), axis=alt.Axis(labelOverlap=True)
            ),
            color=alt.Color(
                "value:Q",
                scale=alt.Scale(scheme=style.SEQUENTIAL, reverse=True),
                legend=alt.Legend(
                    orient="top",
                    title=words.say(f"setting.matrix.{quantity}"),
                    format=".0%" if quantity == "p_alive" else "~g",
                    gradientLength=200,
                ),
            ),
            tooltip=alt.Tooltip("sentence:N"),
        )
    )
    return style.finish(chart.properties(height=360), words)


def spread(values: CustomerValues, words: Words) -> style.Drawing:
    """Share of the value still to come against the share of customers, best first, and that of the past."""
    at = np.linspace(0.0, 1.0, _POINTS)
    curves = [
        pd.DataFrame(
            {"customers": at, "share": [found.share_of_best(x) for x in at], "which": words.say(name)}
        )
        for name, column in (("chart.future", "clv"), ("chart.past", "revenue"))
        if values.table[column].sum() > 0
        for found in [concentration(values.table[column])]
    ]
    rows = pd.concat(curves)
    rows["sentence"] = [
        words.say("chart.lorenz", which=r.which, customers=r.customers, share=r.share)
        for r in rows.itertuples()
    ]
    x = alt.X("customers:Q", title=words.say("chart.best_customers"), axis=alt.Axis(format=".0%"))
    y = alt.Y("share:Q", title=words.say("chart.share_of_value"), axis=alt.Axis(format=".0%"))
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(
            domain=[words.say("chart.future"), words.say("chart.past")],
            range=[style.ACCENT, style.COMPARISON],
        ),
        legend=alt.Legend(orient="top", title=None),
    )
    even = alt.Chart(pd.DataFrame({"customers": [0, 1], "share": [0, 1]})).mark_line(
        strokeDash=[2, 3], color=style.BAND, strokeWidth=1
    )
    lines = alt.Chart(rows).mark_line(strokeWidth=2.5)
    drawn = alt.layer(
        even.encode(x=x, y=y), lines.encode(x=x, y=y, color=colour, tooltip=alt.Tooltip("sentence:N"))
    )
    return style.finish(drawn.properties(height=300), words)
