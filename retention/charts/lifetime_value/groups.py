"""Value still to come in each group of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words

_ROW = 26  # height of a row, in pixels
_ROOM = 0.55  # of the width, beyond which a label stands at the left of its mark


def groups(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """A bar for each group, with the 95 % interval of its total; the mean a customer written beside it.

    Parameters
    ----------
    rows : the table `retention.lifetime_value.value_by_group` made, ``group`` worded, in order
    """
    drawn = rows.assign(
        low=rows["low"].fillna(rows["clv"]),
        high=rows["high"].fillna(rows["clv"]),
        label=[words.say("chart.value_group.mean", mean=mean) for mean in rows["mean"]],
        sentence=[
            words.say(
                "chart.value_group",
                name=r.group,
                customers=r.customers,
                clv=r.clv,
                low=r.low,
                high=r.high,
                mean=r.mean,
            )
            for r in rows.itertuples()
        ],
    )[["group", "clv", "low", "high", "label", "sentence"]]
    most = max(float(drawn["high"].max()), 1e-9)
    drawn["far"] = drawn["high"] > _ROOM * most
    y = alt.Y(
        "group:N",
        sort=drawn["group"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=130, ticks=False, domain=False),
    )
    x = alt.X("clv:Q", title=words.say("chart.value_group.axis"), axis=alt.Axis(tickCount=5, format="~s"))
    base = alt.Chart(drawn).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    near, far = base.transform_filter("!datum.far"), base.transform_filter("datum.far")
    layered = alt.layer(
        base.mark_bar(color=style.ACCENT, opacity=0.75, height={"band": 0.6}).encode(x=x),
        base.mark_rule(strokeWidth=2, color=style.RULE).encode(x="low:Q", x2="high:Q"),
        near.mark_text(align="left", dx=6, fontSize=11).encode(x="high:Q", text="label:N"),
        far.mark_text(align="left", dx=4, fontSize=11, color="#ffffff").encode(
            x=alt.datum(0), text="label:N"
        ),
    )
    return style.finish(layered.properties(height=alt.Step(_ROW)), words)
