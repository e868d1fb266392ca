"""Which rows of a cohort table a chart has room for, what they are called, and what a cell says."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from retention.charts import heat, style
from retention.cohorts import AVERAGED, COUNTED, FEW_CUSTOMERS, MONEY, by_retention

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from retention.cohorts import CohortTable, Measure
    from retention.periods import Period
    from retention.text import Words

MOST = 24  # cohorts and ages a screen can hold
AVERAGE = -1  # code of the average's row; that of another is its place in the table
CELL = "cell"  # name of the selection a click on a cell makes
_FEW_AGES = 14  # ages up to which there is room for a decimal


def is_cut(table: CohortTable) -> bool:
    """Whether there are more rows or ages than the heatmap draws."""
    return table.cells["cohort"].nunique() > MOST or int(table.cells["age"].max()) > MOST


def shows_first(table: CohortTable) -> bool:
    """Whether the heatmap draws the first cohort, which also holds those who bought before the file began."""
    return table.rows == "period" and table.cells["cohort"].nunique() <= MOST


def drawn_rows(table: CohortTable) -> pd.DataFrame:
    """Cells of the latest cohorts, or the largest segments, as many as a screen holds, in the order drawn."""
    rows = list(table.cells["cohort"].unique())
    kept = rows[-MOST:] if table.rows == "period" else rows[:MOST]
    place = {row: n for n, row in enumerate(order(table)) if row in kept}
    cells = table.cells.assign(code=table.cells["cohort"].map({row: n for n, row in enumerate(rows)}))
    drawn = cells[cells["cohort"].isin(kept)]
    return drawn.iloc[drawn["cohort"].map(place).argsort(kind="stable")]


def order(table: CohortTable) -> list[Any]:
    """The rows as they are read: cohorts by their time, segments from the one that comes back most."""
    return list(by_retention(table) if table.rows == "segment" else table.cells["cohort"].unique())


def row_names(table: CohortTable, words: Words) -> list[str]:
    """The name of every row in the table's order: the first cohort marked, no two alike."""
    rows = list(table.cells["cohort"].unique())
    if table.rows == "period":
        named = [words.period(row, table.period) for row in rows]
        return [f"{named[0]} *", *named[1:]] if named else []
    nameless, average = words.say("chart.no_segment"), words.say("chart.average")
    return [nameless if row == "" else f"“{row}”" if row in {nameless, average} else row for row in rows]


def top(table: CohortTable, measure: Measure) -> float:
    """The largest value outside age 0, which would drown the rest."""
    later = table.cells.loc[table.cells["age"] > 0, measure]
    largest = float((later if len(later) else table.cells[measure]).max())
    return largest if largest > 0 else 1.0


def first_age(measure: Measure) -> int:
    """The first age drawn: at age 0 every share is 100 %."""
    return 1 if measure == "share" else 0


def on_an_axis(measure: Measure) -> str:
    """How a value is written beside a key, as a Vega expression."""
    return heat.SHARE if measure == "share" else style.SHORT_MONEY if measure in MONEY else style.SHORT


def label(measure: Measure, last_age: int, words: Words) -> Callable[[float], str]:
    """How a value is printed in a cell."""

    def write(value: float) -> str:
        if math.isnan(value):
            return ""
        if measure != "share":
            return words.compact(value)
        return words.percent(value) if last_age <= _FEW_AGES else words.whole_percent(value)

    return write


def cell_sentences(cells: pd.DataFrame, measure: Measure, table: CohortTable, words: Words) -> list[str]:
    """What each cell says, and why it is not to be leaned on where it is not."""
    names = dict(zip(table.cells["cohort"].unique(), row_names(table, words), strict=True))
    key = f"chart.{_kind(table, measure)}.{measure}"
    return [
        " ".join([words.say(key, **_spoken(cell, names, table, words)), *_reservations(cell, table, words)])
        for cell in cells.to_dict("records")
    ]


def example(table: CohortTable, measure: Measure, words: Words) -> str:
    """What one cell says: of the latest row whose next period is final, with 30 customers if there is one."""
    cells = table.cells[table.cells["age"] == 1]
    firm = cells[cells["complete"] & (cells["size"] >= FEW_CUSTOMERS)]
    several = firm if len(firm) else cells if len(cells) else table.cells
    one = several.tail(1) if table.rows == "period" else several.head(1)
    return cell_sentences(one, measure, table, words)[0]


def average_sentences(table: CohortTable, measure: Measure, words: Words) -> list[str]:
    """What the average of each age says."""
    later = "_later" if table.activity == "on_or_after" and measure in COUNTED else ""
    return [
        words.say(
            f"chart.pooled{later}.{measure}",
            n=row["cohorts"],
            since=since(int(row["age"]), table.period, words),
            **{str(name): value for name, value in row.items()},
        )
        for row in averages(table, measure).to_dict("records")
    ]


def since(age: int, period: Period, words: Words) -> str:
    """How long after the first purchase an age is."""
    return words.say(f"chart.since.{period}", n=age) if age else words.say("chart.since.none")


def averages(table: CohortTable, measure: Measure) -> pd.DataFrame:
    """The averages of a measure under the name `value`; none for sums of a cohort."""
    if measure not in AVERAGED:
        return table.averages.iloc[:0].assign(value=[])
    shown = table.averages[table.averages["age"] >= first_age(measure)]
    return shown.assign(value=shown[AVERAGED[measure]])


def state(cells: pd.DataFrame) -> list[str]:
    """How far a cell is to be leaned on: ``whole``, ``few`` customers, or ``open`` until it is final."""
    return [
        "open" if not complete else "few" if size < FEW_CUSTOMERS else "whole"
        for complete, size in zip(cells["complete"], cells["size"], strict=True)
    ]


def _kind(table: CohortTable, measure: Measure) -> str:
    kind = "cell" if table.rows == "period" else "segment"
    return f"{kind}_later" if table.activity == "on_or_after" and measure in COUNTED else kind


def _spoken(cell: dict[Any, Any], names: dict[Any, str], table: CohortTable, words: Words) -> dict[str, Any]:
    """A cell's values under the names its sentence uses."""
    values = {str(name): value for name, value in cell.items()}
    if table.rows == "segment":
        after = since(int(cell["age"]), table.period, words)
        return {**values, "segment": names[cell["cohort"]], "since": after}
    named = {
        "cohort": words.period(cell["cohort"], table.period),
        "when": words.period(cell["cohort"] + cell["age"], table.period),
    }
    return {**values, **named}


def _reservations(cell: dict[Any, Any], table: CohortTable, words: Words) -> list[str]:
    said = []
    if cell["size"] < FEW_CUSTOMERS:
        said.append(words.say("chart.few", least=FEW_CUSTOMERS))
    if not cell["complete"]:
        said.append(words.say("chart.unsettled" if table.activity == "on_or_after" else "chart.incomplete"))
    return said
