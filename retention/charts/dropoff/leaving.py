"""Which customers come back less or leave more than all others, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.text import Words

MOST = 6  # rows of an outcome there is room for
_DIFFERENCES = ["difference", "difference_low", "difference_high"]
_DRAWN = ["group", "sentence", *_DIFFERENCES, "real"]
_ROW = 28  # height of a row, in pixels


def differences(rows: pd.DataFrame, words: Words, most: int = MOST) -> dict[str, style.Drawing]:
    """Each group against all others in points, with its interval: blue where more than chance, else grey.

    Parameters
    ----------
    rows : outcome, group, sentence, real, difference and its ends, in the order to be drawn
    most : rows of an outcome, the first ones

    Returns
    -------
    A chart for each outcome, on one scale
    """
    points = rows.assign(**{name: 100 * rows[name] for name in _DIFFERENCES})
    each = {str(outcome): found.head(most) for outcome, found in points.groupby("outcome", sort=False)}
    reach = [float(found[_DIFFERENCES].abs().to_numpy().max()) for found in each.values()]
    return {outcome: _drawn(found, max(reach), words) for outcome, found in each.items()}


def _drawn(rows: pd.DataFrame, reach: float, words: Words) -> style.Drawing:
    drawn = rows[_DRAWN].assign(
        label=[words.say("chart.points", points=points / 100) for points in rows["difference"]]
    )
    y = alt.Y(
        "group:N",
        sort=drawn["group"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=200, ticks=False, domain=False),
    )
    x = alt.X(
        "difference:Q",
        title=words.say("chart.difference"),
        scale=alt.Scale(domain=[-reach, reach], nice=True),
        axis=alt.Axis(labelExpr="datum.value ? format(datum.value, '+d') : '0'", tickCount=5),
    )
    colour = alt.condition("datum.real", alt.value(style.ACCENT), alt.value(style.COMPARISON))
    base = alt.Chart(drawn).encode(y=y, tooltip=alt.Tooltip("sentence:N"), color=colour)
    layered = alt.layer(
        alt.Chart(pd.DataFrame({"none": [0]})).mark_rule(color=style.RULE).encode(x=alt.X("none:Q")),
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(x="difference_low:Q", x2="difference_high:Q"),
        base.mark_point(filled=True, size=90, opacity=1).encode(x=x),
        alt.Chart(drawn).mark_text(dy=-11, fontSize=11).encode(y=y, x="difference:Q", text="label:N"),
    )
    return style.finish(layered.properties(height=alt.Step(_ROW)), words)
