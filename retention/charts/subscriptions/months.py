"""What subscribers pay a month, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.charts.subscriptions.rows import named_rows
from retention.periods import first_day

if TYPE_CHECKING:
    from retention.text import Words


def months(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """The money at the end of each month.

    Parameters
    ----------
    rows : ``months`` of `retention.subscriptions.Recurring`
    """
    said = rows[["end"]].assign(
        month=[words.period(int(n), "month") for n in rows["month"]], n=rows["customers"]
    )
    drawn = pd.DataFrame(
        {
            "month": [first_day(int(number), "month").isoformat() for number in rows["month"]],
            "end": rows["end"],
            "sentence": [words.say("chart.mrr", **row) for row in named_rows(said)],
        }
    )
    base = alt.Chart(drawn).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6, grid=False)),
        y=alt.Y("end:Q", title=words.say("chart.mrr.title"), axis=alt.Axis(labelExpr=style.SHORT_MONEY)),
        tooltip=alt.Tooltip("sentence:N"),
    )
    layered = alt.layer(
        base.mark_area(color=style.ACCENT, opacity=0.2),
        base.mark_line(color=style.ACCENT, strokeWidth=2.5),
        base.mark_point(color=style.ACCENT, filled=True, size=30, opacity=1),
    )
    return style.finish(layered.properties(height=260), words)
