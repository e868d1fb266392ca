"""Value still to come, and value at risk, in each group of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words

_ROW = 26  # height of a row, in pixels
_ROOM = 0.55  # of the width, beyond which no label has room at the right of its mark
_BAR = 0.45  # of the width, from which on a bar is long enough to hold its label


def groups(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """A bar for each group, with the 95 % interval of its total; the mean a customer written beside it.

    Parameters
    ----------
    rows : the table `retention.lifetime_value.value_by_group` made, ``group`` worded, in order
    """
    labels = [words.say("chart.value_group.mean", mean=mean) for mean in rows["mean"]]
    drawn = rows.assign(value=rows["clv"], label=labels, sentence=sentences("chart.value_group", rows, words))
    return _bars(drawn, words.say("chart.value_group.axis"), words)


def at_risk(rows: pd.DataFrame, words: Words) -> style.Drawing:
    """A bar for each group, with its 95 % interval; how many are likely gone written beside it.

    Parameters
    ----------
    rows : the table `retention.lifetime_value.at_risk_by_group` made, ``group`` worded, in order
    """
    labels = [
        words.say("chart.risk_group.gone", gone=gone, customers=customers)
        for gone, customers in zip(rows["lost"], rows["customers"], strict=True)
    ]
    told = sentences("chart.risk_group", rows, words)
    drawn = rows.assign(value=rows["value_at_risk"], label=labels, sentence=told)
    return _bars(drawn, words.say("chart.risk_group.axis"), words)


def sentences(key: str, rows: pd.DataFrame, words: Words) -> list[str]:
    """What each row says, for those who point at it."""
    return [
        words.say(key, **{str(name): cell for name, cell in row.items()}) for row in rows.to_dict("records")
    ]


def _bars(drawn: pd.DataFrame, title: str, words: Words) -> style.Drawing:
    drawn = drawn.assign(low=drawn["low"].fillna(drawn["value"]), high=drawn["high"].fillna(drawn["value"]))
    drawn = drawn[["group", "value", "low", "high", "label", "sentence"]]
    most = max(float(drawn["high"].max()), 1e-9)
    drawn["far"] = drawn["high"] > _ROOM * most
    if (drawn["far"] & (drawn["value"] < _BAR * most)).any():  # labels of short bars: all stand at the right
        most, drawn["far"] = most / _ROOM, False
    y = alt.Y(
        "group:N",
        sort=drawn["group"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=130, ticks=False, domain=False),
    )
    x = alt.X(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=[0, most]),
        axis=alt.Axis(tickCount=5, labelExpr=style.SHORT_MONEY),
    )
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
