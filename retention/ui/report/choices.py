"""What goes into a report, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from retention.report.brand import COLOUR
from retention.report.written import brand
from retention.story import SECTIONS, subject
from retention.text import LANGUAGES
from retention.ui.parts import problems, screen
from retention.ui.state import people, slides
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from retention.report.brand import Brand
    from retention.text import LanguageCode


@dataclass(frozen=True)
class Wish:
    """What is asked of a report.

    Attributes
    ----------
    sections : in any order
    language : it is written in, whatever the pages are in
    """

    sections: tuple[str, ...]
    language: LanguageCode
    brand: Brand


def wish() -> Wish:
    """The page's settings: parts and language; name, colour and logo one click away."""
    words = screen.words()
    sections = st.pills(
        screen.say("report.sections"),
        list(SECTIONS),
        selection_mode="multi",
        format_func=lambda section: subject(section, words),
        key=slides.TICKED,
        persist_state="session",
    )
    spoken: LanguageCode = st.segmented_control(
        screen.say("report.language"),
        list(LANGUAGES),
        default=language(),
        format_func=lambda code: LANGUAGES[code].name,
        required=True,
        key="report_language",
    )
    with screen.closed("report.brand"):
        shown = _brand()
    if not sections:
        screen.stop("report.none")
    return Wish(tuple(sections), spoken, shown)


def _brand() -> Brand:
    """Name, colour and logo; the app's own where nothing is given."""
    with screen.settings():
        name = st.text_input(
            screen.say("report.name"),
            help=screen.say("report.name.help"),
            max_chars=80,
            key="report_name",
            persist_state="session",
        )
        colour = st.color_picker(
            screen.say("report.colour"), COLOUR, key="report_colour", persist_state="session"
        )
    logo = st.file_uploader(
        screen.say("report.logo"), type=["png", "jpg", "jpeg"], key="report_logo", disabled=people.guest()
    )
    content = None if logo is None else logo.getvalue()
    with problems.input_errors():
        return brand(name.strip(), colour, None if logo is None else logo.name, content)
