"""Who comes, stays and leaves, as bars around zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.flows import Flows
    from retention.overview import ActiveFlows
    from retention.periods import Period
    from retention.text import Words

_COLOURS = {"new": style.ACCENT, "reactivated": style.SECOND, "lost": style.COMPARISON}
_KINDS = (*_COLOURS, "retained")


def flows(found: Flows | ActiveFlows, words: Words) -> style.Drawing:
    """New and returning customers up, lost ones down, those who stayed as a line; paler what is not firm."""
    rows = _long(found.table.assign(whole=found.firm), found.period, words)
    names = [words.say(f"flow.{kind}") for kind in _KINDS]
    x = alt.X(
        "name:N",
        sort=list(dict.fromkeys(rows["name"])),
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy"),
    )
    y = alt.Y("drawn:Q", title=words.say("chart.customers"), axis=alt.Axis(tickCount=6))
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(domain=names, range=[*_COLOURS.values(), style.AVERAGE]),
        legend=alt.Legend(
            orient="top", title=None, columns=2, labelLimit=300, symbolOpacity=1, symbolStrokeWidth=0
        ),
    )
    base = alt.Chart(rows).encode(x=x, y=y, color=colour, tooltip=alt.Tooltip("sentence:N"))
    bars = base.transform_filter("datum.kind != 'retained'")
    whole = bars.transform_filter("datum.whole").mark_bar()
    partial = bars.transform_filter("!datum.whole").mark_bar(
        opacity=0.45, stroke=style.COMPARISON, strokeDash=[3, 3], strokeWidth=1.2
    )
    line = base.transform_filter("datum.kind == 'retained'").mark_line(point={"size": 35}, strokeWidth=2.5)
    zero = alt.Chart(pd.DataFrame({"drawn": [0]})).mark_rule(color=style.RULE).encode(y="drawn:Q")
    return style.finish(alt.layer(whole, partial, zero, line).properties(height=320), words)


def _long(table: pd.DataFrame, period: Period, words: Words) -> pd.DataFrame:
    rows = table.melt(["period", "whole"], list(_KINDS), var_name="kind", value_name="customers")
    rows = rows.dropna().sort_values("period", kind="stable")
    rows["customers"] = rows["customers"].astype(float)
    rows["name"] = [words.period(number, period) for number in rows["period"]]
    rows["label"] = [words.say(f"flow.{kind}") for kind in rows["kind"]]
    rows["drawn"] = rows["customers"].where(rows["kind"] != "lost", -rows["customers"])
    rows["sentence"] = [
        words.say("chart.flow", period=row["name"], kind=row["kind"], customers=row["customers"])
        for row in rows.to_dict("records")
    ]
    return rows
