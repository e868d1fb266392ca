"""Who is behind a cell of the heatmap: chosen by a click or by two lists, with their orders, to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.ui.parts import downloads, one_by_one, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

    from retention.cohorts import CohortTable
    from retention.study import CellCustomers, Study
    from retention.text import Words
    from retention.ui.cohorts.choices import View

_SHOWN = 200
_WIDTH = 260  # pixels of a list


def clicked(key: str) -> None:
    """Take over a click on a cell; a double click chooses none."""
    picked = st.session_state[key]["selection"].get(charts.cohorts.CELL) or []
    last = picked[-1] if picked else {}
    try:
        st.session_state["cell"] = (int(last["code"]), int(last["age"]))
    except (KeyError, TypeError, ValueError):
        st.session_state["cell"] = (None, None)


def customers(study: Study, found: CohortTable, chosen: View) -> None:
    """The cell's customers and orders, once one is chosen."""
    row, age = _choice(found) if one_by_one.told(study) else (None, None)
    if row is None or age is None:
        return
    rows = list(found.cells["cohort"].unique())
    named = None if row == charts.cohorts.AVERAGE else rows[row]
    cell = study.cohorts.cell_customers(*chosen.asked, named, age)
    if cell is None:
        screen.text("cohorts.behind.none")
        return
    _customers(cell.customers)
    _orders(cell)


def _choice(found: CohortTable) -> tuple[int | None, int | None]:
    """The cell chosen, in two lists that need no mouse; it outlives a change of language."""
    words = screen.words()
    names = {charts.cohorts.AVERAGE: words.say("chart.average")}
    names |= dict(enumerate(charts.cohorts.row_names(found, words)))
    ages = sorted(int(age) for age in found.cells["age"].unique())
    row, age = st.session_state.get("cell", (None, None))
    st.session_state["cell_row"] = row if row in names else None
    st.session_state["cell_age"] = age if age in ages else None
    with screen.settings():
        for name, options in (("row", list(names)), ("age", ages)):
            st.selectbox(
                screen.say(f"cohorts.behind.{name}"),
                options,
                index=None,
                format_func=names.__getitem__ if name == "row" else str,
                key=f"cell_{name}",
                placeholder=screen.say("cohorts.behind.choose"),
                on_change=_taken,
                width=_WIDTH,
            )
    return st.session_state["cell_row"], st.session_state["cell_age"]


def _taken() -> None:
    st.session_state["cell"] = (st.session_state["cell_row"], st.session_state["cell_age"])


def _customers(found: pd.DataFrame) -> None:
    screen.text("cohorts.behind.customers", n=len(found), shown=min(_SHOWN, len(found)))
    screen.show_table(cached(_top, found, screen.words()), height=260)
    screen.download(found, "cell_customers", label="cohorts.behind.download_customers")


def _orders(cell: CellCustomers) -> None:
    shown = cached(_worded, cell.orders, screen.words())
    screen.text("cohorts.behind.orders", n=len(shown), revenue=cell.revenue, shown=min(_SHOWN, len(shown)))
    screen.show_table(cached(_top, shown, screen.words()), height=260)
    screen.download(shown, "cell_orders", label="cohorts.behind.download_orders")


def _top(found: pd.DataFrame, words: Words) -> Styler:
    """The first rows as they are read."""
    return downloads.written(found.head(_SHOWN), words)


def _worded(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What each row was, in words; without columns that hold nothing."""
    named = found.assign(kind=[words.say(f"booked.{kind}") for kind in found["kind"]])
    return named.dropna(axis="columns", how="all") if len(named) else named
