"""The cohort heatmap and the retention curves under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from retention.charts import style
from retention.cohorts import FEW_COHORTS
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Hashable

    from retention.cohorts import CohortTable, Measure
    from retention.text import Words

MOST = 24  # cohorts and ages a screen can hold
_BAR = 2.4  # width of the size bars, in cells
_ROW = 27  # height of a row, in pixels
_FEW = 14  # ages up to which there is room for a decimal
_TYPE = 0.36  # height of the type, in widths of a cell, at which three or four characters fit
_TIGHT = 21  # pixels a cell needs for its value to be readable
_AVERAGED: dict[Measure, str] = {"share": "rate", "cumulative_revenue": "cumulative_revenue"}


def is_cut(table: CohortTable) -> bool:
    """Whether there are more cohorts or ages than the heatmap draws."""
    return table.cells["cohort"].nunique() > MOST or int(table.cells["age"].max()) > MOST


def heatmap(table: CohortTable, measure: Measure, words: Words) -> style.Drawing:
    """Cohorts down with their size as a bar, ages across, values in the cells; the pooled average on top."""
    first = 1 if measure == "share" else 0  # at age 0 every share is 100 %
    cohorts = _latest(table)
    drawn = pd.concat([_average(table, measure, first, words), _cells(cohorts, table, measure, first, words)])
    last = max(int(cohorts["age"].max()), first)
    ages = range(first, min(last, first + MOST - 1) + 1)
    drawn = drawn[drawn["age"].isin(ages)]
    sizes = cohorts.drop_duplicates("cohort")
    rows = [words.say("chart.average")] * (measure in _AVERAGED) + _names(sizes["cohort"], table, words)
    y = alt.Y(
        "row:N",
        sort=rows,
        scale=alt.Scale(domain=rows),
        title=None,
        axis=_plain_axis(labelLimit=110, labelOverlap=False),
    )
    layers = [*_size_bars(sizes, y, first, table, words), *_values(drawn, y, ages, table, words)]
    return style.finish(alt.layer(*layers).properties(height=alt.Step(_ROW)), words)


def curves(table: CohortTable, words: Words) -> style.Drawing:
    """Share of each cohort buying by age: older cohorts grey, the latest year's blue, the average bold."""
    cells = _latest(table)
    cells = cells[cells["complete"] & (cells["age"] > 0)]
    newest = table.window.numbers(table.period)[-1] - PER_YEAR[table.period]
    latest, older, average = (words.say(f"chart.{which}") for which in ("latest_year", "older", "average"))
    lines = cells.assign(
        which=[latest if cohort > newest else older for cohort in cells["cohort"]],
        sentence=_cell_sentences(cells, "share", table, words),
    )
    pooled = table.pooled.assign(which=average, share=table.pooled["rate"])
    pooled["sentence"] = _average_sentences(pooled, "share", words)
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(domain=[latest, older, average], range=[style.ACCENT, style.BAND, style.AVERAGE]),
        legend=alt.Legend(orient="top", title=None),
    )
    x = alt.X("age:Q", title=words.say(f"chart.age.{table.period}"), axis=alt.Axis(tickMinStep=1, format="d"))
    y = alt.Y("share:Q", title=words.say("chart.share"), axis=alt.Axis(format=".0%"))
    encoded = {"x": x, "y": y, "color": colour, "tooltip": alt.Tooltip("sentence:N")}
    each = (
        alt.Chart(lines)
        .mark_line(point={"size": 18}, strokeWidth=1.2, opacity=0.7)
        .encode(detail="cohort:N", **encoded)
    )
    firm = alt.Chart(pooled[pooled["cohorts"] >= FEW_COHORTS]).mark_line(point={"size": 45}, strokeWidth=3)
    weak = alt.Chart(pooled).mark_line(strokeWidth=2, strokeDash=[2, 4], opacity=0.6)
    layers = [each, *(line.encode(**encoded) for line in (weak, firm))]
    return style.finish(alt.layer(*layers).properties(height=300), words)


def _latest(table: CohortTable) -> pd.DataFrame:
    """Cells of the latest cohorts, as many as a screen holds."""
    kept = sorted(table.cells["cohort"].unique())[-MOST:]
    return table.cells[table.cells["cohort"].isin(kept)]


def _cells(
    cells: pd.DataFrame, table: CohortTable, measure: Measure, first: int, words: Words
) -> pd.DataFrame:
    cells = cells[cells["age"] >= first]
    return _drawn(
        cells.assign(
            row=_names(cells["cohort"], table, words),
            value=cells[measure],
            strong=cells["complete"],
            sentence=_cell_sentences(cells, measure, table, words),
        ),
        measure,
        _top(table, measure),
        words,
    )


def _average(table: CohortTable, measure: Measure, first: int, words: Words) -> pd.DataFrame:
    """The first row: pooled over complete cells, weak where few cohorts stand behind it."""
    if measure not in _AVERAGED:
        return pd.DataFrame()
    rows = table.pooled[table.pooled["age"] >= first]
    return _drawn(
        rows.assign(
            row=words.say("chart.average"),
            value=rows[_AVERAGED[measure]],
            strong=rows["cohorts"] >= FEW_COHORTS,
            sentence=_average_sentences(rows, measure, words),
        ),
        measure,
        _top(table, measure),
        words,
    )


def _drawn(rows: pd.DataFrame, measure: Measure, top: float, words: Words) -> pd.DataFrame:
    """Place, colour and ink of each cell; values above the scale's top take its last colour."""
    strong = style.sequential(rows["value"].clip(0, top) / top)
    fill = [
        colour if whole else style.paler(colour) for colour, whole in zip(strong, rows["strong"], strict=True)
    ]
    decimal = measure == "share" and rows["age"].max() <= _FEW
    label = words.percent if decimal else words.whole_percent if measure == "share" else words.compact
    return pd.DataFrame(
        {
            "row": rows["row"],
            "age": rows["age"],
            "left": rows["age"],
            "right": rows["age"] + 1,
            "middle": rows["age"] + 0.5,
            "fill": fill,
            "ink": [style.ink_on(colour) for colour in fill],
            "label": [label(value) for value in rows["value"]],
            "strong": rows["strong"],
            "sentence": rows["sentence"],
        }
    )


def _top(table: CohortTable, measure: Measure) -> float:
    """The largest value outside age 0, which would drown the rest."""
    later = table.cells.loc[table.cells["age"] > 0, measure]
    top = float((later if len(later) else table.cells[measure]).max())
    return top if top > 0 else 1.0


def _values(drawn: pd.DataFrame, y: alt.Y, ages: range, table: CohortTable, words: Words) -> list[alt.Chart]:
    """The cells and the values printed in them, which hide where the screen is too narrow."""
    span = len(ages) + _BAR
    axis = alt.Axis(
        title=words.say(f"chart.age.{table.period}"),
        orient="top",
        values=[age + 0.5 for age in ages],
        labelExpr="format(datum.value - 0.5, 'd')",
        labelOverlap=True,
        grid=False,
        ticks=False,
        domain=False,
    )
    x = alt.X(
        "left:Q", scale=alt.Scale(domain=[ages[0] - _BAR, ages[-1] + 1], nice=False, zero=False), axis=axis
    )
    base = alt.Chart(drawn).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    fill, ink = alt.Color("fill:N", scale=None), alt.Color("ink:N", scale=None)
    whole = base.transform_filter("datum.strong").mark_rect(cornerRadius=2)
    partial = base.transform_filter("!datum.strong").mark_rect(
        cornerRadius=2, stroke=style.COMPARISON, strokeWidth=1.2, strokeDash=[3, 3]
    )
    size = alt.expr(f"min(12, width / {span} * {_TYPE})")
    printed = base.mark_text(baseline="middle", fontSize=size).encode(
        x=alt.X("middle:Q", axis=axis),
        text="label:N",
        color=ink,
        opacity=alt.condition(f"width / {span} < {_TIGHT}", alt.value(0.0), alt.value(1.0)),
    )
    return [*(layer.encode(x=x, x2="right:Q", color=fill) for layer in (whole, partial)), printed]


def _size_bars(
    sizes: pd.DataFrame, y: alt.Y, first: int, table: CohortTable, words: Words
) -> list[alt.Chart]:
    start = first - _BAR
    names = _names(sizes["cohort"], table, words)
    bars = pd.DataFrame(
        {
            "row": names,
            "start": start,
            "end": start + (_BAR - 0.3) * sizes["size"] / max(sizes["size"].max(), 1),
            "label": [words.count(size) for size in sizes["size"]],
            "sentence": [
                words.say("chart.size.sentence", n=size, cohort=name)
                for size, name in zip(sizes["size"], names, strict=True)
            ],
        }
    )
    base = alt.Chart(bars).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    return [
        base.mark_bar(color=style.BAND, opacity=0.5, height=_ROW * 0.62).encode(x="start:Q", x2="end:Q"),
        base.mark_text(align="left", dx=4, fontSize=11).encode(x="start:Q", text="label:N"),
    ]


def _plain_axis(**more: Any) -> alt.Axis:
    return alt.Axis(ticks=False, domain=False, **more)


def _names(cohorts: pd.Series, table: CohortTable, words: Words) -> list[str]:
    return [words.period(cohort, table.period) for cohort in cohorts]


def _cell_sentences(cells: pd.DataFrame, measure: Measure, table: CohortTable, words: Words) -> list[str]:
    return [
        words.say(f"chart.cell.{measure}", **_spoken(cell, table, words))
        + ("" if cell["complete"] else " " + words.say("chart.incomplete"))
        for cell in cells.to_dict("records")
    ]


def _spoken(cell: dict[Hashable, Any], table: CohortTable, words: Words) -> dict[str, Any]:
    """A cell's values under the names its sentence uses."""
    return {
        **{str(name): value for name, value in cell.items()},
        "cohort": words.period(cell["cohort"], table.period),
        "when": words.period(cell["cohort"] + cell["age"], table.period),
    }


def _average_sentences(rows: pd.DataFrame, measure: Measure, words: Words) -> list[str]:
    return [
        words.say(f"chart.pooled.{measure}", **{str(name): value for name, value in row.items()})
        for row in rows.to_dict("records")
    ]
