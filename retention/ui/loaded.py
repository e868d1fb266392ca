"""What this visit has loaded, and what was computed from it: kept for this visit only.

Computed tables are cached per visit under the file's hash and the settings they depend on; the file itself
lies in the visit's state, so a lost cache costs a moment and nothing else. Results are frozen and handed out
without a copy: nobody changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from retention import acquisition, aggregate, flows as flows_of, ingest, truncation
from retention.errors import DataWarning, InputError
from retention.summary import spent
from retention.ui import downloads, mapped, screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd
    from pandas.io.formats.style import Styler

    from retention.charts.style import Drawing
    from retention.ingest import Guess, Intake, Mapping, Question, RawTable
    from retention.orders import Orders
    from retention.periods import Period

T = TypeVar("T")
File = tuple[str, bytes]
_SWITCHES = {"keep_zero": False, "drop_duplicates": False, "drop_reversed": False}


@dataclass(frozen=True)
class Source:
    """A file read in this visit.

    Attributes
    ----------
    raw, guess : what it holds, and what its columns seem to be
    sample : which sample it is, if one
    files : name and bytes, to be read again where another sheet may be wanted
    """

    raw: RawTable
    guess: Guess
    sample: str | None = None
    files: tuple[File, ...] = ()


def source() -> Source | None:
    """The file this visit has loaded, None before the first."""
    found: Source | None = st.session_state.get("source")
    return found


def take(raw: RawTable, sample: str | None = None, files: tuple[File, ...] = ()) -> None:
    """Make a file the visit's data; the one before it stays where this one cannot be understood at all.

    Raises
    ------
    InputError
        If the file's columns cannot even be looked at, or it names no customers.
    """
    guess = ingest.guess(raw)
    before, columns = source(), mapping()
    if before is not None and columns is not None:
        mapped.remember(before.raw, columns)
    st.session_state["source"] = Source(raw, guess, sample, files if len(raw.sheets) > 1 else ())
    mapped.begin(raw, guess)
    st.session_state.update(_SWITCHES, until=None, left_out=[], keep_currency=None, currencies={})
    st.session_state["sheet"] = raw.sheet


def questions() -> tuple[Question, ...]:
    """What the file leaves open under the visitor's columns, one for each thing to be told."""
    here, columns = source(), mapping()
    if here is None or columns is None:
        return ()
    if columns.columns == here.guess.columns:
        asked = here.guess.questions
    else:
        written = repr((here.raw.content_hash, columns.columns, columns.platform))
        asked = _kept((written, "questions", ""), lambda: ingest.questions_about(here.raw, columns))
    return tuple({question.field: question for question in asked}.values())


def usable() -> Intake | None:
    """The file's orders, None while it cannot be used as it is mapped."""
    try:
        return intake()
    except InputError:
        return None


def mapping() -> Mapping | None:
    """The columns as the visitor has them now, None while one that is needed is missing."""
    return mapped.chosen() if source() else None


def intake() -> Intake:
    """Orders and account of the loaded file.

    Raises
    ------
    InputError
        If nothing is loaded, a needed column is not chosen, or no row can be used.
    """
    here, columns = source(), mapping()
    if here is None:
        raise InputError("nothing_loaded")
    if columns is None:
        raise InputError("no_usable_column", missing=list(here.guess.missing))
    held = _intake(key(), here.raw, columns, _options())
    st.session_state["currency"] = held.orders.currency
    return held


def orders() -> Orders:
    """The loaded orders, or an invitation to load some and the end of the page."""
    if source() is None:
        screen.invitation()
    if mapped.unanswered(questions()):
        screen.open_question()
    try:
        return intake().orders
    except InputError as error:
        screen.error(error)
        screen.link_to_data()
        st.stop()


def reference_day() -> date:
    """The day a forecast starts from: today, or the end of the data where that is set or a sample's."""
    here = source()
    ended = st.session_state.get("until") is not None or (here is not None and here.sample is not None)
    return intake().orders.window.last if ended else datetime.now(tz=UTC).date()


def cohort_warnings(period: Period) -> tuple[DataWarning, ...]:
    """What bends the cohort figures: customers who may be older than the file."""
    return computed("truncation", lambda: truncation.warnings(intake().orders, period), period)


def flows(period: Period) -> flows_of.Flows:
    """Flows of the loaded orders."""
    return computed("flows", lambda: flows_of.flows(intake().orders, period), period)


def measured_retention(period: Period) -> flows_of.Retention | None:
    """Retention measured on the loaded orders, its bootstrap drawn once."""
    return computed("retention", lambda: flows_of.measured_retention(intake().orders, period), period)


def people() -> pd.DataFrame:
    """One row per customer of the loaded orders."""
    found: pd.DataFrame = computed("people", lambda: aggregate.customers(intake().orders))
    return found


def order_tables(channels: Iterable[str]) -> acquisition.OrderTables:
    """The tables that spend on these channels is set against."""
    held, named = intake().orders, sorted({str(channel) for channel in channels})
    column = computed("channel_column", lambda: spent.channel_column_of(held, people(), named), named)
    return computed("order_tables", lambda: spent.order_tables_of(held, people(), column), column)


def computed(what: str, compute: Callable[[], T], given: object = None) -> T:
    """A result of the loaded orders, computed once per data, columns and settings."""
    found: T = _kept((key(), what, repr(given)), compute)
    return found


def tried(what: str, compute: Callable[[], T], given: object) -> T:
    """A result of controls that are moved freely, kept apart: however many, they push nothing else out."""
    found: T = _tried((key(), what, repr(given)), compute)
    return found


def drawn(what: str, draw: Callable[[], Drawing], given: object = None) -> Drawing:
    """A chart of the loaded orders, drawn once per data, columns, settings and the reader's words."""
    words = screen.words()
    found: Drawing = _drawn((key(), what, repr((given, words.language, words.currency))), draw)
    return found


def table(
    frame: pd.DataFrame, name: str, given: object, most: int | None = None, *, open_at_start: bool = False
) -> None:
    """The table behind a chart, its cells written out once for the settings it depends on."""
    words = screen.words()

    def shown() -> Styler:
        return computed(
            f"table_{name}",
            lambda: downloads.written(frame.head(most) if most else frame, words),
            (given, words),
        )

    screen.table(frame, name, open_at_start=open_at_start, shown=shown)


@st.cache_resource(scope="session", max_entries=60, show_spinner=False)
def _kept(key: tuple[str, ...], _compute: Callable[[], Any]) -> Any:  # noqa: ARG001  the key is what is hashed
    return _compute()


@st.cache_resource(scope="session", max_entries=40, show_spinner=False)
def _tried(key: tuple[str, ...], _compute: Callable[[], Any]) -> Any:  # noqa: ARG001  as above
    return _compute()


@st.cache_resource(scope="session", max_entries=40, show_spinner=False)
def _drawn(key: tuple[str, ...], _draw: Callable[[], Drawing]) -> Drawing:  # noqa: ARG001  as above
    return _draw()


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _intake(key: str, _raw: RawTable, _columns: Mapping, _given: dict[str, Any]) -> Intake:  # noqa: ARG001  as above
    return ingest.to_orders(_raw, _columns, **_given)


def _options() -> dict[str, Any]:
    state = st.session_state
    return {
        "until": state.get("until"),
        "zero_orders": "keep" if state.get("keep_zero") else "leave-out",
        "duplicates": "drop" if state.get("drop_duplicates") else "keep",
        "drop_reversed": bool(state.get("drop_reversed")),
        "leave_out_customers": frozenset(state.get("left_out") or ()),
        "currency": state.get("keep_currency"),
    }


def key() -> str:
    """What the loaded orders depend on: the file, its columns, the choices made of its rows."""
    here = source()
    if here is None:
        return ""
    options = {**_options(), "leave_out_customers": sorted(st.session_state.get("left_out") or ())}
    return repr((here.raw.content_hash, here.raw.sheet, mapping(), options))
