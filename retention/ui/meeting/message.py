"""One message over the whole screen, computed when it is its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.story import MAKE, Untold, source
from retention.text import escaped
from retention.text.marked import plain
from retention.ui.meeting import stage
from retention.ui.parts import controls, problems, screen
from retention.ui.report import asked
from retention.ui.state import slides
from retention.ui.state.settings import get, language

if TYPE_CHECKING:
    from retention.story import Message, Table
    from retention.study import Study

_USUAL_RISE = 20.0  # points, or per cent: a slider up to all of them could not be set to one


def show(study: Study) -> None:
    """The message the meeting is at, on the visit's settings as they are now."""
    name = slides.at()
    with stage.message():
        first = screen.place()
        if name == "simulator":
            _rise()
        with first, problems.input_errors(), screen.computing():
            telling = asked.telling(study, language())
            told = MAKE[name](telling)
        said = told.why if isinstance(told, Untold) else told.title
        with first:
            screen.heading(said)
        if not isinstance(told, Untold):
            _body(told)
        screen.paragraph(escaped(source(telling)))
    stage.announce(plain(said))


def _rise() -> None:
    """What the meeting may ask: the visit's own setting, so that What if says the same."""
    with st.grid(2, min_column_width=320):
        controls.slider("uplift", usual=_USUAL_RISE, key=f"setting.uplift.{get('uplift_kind')}")
        screen.text("meeting.slider")


def _body(told: Message) -> None:
    """Its figures, its picture or else its table, its lines, and how far to trust it."""
    if told.figures:
        with st.grid(len(told.figures), min_column_width=screen.CARD):
            for each in told.figures:
                screen.card(escaped(each.label), escaped(each.written), None, list(each.course) or None)
    if told.drawing is not None:
        with stage.picture(told.name):
            screen.picture(told.drawing, told.reading, fills=True)
    elif told.table is not None:
        st.table(_rows(told.table), hide_index=True)
    with st.container(key="meeting_lines"):
        for line in told.lines:
            st.markdown(line)
    if told.forecast:
        screen.text("report.verdict", forecast=told.forecast)


def _rows(shown: Table) -> pd.DataFrame:
    """A table as it is read, to be shown as Markdown."""
    words = screen.words()
    return pd.DataFrame(
        {
            escaped(words.heading(str(name))): [
                escaped(shown.written(str(name), row, words)) for row in range(len(shown.frame))
            ]
            for name in shown.frame
        }
    )
