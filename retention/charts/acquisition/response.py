"""What spend on winning and on keeping brings: two curves, today's points and the best split."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from retention.acquisition import Market, NextEuro, Response, Use
    from retention.text import Words

_POINTS = 81  # of a curve
_PATTERNS = 8  # charts kept, of a language and a currency each
_BEYOND = 1.25  # how far past the largest spend of interest it is drawn


def response(market: Market, found: NextEuro, words: Words) -> style.Drawing:
    """Margin a month that spend brings, by how much is spent; the dashed line gives back just the spend."""
    uses = (
        ("winning", market.winning, market.value_won),
        ("keeping", market.keeping, market.value_kept),
    )
    splits = dict(zip(_splits(words), (found.today, found.best), strict=True))
    farthest = max(getattr(split, side).spend for split in splits.values() for side, _, _ in uses)
    spends = np.linspace(0.0, _BEYOND * max(found.today.spend / 2, farthest), _POINTS)
    named = list(zip(_sides(words), uses, strict=True))
    lines = pd.concat([_curve(name, response, value, spends) for name, (_, response, value) in named])
    points = pd.DataFrame(
        [
            _point(name, which, getattr(split, side), response, value, words)
            for name, (side, response, value) in named
            for which, split in splits.items()
        ]
    )
    end = min(float(spends[-1]), float(lines["margin"].max()))
    even = pd.DataFrame({"spend": [0.0, end], "margin": [0.0, end]})
    return _pattern(words).of(even=even, lines=lines, points=points)


@lru_cache(maxsize=_PATTERNS)
def _pattern(words: Words) -> style.Drawing:
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=_sides(words), range=[style.COMPARISON, style.ACCENT]),
        legend=alt.Legend(orient="top", title=None),
    )
    shape = alt.Shape(
        "which:N",
        scale=alt.Scale(domain=_splits(words), range=["circle", "diamond"]),
        legend=alt.Legend(
            orient="bottom", title=None, symbolFillColor=style.RULE, symbolStrokeColor=style.RULE
        ),
    )
    x = alt.X("spend:Q", title=words.say("chart.spend_month"), axis=alt.Axis(labelExpr=style.SHORT_MONEY))
    y = alt.Y("margin:Q", title=words.say("chart.margin_month"), axis=alt.Axis(labelExpr=style.SHORT_MONEY))
    even = style.named("even").mark_line(strokeDash=[4, 4], color=style.RULE, strokeWidth=1)
    points = style.named("points").mark_point(size=150, filled=True, opacity=1.0)
    drawn = alt.layer(
        even.encode(x=x, y=y),
        style.named("lines").mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour),
        points.encode(x=x, y=y, color=colour, shape=shape, tooltip=alt.Tooltip("sentence:N")),
    )
    return style.finish(drawn.properties(height=340), words)


def _sides(words: Words) -> list[str]:
    return [words.say("chart.win"), words.say("chart.keep")]


def _splits(words: Words) -> list[str]:
    return [words.say("chart.today"), words.say("chart.best_split")]


def _curve(name: str, response: Response, value: float, spends: np.ndarray) -> pd.DataFrame:
    margin = [(response.customers(spend) - response.floor) * value for spend in spends.tolist()]
    return pd.DataFrame({"what": name, "spend": spends, "margin": margin})


def _point(
    name: str, which: str, use: Use, response: Response, value: float, words: Words
) -> dict[str, object]:
    sentence = words.say(
        "chart.response",
        what=name,
        which=which,
        spend=use.spend,
        customers=use.customers,
        next=use.return_of_next,
    )
    margin = (use.customers - response.floor) * value
    return {"what": name, "which": which, "spend": use.spend, "margin": margin, "sentence": sentence}
