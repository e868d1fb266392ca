"""What becomes of each row: a square for each share of it, the largest darkest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt

from retention.charts import heat, style

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.text import Words

ROW = 26  # height of a row, in pixels
TIGHT = 21  # pixels a square needs for its share to be readable
_HARDLY_MORE = 0.95  # of the shares are smaller than the darkest


def width_of(columns: int, names: int = 110) -> int:
    """Pixels in which every share is written.

    Parameters
    ----------
    names : pixels for the names of the rows
    """
    return names + columns * (TIGHT + 3)


def squares(
    drawn: pd.DataFrame,
    rows: Sequence[str],
    columns: Sequence[str],
    titles: tuple[str, str],
    words: Words,
    *,
    slanted: bool = False,
) -> style.Drawing:
    """Rows down, columns across; the share of its row in each square.

    Parameters
    ----------
    drawn : row, column, share, sentence; `coloured`, False where others would look pale beside it
    rows, columns : their names, in order
    titles : of what goes down, and of what goes across
    slanted : whether the columns have names too long to stand side by side
    """
    top = darkest(drawn.loc[drawn["coloured"], "share"])
    labelled = drawn.assign(label=[words.whole_percent(share) for share in drawn["share"]])
    axis: dict[str, Any] = {"ticks": False, "domain": False, "labelLimit": 110}
    base = alt.Chart(labelled).encode(
        x=alt.X(
            "column:N",
            sort=list(columns),
            title=titles[1],
            axis=alt.Axis(labelAngle=-40 if slanted else 0, labelOverlap=False, **axis),
        ),
        y=alt.Y("row:N", sort=list(rows), title=titles[0], axis=alt.Axis(labelAngle=0, **axis)),
        tooltip=alt.Tooltip("sentence:N"),
    )
    firm, apart = base.transform_filter("datum.coloured"), base.transform_filter("!datum.coloured")
    written = {
        "text": "label:N",
        "opacity": alt.condition(f"width / {len(columns)} < {TIGHT}", alt.value(0.0), alt.value(1.0)),
    }
    fill = heat.fill(
        "share",
        [0.0, top],
        key=words.say("chart.of_row"),
        written=f"{heat.SHARE} + (datum.value < {top} ? '' : '+')",
        marked=[0.0, top / 2, top],
    )
    layers = alt.layer(
        firm.mark_rect(cornerRadius=2).encode(color=fill),
        firm.mark_text(baseline="middle", fontSize=11).encode(color=heat.ink("share"), **written),
        apart.mark_text(baseline="middle", fontSize=11).encode(**written),
    )
    return style.finish(layers.properties(height=alt.Step(ROW)), words)


def darkest(shares: pd.Series) -> float:
    """The share from which on a square is darkest: few are larger; in even percent, as the key halves it."""
    if shares.empty:
        return 1.0
    top = min(float(shares.quantile(_HARDLY_MORE)), 1.0)
    return max(2 * math.ceil(round(50 * top, 9)), 2) / 100
