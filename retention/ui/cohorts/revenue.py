"""Whose revenue each period's is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention import charts, cohorts
from retention.ui.cohorts import tables
from retention.ui.cohorts.choices import table
from retention.ui.parts import controls, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    import pandas as pd

    from retention.ui.cohorts.choices import View

_SHOWN = 200  # rows of a table that may have very many


def show(chosen: View) -> None:
    """Whose revenue it is, as shares or as money."""
    with screen.settings():
        shares = controls.choice("revenue_as") == "share"
    words = screen.words()
    base = table(replace(chosen, by_segment=False, activity="on", leave_out=0))
    found = loaded.computed("cohorts.revenue", lambda: cohorts.revenue_by_cohort(base), chosen.period)
    read = _latest_whole(found)
    if read is None:
        screen.text("cohorts.no_rows")
        return
    values: dict[str, Any] = {**read, "when": words.period(read["when"], chosen.period)}
    screen.chart(
        loaded.computed(
            "cohorts.revenue.chart",
            lambda: charts.cohorts.revenue(found, chosen.period, words, shares=shares),
            (chosen.period, shares, words),
        ),
        "cohorts.revenue.alt",
        **values,
    )
    screen.text("cohorts.revenue.reading", **values)
    whole = tables.revenue(found, chosen.period, words)
    screen.table(whole[::-1], "revenue_by_cohort", most=_SHOWN)


def _latest_whole(found: pd.DataFrame) -> dict[str, Any] | None:
    """Who the revenue of the last complete period came from; None where there is none above 0."""
    whole = found[found["complete"]].dropna(subset=["share"])
    if whole.empty:
        return None
    last = whole[whole["period"] == whole["period"].max()]
    new = float(last.loc[last["age"] == 0, "share"].sum())
    return {"when": int(last["period"].iloc[0]), "new": new, "old": 1 - new}
