"""The visit's side of what is kept of it: file and choices, sealed, for its browser to find after a reload.

The secret is in the visit's state and in a cookie of the browser, sealed with the server's key. The address
bar names the visit, so that each tab finds its own; without the cookie that name opens nothing.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from retention import ingest
from retention.errors import DataWarning
from retention.ingest import Complaints
from retention.sharing import SharingError, Tickets, new_secret, tickets_in
from retention.ui.state import loaded, mapped, people, scenarios, settings
from retention.visits import Choices, KeepingError, VisitsUnreachableError, outlive, visits_in
from retention.visits.pack import dump_choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention.errors import InputError
    from retention.ui.state.loaded import File
    from retention.visits import Found, Visits

COOKIE = "ritorno_visit_"  # and the visit's name; likewise what its ticket is for
TO_KEEP, TO_END = "visit to keep", "visit to end"  # what tickets are for that a page brings back
AT_ONCE = 60  # seconds it has to
UNKEPT = "unkept"  # in the visit's state: its visitor wants nothing kept
_KEPT, _PROBLEM, _TICKET, _GONE, _SOUGHT, _NAMED = (
    f"visit_{each}" for each in ("kept", "not_kept", "ticket", "gone", "sought", "named")
)
_HANDSHAKE, _SESSION_BEFORE = "Sec-Websocket-Protocol", 2  # where a page says which session it had
_NAME = re.compile(r"[0-9a-f]{16}")
_CHOSEN = (
    *(f"map_{role}" for role in ingest.ROLES),
    *(way.key for way in mapped.WAYS.values()),
    *("map_platform", "map_no_sale", "keep_zero", "drop_duplicates", "drop_reversed", "until", "left_out"),
    *("keep_currency", "currencies", "stated_currency", "other_currency", "sheets_together", "no_products"),
)


@dataclass(frozen=True)
class Keeping:
    """What is kept of this visit.

    Attributes
    ----------
    name : what the address and the cookie call it
    secret : what opens it
    content : hash of the file
    mark : what the kept files are known by
    sheet : that was asked for
    choices : as they were last kept
    """

    name: str
    secret: str = field(repr=False)
    content: str
    mark: bytes
    sheet: str | None
    choices: bytes = field(repr=False)


@cache
def visits() -> Visits:
    """What this server keeps of visits."""
    return visits_in()


@cache
def tickets() -> Tickets:
    """What their cookies are sealed with: a key that lasts as long as what is kept."""
    return tickets_in() if outlive() else Tickets(secrets.token_bytes(32))


def keeping() -> Keeping | None:
    """What is kept of this visit, None where nothing is."""
    found: Keeping | None = st.session_state.get(_KEPT)
    return found


def problem() -> InputError | None:
    """Why what is loaded is not kept, though it should be."""
    found: InputError | None = st.session_state.get(_PROBLEM)
    return found


def wanted() -> bool:
    """Whether the host keeps visits, and the visitor wants it."""
    return visits().seconds > 0 and not st.session_state.get(UNKEPT)


def keep(files: Sequence[File], sheet: str | None) -> None:
    """Keep what was just loaded, in the place of what was; or remember why it cannot be.

    Parameters
    ----------
    sheet : that was asked for, None where none was
    """
    here, before = loaded.file(), keeping()
    if here is None or not wanted():
        return
    if before is not None and before.content == here.content:
        st.session_state[_KEPT] = replace(before, sheet=sheet)
        return
    name, secret = (before.name, before.secret) if before else (secrets.token_hex(8), new_secret())
    chosen = _choices(sheet)
    try:
        mark = visits().keep(secret, files, chosen)
        _hand_over(name, secret)
    except KeepingError as trouble:
        forget()
        st.session_state[_PROBLEM] = trouble
        return
    st.session_state[_PROBLEM] = None
    st.session_state[_KEPT] = Keeping(name, secret, here.content, mark, sheet, dump_choices(chosen))


def note() -> None:
    """Have what is kept follow the visit: its choices, or that something else was loaded."""
    now, here = keeping(), loaded.file()
    if here is None or here.common:
        st.session_state[_PROBLEM] = None
    if now is None:
        return
    if here is None or here.content != now.content:
        forget()
        return
    chosen = _choices(now.sheet)
    written = dump_choices(chosen)
    if written == now.choices:
        return
    try:
        there = visits().note(now.secret, now.mark, chosen)
    except KeepingError as trouble:
        forget()
        st.session_state[_PROBLEM] = trouble
        return
    st.session_state[_KEPT] = replace(now, choices=written) if there else None


def sought() -> Found | None:
    """What an earlier page of this browser kept, where the address of this one names it; looked for once.

    Raises
    ------
    KeepingError
        If there is something that cannot be opened.
    """
    if st.session_state.get(_SOUGHT):
        return None
    st.session_state[_SOUGHT] = True
    st.session_state[UNKEPT] = st.query_params.get("keep") == "no"
    name = st.session_state[_NAMED] = _sought()
    secret = _brought(name)
    found = None if secret is None or not wanted() else visits().find(secret)
    return found if found is not None and found.choices.plain.get("person") == _person() else None


def named() -> bool:
    """Whether the address named a visit."""
    return cookie_of(st.session_state.get(_NAMED, "")) is not None


def resume(found: Found) -> None:
    """Make the choices of a visit this one's, whose files were just loaded again."""
    here, name = loaded.file(), st.session_state[_NAMED]
    secret = _brought(name)
    if here is None or secret is None:
        return
    plain = dict(found.choices.plain)
    st.session_state.update({key: plain[key] for key in _CHOSEN if key in plain})
    if "visit" not in st.query_params:
        _take_view(plain)
    _take_tables(found.choices, here.content)
    now = Keeping(name, secret, here.content, found.mark, plain.get("sheet"), dump_choices(found.choices))
    st.session_state[_KEPT] = now


def forget() -> None:
    """Delete what is kept at once; where that cannot be done now, it goes by itself when its time is over."""
    now = keeping()
    st.session_state[_KEPT] = st.session_state[_TICKET] = None
    if now is not None:
        st.session_state[_GONE] = now.name
        try:
            visits().forget(now.secret)
        except KeepingError as trouble:
            st.session_state[_PROBLEM] = trouble


def end() -> None:
    """Wipe what is kept and what this visit holds; nothing is wiped where what is kept cannot be.

    Raises
    ------
    KeepingError
        If it cannot be deleted now.
    """
    now, language = keeping(), st.session_state.get("language")
    if now is not None:
        visits().forget(now.secret)
    context = get_script_run_ctx()
    told = f"{context.session_id if context else ''} {now.name if now else ''}"
    st.session_state.clear()
    st.session_state.update(language=language, visit_over=tickets().issue(TO_END, told, AT_ONCE))


def over() -> str | None:
    """A ticket to end the visit by, where its visitor has ended it."""
    found: str | None = st.session_state.get("visit_over")
    return found


def told() -> dict[str, str]:
    """What the page is to do about it, by name: whom to keep alive, what to bring back, whom to forget."""
    now = keeping()
    return {
        "visit": now.name if now else "",
        "ticket": st.session_state.get(_TICKET) or "",
        "gone": st.session_state.get(_GONE) or "",
    }


def written() -> dict[str, str]:
    """What the address bar holds of it, and no link that is copied."""
    now = keeping()
    if now is not None:
        return {"visit": now.name}
    return {"keep": "no"} if st.session_state.get(UNKEPT) else {}


def cookie_of(name: str) -> str | None:
    """What the cookie of a visit is called, None for what is no visit's name."""
    return f"{COOKIE}{name}" if _NAME.fullmatch(name) else None


def _hand_over(name: str, secret: str) -> None:
    """Have the page bring the browser its cookie."""
    try:
        ticket = tickets().issue(TO_KEEP, f"{name} {secret}", AT_ONCE)
    except SharingError as trouble:  # there is no key to seal it with
        raise VisitsUnreachableError from trouble
    st.session_state.update({_TICKET: ticket, _GONE: None})


def _sought() -> str:
    """The name of the visit to find: as the address has it.

    A page whose connection was lost for long may come back with the address of the next page alone, which
    names none. It says that it had a session before; its browser's visit is then meant, if it has just one.
    """
    name = st.query_params.get("visit", "")
    before = (st.context.headers.get(_HANDSHAKE) or "").split(",")[_SESSION_BEFORE:]
    if name or not any(each.strip() for each in before):
        return name
    held = [each.removeprefix(COOKIE) for each in st.context.cookies if each.startswith(COOKIE)]
    good = [each for each in held if _brought(each) is not None]
    return good[0] if len(good) == 1 else ""


def _brought(name: str) -> str | None:
    """The secret of a visit, as its browser holds it."""
    cookie = cookie_of(name)
    ticket = st.context.cookies.get(cookie) if cookie else None
    return None if cookie is None or ticket is None else tickets().read(cookie, ticket)


def _choices(sheet: str | None) -> Choices:
    """What the visitor chose, answered and typed of the loaded file."""
    state, here = st.session_state, loaded.file()
    content = here.content if here else None
    plain = {name: state[name] for name in _CHOSEN if state.get(name) is not None}
    tables = {}
    if state.get("spend_of") == content and "spend" in state:
        tables["spend"] = state["spend"]
        plain["spend_assumed"] = [(each.code, each.details) for each in state.get("spend_assumed", ())]
    of, heard = state.get("complaints", (None, None))
    if heard is not None and of == content:
        tables["complaints"] = heard.table
        plain["complaints"] = {name: value for name, value in vars(heard).items() if name != "table"}
    view = {"settings": settings.chosen(), "scenarios": scenarios.written(), "language": settings.language()}
    return Choices({**plain, **view, "sheet": sheet, "person": _person()}, tables)


def _person() -> str | None:
    """Whose the visit is, where people sign in: the next person at this browser does not find it."""
    found = people.person()
    return None if found is None else found.address


def _take_view(plain: Mapping[str, Any]) -> None:
    """Set the settings an address would hold."""
    known = {name: value for name, value in plain["settings"].items() if name in settings.SETTINGS}
    st.session_state.update(known, scenarios=scenarios.read(plain["scenarios"]), language=plain["language"])


def _take_tables(choices: Choices, content: str) -> None:
    """Take spend and complaints over as if they had been brought to this file."""
    spend, heard = choices.tables.get("spend"), choices.tables.get("complaints")
    if spend is not None:
        taken = tuple(DataWarning(code, details) for code, details in choices.plain["spend_assumed"])
        st.session_state.update(spend_of=content, spend=spend, spend_assumed=taken)
    if heard is not None:
        st.session_state["complaints"] = content, Complaints(heard, **choices.plain["complaints"])
