"""What every page's settings ask now, so that a report says what the pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.cohorts import COUNTED
from retention.orders import SEGMENT
from retention.story import Asked, Telling
from retention.ui.acquisition import spend_editor
from retention.ui.dropoff import complaints
from retention.ui.parts import screen
from retention.ui.reality import findings
from retention.ui.simulator import question
from retention.ui.state import loaded, settings, visit
from retention.ui.state.settings import get, share

if TYPE_CHECKING:
    from retention.cohorts import Activity
    from retention.study import Study
    from retention.text import LanguageCode, Words


def telling(study: Study, language: LanguageCode) -> Telling:
    """The loaded data on the visit's terms, in a language.

    Raises
    ------
    InputError
        If a setting of a page cannot be used with this data.
    """
    if loaded.source() is None:
        raise ValueError("nothing is loaded")
    reader = words(language)
    return Telling(study, loaded.intake(), loaded.named(reader.bare), asked(study), reader)


def words(language: LanguageCode) -> Words:
    """The visit's words in another language, for what is read as Markdown."""
    return screen.markdown_words().in_language(language)


def asked(study: Study) -> Asked:
    """What all pages ask together."""
    within, complained = get("within"), complaints.present()
    return Asked(
        question=question.of(study, question.on_page()),
        claim=findings.question(study),
        reference=loaded.reference_day(),
        every=get("every"),
        within=None if within == "usual" else int(within),
        period=get("period"),
        activity=cast("Activity", get("activity")) if get("measure") in COUNTED else "on",
        by=_rows(study),
        leave_out=int(get("leave_out")),
        leave_out_left_truncated=settings.leave_out_left_truncated(),
        wanted=settings.wanted(),
        unit=settings.time_unit(),
        horizon_months=int(get("horizon")),
        discount_rate=share("discount"),
        margin=share("margin"),
        holdout=visit.holdout_asked(study),
        returned=settings.returned(),
        spend=spend_editor.present(),
        complaints=None if complained is None else complained.table,
        occasion=get("occasion"),
    )


def _rows(study: Study) -> str | None:
    """Column of the segments that are the rows of the cohorts; None where these are first periods."""
    if get("rows") != "segment" or not study.segments:
        return None
    chosen, columns = st.session_state.get("segments_of", SEGMENT), list(study.segments.values())
    return str(chosen) if chosen in columns else columns[0]
