"""The doors of kept visits: a page brings its browser's key, says that it is still there, and ends its visit.

What comes is a ticket, or the name of a visit whose key the browser's cookie holds. No answer says more than
whether the visit is kept.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from streamlit import runtime

from retention import memory
from retention.errors import InputError
from retention.sources import close_all
from retention.ui.shell import leaving, links
from retention.ui.state import kept

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

_OFTEN = 30.0  # seconds between two looks for what is over
_LOG = logging.getLogger(__name__)


def routes(base: str) -> list[Route]:
    """The doors.

    Parameters
    ----------
    base : path the app is served under, empty for the root
    """
    at = f"/{base.strip('/')}" if base.strip("/") else ""
    doors = {"keep": _keep, "alive": _alive, "forget": _forget, "end": _end}
    return [Route(f"{at}/v/{name}", door, methods=["POST"]) for name, door in doors.items()]


@asynccontextmanager
async def sweeping(app: Any) -> AsyncIterator[None]:
    """While the server runs, delete what is over; when it ends, what engines have made.

    When it starts, shared links are seen to as well.

    Raises
    ------
    ValueError
        If its environment says nothing usable of what is kept and how much.
    """
    kept.visits()
    sweep = asyncio.create_task(_sweep())
    async with links.purging(app):
        yield
    sweep.cancel()
    with suppress(asyncio.CancelledError):
        await sweep
    await run_in_threadpool(close_all)


async def _sweep() -> None:
    while True:
        try:
            await run_in_threadpool(kept.visits().purge)
        except InputError as problem:
            _LOG.warning("visits that are over could not be deleted: %s", problem.code)
        await asyncio.sleep(_OFTEN)


async def _keep(request: Request) -> Response:
    """Have the browser hold the key of a visit, by the ticket its page was given."""
    ticket = await links.body(request)
    found = None if ticket is None else kept.tickets().read(kept.TO_KEEP, ticket)
    if found is None:
        return _told(request, "", held=False)
    name, _, secret = found.partition(" ")
    return _told(request, name, secret, held=True)


async def _alive(request: Request) -> Response:
    """Keep a visit, and the cookie that opens it, for as long again."""
    name = await links.body(request) or ""
    secret = _secret(request, name)
    held = secret is not None and await _asked(kept.visits().alive, secret)
    return _told(request, name, secret if held else None, held=held)


async def _forget(request: Request) -> Response:
    """Delete a visit, and the cookie that opened it."""
    name = await links.body(request) or ""
    await _gone(request, name)
    return _told(request, name, held=False)


async def _end(request: Request) -> Response:
    """Let go of all a visit holds in this server, which its ticket names, and of its cookie."""
    ticket = await links.body(request)
    found = None if ticket is None else kept.tickets().read(kept.TO_END, ticket)
    if found is None:
        return _told(request, "", held=False)
    session, _, name = found.partition(" ")
    await _gone(request, name)
    if runtime.exists():
        leaving.end(session)
        await run_in_threadpool(memory.give_back)
    return _told(request, name, held=False)


async def _gone(request: Request, name: str) -> None:
    secret = _secret(request, name)
    if secret is not None:
        await _asked(kept.visits().forget, secret)


async def _asked(act: Any, secret: str) -> bool:
    """What an act on a visit says; no where visits cannot be reached."""
    try:
        return bool(await run_in_threadpool(act, secret))
    except InputError as problem:
        _LOG.warning("a visit could not be looked after: %s", problem.code)
        return False


def _secret(request: Request, name: str) -> str | None:
    """The secret of a visit, as the browser's cookie holds it."""
    cookie = kept.cookie_of(name)
    ticket = request.cookies.get(cookie) if cookie else None
    return None if cookie is None or ticket is None else kept.tickets().read(cookie, ticket)


def _told(request: Request, name: str, secret: str | None = None, *, held: bool) -> Response:
    """Whether a visit is kept, with its cookie, or with that taken away."""
    cookie = kept.cookie_of(name)
    if cookie is None:
        return links.handing(request, {"kept": held}, {})
    seconds = kept.visits().seconds if secret else 0
    ticket = kept.tickets().issue(cookie, secret, seconds) if secret else ""
    return links.handing(request, {"kept": held}, {cookie: (ticket, seconds)})
