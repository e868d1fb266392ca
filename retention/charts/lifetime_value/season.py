"""How fast customers buy in each month of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style
from retention.charts.lifetime_value.groups import sentences

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words


def season(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """A bar for each month, with its 95 % interval, and a line where a usual month stands.

    Parameters
    ----------
    rows : the table of a `retention.lifetime_value.Season`
    """
    drawn = rows.assign(
        name=[words.short_month_of_year(month) for month in rows["month"]],
        sentence=sentences("chart.season", rows, words),
    )
    x = alt.X("name:N", sort=drawn["name"].tolist(), title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    y = alt.Y("index:Q", title=words.say("chart.season.axis"), scale=alt.Scale(zero=True))
    base = alt.Chart(drawn).encode(x=x, tooltip=alt.Tooltip("sentence:N"))
    layered = alt.layer(
        base.mark_bar(color=style.ACCENT, opacity=0.75).encode(y=y),
        base.mark_rule(strokeWidth=2, color=style.RULE).encode(y="low:Q", y2="high:Q"),
        alt.Chart().mark_rule(strokeDash=[4, 4], color=style.COMPARISON).encode(y=alt.datum(1)),
    )
    return style.finish(layered.properties(height=240), words)
