"""One step in each group of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.text import Words

_ROW = 26  # height of a row, in pixels


def groups(rows: pd.DataFrame, everybody: float, words: Words) -> style.Drawing:
    """One step in each group, with intervals; that of everybody as a line.

    Parameters
    ----------
    rows : the table `compare_groups` made, ``group`` worded, in the order to be drawn
    everybody : the share of all customers
    """
    known = rows.dropna(subset="within")
    names = known["group"].tolist()
    drawn = known.assign(
        low=known["within_low"].fillna(known["within"]),
        high=known["within_high"].fillna(known["within"]),
        label=[words.whole_percent(share) for share in known["within"]],
        sentence=[
            words.say(
                "chart.group",
                name=r.group,
                customers=r.customers,
                followed=r.followed_to_day,
                share=r.within,
                low=r.within_low,
                high=r.within_high,
            )
            for r in known.itertuples()
        ],
    )
    y = alt.Y("group:N", sort=names, title=None, axis=alt.Axis(labelLimit=130, ticks=False, domain=False))
    x = alt.X(
        "within:Q",
        title=words.say("chart.gone_on"),
        scale=alt.Scale(zero=False),
        axis=alt.Axis(format=".0%", tickCount=6),
    )
    base = alt.Chart(drawn).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    line = alt.Chart(pd.DataFrame({"within": [everybody]}))
    layered = alt.layer(
        line.mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color=style.AVERAGE).encode(x=x),
        base.mark_rule(strokeWidth=3, color=style.ACCENT, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(filled=True, size=80, color=style.ACCENT, opacity=1).encode(x=x),
        base.mark_text(align="left", dx=8, dy=-8, fontSize=11).encode(x="within:Q", text="label:N"),
    )
    return style.finish(layered.properties(height=alt.Step(_ROW)), words)
