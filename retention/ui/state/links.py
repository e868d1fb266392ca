"""The visit's side of shared links: who shares, what is shared of a visit, and what its browser was handed.

Both secrets, the owner's and a link's, are kept by the browser in cookies no script can read, sealed with the
server's key. A link's is good for one visit: the answer that begins it takes the cookie away.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import streamlit as st

from retention.errors import InputError
from retention.sharing import (
    Tickets,
    new_secret,
    owner_by_address,
    owner_of,
    server_secret_in,
    shares_in,
    tickets_in,
)
from retention.ui.state import loaded, people, scenarios, settings
from retention.ui.state.scenarios import Scenario
from retention.ui.state.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.sharing import Owner, Shares

# Cookies, and what their tickets are for
OWNER, GIVEN, GUEST = "ritorno_owner", "ritorno_share", "ritorno_guest"
TO_KEEP = "owner to keep"  # what a ticket is for that becomes the owner's cookie
AT_ONCE = 60  # seconds a browser has to bring back what it was handed
RECEIVED = 12 * 3600  # seconds a guest may stay
_DAY, _LONGER = 86_400, 30  # seconds; days an owner is known for after their last share is over
_SECRET = "owner_secret"  # noqa: S105  a place in the visit's state
_CHOSEN = ("no_products",)  # choices of pages that no address holds


@cache
def shares() -> Shares:
    """The shares of this server."""
    return shares_in()


@cache
def tickets() -> Tickets:
    """The tickets of this server."""
    return tickets_in()


def remembered() -> int:
    """Seconds an owner is known for: longer than any share lasts."""
    return (shares().most_days + _LONGER) * _DAY


def owner() -> Owner | None:
    """Who this visit is to the store: who is signed in, else its browser; None where that shared nothing."""
    person = people.person()
    if person is not None:
        return owner_by_address(person.address, server_secret_in())
    secret = st.session_state.get(_SECRET) or _brought(OWNER)
    return None if secret is None else owner_of(secret)


def become_owner() -> tuple[Owner, str | None]:
    """The same, made where there is none, and the ticket for the browser to remember it by, if it is to."""
    known = owner() if people.person() else None
    if known is not None:
        return known, None
    secret = st.session_state.get(_SECRET) or _brought(OWNER) or new_secret()
    st.session_state[_SECRET] = secret
    return owner_of(secret), tickets().issue(TO_KEEP, secret, AT_ONCE)


def address(path: str, secret: str) -> str:
    """A link: a path beside the page's own, and a secret where no server is sent it."""
    return f"{urljoin(st.context.url or '/', path)}#{secret}"


def open_given() -> None:
    """Make the study of a link the visit's data, where the browser was handed one; or say why not."""
    if GIVEN not in st.context.cookies or st.session_state.get("given_taken"):
        return
    st.session_state["given_taken"] = True
    try:
        _open(_brought(GIVEN))
    except InputError as problem:
        st.session_state["upload_problem"] = problem


def chosen(usual: Mapping[str, Any]) -> dict[str, Any]:
    """The visit's choices that make up its figures, by name, where they are not the usual ones."""
    also = {name: st.session_state[name] for name in _CHOSEN if st.session_state.get(name) is not None}
    return {**settings.chosen(usual=usual), **also}


def _open(token: str | None) -> None:
    if token is None:
        raise InputError("share_open_again")
    opened = shares().open(token, signed_in=people.person() is not None)
    loaded.receive(loaded.Given(opened.study, opened.terms))
    given = opened.study.settings
    for name, setting in SETTINGS.items():
        read = setting.read(str(given[name])) if name in given else None
        if read is not None:
            st.session_state[name] = read
    st.session_state.update({name: list(given[name]) for name in _CHOSEN if name in given})
    st.session_state["scenarios"] = tuple(
        Scenario(name, scenarios.valid(asked)) for name, asked in opened.study.scenarios
    )


def _brought(cookie: str) -> str | None:
    """The secret a cookie holds, None where there is none or it is no longer good."""
    ticket = st.context.cookies.get(cookie)
    return None if ticket is None else tickets().read(cookie, ticket)
