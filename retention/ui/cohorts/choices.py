"""What the Cohorts page's settings ask for, and the table they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.cohorts import COUNTED
from retention.orders import SEGMENT
from retention.returned import ONCE
from retention.ui.parts import controls, screen

if TYPE_CHECKING:
    from retention.cohorts import Activity, Measure
    from retention.periods import Period
    from retention.returned import Returned
    from retention.study import Study

_WIDTH = 210  # pixels of a list in a row of settings


@dataclass(frozen=True)
class View:
    """What the page's settings ask for.

    Attributes
    ----------
    segments : column of the orders that segments come from, None where there is none
    by_segment : whether the rows are segments
    returned : what it takes to count as back
    """

    period: Period
    measure: Measure
    activity: Activity
    segments: str | None
    by_segment: bool
    leave_out: int
    returned: Returned = ONCE

    @property
    def asked(self) -> tuple[Period, Activity, str | None, int]:
        """What the cohort table depends on, in its order."""
        return self.period, self.activity, self.by, self.leave_out

    @property
    def by(self) -> str | None:
        """Column of the segments that are the rows; None where these are first periods."""
        return self.segments if self.by_segment else None


def view(study: Study) -> View:
    """The page's settings, each with its usual choice made: two in a row, the rest where options are."""
    with screen.settings():
        period = controls.period()
        by_segment = bool(study.segments) and controls.choice("rows") == "segment"
        column = _column(study) if by_segment else None
        with screen.options():
            measure = controls.measure()
            activity = cast("Activity", controls.choice("activity")) if measure in COUNTED else "on"
            column = column or _column(study)
            leave_out = int(controls.number("leave_out"))
            returned = controls.returned()
    return View(period, measure, activity, column, by_segment, leave_out, returned)


def _column(study: Study) -> str | None:
    """The column segments come from; None where there is none, and no question where there is but one."""
    words = screen.words()
    named = {column: words.heading(name) for name, column in study.segments.items()}
    if st.session_state.get("segments_of") not in named:
        st.session_state["segments_of"] = next(iter(named), SEGMENT)
    if len(named) > 1:
        st.selectbox(
            screen.say("cohorts.compare.column"),
            list(named),
            format_func=named.__getitem__,
            key="segments_of",
            persist_state="session",
            width=_WIDTH,
        )
    return str(st.session_state["segments_of"]) if named else None
