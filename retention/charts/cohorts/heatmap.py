"""The cohort heatmap: rows with their size as a bar, ages across, the pooled average on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from retention.charts import heat, style
from retention.charts.cohorts import rows as of
from retention.charts.cohorts.grid import BAR, ROW, finished, grid, rows_axis, width_of
from retention.cohorts import AVERAGED, FEW_COHORTS

if TYPE_CHECKING:
    from retention.cohorts import CohortTable, Measure
    from retention.text import Words

_DRAWN = ["row", "code", "age", "state", "sentence", "value"]


def heatmap(
    table: CohortTable, measure: Measure, words: Words, *, scale_top: float | None = None
) -> style.Drawing:
    """Cohorts or segments down with their size as a bar, ages across, values in the cells.

    Parameters
    ----------
    scale_top : value of the strongest colour, where two stand side by side, in which there is no room for
        decimals; the table's largest outside age 0 if not given
    """
    most, first = scale_top or of.top(table, measure), of.first_age(measure)
    cells = of.drawn_rows(table)
    drawn = pd.concat(
        [_average(table, measure, words), _cells(cells, table, measure, words)], ignore_index=True
    )
    ages = _ages(cells, first)
    write = of.label(measure, ages[-1] if scale_top is None else of.MOST, words)
    drawn = drawn.assign(label=[write(value) for value in drawn["value"]])
    sizes = cells.drop_duplicates("cohort")
    names = _names(sizes, table, words)
    y = rows_axis([words.say("chart.average")] * (measure in AVERAGED) + names)
    fill = heat.fill(
        "value", [0.0, most], key=words.say(f"setting.measure.{measure}"), written=of.on_an_axis(measure)
    )
    cells_drawn = grid(drawn, y, ages, table.period, words, fill=fill, measure=measure)
    return finished([*cells_drawn, *_size_bars(sizes, names, y, first, words)], words)


def least_width(table: CohortTable, measure: Measure) -> int:
    """Pixels the heatmap takes for its figures to be readable, however narrow the screen."""
    first = of.first_age(measure)
    return width_of(_ages(of.drawn_rows(table), first), BAR)


def _ages(cells: pd.DataFrame, first: int) -> range:
    """Those there is room for, the first even where no row has it yet."""
    return range(first, min(max(int(cells["age"].max()), first), first + of.MOST - 1) + 1)


def _names(cells: pd.DataFrame, table: CohortTable, words: Words) -> list[str]:
    names = of.row_names(table, words)
    return [names[code] for code in cells["code"]]


def _cells(cells: pd.DataFrame, table: CohortTable, measure: Measure, words: Words) -> pd.DataFrame:
    first = of.first_age(measure)
    shown = cells[(cells["age"] >= first) & (cells["age"] < first + of.MOST)]
    said: dict[str, Any] = {
        "row": _names(shown, table, words),
        "value": shown[measure],
        "state": of.state(shown),
        "sentence": of.cell_sentences(shown, measure, table, words),
    }
    return shown.assign(**said)[_DRAWN]


def _average(table: CohortTable, measure: Measure, words: Words) -> pd.DataFrame:
    """The first row: pooled over complete cells, weak where few cohorts stand behind it."""
    averages = of.averages(table, measure)
    said: dict[str, Any] = {
        "row": words.say("chart.average"),
        "code": of.AVERAGE,
        "state": ["whole" if cohorts >= FEW_COHORTS else "few" for cohorts in averages["cohorts"]],
        "sentence": of.average_sentences(table, measure, words),
    }
    return averages.assign(**said)[_DRAWN]


def _size_bars(sizes: pd.DataFrame, names: list[str], y: alt.Y, first: int, words: Words) -> list[alt.Chart]:
    start = first - BAR
    bars = pd.DataFrame(
        {
            "row": names,
            "start": start,
            "end": start + (BAR - 0.3) * sizes["size"].to_numpy() / max(sizes["size"].max(), 1),
            "label": [words.count(size) for size in sizes["size"]],
            "sentence": [
                words.say("chart.size.sentence", n=size, cohort=name)
                for size, name in zip(sizes["size"], names, strict=True)
            ],
        }
    )
    base = alt.Chart(bars).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    return [
        base.mark_bar(color=style.BAND, opacity=0.5, height=ROW * 0.62).encode(x="start:Q", x2="end:Q"),
        base.mark_text(align="left", dx=4, fontSize=11).encode(x="start:Q", text="label:N"),
    ]
