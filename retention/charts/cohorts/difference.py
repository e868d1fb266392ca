"""One segment minus another: where cohorts of the one come back more, and where that may be chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from retention.charts import heat
from retention.charts.cohorts import rows as of
from retention.charts.cohorts.grid import finished, grid, rows_axis
from retention.charts.cohorts.heatmap import heatmap
from retention.charts.cohorts.rows import first_age
from retention.cohorts import MONEY

if TYPE_CHECKING:
    import altair as alt

    from retention.charts import style
    from retention.cohorts import Comparison
    from retention.text import Words

_IN_POINTS = (
    "datum.value ? format(100 * datum.value, '+.0f') : '0'"  # how a key writes a difference of shares
)


def both(found: Comparison, words: Words) -> tuple[style.Drawing, style.Drawing]:
    """A heatmap of each segment, on one scale."""
    most = max(of.top(side, found.measure) for side in (found.one, found.other))
    one, other = (heatmap(side, found.measure, words, scale_top=most) for side in (found.one, found.other))
    return one, other


def difference(found: Comparison, names: tuple[str, str], words: Words) -> style.Drawing:
    """Cohorts down, ages across, one segment's value minus the other's on the diverging scale.

    Parameters
    ----------
    names : of the two segments
    """
    first = first_age(found.measure)
    rows = list(found.cells["cohort"].unique())[-of.MOST :]
    cells = found.cells[found.cells["cohort"].isin(rows) & (found.cells["age"] >= first)]
    named = {row: words.period(row, found.one.period) for row in rows}
    average = words.say("chart.average")
    drawn = pd.concat(
        [
            part.assign(row=row, state=_state(part), sentence=_sentences(part, row, found, names, words))
            for part, row in (
                (_averages(found, first), average),
                *((cells[cells["cohort"] == number], name) for number, name in named.items()),
            )
            if len(part)
        ],
        ignore_index=True,
    )
    ages = range(first, min(int(cells["age"].max()), first + of.MOST - 1) + 1)
    y = rows_axis([average] * (average in set(drawn["row"])) + list(named.values()))
    shown, period = _printed(drawn, found, words), found.one.period
    fill = _fill(drawn, found, words)
    return finished(grid(shown, y, ages, period, words, fill=fill, measure=found.measure, bars=0), words)


def largest_difference(found: Comparison, names: tuple[str, str], words: Words) -> str:
    """What the cell says that differs most, of those to be leaned on; of all where there are none."""
    later = found.cells[found.cells["age"] >= first_age(found.measure)]
    cells = later if len(later) else found.cells
    firm = cells[cells["complete"] & ~cells["few"]]
    cell = (firm if len(firm) else cells).sort_values("difference", key=abs, kind="stable").iloc[-1]
    row = words.period(cell["cohort"], found.one.period)
    return _sentence(cell.to_dict(), row, found, names, words)


def _averages(found: Comparison, first: int) -> pd.DataFrame:
    averages = found.averages
    return averages[averages["age"] >= first] if len(averages) else averages


def _state(cells: pd.DataFrame) -> list[str]:
    return [
        "open" if not complete else "few" if few else "whole"
        for complete, few in zip(cells["complete"], cells["few"], strict=True)
    ]


def _fill(drawn: pd.DataFrame, found: Comparison, words: Words) -> alt.Color:
    """Colours from the largest drop to the largest gain among the cells that are to be leaned on."""
    firm = drawn.loc[(drawn["state"] == "whole") & (drawn["age"] > 0), "difference"].abs().max()
    most = float(firm) if firm > 0 else 1.0
    share = found.measure == "share"
    return heat.fill(
        "value",
        [-most, 0.0, most],
        key=words.say("chart.difference.key" if share else f"setting.measure.{found.measure}"),
        written=_IN_POINTS if share else of.on_an_axis(found.measure),
        colours="diverging",
        marked=[-most, 0.0, most],
    )


def _printed(drawn: pd.DataFrame, found: Comparison, words: Words) -> pd.DataFrame:
    write = _points if found.measure == "share" else _amount
    return drawn[["row", "age", "state", "sentence"]].assign(
        code=of.AVERAGE,
        value=drawn["difference"],
        label=[write(value, words) for value in drawn["difference"]],
    )


def _points(value: float, words: Words) -> str:
    return "" if pd.isna(value) else words.points(value)


def _amount(value: float, words: Words) -> str:
    return "" if pd.isna(value) else _signed(value, words.compact(abs(value)))


def _signed(value: float, written: str) -> str:
    return f"+{written}" if value > 0 else f"−{written}" if value < 0 else written


def _sentences(
    cells: pd.DataFrame, row: str, found: Comparison, names: tuple[str, str], words: Words
) -> list[str]:
    return [_sentence(cell, row, found, names, words) for cell in cells.to_dict("records")]


def _sentence(cell: dict[Any, Any], row: str, found: Comparison, names: tuple[str, str], words: Words) -> str:
    since = of.since(int(cell["age"]), found.one.period, words)
    values = {"row": row, "since": since, "one_name": names[0], "other_name": names[1]}
    if found.measure != "share":
        write = words.money if found.measure in MONEY else words.count
        one, other = (_said(write, cell[side]) for side in ("one", "other"))
        return words.say("chart.difference.value", one=one, other=other, **values)
    chance = cell["low"] <= 0 <= cell["high"]
    return words.say(
        "chart.difference.chance" if chance else "chart.difference.real",
        one=cell["one"],
        other=cell["other"],
        difference=_points(cell["difference"], words),
        low=_points(cell["low"], words),
        high=_points(cell["high"], words),
        **values,
    )


def _said(write: Any, value: float) -> str:
    return "–" if pd.isna(value) else str(write(value))
