"""What frequency and recency say of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from retention.charts import heat, style

if TYPE_CHECKING:
    import pandas as pd

    from retention.text import Words


def matrix(cells: pd.DataFrame, quantity: str, words: Words) -> style.Drawing:
    """Purchases made up, days since the last one across: the stronger, the surer (or the more to expect)."""
    drawn = _possible(cells)
    drawn["sentence"] = [_sentence(row, quantity, words) for row in drawn.itertuples()]
    chart = (
        alt.Chart(drawn)
        .mark_rect()
        .encode(
            x=alt.X(
                "days_since_last:O",
                sort="descending",
                title=words.say("chart.recency"),
                axis=alt.Axis(labelOverlap=True, labelAngle=0, format="d"),
            ),
            y=alt.Y(
                "x:O", sort="descending", title=words.say("chart.frequency"), axis=alt.Axis(labelOverlap=True)
            ),
            color=heat.fill(
                "value",
                [0.0, 1.0] if quantity == "p_alive" else alt.Undefined,
                key=words.say(f"setting.matrix.{quantity}"),
                written=heat.SHARE if quantity == "p_alive" else style.SHORT,
            ),
            tooltip=alt.Tooltip("sentence:N"),
        )
    )
    return style.finish(chart.properties(height=360), words)


def cell_sentence(cells: pd.DataFrame, quantity: str, words: Words) -> str:
    """The cell most repeat customers are nearest to, in a sentence; empty where nobody bought again."""
    drawn = _possible(cells)
    if drawn.empty:
        return ""
    fullest = drawn.sort_values(["customers", "x", "t_x"], ascending=[False, True, True]).head(1)
    return next(_sentence(row, quantity, words) for row in fullest.itertuples())


def _possible(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of repeat customers that can be: a day holds one purchase day."""
    return cells[(cells["x"] > 0) & (cells["x"] <= cells["t_x"])].copy()


def _sentence(row: Any, quantity: str, words: Words) -> str:
    return words.say(
        f"chart.matrix.{quantity}",
        n=row.x,
        days=row.days_since_last,
        value=row.value,
        customers=row.customers,
    )
