"""Who is at a browser, where people sign in to this server by OpenID Connect.

Streamlit keeps what the sign-in service says of somebody in a cookie it signs. A page reads it as `st.user`,
a request as the cookie; both are held against the host's list each time.
"""

from __future__ import annotations

import json
import os
import re
import time
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import auth_util
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from retention.allowed import ALLOWED, STATED, Person, Refused, allowed_in
from retention.ui.state import loaded, secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.allowed import Allowed

_SECTION = "auth"  # of the secrets, as Streamlit has it
_LEAST = 32  # characters of the secret that cookies are signed with
# Accounts of any firm, whose administrators give them what address they like
_ANYBODYS = re.compile(
    r"https://login\.microsoftonline\.com/(common|organizations|consumers)/", re.IGNORECASE
)
LOCAL = ("localhost", "127.0.0.1", "::1")


@cache
def allowed() -> Allowed | None:
    """Who may use this server, None where nobody is asked to sign in.

    Raises
    ------
    ValueError
        If signing in is set up by halves: a server its host takes for closed must not be open.
    """
    section = secrets.section(_SECTION)
    if not section:
        if os.environ.get(ALLOWED):
            raise ValueError(f"{ALLOWED} is set, but no secrets file has an [{_SECTION}] to sign in by")
        return None
    _check(section)
    rules = allowed_in(os.environ)
    if rules.unstated and any(_ANYBODYS.match(url) for url in _metadata(section)):
        raise ValueError(f"{STATED}=accept wants the address of one tenant: in others people name themselves")
    return rules


@cache
def services() -> tuple[str, ...]:
    """The sign-in services there are, by the names Streamlit knows them by."""
    section = secrets.section(_SECTION)
    named = tuple(name for name, held in section.items() if isinstance(held, dict) and "client_id" in held)
    return ("default", *named) if "client_id" in section else named


@cache
def secure() -> bool:
    """Whether this server is reached by https, where people sign in."""
    return str(secrets.section(_SECTION).get("redirect_uri", "")).startswith("https:")


def at(cookies: Mapping[str, str]) -> Person | Refused | None:
    """Who sends a request with these cookies, or why they may not; None where nobody is asked to sign in."""
    rules = allowed()
    return None if rules is None else rules.look(_claims(cookies), time.time())


def here() -> Person | Refused | None:
    """The same of a visit."""
    rules = allowed()
    if rules is None:
        return None
    told = st.user.to_dict()
    return rules.look(told if told.get("is_logged_in") else None, time.time())


def person() -> Person | None:
    """Who is signed in to a visit and may use this server, None where nobody is or is asked to."""
    found = here()
    return found if isinstance(found, Person) else None


def guest() -> bool:
    """Whether a visit is somebody's who is not signed in, but has the link of a study that is open to all."""
    given = loaded.given()
    return isinstance(here(), Refused) and given is not None and not given.terms.colleagues_only


def _claims(cookies: Mapping[str, str]) -> Mapping[str, Any] | None:
    """What the sign-in service says of somebody; None where nobody signed in, or a cookie is not ours."""
    signed = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    told: dict[str, Any] = json.loads(signed) if signed else {}
    return told if told.get("is_logged_in") else None


def _metadata(section: Mapping[str, Any]) -> list[str]:
    """Addresses at which the sign-in services say how they are spoken to."""
    held = [section, *(each for each in section.values() if isinstance(each, dict))]
    return [str(each["server_metadata_url"]) for each in held if "server_metadata_url" in each]


def _check(section: Mapping[str, Any]) -> None:
    """Refuse what could not let anybody in, or not safely.

    Raises
    ------
    ValueError
        It says what is wanting, and repeats no secret.
    """
    if not services():
        raise ValueError(f"[{_SECTION}] names no client_id: nobody could sign in")
    try:
        for service in services():
            auth_util.validate_auth_credentials(service)
    except StreamlitAuthError as error:
        raise ValueError(str(error)) from None
    if len(str(section["cookie_secret"])) < _LEAST:
        raise ValueError(f"[{_SECTION}] cookie_secret must have at least {_LEAST} random characters")
    back = urlsplit(str(section["redirect_uri"]))
    safe = back.scheme == "https" or (back.scheme == "http" and back.hostname in LOCAL)
    if not safe or not back.path.endswith("/oauth2callback"):
        raise ValueError(f"[{_SECTION}] redirect_uri must be https://…/oauth2callback")
