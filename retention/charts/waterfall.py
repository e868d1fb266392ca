"""From one figure to another, step by step: who took away, who brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import style

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.text import Words

GAIN, LOSS = "#2f8f5b", "#c4513f"  # always with the sign written beside them
STEP = 26  # height of a row, in pixels
_NAMES = 150  # pixels for the names


def waterfall(
    steps: pd.DataFrame,
    named: Sequence[str],
    said: Sequence[str],
    labels: Sequence[str],
    x: alt.X,
    words: Words,
) -> style.Drawing:
    """Bars from where one step left off to where the next does, whole figures from 0.

    Parameters
    ----------
    steps : ``change``, ``from_value``, ``to_value`` and ``whole``, whether it is a figure and no step
    named, said, labels : what each is called, what it says when pointed at, what stands beside it
    x : the axis of ``from_value``
    """
    rows = steps.copy()
    rows["what"], rows["sentence"], rows["label"] = list(named), list(said), list(labels)
    rows["colour"] = [
        style.ACCENT if whole else GAIN if change >= 0 else LOSS
        for whole, change in zip(rows["whole"], rows["change"], strict=True)
    ]
    rows["middle"] = (rows["from_value"] + rows["to_value"]) / 2
    rows["right"] = rows[["from_value", "to_value"]].max(axis=1)
    y = alt.Y(
        "what:N",
        sort=list(named),
        title=None,
        axis=alt.Axis(labelLimit=_NAMES, ticks=False, domain=False),
    )
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.mark_bar(height=STEP * 0.62).encode(
            x=x, x2="to_value:Q", color=alt.Color("colour:N", scale=None)
        ),
        base.mark_text(align="left", dx=5).encode(x="right:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=alt.Step(STEP + 6)), words)
