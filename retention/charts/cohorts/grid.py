"""Cells in a grid: rows down, ages across, values printed in them, so that a click can tell which it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from retention.charts import heat, style
from retention.charts.cohorts.rows import CELL
from retention.cohorts import MONEY

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts import Measure
    from retention.periods import Period
    from retention.text import Words

ROW = 27  # height of a row, in pixels
BAR = 2.4  # width of the size bars, in cells
_TYPE = 0.36  # height of the type, in widths of a cell, at which three or four characters fit
_NAMES = 110  # pixels for the names of the rows
_TIGHT = 21  # pixels a cell needs for its value to be readable


def rows_axis(rows: list[str]) -> alt.Y:
    """The rows by their names, in the order given."""
    axis = alt.Axis(ticks=False, domain=False, labelLimit=_NAMES, labelOverlap=False, labelFlush=False)
    return alt.Y("row:N", sort=rows, scale=alt.Scale(domain=rows), title=None, axis=axis)


def grid(
    drawn: pd.DataFrame,
    y: alt.Y,
    ages: range,
    period: Period,
    words: Words,
    *,
    fill: alt.Color,
    measure: Measure = "share",
    bars: float = BAR,
) -> list[alt.Chart]:
    """The cells and the values printed in them, which hide where the screen is too narrow.

    What is not to be leaned on fades into the page, with a dashed outline where it is not final.

    Parameters
    ----------
    drawn : row, code, age, value, label, state (``whole``, ``few`` or ``open``), sentence
    ages : those there is room for
    fill : how ``value`` is coloured, by `retention.charts.heat`
    measure : what the cells hold
    bars : width kept free at the left, in cells
    """
    placed = drawn[drawn["age"].isin(ages)]
    placed = placed.assign(left=placed["age"], right=placed["age"] + 1, middle=placed["age"] + 0.5)
    span = len(ages) + bars
    axis = _ages_axis(ages, _title(period, measure, words))
    scale = alt.Scale(domain=[ages[0] - bars, ages[-1] + 1], nice=False, zero=False)
    x = alt.X("left:Q", scale=scale, axis=axis)
    base = alt.Chart(placed).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    firm, faded = (base.transform_filter(f"datum.state {sign} 'whole'") for sign in ("==", "!="))
    chosen = alt.selection_point(name=CELL, fields=["code", "age"], empty=False, toggle=False)
    outline = alt.condition("datum.state == 'open'", alt.value(style.COMPARISON), alt.value("transparent"))
    boxes = [
        firm.mark_rect(cornerRadius=2).add_params(chosen),
        faded.mark_rect(cornerRadius=2, fillOpacity=heat.FADED, strokeWidth=1.2, strokeDash=[3, 3]).encode(
            stroke=outline
        ),
    ]
    picked = base.transform_filter(chosen).mark_rect(
        cornerRadius=2, filled=False, stroke=style.AVERAGE, strokeWidth=2.5
    )
    size = alt.expr(f"min(12, width / {span} * {_TYPE})")
    room = alt.condition(f"width / {span} < {_TIGHT}", alt.value(0.0), alt.value(1.0))
    figures = [
        part.mark_text(baseline="middle", fontSize=size).encode(
            x=alt.X("middle:Q", axis=axis), text="label:N", opacity=room
        )
        for part in (firm, faded)
    ]
    return [
        *(box.encode(x=x, x2="right:Q", color=fill) for box in boxes),
        figures[0].encode(color=heat.ink("value")),
        figures[1],
        picked.encode(x=x, x2="right:Q"),
    ]


def width_of(ages: range, bars: float) -> int:
    """Pixels a grid takes with the names of its rows for its values to be readable."""
    return round(_NAMES + (len(ages) + bars) * (_TIGHT + 2))


def finished(layers: list[Any], words: Words) -> style.Drawing:
    """A grid ready for the screen, as high as its rows."""
    return style.finish(alt.layer(*layers).properties(height=alt.Step(ROW)), words)


def _title(period: Period, measure: Measure, words: Words) -> str:
    """What goes across, and what the cells hold where that is money: they have no room for its sign."""
    across = words.say(f"chart.age.{period}")
    if measure not in MONEY or words.currency is None:
        return across
    return f"{across} · {words.in_money(words.say(f'setting.measure.{measure}'))}"


def _ages_axis(ages: range, title: str) -> alt.Axis:
    return alt.Axis(
        title=title,
        titleAnchor="start",
        orient="top",
        values=[age + 0.5 for age in ages],
        labelExpr="format(datum.value - 0.5, 'd')",
        labelOverlap=True,
        grid=False,
        ticks=False,
        domain=False,
    )
