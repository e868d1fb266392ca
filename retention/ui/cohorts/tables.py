"""The Cohorts page's tables: periods by their names, columns in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.charts.cohorts import order, row_names

if TYPE_CHECKING:
    from retention.cohorts import CohortTable, Comparison, Measure
    from retention.periods import Period
    from retention.text import Words

_DIFFERENCE = ["difference", "low", "high"]


def cohorts(table: CohortTable, measure: Measure, words: Words) -> pd.DataFrame:
    """Cohorts or segments down, ages across, as the heatmap shows them but whole."""
    wide = table.wide(measure).reindex(order(table))
    size = table.cells.drop_duplicates("cohort").set_index("cohort")["size"]
    if table.rows == "period":  # without the mark of the first cohort, which a chart explains
        names = {"cohort": [words.period(cohort, table.period) for cohort in wide.index]}
    else:
        named = dict(zip(table.cells["cohort"].unique(), row_names(table, words), strict=True))
        names = {"segment": [named[segment] for segment in wide.index]}
    out = pd.DataFrame({**names, "size": size[wide.index].to_numpy()})
    for age in wide.columns:
        out[words.say("column.age_n", age=int(age))] = wide[age].to_numpy()
    return out


def comparison(found: Comparison, words: Words) -> pd.DataFrame:
    """Both sides of every cell two segments share, and their difference with its interval."""
    cells = found.cells.assign(cohort=[words.period(c, found.one.period) for c in found.cells["cohort"]])
    sides = ["cohort", "age", "size_one", "size_other", "one", "other"]
    ends = {"low": "difference_low", "high": "difference_high"}
    if found.measure == "share":
        cells[_DIFFERENCE] *= 100
        ends = {"difference": "difference_points", "low": "points_low", "high": "points_high"}
    return cells[[*sides, *_DIFFERENCE]].rename(columns=ends).dropna(axis="columns", how="all")


def compared(found: Comparison) -> dict[str, str]:
    """What stands in the columns of `comparison` that are in the measure compared."""
    return dict.fromkeys(("one", "other", "difference"), found.measure)


def revenue(found: pd.DataFrame, period: Period, words: Words) -> pd.DataFrame:
    """Each period's net revenue by cohort, the latest first."""
    when, cohort = ([words.period(n, period) for n in found[name]] for name in ("period", "cohort"))
    named = found.assign(period=when, cohort=cohort)
    return named.loc[::-1, ["period", "cohort", "age", "revenue", "share"]]


def pooled(table: CohortTable) -> pd.DataFrame:
    """The average over cohorts of each age with its interval and who stands behind it."""
    return table.pooled[["age", "rate", "low", "high", "cohorts", "customers"]]
