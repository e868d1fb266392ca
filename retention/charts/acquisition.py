"""What winning and keeping a customer cost, and when the first has paid back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.economics import AcquisitionCosts, Payback, RealisedValue
    from retention.text import Words


def costs(found: AcquisitionCosts, words: Words) -> style.Drawing:
    """Cost to win and cost to keep as two bars with their 95 % intervals."""
    winning, keeping = words.say("chart.win"), words.say("chart.keep")
    rows = pd.DataFrame(
        [
            {
                "what": name,
                "cost": cost.value,
                "zero": 0.0,
                "low": cost.interval.low if cost.interval else cost.value,
                "high": cost.interval.high if cost.interval else cost.value,
            }
            for name, cost in ((winning, found.cac), (keeping, found.retention_cost))
            if cost.value is not None
        ],
        columns=["what", "cost", "zero", "low", "high"],
    )
    rows["label"] = [words.money(cost) for cost in rows["cost"]]
    rows["sentence"] = [
        words.say("chart.cost", what=r.what, cost=r.cost, low=r.low, high=r.high) for r in rows.itertuples()
    ]
    y = alt.Y("what:N", sort=[winning, keeping], title=None, axis=alt.Axis(labelLimit=160, ticks=False))
    x = alt.X(
        "cost:Q", title=words.say("chart.cost_axis"), axis=alt.Axis(format="~s"), scale=alt.Scale(zero=True)
    )
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=[winning, keeping], range=[style.COMPARISON, style.ACCENT]),
        legend=None,
    )
    drawn = alt.layer(
        base.mark_bar(height=28).encode(x=x, color=colour),
        base.mark_rule(strokeWidth=2, color=style.RULE).encode(x="low:Q", x2="high:Q"),
        base.mark_text(align="left", dx=6, dy=-22, fontWeight="bold").encode(x="zero:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=220), words)


def payback(found: Payback, curve: RealisedValue, words: Words) -> style.Drawing:
    """Cumulative margin less the cost of winning, by months since the first purchase; zero is paid back."""
    rows = found.balance.merge(curve.curve[["months", "customers"]], on="months", how="left")
    rows["sentence"] = [
        words.say("chart.balance", n=r.months, balance=r.balance, customers=r.customers)
        for r in rows.itertuples()
    ]
    x = alt.X("months:Q", title=words.say("chart.months_since"), axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y("balance:Q", title=words.say("chart.balance_axis"), axis=alt.Axis(format="~s"))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=style.RULE, strokeDash=[2, 2])
    line = alt.Chart(rows).mark_line(point=True, color=style.ACCENT, strokeWidth=2.5)
    layers = [zero.encode(y="zero:Q"), line.encode(x=x, y=y, tooltip=alt.Tooltip("sentence:N"))]
    if found.months is not None:
        reached = rows[rows["months"] == found.months].assign(
            label=words.say("chart.paid_back", n=found.months)
        )
        mark = alt.Chart(reached).encode(x="months:Q", y="balance:Q")
        layers += [
            mark.mark_point(size=160, color=style.AVERAGE, strokeWidth=3),
            mark.mark_text(align="left", dx=10, dy=14).encode(text="label:N"),
        ]
    return style.finish(alt.layer(*layers).properties(height=280), words)
