"""The parts every page is made of, in the order a page shows them."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, NoReturn, ParamSpec, cast

import pandas as pd
import streamlit as st

from retention.charts import style
from retention.text import Words
from retention.text.formats import NOTHING
from retention.ui.parts import downloads, offered
from retention.ui.parts.cached import cached
from retention.ui.state.settings import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pandas.io.formats.style import Styler
    from streamlit.delta_generator import DeltaGenerator

    from retention.charts.style import Chart, Drawing
    from retention.story import Figure

    Clicked = Callable[[], None]

P = ParamSpec("P")
CARD = 180  # pixels at least: four share a page and one a telephone, so no name is cut


def words() -> Words:
    """The visit's language and the currency of its data, for labels, charts and tables."""
    return Words(language(), st.session_state.get("currency"))


def say(key: str, **values: Any) -> str:
    """A sentence as Markdown: what comes out of a file is shown as it is, never as formatting."""
    return markdown_words().say(key, **values)


def markdown_words() -> Words:
    """The visit's words for what is read as Markdown."""
    return replace(words(), markdown=True)


def begin() -> None:
    """Begin a run: the places of the one before are gone, and what is drawn there would end the page."""
    _waiting().clear()


def title(page: str, *, question: bool = True, loaded: bool = False) -> None:
    """The page's title and the question it answers, and the place where a heavy result is waited for.

    Parameters
    ----------
    question : whether it is told
    loaded : whether it was to load something, and that is there
    """
    st.title(say(f"{page}.title{'.loaded' if loaded else ''}"), anchor=False)
    if question and not loaded:
        st.caption(say(f"{page}.question"))
    _waiting()[:] = [st.empty()]


def settings() -> DeltaGenerator:
    """The page's few settings in a row above what they change."""
    return st.container(horizontal=True, vertical_alignment="top", gap="medium")


def place() -> DeltaGenerator:
    """A place that is filled once what stands below it is known: the answer before what it is asked with."""
    return st.container()


def options() -> DeltaGenerator:
    """What can be set beside these, behind a button at the end of their row, level with what is set."""
    end = st.container(width="content", height="stretch", vertical_alignment="bottom")
    return end.popover(say("options.show"), icon=":material/tune:", key="options")


def closed(key: str, *, expanded: bool = False) -> DeltaGenerator:
    """A part of the page that stays closed until asked for, or until there is something in it."""
    return st.expander(say(key), icon=":material/tune:", expanded=expanded)


def details(key: str, show: Callable[P, None], *given: P.args, **named: P.kwargs) -> None:
    """A part of the page that is closed, and not computed, until asked for.

    Parameters
    ----------
    show : what shows it, of what it is given
    """
    part = st.expander(say(key), key=f"details_{key}", on_change="rerun")
    if part.open:
        with part:
            show(*given, **named)


def headline(key: str, **values: Any) -> None:
    """The figure in a sentence or two, to be read aloud."""
    heading(say(key, **values))


def heading(said: str) -> None:
    """The same of a sentence that is ready, in Markdown."""
    st.markdown(f"## {said}")


def cards(page: str, figures: Iterable[Figure]) -> None:
    """Up to four figures that are told of the page in Markdown, side by side, with their course if any."""
    shown = list(figures)
    with st.grid(len(shown), min_column_width=CARD):
        for each in shown:
            card(each.label, each.written, say(f"{page}.{each.name}.help"), list(each.course) or None)


def section(key: str) -> None:
    """A part of the page, with its heading."""
    st.subheader(say(key), anchor=False)


def text(key: str, **values: Any) -> None:
    """A line of explanation."""
    st.caption(say(key, **values))


def paragraph(*sentences: str) -> None:
    """Lines of explanation that belong together."""
    st.caption(" ".join(sentences))


def metrics(figures: Mapping[str, tuple[str, Iterable[float] | None]]) -> None:
    """Up to four figures side by side: what each is called by its key, its value and its course."""
    with st.grid(len(figures), min_column_width=CARD):
        for key, (value, course) in figures.items():
            card(say(key), value, say(f"{key}.help"), None if course is None else list(course))


def card(label: str, value: str, explained: str | None, course: list[float] | None) -> None:
    """One of several figures side by side."""
    st.metric(
        label,
        value,
        help=explained,
        border=True,
        height="stretch",
        chart_data=course,
        chart_type="area",
    )


def chart(drawing: Drawing, alt_key: str, **values: Any) -> None:
    """A chart over the full width, with its reading for those who cannot see it."""
    picture(drawing, words().say(alt_key, **values))


def picture(drawing: Drawing, reading: str, *, fills: bool = False) -> None:
    """The same where the reading is ready.

    Parameters
    ----------
    fills : whether it takes what height there is, rather than its own
    """
    st.altair_chart(_inked(drawing), width="stretch", height="stretch" if fills else "content", alt=reading)


def clickable(drawing: Drawing, key: str, on_click: Clicked, alt_key: str, **values: Any) -> None:
    """A chart whose marks can be clicked; what is chosen lies in the visit's state under the key."""
    alt = words().say(alt_key, **values)
    st.altair_chart(_inked(drawing), width="stretch", alt=alt, key=key, on_select=on_click)


def scrolled(least_width: int) -> DeltaGenerator:
    """Room for a wide chart: on a screen narrower than it needs it is moved to and fro, not squeezed.

    Parameters
    ----------
    least_width : pixels
    """
    return st.grid(1, min_column_width=least_width, wrap=False)


def _inked(drawing: Drawing) -> Chart:
    return cast("Chart", style.Inked(drawing, st.context.theme.type))  # of which Streamlit wants the dict


def table(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    *,
    open_at_start: bool = False,
    most: int | None = None,
    cells: str | Mapping[str, str] | None = None,
    columns: Iterable[str] | None = None,
) -> None:
    """The table behind a chart, headings in the reader's language, with its download.

    Parameters
    ----------
    frame : the table, made by `cached`, for its cells are written out once as long as it is the very same; or
        what makes it so, called where the table is open
    most : rows shown where there may be very many; the download holds all
    cells : what stands in columns that say when, not what; or in each of some, see `downloads.readable`
    columns : see `show_table`
    """
    behind = st.expander(
        say(f"table.{name}"),
        expanded=open_at_start,
        icon=":material/table:",
        key=f"table_{name}",
        on_change="rerun",
    )
    if behind.open:
        with behind:
            made = frame() if callable(frame) else frame
            show_table(cached(downloads.written, made, words(), cells, most), columns=columns)
            download(made, name, cells=cells)


def show_table(
    frame: pd.DataFrame | Styler,
    *,
    height: int | Literal["auto"] = "auto",
    cells: str | Mapping[str, str] | None = None,
    pinned: str | None = None,
    columns: Iterable[str] | None = None,
) -> None:
    """A table as it is read: numbers and dates in the reader's way; or one already written so.

    Parameters
    ----------
    pinned : a column that stays in sight however far the others are moved
    columns : those in sight, where all are wider than a screen; the others are in the table's menu
    """
    st.dataframe(
        downloads.readable(frame, words(), cells) if isinstance(frame, pd.DataFrame) else frame,
        hide_index=True,
        width="stretch",
        height=height,
        placeholder=NOTHING,
        column_order=None if columns is None else [words().heading(name) for name in columns],
        column_config={words().heading(pinned): st.column_config.Column(pinned=True)} if pinned else None,
    )


def download(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    label: str = "table.download",
    cells: str | Mapping[str, str] | None = None,
) -> None:
    """A table as a file for a spreadsheet, written when asked for; its numbers stay numbers.

    Parameters
    ----------
    frame : the table, or what makes it where that too is better left until asked for
    cells : see `downloads.readable`
    """
    reader = words()
    offered.file(
        say(label),
        lambda: downloads.csv(frame() if callable(frame) else frame, reader, cells),
        f"{reader.say(f'file.{name}')}.csv",
        "text/csv",
        key=f"download_{name}",
    )


def definition(page: str) -> None:
    """How the page's figures are computed, closed until asked for."""
    with st.expander(say("definition.show"), icon=":material/function:"):
        st.markdown(say(f"{page}.definition"))


def invitation() -> NoReturn:
    """Where there is no data yet: what the page will show, and the way to load some."""
    invite("invitation")
    st.stop()


def invite(key: str) -> None:
    """What a file would add, and the way to load one."""
    st.info(say(key), icon=":material/upload_file:")
    link_to_data()


def open_question() -> NoReturn:
    """Where the file leaves something open: no figure before it is answered, and the way to do so."""
    st.info(say("question.open"), icon=":material/help:")
    link_to_data()
    st.stop()


def stop(key: str, **values: Any) -> NoReturn:
    """Why the page ends here, and what would make it go on."""
    st.info(say(key, **values), icon=":material/info:")
    st.stop()


def computing() -> AbstractContextManager[None]:
    """Words for what takes longer than a moment."""
    return st.spinner(say("computing"))


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Words for one of the study's heavy results while it is computed, at a place of its own.

    Where it to stand where it is needed, what comes after it would move, and with it what the visitor opened.
    """
    with waiting_place() or nullcontext(), st.spinner(say(f"progress.{what}")):
        yield


def waiting_place() -> DeltaGenerator | None:
    """The page's place for it, None where it has none yet."""
    return next(iter(_waiting()), None)


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _waiting() -> list[DeltaGenerator]:
    """The page's place for it, once it has one: no part of the visit's state, which can be moved away."""
    return []


def next_step(page: str) -> None:
    """The one thing to do from here."""
    if st.button(say(f"next.{page}"), key="next", type="primary", icon=":material/arrow_forward:"):
        turn_to(page)


def turn_to(page: str) -> NoReturn:
    """Leave for another page."""
    st.switch_page(f"{page}.py")


def leads_to(page: str, key: str) -> None:
    """A page where more is said, by what is said there."""
    st.page_link(f"{page}.py", label=say(key), icon=":material/arrow_forward:")


def link_to_data() -> None:
    """The way to the Data page."""
    leads_to("data", "invitation.link")
