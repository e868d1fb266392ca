"""The doors of shared links: a page that takes a link's secret out of the address, and what it hands it to.

No secret is ever in a path or a query, which servers log: it comes behind ``#``, which browsers keep to
themselves, and then in the body of a request.
"""

from __future__ import annotations

import asyncio
import base64
import logging
import os
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from retention.allowed import Person, Refused
from retention.errors import InputError
from retention.report import document
from retention.sharing import ForColleaguesError, SharingError
from retention.sharing.tickets import SECRET
from retention.ui.shell import door, plain, security
from retention.ui.state import links, people, sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = Path(__file__).parent
_MOST = 512  # bytes of a body: a secret, or a ticket that holds one
_LOG = logging.getLogger(__name__)


def routes(base: str) -> list[Route]:
    """The doors.

    Parameters
    ----------
    base : path the app is served under, empty for the root
    """
    at = f"/{base.strip('/')}" if base.strip("/") else ""
    return [
        Route(f"{at}/s", _study_page),
        Route(f"{at}/s/study.js", partial(_script, name="study.js")),
        Route(f"{at}/s/open", _open, methods=["POST"]),
        Route(f"{at}/s/keep", _keep, methods=["POST"]),
        Route(f"{at}/r", _report_page),
        Route(f"{at}/r/sealed.js", partial(_script, name="sealed.js")),
        Route(f"{at}/r/open", _sealed_report, methods=["POST"]),
    ]


@asynccontextmanager
async def purging(_app: Any) -> AsyncIterator[None]:
    """While the server runs; when it starts, what has expired is deleted.

    Raises
    ------
    ValueError
        If its environment says nothing usable of the store, the server's secret, who may sign in, the
        sources there are, or what may show its pages.
    """
    people.allowed()
    sources.check()
    security.embedders()
    links.shares()
    if SECRET in os.environ:  # else its key is made when it is first needed
        links.tickets()
    purged = asyncio.create_task(run_in_threadpool(_purge))
    yield
    await purged


def _purge() -> None:
    try:
        links.shares().purge()
    except SharingError as problem:
        _LOG.warning("expired shares could not be deleted: %s", problem.code)


class OneVisit:
    """Takes a link's cookie away with the answer that begins a visit, so that it opens no other."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back."""

        async def without(message: Message) -> None:
            if message["type"] == "websocket.accept":
                taken = plain.cookie(links.GIVEN, "", 0, secure=False)
                MutableHeaders(scope=message).append("Set-Cookie", taken)
            await send(message)

        brings = scope["type"] == "websocket" and any(
            name == b"cookie" and links.GIVEN.encode() in value for name, value in scope["headers"]
        )
        await self._app(scope, receive, without if brings else send)


async def _study_page(request: Request) -> Response:
    """What a browser is shown while it hands the secret over."""
    words = plain.words_of(request)
    told = {name: words.say(f"link.{name}") for name in ("away", "tab")}
    headers = {**plain.UNSTORED, "Content-Security-Policy": security.content_security_policy(shown=True)}
    return HTMLResponse(plain.opening(words, "s/study.js", told), headers=headers)


async def _report_page(request: Request) -> Response:
    """What opens a sealed report in its reader's browser, where its two scripts may run."""
    words, scripts = plain.words_of(request), await run_in_threadpool(document.scripts)
    told = {name: words.say(f"link.{name}") for name in ("away", "insecure", "older", "save", "tab")}
    told |= {"wrong": words.say("error.share_unknown"), "scripts": scripts.replace("'", "")}
    page = plain.opening(words, "r/sealed.js", {**told, "file": f"{words.say('file.report')}.html"})
    policy = security.content_security_policy(scripts, shown=True)
    return HTMLResponse(page, headers={**plain.UNSTORED, "Content-Security-Policy": policy})


async def _script(_request: Request, name: str) -> Response:
    return Response((_HERE / name).read_text("utf-8"), media_type="text/javascript")


async def _open(request: Request) -> Response:
    """Look whether a link opens, and hand its secret to the browser, sealed, for the visit that follows."""
    secret = await body(request)
    if secret is None:
        return Response(status_code=400)
    found = people.at(request.cookies)
    try:
        await run_in_threadpool(links.shares().open, secret, signed_in=isinstance(found, Person))
        tickets = await run_in_threadpool(links.tickets)
    except InputError as problem:
        return _refused(request, problem, "s")
    handed = {links.GIVEN: (secret, links.AT_ONCE)}
    if isinstance(found, Refused):
        handed[links.GUEST] = ("", links.RECEIVED)
    given = {name: (tickets.issue(name, *held), held[1]) for name, held in handed.items()}
    return handing(request, {"to": "./"}, given)


async def _sealed_report(request: Request) -> Response:
    """A report as it lies in the store, by its public id, with what it is bound to; its key is not here."""
    public = await body(request)
    if public is None:
        return Response(status_code=400)
    signed_in = isinstance(people.at(request.cookies), Person)
    try:
        found = await run_in_threadpool(links.shares().report, public, signed_in=signed_in)
    except InputError as problem:
        return _refused(request, problem, "r")
    sealed = {"bound": found.terms.bound, "content": found.content}
    told = {name: base64.b64encode(held).decode() for name, held in sealed.items()}
    said = plain.words_of(request).say("link.until", until=found.terms.last_moment)
    return JSONResponse({**told, "said": said}, headers=plain.UNSTORED)


def _refused(request: Request, problem: InputError, door_of: str) -> Response:
    """Why a link does not open; where it is for colleagues, who may not, and how they may.

    Parameters
    ----------
    door_of : page that opens the link once somebody has signed in
    """
    words, found = plain.words_of(request), people.at(request.cookies)
    told: dict[str, Any] = {"said": words.say(f"error.{problem.code}", **problem.details)}
    if not isinstance(problem, ForColleaguesError) or not isinstance(found, Refused):
        return JSONResponse(told, 404, plain.UNSTORED)
    if found.why != "signed_out":
        told["said"] = door.said(words, found)
    ((to, name),) = door.ways(words, found, door_of)
    told |= {"way": to, "name": name, "keep": found.why in {"signed_out", "too_long"}}
    return JSONResponse(told, 401, plain.UNSTORED)


async def _keep(request: Request) -> Response:
    """Have the browser remember who shares, by the ticket the visit gave it."""
    ticket = await body(request)
    tickets = await run_in_threadpool(links.tickets)
    secret = None if ticket is None else tickets.read(links.TO_KEEP, ticket)
    if secret is None:
        return Response(status_code=400)
    seconds = links.remembered()
    return handing(request, {}, {links.OWNER: (tickets.issue(links.OWNER, secret, seconds), seconds)})


async def body(request: Request) -> str | None:
    """What a page of ours sends; None where it comes from elsewhere, or is too long."""
    if not _ours(request):
        return None
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > _MOST:
            return None
    return found.decode("ascii", "replace")


def _ours(request: Request) -> bool:
    """Whether a request comes from a page of this server, as its browser says and no script can change."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.headers.get("Host")


def handing(request: Request, told: Mapping[str, Any], handed: Mapping[str, tuple[str, int]]) -> Response:
    """An answer nobody keeps, with cookies: of each by its name what it holds, and for how many seconds."""
    secure = request.headers.get("Origin", "").startswith("https:")
    answer = JSONResponse(dict(told), headers=plain.UNSTORED)
    for name, (ticket, seconds) in handed.items():
        answer.headers.append("Set-Cookie", plain.cookie(name, ticket, seconds, secure=secure))
    return answer
