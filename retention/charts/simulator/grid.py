"""What a rise brings, by its size and by one more input: cells with their values, today's outlined."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import altair as alt
import pandas as pd

from retention.charts import heat, style
from retention.charts.simulator.time import PATTERNS
from retention.text.formats import NOTHING
from retention.what_if import CLAIMED_RISE

if TYPE_CHECKING:
    from retention.text import Words
    from retention.what_if import UpliftKind

_ROW = 34  # height of a row, in pixels
_SAME = 1e-9  # between what was typed and a cell made of it
_ACROSS = 9  # cells in a row, or one less
_TIGHT = 34  # pixels a cell needs for its value to be readable


def grid(
    cells: pd.DataFrame,
    by: Literal["margin", "retention"],
    here: tuple[float, float],
    kind: UpliftKind,
    words: Words,
) -> style.Drawing:
    """The gain in money by margin, in percent by today's retention.

    Parameters
    ----------
    cells : uplift, and margin or retention, with gain and relative; as `retention.what_if.gain_grid`
    here : the uplift asked, and the margin or retention as it is
    kind : of the uplifts, points or percent of the retention
    """
    drawn = _told(cells, by, kind, words)
    at = (drawn["uplift"] - here[0]).abs() + (drawn[by] - here[1]).abs()
    return _pattern(by, words).of(cells=drawn, here=drawn[at < _SAME])


@lru_cache(maxsize=PATTERNS)
def _pattern(by: str, words: Words) -> style.Drawing:
    x = alt.X("across:O", sort=None, title=words.say("chart.uplift"), axis=alt.Axis(labelAngle=0))
    y = alt.Y("down:O", sort=None, title=words.say(f"chart.grid.{by}"))
    base, tooltip = style.named("cells").encode(x=x, y=y), alt.Tooltip("sentence:N")
    printed = base.mark_text(fontSize=alt.expr(f"min(13, width / {_ACROSS} * 0.24)")).encode(
        text="label:N",
        tooltip=tooltip,
        color=heat.ink("known"),
        opacity=alt.condition(f"width / {_ACROSS} < {_TIGHT}", alt.value(0.0), alt.value(1.0)),
    )
    outline = style.named("here").mark_rect(filled=False, stroke=style.AVERAGE, strokeWidth=3)
    fill = (
        heat.fill("known", key=words.say("chart.grid.gain"), written=style.SHORT_MONEY)
        if by == "margin"
        else heat.fill("known", [0.0, CLAIMED_RISE[1]], key=words.say("chart.grid.rise"), written=heat.SHARE)
    )
    layers = [
        base.mark_rect().encode(color=fill, tooltip=tooltip),
        printed,
        outline.encode(x=x, y=y, tooltip=tooltip),
    ]
    return style.finish(alt.layer(*layers).properties(height=alt.Step(_ROW)), words)


def _told(cells: pd.DataFrame, by: str, kind: UpliftKind, words: Words) -> pd.DataFrame:
    """Names, colours and a sentence for each cell; the largest margin or retention on top."""
    rows = cells.sort_values([by, "uplift"], ascending=[False, True]).reset_index(drop=True)
    value = (rows["gain"] if by == "margin" else rows["relative"]).astype(float)
    write = words.compact_money if by == "margin" else words.whole_percent
    uplifts = [words.say(f"chart.uplift.{kind}", uplift=each) for each in rows["uplift"]]
    return rows.assign(
        across=uplifts,
        down=[words.percent(each) for each in rows[by]],
        label=[NOTHING if pd.isna(each) else write(each) for each in value],
        known=value.fillna(0.0).clip(lower=0.0),
        sentence=[
            words.say(f"chart.grid.{by}.sentence", uplift=u, at=a, gain=g, rise=r)
            for u, a, g, r in zip(uplifts, rows[by], rows["gain"], rows["relative"], strict=True)
        ],
    )
