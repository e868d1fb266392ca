"""Whether winning a customer grows dearer: CAC month by month, and its trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from retention.charts import style
from retention.periods import first_day
from retention.statistics import named_ends

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, AcquisitionCosts, CacTrend
    from retention.text import Words


def cac_by_channel(found: Acquisition, words: Words) -> style.Drawing:
    """CAC of each month, of all new customers and of the dearest channels, and the line of each trend.

    A trend that is no more than chance is dashed.
    """
    series: list[str | None] = [None, *list(found.channels)[: len(style.SERIES)]]
    names = [_series(channel, words) for channel in series]
    months = pd.concat([_months(found.costs, channel, words) for channel in series], ignore_index=True)
    trends = [_line(trend, words) for trend in found.trends if trend.channel in series]
    lines = pd.concat([months.head(0), *trends], ignore_index=True)
    x = alt.X("when:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=8))
    y = alt.Y("cac:Q", title=words.say("chart.cac_axis"), axis=alt.Axis(labelExpr=style.SHORT_MONEY))
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=names, range=[style.ACCENT, *style.SERIES]),
        legend=alt.Legend(orient="top", title=None, columns=3),
    )
    tooltip = alt.Tooltip("sentence:N")
    drawn = [
        alt.Chart(lines[lines["sure"] == sure])
        .mark_line(strokeWidth=2.5, strokeDash=[1, 0] if sure else [5, 4])
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
        for sure in (True, False)
    ]
    points = alt.Chart(months).mark_point(filled=True, size=28, opacity=0.55)
    layers = [points.encode(x=x, y=y, color=colour, tooltip=tooltip), *drawn]
    return style.finish(alt.layer(*layers).properties(height=300), words)


def _series(channel: str | None, words: Words) -> str:
    return words.say("chart.all_new") if channel is None else channel


def _months(found: AcquisitionCosts, channel: str | None, words: Words) -> pd.DataFrame:
    """Each month's CAC of one series."""
    each = found.monthly
    if channel is not None:
        each = found.channel_months[found.channel_months["channel"] == channel]
    known = each.loc[each["acquisition"] > 0, ["month", "cac", "new"]].dropna()
    name = _series(channel, words)
    sentences = [
        words.say("chart.cac_month", what=name, when=first_day(int(month), "month"), cac=cac, n=new)
        for month, cac, new in known.to_numpy().tolist()
    ]
    return _drawn(known.assign(what=name, sure=True, sentence=sentences))


def _line(trend: CacTrend, words: Words) -> pd.DataFrame:
    """A trend's CAC in each month: even steps of a percentage are no straight line."""
    name = _series(trend.channel, words)
    months = np.arange(trend.first, trend.last + 1)
    sentence = words.say(
        "chart.cac_trend",
        what=name,
        rise=trend.per_month.value,
        **named_ends(trend.per_month),
        at_first=trend.at_first,
        at_last=trend.at_last,
    )
    line = {"month": months, "cac": trend.at_first * (1.0 + trend.per_month.value) ** (months - trend.first)}
    return _drawn(
        pd.DataFrame({**line, "what": name, "sure": trend.direction != "unsure", "sentence": sentence})
    )


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    when = pd.to_datetime([first_day(int(month), "month") for month in rows["month"]])
    return rows.assign(when=when)[["when", "cac", "what", "sure", "sentence"]]
