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

_NAMED = 5  # segments there is room to name at the end of their curves


def curves(table: CohortTable, measure: Measure, words: Words) -> style.Drawing:
    """One measure by age: older cohorts grey, the latest year's in the accent, the average bold.

    Where the rows are segments, the largest are named and in the accent.
    """
    cells = of.drawn_rows(table)
    cells = cells[cells["complete"] & (cells["age"] >= of.first_age(measure))]
    names = of.row_names(table, words)
    groups = [words.say(f"chart.{key}") for key in _groups(table)]
    lines = cells.assign(
        which=[groups[0] if strong else groups[1] for strong in _strong(cells, table)],
        value=cells[measure],
        row=[names[code] for code in cells["code"]],
        sentence=of.cell_sentences(cells, measure, table, words),
    )
    pooled = of.averages(table, measure)
    pooled = pooled.assign(
        which=words.say("chart.average"), sentence=of.average_sentences(table, measure, words)
    )
    domain = [*groups, words.say("chart.average")] if len(pooled) else groups
    encoded = _encoded(table, measure, domain, words)
    layers = [_each(lines, encoded), *_average(pooled, encoded)]
    if table.rows == "segment":
        layers.append(_ends(lines[lines["which"] == groups[0]], encoded))
    return style.finish(alt.layer(*layers).properties(height=300), words)


def _groups(table: CohortTable) -> tuple[str, str]:
    return ("latest_year", "older") if table.rows == "period" else ("largest", "other_segments")


def _strong(cells: pd.DataFrame, table: CohortTable) -> list[bool]:
    if table.rows == "segment":
        return [code < _NAMED for code in cells["code"]]
    newest = table.window.numbers(table.period)[-1] - PER_YEAR[table.period]
    return [cohort > newest for cohort in cells["cohort"]]


def _encoded(table: CohortTable, measure: Measure, domain: list[str], words: Words) -> dict[str, Any]:
    colours = [style.ACCENT, style.BAND, style.AVERAGE][: len(domain)]
    written = ".0%" if measure == "share" else "$,~f" if measure in MONEY else ",~f"
    return {
        "x": alt.X(
            "age:Q", title=words.say(f"chart.age.{table.period}"), axis=alt.Axis(tickMinStep=1, format="d")
        ),
        "y": alt.Y("value:Q", title=words.say(f"setting.measure.{measure}"), axis=alt.Axis(format=written)),
        "color": alt.Color(
            "which:N",
            scale=alt.Scale(domain=domain, range=colours),
            legend=alt.Legend(orient="top", title=None),
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


def _ends(lines: pd.DataFrame, encoded: dict[str, Any]) -> alt.Chart:
    last = lines.loc[lines.groupby("code")["age"].idxmax(), ["age", "value", "row", "which"]]
    named = alt.Chart(last).mark_text(align="right", dx=-4, dy=-8, fontSize=11, limit=140)
    chart: alt.Chart = named.encode(x=encoded["x"], y=encoded["y"], text="row:N")
    return chart
