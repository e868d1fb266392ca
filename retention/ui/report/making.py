"""A report is made when asked for, with its progress, and written when it is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from retention.report.written import MIMES, WRITERS
from retention.story import deck, subject
from retention.ui.acquisition import spend_editor
from retention.ui.dropoff import complaints
from retention.ui.parts import address, offered, problems, screen
from retention.ui.report import asked
from retention.ui.state import loaded, slides

if TYPE_CHECKING:
    from retention.story import Deck
    from retention.study import Study
    from retention.ui.report.choices import Wish

_ICONS = {".html": ":material/article:", ".xlsx": ":material/table_view:", ".pptx": ":material/slideshow:"}


@dataclass(frozen=True)
class Made:
    """A report that is ready.

    Attributes
    ----------
    of : what it depends on: every page's view, data, spend and complaints, the parts, language and name
    """

    of: str
    deck: Deck


def section(study: Study, wish: Wish) -> None:
    """The button that makes it, the one that shows it at once, and once made the three files."""
    state = _state(wish)
    with screen.settings():
        make = st.button(
            screen.say("report.make"), type="primary", icon=":material/summarize:", key="make_report"
        )
        meet = st.button(
            screen.say("meeting.begin"),
            icon=":material/slideshow:",
            key="begin_meeting",
            help=screen.say("meeting.begin.help"),
        )
    if meet:
        slides.begin()
        screen.turn_to("meeting")
    if make:
        _shelf()[:] = [Made(state, _made(study, wish))]
    for made in _shelf():
        _ready(made, state, wish)


def present(study: Study, wish: Wish) -> Deck:
    """The report as it is asked for now, made where that was not done yet."""
    state = _state(wish)
    if not any(made.of == state for made in _shelf()):
        _shelf()[:] = [Made(state, _made(study, wish))]
    return _shelf()[0].deck


def _state(wish: Wish) -> str:
    """What a report depends on."""
    spend, complained = spend_editor.present(), complaints.present()
    tables = (spend, None if complained is None else complained.table)
    given = [None if table is None else table.to_csv(index=False) for table in tables]
    return repr((address.here(), loaded.key(), given, wish.sections, wish.language, wish.brand.name))


def _made(study: Study, wish: Wish) -> Deck:
    """Every message asked for, each named while it is computed."""
    bar = st.progress(0.0)

    def told(name: str, place: int, count: int) -> None:
        named = subject(name, screen.words())
        said = screen.say("report.making", subject=named, n=place + 1, all=count)
        bar.progress(place / count, text=said)

    with problems.input_errors():
        telling = asked.telling(study, wish.language)
        today = datetime.now(tz=UTC).date()
        found = deck(telling, today, name=wish.brand.name, sections=wish.sections, made=told)
    bar.empty()
    return found


def _ready(made: Made, state: str, wish: Wish) -> None:
    """What it holds, what it cannot, and the files."""
    if made.of != state:
        screen.text("report.changed")
    st.markdown(screen.say("report.ready", n=len(made.deck.messages), day=made.deck.day))
    if made.deck.untold:
        screen.text("report.untold", subjects=[each.subject for each in made.deck.untold])
    name = screen.words().say("file.report")
    with st.container(horizontal=True):
        for ending, write in WRITERS.items():
            offered.file(
                screen.say(f"report.download.{ending[1:]}"),
                partial(write, made.deck, wish.brand),
                f"{name}{ending}",
                MIMES[ending],
                icon=_ICONS[ending],
                key=f"download_report_{ending[1:]}",
            )
    screen.text("report.download.help")


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _shelf() -> list[Made]:
    """The visit's last one."""
    return []
