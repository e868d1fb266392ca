"""Whose revenue it is: each period's revenue stacked by the cohort it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import altair as alt

from retention.charts import heat, style
from retention.charts.cohorts.rows import MOST

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Period
    from retention.text import Words


def revenue(
    found: pd.DataFrame, period: Period, shown: Literal["share", "money"], words: Words
) -> style.Drawing:
    """Bars of each period, stacked by cohort from the oldest, in the strongest colour, at the bottom.

    Parameters
    ----------
    found : as `revenue_by_cohort` gives it
    shown : parts of each period's revenue, or money
    """
    value = "share" if shown == "share" else "revenue"
    drawn = found[found["period"] > found["period"].max() - MOST].dropna(subset=[value])
    oldest, newest = int(found["cohort"].min()), int(found["cohort"].max())
    ends = {newest: words.period(newest, period), oldest: words.period(oldest, period)}
    order = [words.period(number, period) for number in sorted(drawn["period"].unique())]
    rows = drawn.assign(
        at=[words.period(number, period) for number in drawn["period"]],
        value=drawn[value],
        older=newest - drawn["cohort"],
        whole=drawn["complete"],
        sentence=_sentences(drawn, period, words),
    )[["at", "cohort", "value", "older", "whole", "sentence"]]
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("at:O", sort=order, title=None, axis=alt.Axis(labelOverlap=True)),
            y=alt.Y(
                "value:Q",
                stack="zero",
                title=words.say(f"chart.revenue.{value}"),
                axis=alt.Axis(format=".0%") if shown == "share" else alt.Axis(labelExpr=style.SHORT_MONEY),
            ),
            color=heat.fill(
                "older",
                [0.0, float(max(newest - oldest, 1))],
                key=words.say("chart.revenue.key"),
                written=f"datum.value == 0 ? '{ends[newest]}' : '{ends[oldest]}'",
                marked=sorted({0, newest - oldest}),
            ),
            order=alt.Order("cohort:Q", sort="ascending"),
            opacity=alt.condition("datum.whole", alt.value(1.0), alt.value(0.45)),
            tooltip=alt.Tooltip("sentence:N"),
        )
    )
    return style.finish(chart.properties(height=300), words)


def _sentences(rows: pd.DataFrame, period: Period, words: Words) -> list[str]:
    return [
        words.say(
            "chart.revenue.sentence",
            cohort=words.period(row["cohort"], period),
            when=words.period(row["period"], period),
            share=row["share"],
            revenue=row["revenue"],
        )
        + ("" if row["complete"] else " " + words.say("chart.incomplete"))
        for row in rows.to_dict("records")
    ]
