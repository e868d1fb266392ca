"""Claims against this data: each figure with its interval over the claimed range, on a scale of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.claims import QUOTED_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.claims import Finding, Unit
    from retention.text import Words

_ROW = 46  # height of a row, in pixels: the figure stands above its mark, the claim below
_THIN = 0.006  # half the width of a band that claims one number, of the whole scale


def written(value: float | None, unit: Unit, words: Words) -> str:
    """A claim's number as it is read."""
    return words.say(f"claims.unit.{unit}", value=value)


def claimed(found: Finding, words: Words) -> str:
    """The claimed range, or the one number claimed; money in what it was quoted in."""
    quoted = replace(words, currency=QUOTED_CURRENCY)
    low, high = (written(end, found.claim.unit, quoted) for end in (found.claim.low, found.claim.high))
    return low if low == high else f"{low} – {high}"


def ranges(findings: Sequence[Finding], words: Words) -> style.Drawing:
    """One row per claim with a figure: the claimed range grey, this data's figure and interval over it."""
    rows = pd.DataFrame(
        [_row(found, words) for found in findings],
        columns=[
            "claim",
            "band_from",
            "band_to",
            "middle",
            "low",
            "value",
            "high",
            "zero",
            "label",
            "claimed",
            "sentence",
        ],
    )
    order = list(rows["claim"])
    y = alt.Y("claim:N", sort=order, title=None, axis=alt.Axis(labelLimit=230, ticks=False, domain=False))
    hidden = alt.X("band_from:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1.06], nice=False))
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.mark_bar(color=style.BAND, opacity=0.35, height=_ROW * 0.4).encode(x=hidden, x2="band_to:Q"),
        base.mark_tick(color=style.RULE, thickness=1, size=_ROW * 0.4).encode(x="zero:Q"),
        base.mark_rule(color=style.ACCENT, strokeWidth=3, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(color=style.ACCENT, filled=True, size=95, opacity=1).encode(x="value:Q"),
        base.mark_text(dy=-15, fontSize=11).encode(x="value:Q", text="label:N"),
        base.mark_text(dy=15, fontSize=10, color=style.RULE).encode(x="middle:Q", text="claimed:N"),
    )
    return style.finish(drawn.properties(height=alt.Step(_ROW)), words)


def _row(found: Finding, words: Words) -> dict[str, object]:
    """A finding on a scale from 0 (or what is lower) to the highest of figure and claim."""
    figure, claim = found.figure, found.claim
    if figure is None:
        raise ValueError("only findings with a figure can be drawn")
    low, high = figure.bounds
    bottom, top = min(0.0, low), max(high, claim.high)

    def at(value: float) -> float:
        return (value - bottom) / (top - bottom)

    thin = _THIN if claim.low == claim.high else 0.0
    own, said = written(figure.value, claim.unit, words), claimed(found, words)
    return {
        "claim": words.say(f"claims.short.{claim.code}"),
        "band_from": at(claim.low) - thin,
        "band_to": at(claim.high) + thin,
        "middle": at((claim.low + claim.high) / 2),
        "low": at(low),
        "value": at(figure.value),
        "high": at(high),
        "zero": at(0.0),
        "label": own,
        "claimed": said,
        "sentence": words.say(
            "chart.reality",
            claim=words.say(f"claims.short.{claim.code}"),
            own=own,
            low=written(low, claim.unit, words),
            high=written(high, claim.unit, words),
            claimed=said,
        ),
    }
