"""The door before the app, where people sign in: what a browser is answered by who is at it.

Nothing but what signing in takes, and the doors of shared links, is answered to a stranger; no visit begins.
Who was given a link that is open to all is a guest: the app is answered, but takes no file.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from retention.allowed import Person, Refused
from retention.ui.shell import plain
from retention.ui.state import links, people

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from retention.text import Words

_OPEN = (  # to everybody, whoever they are
    *("/s", "/s/study.js", "/s/open", "/r", "/r/sealed.js", "/r/open"),
    *("/sign-in", "/auth/login", "/auth/logout", "/oauth2callback"),
)
# What a page asks, wherever it is, before it takes a lost visit up again, which says why it may not
_PROBES = re.compile(r"(/[a-z_]+)?/_stcore/(health|host-config)")
_NOT_FOR_GUESTS = ("/_stcore/upload_file/", "/s/keep")
_BACK = "ritorno_back"  # a cookie: where somebody who signs in wanted to go
_SIGNING_IN = 600  # seconds it may take
_PLACE = re.compile(r"(?!/)[\w./-]*(\?[^\\\s#]*)?", re.ASCII)  # one of ours, beside the first page
# What a sign-in service hands out besides: nothing is done with it, and cookies beyond 8 kB keep a visit from
# beginning, for no line of a WebSocket's first request may be longer
_TOKENS = re.compile(rf"{TOKENS_COOKIE_NAME}(_\d+)?=(?!.*Max-Age=0)")
_TOO_LATE = 4401  # of a WebSocket that is closed, as 401 is of an answer


def base() -> str:
    """The path the app is served under, empty for the root."""
    told = st.get_option("server.baseUrlPath").strip("/")
    return f"/{told}" if told else ""


def routes() -> list[Route]:
    """The way in."""
    return [Route(f"{base()}/sign-in", _sign_in)]


def way_in(to: str) -> str:
    """Address of the way in.

    Parameters
    ----------
    to : where somebody wants to go once they are signed in, beside the first page
    """
    return f"{base()}/sign-in?{urlencode({'to': to})}"


def ways(words: Words, found: Refused, to: str) -> list[tuple[str, str]]:
    """Where somebody who was refused can go: addresses and their names."""
    if found.why == "signed_out":
        return [(way_in(to), words.say("door.sign_in"))]
    if found.why == "too_long":
        return [(way_in(to), words.say("door.again"))]
    return [(f"{base()}/auth/logout", words.say("door.sign_out"))]


def said(words: Words, found: Refused) -> str:
    """Why somebody may not come in."""
    rules = people.allowed()
    return words.say(f"door.{found.why}", address=found.address, n=rules.stay if rules else 0)


class Door:
    """Answers those who may use the server, and tells others why not and how they may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on where it may be, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        found = people.at(asked.cookies)
        path = scope["path"].removeprefix(base())
        if path == "/oauth2callback" and found is not None:
            await self._app(scope, receive, _going_on(asked, send))
        elif not isinstance(found, Refused) or path in _OPEN or _PROBES.fullmatch(path):
            heard = _until(found.until, receive) if isinstance(found, Person) else receive
            await self._app(scope, heard, send)
        elif scope["type"] == "websocket":
            await self._visit(found, asked, receive, send)
        elif _is_guest(asked) and not path.startswith(_NOT_FOR_GUESTS):
            await self._app(scope, receive, send)
        else:
            await _refusal(Request(scope), found, path)(scope, receive, send)

    async def _visit(self, found: Refused, asked: HTTPConnection, receive: Receive, send: Send) -> None:
        """Begin a visit of a guest, or of somebody who is to be told why it ends; of no stranger."""
        if _is_guest(asked):
            await self._app(asked.scope, receive, send)
        elif found.why != "signed_out":
            await self._app(asked.scope, _until(0, receive), send)
        else:
            await send({"type": "websocket.close", "code": _TOO_LATE})


def _until(until: float, receive: Receive) -> Receive:
    """What a visit hears of its browser: all, until somebody must sign in again; then only that it is there.

    Parameters
    ----------
    until : seconds since 1970
    """

    async def heard() -> Message:
        message = await receive()
        while message["type"] == "websocket.receive" and time.time() >= until:
            there = _there(message.get("bytes") or b"")
            if there is not None:
                return {**message, "bytes": there}
            message = await receive()
        return message

    return heard


def _there(sent: bytes) -> bytes | None:
    """The wish to draw a page, without what was pressed or typed on it; None for any other.

    Such a run passes through the frame, which says why it ends there.
    """
    wish = BackMsg()
    try:
        wish.ParseFromString(sent)
    except DecodeError:
        return None
    if wish.WhichOneof("type") != "rerun_script":
        return None
    for pressed in ("widget_states", "fragment_id"):
        wish.rerun_script.ClearField(pressed)
    there: bytes = wish.SerializeToString()
    return there


def _going_on(asked: HTTPConnection, send: Send) -> Send:
    """Send somebody who has signed in to where they wanted to go; who could not, to the way in."""
    query, secure = parse_qs(asked.scope["query_string"].decode("latin-1")), people.secure()
    wanted = _place(parse_qs(asked.cookies.get(_BACK, "")).get("to", [""])[0])

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            cookies = headers.getlist("set-cookie")
            if any(each.startswith(f"{USER_COOKIE_NAME}=") and "Max-Age=0" not in each for each in cookies):
                headers["Location"] = f"{base()}/{wanted}"
            elif "state" in query or "error" in query:
                headers["Location"] = f"{way_in(wanted)}&failed=yes"
            del headers["Set-Cookie"]
            for each in cookies:
                if not _TOKENS.match(each):
                    headers.append("Set-Cookie", f"{each}; Secure" if secure else each)
            headers.append("Set-Cookie", _back("", 0))
        await send(message)

    return sent


async def _sign_in(request: Request) -> Response:
    """Lead to the sign-in service, where there is one; else ask which. Where to go then goes along."""
    words, wanted = plain.words_of(request), _place(request.query_params.get("to", ""))
    services, chosen = people.services(), request.query_params.get("by")
    failed = "failed" in request.query_params
    if people.allowed() is None:
        return RedirectResponse(f"{base()}/", 302, plain.UNSTORED)
    if chosen not in services:
        if len(services) > 1 or failed:
            told = words.say("door.failed" if failed else "door.signed_out")
            page = plain.sentence(words, told, _services(words, wanted))
            return HTMLResponse(page, headers=plain.UNSTORED)
        (chosen,) = services
    headers = {**plain.UNSTORED, "Set-Cookie": _back(urlencode({"to": wanted}), _SIGNING_IN)}
    return RedirectResponse(generate_login_redirect_url(chosen), 302, headers)


def _services(words: Words, wanted: str) -> list[tuple[str, str]]:
    """The way to each sign-in service."""
    names = people.services()
    only = len(names) == 1
    told = {name: words.say("door.again") if only else words.say("door.by", name=name) for name in names}
    return [(f"{way_in(wanted)}&{urlencode({'by': name})}", said) for name, said in told.items()]


def _refusal(request: Request, found: Refused, path: str) -> Response:
    """Why a request is not answered: a page where a browser wants one."""
    status = 401 if found.why in {"signed_out", "too_long"} else 403
    if request.method != "GET" or "text/html" not in request.headers.get("Accept", ""):
        return PlainTextResponse("Not signed in", status, plain.UNSTORED)
    words, query = plain.words_of(request), request.url.query
    wanted = _place(quote(path.lstrip("/")) + (f"?{query}" if query else ""))
    page = plain.sentence(words, said(words, found), ways(words, found, wanted))
    return HTMLResponse(page, status, plain.UNSTORED)


def _place(wanted: str) -> str:
    """A page of ours, the first where it is none."""
    return wanted if _PLACE.fullmatch(wanted) else ""


def _is_guest(asked: HTTPConnection) -> bool:
    """Whether a browser was given a link that is open to all."""
    ticket = asked.cookies.get(links.GUEST)
    return ticket is not None and links.tickets().read(links.GUEST, ticket) is not None


def _back(value: str, seconds: int) -> str:
    """The cookie that remembers where to go; the sign-in service's page has it sent."""
    path = f"{base()}/oauth2callback"
    return plain.cookie(_BACK, value, seconds, secure=people.secure(), path=path, site="Lax")
