"""Claims against this data, by which way they err: each figure beside what is claimed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from retention.charts import style
from retention.claims import QUOTED_CURRENCY

if TYPE_CHECKING:
    from retention.claims import Claim, Finding, Side, Tested, Unit
    from retention.text import Words

_ROW = 44  # height of a row, in pixels: the claim stands above, its mark below
_ABOVE, _BELOW = (
    alt.expr(f"bandwidth('y') * {share}") for share in (-0.22, 0.22)
)  # from the middle of a row
# Every claim stands at the same place of the width: in every row a figure left of it is less than claimed
_RANGE, _ONE = (0.5, 0.8), 0.65
_THIN = 0.006  # half the width of a band that claims one number
_ROOM = 0.25  # of the width a label needs beside its interval


def written(value: float | None, unit: Unit, words: Words) -> str:
    """A claim's number as it is read."""
    return words.say(f"claims.unit.{unit}", value=value)


def claimed(found: Finding, words: Words) -> str:
    """The claimed range, or the one number claimed; money in what it was quoted in."""
    quoted = replace(words, currency=QUOTED_CURRENCY)
    low, high = (written(end, found.claim.unit, quoted) for end in (found.claim.low, found.claim.high))
    return low if low == high else f"{low} – {high}"


def ranges(tested: Tested, words: Words) -> style.Drawing:
    """A heading for each way to err, then a row a claim: what is claimed, this data's figure beside it."""
    rows = pd.DataFrame(
        [
            row
            for which, found in tested.by_side.items()
            for row in (_heading(which, len(found), words), *(_row(each, words) for each in found))
        ]
    )
    y = alt.Y("row:N", sort=list(rows.get("row", [])), axis=None)
    where = alt.Axis(
        orient="top",
        values=[_RANGE[0] / 2, _ONE, (1 + _RANGE[1]) / 2],
        labelExpr=_named_by_place(words),
        labelFlush=False,
        labelLimit=0,
        grid=False,
        ticks=False,
        domain=False,
    )
    x = alt.X("value:Q", title=None, axis=where, scale=alt.Scale(domain=[0, 1], nice=False))
    base = alt.Chart(rows).encode(y=y)
    marks = base.transform_filter("datum.label").encode(tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        marks.mark_bar(color=style.BAND, opacity=0.35, height={"band": 0.35}, yOffset=_BELOW).encode(
            x=alt.X("band_from:Q"), x2="band_to:Q"
        ),
        marks.mark_rule(color=style.ACCENT, strokeWidth=3, opacity=0.5, yOffset=_BELOW).encode(
            x="low:Q", x2="high:Q"
        ),
        marks.mark_point(color=style.ACCENT, filled=True, size=95, opacity=1, yOffset=_BELOW).encode(x=x),
        marks.transform_filter("!datum.before")
        .mark_text(dy=_BELOW, dx=8, align="left", fontSize=12, fontWeight="bold")
        .encode(x="high:Q", text="label:N"),
        marks.transform_filter("datum.before")
        .mark_text(dy=_BELOW, dx=-8, align="right", fontSize=12, fontWeight="bold")
        .encode(x="low:Q", text="label:N"),
        marks.mark_text(dy=_ABOVE, align="left", fontSize=12).encode(x=alt.value(0), text="row:N"),
        base.transform_filter("!datum.label")
        .mark_text(dy=_BELOW, align="left", fontSize=14, fontWeight="bold")
        .encode(x=alt.value(0), text="row:N"),
    )
    return style.finish(drawn.properties(height=alt.Step(_ROW)), words)


def _named_by_place(words: Words) -> str:
    """What stands above the three places of the width, in two lines where its words have two."""
    less, same, more = (
        json.dumps(words.say(f"chart.reality.{place}").split("\n")) for place in ("less", "same", "more")
    )
    return f"datum.value < {_RANGE[0]} ? {less} : datum.value < {_RANGE[1]} ? {same} : {more}"


def _heading(which: Side, n: int, words: Words) -> dict[str, object]:
    return {"row": words.say(f"claims.side.{which}", n=n)}


def _row(found: Finding, words: Words) -> dict[str, object]:
    """A finding on the scale of its claim."""
    figure, claim = found.figure, found.claim
    if figure is None:
        raise ValueError("only findings with a figure can be drawn")
    low, high = figure.bounds
    ends = _at([claim.low, claim.high], claim, low, high)
    thin = _THIN if claim.low == claim.high else 0.0
    at_low, at_value, at_high = _at([low, figure.value, high], claim, low, high)
    own, name = written(figure.value, claim.unit, words), words.say(f"claims.short.{claim.code}")
    return {
        "row": name,
        "band_from": ends[0] - thin,
        "band_to": ends[1] + thin,
        "low": at_low,
        "value": at_value,
        "high": at_high,
        "before": at_low > _ROOM and (high < claim.low or at_high > 1 - _ROOM),
        "label": own,
        "sentence": words.say(
            "chart.reality",
            claim=name,
            own=own,
            low=written(low, claim.unit, words),
            high=written(high, claim.unit, words),
            claimed=claimed(found, words),
        ),
    }


def _at(values: list[float], claim: Claim, low: float, high: float) -> list[float]:
    """Where values stand across the width, from 0 (or what is lower) through the claim to 1.

    Below the claim and above it the scale is the same, unless the figure goes further.
    """
    begins, ends = _RANGE if claim.low < claim.high else (_ONE, _ONE)
    bottom = min(0.0, low)
    top = max(high, claim.high + (claim.low - bottom) / begins * (1 - ends))
    places = {bottom: 0.0, claim.low: begins, claim.high: ends, top: 1.0}
    return [float(place) for place in np.interp(values, list(places), list(places.values()))]
