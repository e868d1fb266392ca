"""Share of renewals made on time, by how many came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style
from retention.charts.subscriptions.rows import named_rows

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words

MOST = 36  # renewals there is room for


def renewals(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """The rate with its interval at each renewal, and the curve through them.

    Parameters
    ----------
    rows : ``by_number`` of `retention.subscriptions.Renewals`
    """
    shown = rows.head(MOST)
    drawn = shown.assign(number=shown["renewals"] + 1)
    said = drawn.rename(columns={"rate": "share", "due": "n"})[["number", "share", "low", "high", "n"]]
    drawn["sentence"] = [words.say("chart.renewal", **row) for row in named_rows(said)]
    x = alt.X(
        "number:Q",
        title=words.say("chart.renewal_number"),
        scale=alt.Scale(domain=[drawn["number"].min() - 0.5, drawn["number"].max() + 0.5], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, grid=False),
    )
    y = alt.Y(
        "rate:Q",
        title=words.say("chart.renewal_rate"),
        scale=alt.Scale(zero=False),
        axis=alt.Axis(format=".0%", tickCount=5),
    )
    base = alt.Chart(drawn).encode(x=x, tooltip=alt.Tooltip("sentence:N"))
    layered = alt.layer(
        base.mark_rule(strokeWidth=3, color=style.ACCENT, opacity=0.4).encode(y="low:Q", y2="high:Q"),
        base.mark_line(strokeWidth=2, color=style.AVERAGE, strokeDash=[5, 3]).encode(
            y=alt.Y("expected:Q", scale=alt.Scale(zero=False))
        ),
        base.mark_point(filled=True, size=60, color=style.ACCENT, opacity=1).encode(y=y),
    )
    return style.finish(layered.properties(height=280), words)
