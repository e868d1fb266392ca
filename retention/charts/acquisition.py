"""What winning and keeping a customer cost, whether it grows dearer, when the first has paid back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import altair as alt
import numpy as np
import pandas as pd

from retention.acquisition import QUOTED_RATIO
from retention.charts import style
from retention.periods import first_day
from retention.statistics import named_ends

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.acquisition import Acquisition, AcquisitionCosts, CacTrend, Payback
    from retention.statistics import Estimate
    from retention.text import Words

_PATTERNS = 8  # charts kept, of a language and a currency each
_NAMED = 5  # groups up to which each line is named: more would cover one another


def costs(found: AcquisitionCosts, words: Words) -> style.Drawing:
    """Cost to win and cost to keep as two bars with their 95 % intervals, and the quoted range behind."""
    winning, keeping = words.say("chart.win"), words.say("chart.keep")
    y = alt.Y("what:N", sort=[winning, keeping], title=None, axis=alt.Axis(labelLimit=160, ticks=False))
    x = alt.X(
        "cost:Q",
        title=words.say("chart.cost_axis"),
        axis=alt.Axis(labelExpr=style.SHORT),
        scale=alt.Scale(zero=True),
    )
    rows = _each_cost({winning: found.cac, keeping: found.retention_cost}, words)
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=[winning, keeping], range=[style.COMPARISON, style.ACCENT]),
        legend=None,
    )
    drawn = alt.layer(
        *_quoted(found, winning, words, y),
        base.mark_bar(height=28).encode(x=x, color=colour),
        base.mark_rule(strokeWidth=2, color=style.RULE).encode(x="low:Q", x2="high:Q"),
        base.mark_text(align="left", dx=6, dy=-22, fontWeight="bold").encode(x="zero:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=220), words)


def _each_cost(named: Mapping[str, Estimate | None], words: Words) -> pd.DataFrame:
    """A row for each cost that is known, with its ends and what to say of it."""
    rows = pd.DataFrame(
        [
            {
                "what": name,
                "cost": cost.value,
                "zero": 0.0,
                "low": cost.bounds[0],
                "high": cost.bounds[1],
            }
            for name, cost in named.items()
            if cost is not None
        ],
        columns=["what", "cost", "zero", "low", "high"],
    )
    rows["label"] = [words.money(cost) for cost in rows["cost"]]
    rows["sentence"] = [
        words.say("chart.cost", what=r.what, cost=r.cost, low=r.low, high=r.high) for r in rows.itertuples()
    ]
    return rows


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
    y = alt.Y("cac:Q", title=words.say("chart.cac_axis"), axis=alt.Axis(labelExpr=style.SHORT))
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


def paid_back(groups: dict[str, Payback], chosen: str, words: Words) -> style.Drawing:
    """Cumulative margin per customer less the CAC by months since the first purchase; zero is paid back.

    The chosen group is in the accent with its 95 % band over the others in grey; dashed where fewer than half
    of the customers were observed so long.

    Parameters
    ----------
    groups : by what each is called
    """
    rows = pd.concat([_balance(name, one, words) for name, one in groups.items()], ignore_index=True)
    mine, others = rows[rows["what"] == chosen], rows[rows["what"] != chosen]
    named = {"mine": mine if len(groups) > 1 else mine.head(0)}
    named["others"] = others if len(groups) <= _NAMED else others.head(0)
    return _balances(words).of(
        band=mine.dropna(subset="low"),
        **{f"{who}_seen": part[part["most"]] for who, part in (("mine", mine), ("others", others))},
        **{f"{who}_beyond": _beyond(part) for who, part in (("mine", mine), ("others", others))},
        **{f"{who}_named": part.sort_values("months").groupby("what").tail(1) for who, part in named.items()},
        reached=_reached(mine, groups[chosen].months, int(rows["months"].max()), words),
    )


@lru_cache(maxsize=_PATTERNS)
def _balances(words: Words) -> style.Drawing:
    x = alt.X("months:Q", title=words.say("chart.months_since"), axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y("balance:Q", title=words.say("chart.balance_axis"), axis=alt.Axis(labelExpr=style.SHORT))
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=style.RULE, strokeDash=[2, 2])
    band = style.named("band").mark_area(color=style.ACCENT, opacity=0.18)
    sides = (("others", style.COMPARISON, 1.5), ("mine", style.ACCENT, 2.5))
    layers = [
        zero.encode(y=alt.Y("zero:Q")),
        band.encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q")),
        *(line for who, colour, width in sides for line in _lines(who, x, y, colour, width)),
        *(_names(who, x, y, colour) for who, colour, _ in sides),
        *_mark(x, y),
    ]
    return style.finish(alt.layer(*layers).properties(height=320), words)


def _quoted(found: AcquisitionCosts, winning: str, words: Words, y: alt.Y) -> list[alt.Chart]:
    """5 to 25 times the cost of keeping, at the height of the cost of winning."""
    cost = found.retention_cost
    if found.cac is None or cost is None:
        return []
    low, high = (times * cost.value for times in QUOTED_RATIO)
    label = words.say("chart.quoted_ratio")
    band = alt.Chart(pd.DataFrame({"what": [winning], "from": [low], "to": [high], "label": [label]}))
    drawn = band.mark_bar(height=52, color=style.BAND, opacity=0.3)
    named = band.mark_text(align="right", dx=-4, dy=-18, fontSize=11, color=style.COMPARISON)
    return [
        drawn.encode(y=y, x=alt.X("from:Q"), x2=alt.X2("to:Q"), tooltip=alt.Tooltip("label:N")),
        named.encode(y=y, x=alt.X("to:Q"), text=alt.Text("label:N")),
    ]


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


def _balance(name: str, one: Payback, words: Words) -> pd.DataFrame:
    sentences = [
        words.say(
            "chart.balance",
            what=name,
            n=r.months,
            balance=r.balance,
            low=r.low,
            high=r.high,
            customers=r.customers,
        )
        for r in one.curve.itertuples()
    ]
    return one.curve.assign(what=name, sentence=sentences)


def _beyond(rows: pd.DataFrame) -> pd.DataFrame:
    """From the last month that most of a group's customers were observed to."""
    last = rows["months"].where(rows["most"]).groupby(rows["what"]).transform("max")
    return rows[rows["months"] >= last]


def _lines(who: str, x: alt.X, y: alt.Y, colour: str, width: float) -> list[alt.Chart]:
    """A line for each group, dashed where fewer than half of its customers were observed."""
    return [
        style.named(f"{who}_{part}")
        .mark_line(color=colour, strokeWidth=width, strokeDash=dash, point={"color": colour, "size": 18})
        .encode(x=x, y=y, detail="what:N", tooltip=alt.Tooltip("sentence:N"))
        for part, dash in (("seen", [1, 0]), ("beyond", [4, 3]))
    ]


def _names(who: str, x: alt.X, y: alt.Y, colour: str) -> alt.Chart:
    """The name of each group at the end of its line."""
    weight: Literal["bold", "normal"] = "bold" if who == "mine" else "normal"
    written = style.named(f"{who}_named").mark_text(align="right", dy=-9, fontWeight=weight, color=colour)
    drawn: alt.Chart = written.encode(x=x, y=y, text=alt.Text("what:N"))
    return drawn


def _mark(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The point at which it is paid back; its label at the side that has room."""
    mark = style.named("reached").encode(x=x, y=y)
    at_left = mark.transform_filter("datum.late").mark_text(align="right", dx=-10, dy=14)
    at_right = mark.transform_filter("!datum.late").mark_text(align="left", dx=10, dy=14)
    texts = [side.encode(text=alt.Text("label:N")) for side in (at_left, at_right)]
    return [mark.mark_point(size=160, color=style.AVERAGE, strokeWidth=3), *texts]


def _reached(rows: pd.DataFrame, months: int | None, longest: int, words: Words) -> pd.DataFrame:
    """The month in which it is paid back; no row where it is not."""
    if months is None:
        return rows.head(0).assign(label="", late=False)
    label = words.say("chart.paid_back", n=months)
    return rows[rows["months"] == months].assign(label=label, late=2 * months > longest)
