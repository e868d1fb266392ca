"""The doors of shared links: a page that takes a link's secret out of the address, and what it hands it to.

No secret is ever in a path or a query, which servers log: it comes behind ``#``, which browsers keep to
themselves, and then in the body of a request.
"""

from __future__ import annotations

import asyncio
import base64
import html
import logging
import os
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from retention.errors import InputError
from retention.report import document
from retention.sharing import SharingError
from retention.sharing.tickets import SECRET
from retention.text import Words, language_of
from retention.ui.shell import security
from retention.ui.state import links

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = Path(__file__).parent
_PAGE = Template((_HERE / "door.html").read_text("utf-8"))
_MOST = 512  # bytes of a body: a secret, or a ticket that holds one
_UNSTORED = {"Cache-Control": "no-store"}
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
        If its environment says nothing usable of the store or the server's secret.
    """
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
                MutableHeaders(scope=message).append("Set-Cookie", _cookie(links.GIVEN, "", 0, secure=False))
            await send(message)

        brings = scope["type"] == "websocket" and any(
            name == b"cookie" and links.GIVEN.encode() in value for name, value in scope["headers"]
        )
        await self._app(scope, receive, without if brings else send)


async def _study_page(request: Request) -> Response:
    """What a browser is shown while it hands the secret over."""
    words = _words(request)
    return HTMLResponse(_page(words, "s/study.js", {"away": words.say("link.away")}), headers=_UNSTORED)


async def _report_page(request: Request) -> Response:
    """What opens a sealed report in its reader's browser, where its two scripts may run."""
    words, scripts = _words(request), await run_in_threadpool(document.scripts)
    told = {name: words.say(f"link.{name}") for name in ("away", "insecure", "older", "save")}
    told |= {"wrong": words.say("error.share_unknown"), "scripts": scripts.replace("'", "")}
    page = _page(words, "r/sealed.js", {**told, "file": f"{words.say('file.report')}.html"})
    policy = security.content_security_policy(scripts)
    return HTMLResponse(page, headers={**_UNSTORED, "Content-Security-Policy": policy})


def _page(words: Words, script: str, told: dict[str, str]) -> str:
    """A page of one sentence.

    Parameters
    ----------
    told : what its script may have to say, by name
    """
    said = {name: html.escape(words.say(f"link.{name}")) for name in ("opening", "noscript")}
    data = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in told.items())
    return _PAGE.substitute(said, language=words.language, script=script, told=data)


async def _script(_request: Request, name: str) -> Response:
    return Response((_HERE / name).read_text("utf-8"), media_type="text/javascript")


async def _open(request: Request) -> Response:
    """Look whether a link opens, and hand its secret to the browser, sealed, for the visit that follows."""
    secret = await _body(request)
    if secret is None:
        return Response(status_code=400)
    try:
        await run_in_threadpool(links.shares().open, secret)
        ticket = (await run_in_threadpool(links.tickets)).issue(links.GIVEN, secret, links.AT_ONCE)
    except InputError as problem:
        said = _words(request).say(f"error.{problem.code}", **problem.details)
        return JSONResponse({"said": said}, status_code=404, headers=_UNSTORED)
    return _handing(request, {"to": "./"}, links.GIVEN, ticket, links.AT_ONCE)


async def _sealed_report(request: Request) -> Response:
    """A report as it lies in the store, by its public id, with what it is bound to; its key is not here."""
    public = await _body(request)
    if public is None:
        return Response(status_code=400)
    words = _words(request)
    try:
        found = await run_in_threadpool(links.shares().report, public)
    except InputError as problem:
        said = words.say(f"error.{problem.code}", **problem.details)
        return JSONResponse({"said": said}, status_code=404, headers=_UNSTORED)
    sealed = {"bound": found.terms.bound, "content": found.content}
    told = {name: base64.b64encode(held).decode() for name, held in sealed.items()}
    said = words.say("link.until", until=found.terms.last_moment)
    return JSONResponse({**told, "said": said}, headers=_UNSTORED)


async def _keep(request: Request) -> Response:
    """Have the browser remember who shares, by the ticket the visit gave it."""
    ticket = await _body(request)
    tickets = await run_in_threadpool(links.tickets)
    secret = None if ticket is None else tickets.read(links.TO_KEEP, ticket)
    if secret is None:
        return Response(status_code=400)
    kept = tickets.issue(links.OWNER, secret, links.REMEMBERED)
    return _handing(request, {}, links.OWNER, kept, links.REMEMBERED)


async def _body(request: Request) -> str | None:
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


def _handing(request: Request, told: dict[str, str], name: str, ticket: str, seconds: int) -> Response:
    """An answer with a cookie."""
    secure = request.headers.get("Origin", "").startswith("https:")
    headers = {**_UNSTORED, "Set-Cookie": _cookie(name, ticket, seconds, secure=secure)}
    return JSONResponse(told, headers=headers)


def _cookie(name: str, value: str, seconds: int, *, secure: bool) -> str:
    """A cookie for the server alone: no script reads it, and no other site has it sent."""
    safe = "; Secure" if secure else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{safe}"


def _words(request: Request) -> Words:
    """The words of the reader, as their browser asks for them."""
    return Words(language_of(request.headers.get("Accept-Language")))
