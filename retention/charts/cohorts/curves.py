"""The rows of a cohort table as curves, the pooled average over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from retention.charts import style
from retention.charts.cohorts import rows as of
from retention.cohorts import FEW_COHORTS, MONEY
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts import CohortTable, Measure
    from retention.text import Words

_NAMED = (style.ACCENT, *style.SERIES[1:4], style.SECOND)  # colours of the segments told apart
_COLUMNS, _LABEL = 3, 100  # names in a row of the key, and pixels for each: they fit a phone


def curves(table: CohortTable, measure: Measure, words: Words) -> style.Drawing:
    """One measure by age: older cohorts grey, the latest year's in the accent, the average bold.

    Where the rows are segments, the largest have a colour and a name each, the others are grey.
    """
    cells = of.drawn_rows(table)
    cells = cells[cells["complete"] & (cells["age"] >= of.first_age(measure))]
    names = of.row_names(table, words)
    groups = _groups(table, names, words)
    lines = cells.assign(
        which=_which(cells, table, list(groups)),
        value=cells[measure],
        sentence=of.cell_sentences(cells, measure, table, words),
    )
    pooled = of.averages(table, measure)
    average = words.say("chart.average")
    pooled = pooled.assign(which=average, sentence=of.average_sentences(table, measure, words))
    if len(pooled):
        groups[average] = style.AVERAGE
    encoded = _encoded(table, measure, groups, words)
    layers = [_each(lines, encoded), *_average(pooled, encoded)]
    return style.finish(alt.layer(*layers).properties(height=300), words)


def _groups(table: CohortTable, names: list[str], words: Words) -> dict[str, str]:
    """What is told apart, each with its colour; the last holds all that is not."""
    if table.rows == "period":
        return {words.say("chart.latest_year"): style.ACCENT, words.say("chart.older"): style.BAND}
    groups = dict(zip(names, _NAMED, strict=False))
    return groups if len(names) <= len(_NAMED) else groups | {words.say("chart.other_segments"): style.BAND}


def _which(cells: pd.DataFrame, table: CohortTable, groups: list[str]) -> list[str]:
    """The group of each cell."""
    if table.rows == "segment":
        return [groups[min(code, len(groups) - 1)] for code in cells["code"]]
    newest = table.window.numbers(table.period)[-1] - PER_YEAR[table.period]
    return [groups[0] if cohort > newest else groups[1] for cohort in cells["cohort"]]


def _encoded(table: CohortTable, measure: Measure, groups: dict[str, str], words: Words) -> dict[str, Any]:
    written = ".0%" if measure == "share" else "$,~f" if measure in MONEY else ",~f"
    return {
        "x": alt.X(
            "age:Q", title=words.say(f"chart.age.{table.period}"), axis=alt.Axis(tickMinStep=1, format="d")
        ),
        "y": alt.Y("value:Q", title=words.say(f"setting.measure.{measure}"), axis=alt.Axis(format=written)),
        "color": alt.Color(
            "which:N",
            scale=alt.Scale(domain=list(groups), range=list(groups.values())),
            legend=alt.Legend(orient="top", title=None, columns=_COLUMNS, labelLimit=_LABEL),
        ),
        "tooltip": alt.Tooltip("sentence:N"),
    }


def _each(lines: pd.DataFrame, encoded: dict[str, Any]) -> alt.Chart:
    drawn = lines[["code", "age", "value", "which", "sentence"]]
    marked = alt.Chart(drawn).mark_line(point={"size": 18}, strokeWidth=1.2, opacity=0.7)
    chart: alt.Chart = marked.encode(detail="code:N", **encoded)
    return chart


def _average(pooled: pd.DataFrame, encoded: dict[str, Any]) -> list[alt.Chart]:
    """The average: bold where enough cohorts stand behind it, else dotted."""
    drawn = pooled[["age", "value", "which", "sentence", "cohorts"]]
    weak = alt.Chart(drawn).mark_line(strokeWidth=2, strokeDash=[2, 4], opacity=0.6)
    firm = alt.Chart(drawn[drawn["cohorts"] >= FEW_COHORTS]).mark_line(point={"size": 45}, strokeWidth=3)
    return [line.encode(**encoded) for line in (weak, firm)]
