"""The occasions to write to customers, by what is at stake or to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words

_ROW = 34  # height of a row, in pixels
_ROOM = 1.3  # of the longest bar: what is written beside it


def occasions(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """A bar for each occasion; how many customers it concerns written beside it.

    Parameters
    ----------
    rows : ``occasion`` worded, ``customers`` and ``stake_or_to_come``, in order
    """
    labels = [
        words.say("customers.chart.label", n=customers, stake=stake)
        for customers, stake in zip(rows["customers"], rows["stake_or_to_come"], strict=True)
    ]
    drawn = rows.assign(label=labels)
    most = max(_ROOM * float(drawn["stake_or_to_come"].max()), 1e-9)
    y = alt.Y(
        "occasion:N",
        sort=drawn["occasion"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=220, ticks=False, domain=False),
    )
    x = alt.X(
        "stake_or_to_come:Q",
        title=words.heading("stake_or_to_come"),
        scale=alt.Scale(domain=[0, most], nice=False),
        axis=alt.Axis(tickCount=5, labelExpr=style.SHORT_MONEY),
    )
    base = alt.Chart(drawn).encode(y=y, x=x, tooltip=alt.Tooltip("label:N"))
    bars = base.mark_bar(color=style.ACCENT, opacity=0.85, height={"band": 0.6})
    texts = base.mark_text(align="left", dx=6).encode(text="label:N")
    return style.finish(alt.layer(bars, texts).properties(height=alt.Step(_ROW)), words)
