"""When the customers won have paid back what they cost."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.acquisition import Payback
    from retention.text import Words

_PATTERNS = 8  # charts kept, of a language and a currency each
_NAMED = 5  # groups up to which each line is named: more would cover one another


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
    y = alt.Y("balance:Q", title=words.say("chart.balance_axis"), axis=alt.Axis(labelExpr=style.SHORT_MONEY))
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
