"""The visit's study: everything that is known of the loaded orders, each result computed once.

It lies in the visit's cache as one object, under what the orders depend on; the file itself is in the visit's
state, so a lost cache costs a moment and nothing else.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from retention.errors import InputError
from retention.study import Study
from retention.ui.parts import asking, problems, screen, shared
from retention.ui.state import loaded, mapped, settings, together

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from retention.engines import Beyond
    from retention.ingest import Intake
    from retention.lifetime_value import Verdict
    from retention.study import Value


def study() -> Study:
    """The study of the loaded orders, or an invitation to load some and the end of the page."""
    if loaded.source() is None:
        _asked_for_the_file()
        _told_why()
        screen.invitation()
    if mapped.unanswered(loaded.questions()):
        screen.open_question()
    try:
        return _of_loaded()
    except InputError as error:
        problems.error(error)
        screen.link_to_data()
        st.stop()


def study_if_loaded() -> Study | None:
    """The same, None where nothing is loaded, for a page that has something to say then too."""
    if loaded.source():
        return study()
    _asked_for_the_file()
    return None


def _asked_for_the_file() -> None:
    """End the page there where its address is a view of a file that is not here."""
    if settings.shared():
        shared.page()


def _told_why() -> None:
    """Say what kept data from being loaded, where something did."""
    problem = st.session_state.get("upload_problem")
    if problem is not None:
        problems.error(problem)


def present() -> Study | None:
    """The study of the loaded orders, None while there are none that can be used."""
    try:
        return _of_loaded() if loaded.source() else None
    except InputError:
        return None


@contextmanager
def unanswered_said() -> Iterator[None]:
    """Say where the rows' engine gave no answer in this run, also where the page made do without."""
    before = present()
    if before is not None:
        before.memo.unanswered = None  # of a run that ended there: said then
    yield
    here = present()
    if here is not None and here.memo.unanswered is not None:
        problems.error_at_top(here.memo.unanswered)


def holdout_day(of: Study) -> date:
    """Last day the models know where they are tried on what followed: as chosen, or the middle one."""
    return of.models.holdout_day(settings.get("holdout_until"))


def holdout_asked(of: Study) -> date | None:
    """The same where the visitor chose one, None where several days decide."""
    day = holdout_day(of)
    return None if day == of.models.calibration_end() else day


def verdict(value: Value) -> Verdict:
    """How far the forecast of lifetime value can be trusted, by the day the visitor chose where they did."""
    study = value.study
    return study.models.verdict(value.variant, loaded.reference_day(), value.terms.days, holdout_asked(study))


def usual() -> dict[str, Any]:
    """Settings whose usual choice the loaded data decides."""
    here = present()
    if here is None or not here.prepared:  # nobody has chosen what depends on it, and a link may cost nothing
        return {}
    return {"holdout_until": here.models.calibration_end()}


def _of_loaded() -> Study:
    return _study(loaded.key(), loaded.intake())


@st.cache_resource(scope="session", max_entries=2, show_spinner=False)
def _study(key: str, _intake: Intake) -> Study:
    here = loaded.file()
    common = None if here is None else together.common_of(here, key, _intake)
    made = Study(_intake.orders, _intake.lines, _intake.exported, common)
    engine = _intake.orders.engine
    if engine.in_memory:
        made.memo.waiting = screen.progress
    else:
        asking.beside_the_page(made.memo, cast("Beyond", engine))
    return made
