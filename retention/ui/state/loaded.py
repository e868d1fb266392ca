"""What this visit has loaded: a file, its columns as the visitor has them, its orders; or a shared study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import ingest
from retention.errors import DataWarning, InputError
from retention.sources import Look
from retention.study import Study
from retention.text import file_named
from retention.ui.state import earlier, mapped, room, samples, together

if TYPE_CHECKING:
    import pandas as pd

    from retention.ingest import Guess, Intake, Mapping, Question, RawTable, Sample
    from retention.sharing import SharedStudy, Terms
    from retention.sources import Forming, Found, Held
    from retention.text import Words

File = tuple[str, bytes]
NO_CURRENCY, OTHER_CURRENCY = "none", "other"  # choices beside the codes
SPEND_ASSUMED = "spend_assumed"  # of what was understood of a shared study
_GIVEN_UP = "orders_given_up"  # in the visit's state
_OF_PAIRS = ("duplicates", "drop_reversed")  # of rows, which are looked over in memory alone
_SWITCHES = {"keep_zero": False, "drop_duplicates": False, "drop_reversed": False}


@dataclass(frozen=True)
class Source:
    """A file read in this visit.

    Attributes
    ----------
    raw, guess : what it holds, and what its columns seem to be
    sample : which sample it is, if one
    kept_at : key of the source it was read of, if one
    files : name and bytes, to be read again where another sheet may be wanted
    look : at an engine that has the rows, of which those here are then a part
    """

    raw: RawTable
    guess: Guess
    sample: Sample | None = None
    files: tuple[File, ...] = ()
    kept_at: str | None = None
    look: Look | None = None

    @property
    def held(self) -> Held | None:
        """Who has all its rows, where what is here is but a part of them."""
        return None if self.look is None else self.look.held

    @property
    def name(self) -> str:
        """What it is called."""
        return self.raw.name

    @property
    def content(self) -> str:
        """What tells it from any other."""
        return self.raw.content_hash

    @property
    def ended(self) -> bool:
        """Whether a forecast starts from its end, whatever the day."""
        return self.sample is not None

    @property
    def common(self) -> bool:
        """Whether others have the same, and may: what follows from it alone is then computed once."""
        return self.sample is not None or self.kept_at is not None


@dataclass(frozen=True)
class Given:
    """A study somebody shared: its orders are here, the rows they were made of are not.

    Attributes
    ----------
    terms : what it was shared under
    """

    study: SharedStudy
    terms: Terms
    sample: None = None  # its owner may have changed settings of one
    kept_at: None = None

    @property
    def name(self) -> str:
        """What its owner calls it."""
        return self.study.title

    @property
    def content(self) -> str:
        """What tells it from any other."""
        return self.terms.id

    @property
    def ended(self) -> bool:
        """Whether a forecast starts from its end, as its owner has it."""
        return self.study.source.ended

    @property
    def spend(self) -> pd.DataFrame | None:
        """Marketing spend as its owner typed it."""
        return self.study.spend

    @property
    def spend_assumed(self) -> tuple[DataWarning, ...]:
        """What the reading of that spend took for granted."""
        found = self.study.source.understood.get(SPEND_ASSUMED, ())
        return tuple(DataWarning(code, details) for code, details in found)


def source() -> Source | Given | None:
    """What this visit has loaded, None before the first."""
    found: Source | Given | None = st.session_state.get("source")
    return found


def file() -> Source | None:
    """The same where the file itself is here."""
    here = source()
    return None if isinstance(here, Given) else here


def given() -> Given | None:
    """The same where somebody shared it."""
    here = source()
    return here if isinstance(here, Given) else None


def receive(opened: Given) -> None:
    """Make a shared study the visit's data.

    Raises
    ------
    ServerFullError, VisitTooLargeError
    """
    room.claim(opened.study.intake.orders.table)
    st.session_state["source"] = opened
    _begin()


def take(raw: RawTable, files: tuple[File, ...] = ()) -> None:
    """Make a file the visit's data; the one before it stays where this one cannot be understood at all.

    Raises
    ------
    InputError
        If the file's columns cannot even be looked at, it names no customers, or there is no room for it.
    """
    _take(Source(raw, ingest.guess(raw), None, files if len(raw.sheets) > 1 else ()))


def take_sample(name: Sample) -> None:
    """Make a sample the visit's data.

    Raises
    ------
    InputError
        ``no_such_sample``, or there is no room for it.
    """
    _take(Source(*samples.opened(name), sample=name))


def take_source(found: Found, key: str) -> None:
    """Make what was read of a source the visit's data; who may see it was asked before.

    Raises
    ------
    InputError
        As of `take`; ``no_such_column`` where the source lacks one its host tells.
    """
    raw = found.raw
    guess = raw.remembered("guess", lambda: ingest.guess(raw))
    _take(Source(raw, guess, kept_at=key, look=None if found.held is None else Look(found.held)))


def named(words: Words) -> str:
    """What is loaded, as reports and lists say where they come from."""
    here = source()
    if here is None:
        return ""
    return here.name if isinstance(here, Given) else file_named(here.raw, words, rows())


def rows() -> int | None:
    """How many rows a file has in all; None of what an engine has as long as they are not counted."""
    here = file()
    if here is None:
        return None
    if here.held is None:
        return len(here.raw.table)
    held = usable()
    return None if held is None else held.account.rows


def is_beyond_memory() -> bool:
    """Whether an engine has the rows, and what takes all of them cannot be asked."""
    here = file()
    return here is not None and here.held is not None


def _take(taken: Source) -> None:
    raw = taken.raw
    room.claim(raw.table)
    before, columns = file(), mapping()
    if before is not None and columns is not None:
        mapped.remember(before.raw, columns)
        _remember(before, raw)
    st.session_state["same_file"] = before is not None and _is_same(before.raw, raw)
    st.session_state["source"] = taken
    mapped.begin(raw, taken.guess)
    _begin()
    st.session_state["sheet"] = raw.sheet


def _begin() -> None:
    """Forget what was chosen of the data before."""
    st.session_state.update(_SWITCHES, until=None, left_out=[], keep_currency=None, currencies={})
    st.session_state.update(stated_currency=NO_CURRENCY, other_currency=None)


def _is_same(before: RawTable, raw: RawTable) -> bool:
    """Whether it is what was loaded already, and not another sheet of it."""
    of = ((each.content_hash, each.sheet, each.together) for each in (before, raw))
    return next(of) == next(of)


def _remember(before: Source, raw: RawTable) -> None:
    """Keep a file of the visitor's own that another takes the place of."""
    held = None if before.held else usable()  # what an engine has goes with it
    if before.sample or before.raw.content_hash == raw.content_hash or held is None:
        return
    if not mapped.unanswered(questions()):
        earlier.remember(before.raw.name, before.raw.content_hash, Study(held.orders))


def questions() -> tuple[Question, ...]:
    """What the file leaves open under the visitor's columns, one for each thing to be told."""
    here, columns = file(), mapping()
    if here is None or columns is None:
        return ()
    if columns.columns == here.guess.columns:
        asked = here.guess.questions
    else:
        written = repr((here.raw.content_hash, columns.columns, columns.platform))
        asked = _questions(written, here.raw, columns)
    return tuple({question.field: question for question in asked}.values())


def usable() -> Intake | None:
    """The file's orders, None while it cannot be used as it is mapped."""
    try:
        return intake()
    except InputError:
        return None


def mapping() -> Mapping | None:
    """The columns as the visitor has them now, None while one that is needed is missing."""
    return mapped.chosen() if file() else None


def intake() -> Intake:
    """Orders and account of what is loaded.

    Raises
    ------
    InputError
        If nothing is loaded, a needed column is not chosen, or no row can be used.
    """
    here, columns = source(), mapping()
    if here is None:
        raise InputError("nothing_loaded")
    if isinstance(here, Given):
        return here.study.intake
    if columns is None:
        raise here.guess.refusal()
    if here.held is not None:
        return _formed(here.held)
    read = together.intake if here.common else _intake
    return read(key(), here.raw, columns, _options())


def _formed(held: Held) -> Intake:
    """Orders an engine has formed; it is asked for them before the page is drawn, see `to_form`."""
    found = held.formed(key())
    if found is None:
        raise given_up() or InputError("orders_not_formed")
    return found


def give_up(problem: InputError) -> None:
    """Note why orders were not formed, and that they are not to be before something is asked otherwise."""
    st.session_state[_GIVEN_UP] = key(), problem


def given_up() -> InputError | None:
    """Why the orders asked for now were not formed, None where that is not known."""
    of, problem = st.session_state.get(_GIVEN_UP, (None, None))
    return problem if of == key() else None


def to_form() -> Forming | None:
    """Have an engine form the orders of what is loaded; None where it has, or something is open."""
    here, columns = file(), mapping()
    if here is None or here.held is None or columns is None or mapped.unanswered(questions()):
        return None
    return here.held.forming(here.raw, key(), columns, _asked_of_an_engine())


def currency() -> str | None:
    """What the loaded orders are paid in: as the file says, else as the visitor does; None where neither."""
    held = usable()
    return (held.orders.currency or _stated()) if held else None


def _stated() -> str | None:
    """The currency the visitor says a file is in that names none; nothing is computed anew for it."""
    code: str = st.session_state.get("stated_currency") or NO_CURRENCY
    if code == OTHER_CURRENCY:
        other: str | None = st.session_state.get("other_currency")
        return other
    return None if code == NO_CURRENCY else code


def reference_day() -> date:
    """The day a forecast starts from: today, or the end of the data where that is set or a sample's."""
    return intake().orders.window.last if ended() else datetime.now(tz=UTC).date()


def ended() -> bool:
    """Whether that is the end of the data."""
    here = source()
    return st.session_state.get("until") is not None or (here is not None and here.ended)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _questions(key: str, _raw: RawTable, _columns: Mapping) -> tuple[Question, ...]:  # noqa: ARG001  the key is what is hashed
    return ingest.questions_about(_raw, _columns)


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


def _asked_of_an_engine() -> dict[str, Any]:
    """The same without what needs every pair of rows."""
    return {name: value for name, value in _options().items() if name not in _OF_PAIRS}


def key() -> str:
    """What the loaded orders depend on: the file, its columns, the choices made of its rows."""
    here = source()
    if here is None:
        return ""
    if isinstance(here, Given):
        return here.content
    options = {**_options(), "leave_out_customers": sorted(st.session_state.get("left_out") or ())}
    return repr((here.raw.content_hash, here.raw.sheet, mapping(), options))
