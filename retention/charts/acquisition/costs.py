"""What winning and keeping a customer cost, beside the quoted range."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.acquisition import QUOTED_RATIO
from retention.charts import style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.acquisition import AcquisitionCosts
    from retention.statistics import Estimate
    from retention.text import Words


def costs(found: AcquisitionCosts, words: Words) -> style.Drawing:
    """Cost to win and cost to keep as two bars with their 95 % intervals, and the quoted range behind."""
    winning, keeping = words.say("chart.win"), words.say("chart.keep")
    y = alt.Y("what:N", sort=[winning, keeping], title=None, axis=alt.Axis(labelLimit=160, ticks=False))
    x = alt.X(
        "cost:Q",
        title=words.say("chart.cost_axis"),
        axis=alt.Axis(labelExpr=style.SHORT_MONEY),
        scale=alt.Scale(zero=True),
    )
    rows = _each_cost({winning: found.cac, keeping: found.retention_cost}, words)
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=[winning, keeping], range=[style.COMPARISON, style.ACCENT]),
        legend=None,
    )
    drawn = alt.layer(
        *_quoted(found, winning, words, y),
        base.mark_bar(height=28).encode(x=x, color=colour),
        base.mark_rule(strokeWidth=2, color=style.RULE).encode(x="low:Q", x2="high:Q"),
        base.mark_text(align="left", dx=6, dy=-22, fontWeight="bold").encode(x="zero:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=220), words)


def _each_cost(named: Mapping[str, Estimate | None], words: Words) -> pd.DataFrame:
    """A row for each cost that is known, with its ends and what to say of it."""
    rows = pd.DataFrame(
        [
            {
                "what": name,
                "cost": cost.value,
                "zero": 0.0,
                "low": cost.bounds[0],
                "high": cost.bounds[1],
            }
            for name, cost in named.items()
            if cost is not None
        ],
        columns=["what", "cost", "zero", "low", "high"],
    )
    rows["label"] = [words.money(cost) for cost in rows["cost"]]
    rows["sentence"] = [
        words.say("chart.cost", what=r.what, cost=r.cost, low=r.low, high=r.high) for r in rows.itertuples()
    ]
    return rows


def _quoted(found: AcquisitionCosts, winning: str, words: Words, y: alt.Y) -> list[alt.Chart]:
    """5 to 25 times the cost of keeping, at the height of the cost of winning."""
    cost = found.retention_cost
    if found.cac is None or cost is None:
        return []
    low, high = (times * cost.value for times in QUOTED_RATIO)
    label = words.say("chart.quoted_ratio")
    band = alt.Chart(pd.DataFrame({"what": [winning], "from": [low], "to": [high], "label": [label]}))
    drawn = band.mark_bar(height=52, color=style.BAND, opacity=0.3)
    named = band.mark_text(align="right", dx=-4, dy=-18, fontSize=11, color=style.COMPARISON)
    return [
        drawn.encode(y=y, x=alt.X("from:Q"), x2=alt.X2("to:Q"), tooltip=alt.Tooltip("label:N")),
        named.encode(y=y, x=alt.X("to:Q"), text=alt.Text("label:N")),
    ]
