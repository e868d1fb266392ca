"""Once visitors have left, what was theirs is let go, and its memory given back to the system."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from streamlit import runtime
from streamlit.runtime.state import SessionState

from retention import memory

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LATER = 5.0  # seconds after the last visit may be dropped


class GivesBack:
    """Lets go of visits that have ended, a while after their WebSocket has closed.

    Streamlit keeps what has expired until somebody else leaves, and the C library what was freed for good.

    Parameters
    ----------
    after : seconds; a little more than Streamlit keeps a visit, should its browser come back, unless told
    """

    def __init__(self, app: ASGIApp, after: float | None = None) -> None:
        self._app = app
        self._after = st.get_option("server.disconnectedSessionTTL") + _LATER if after is None else after
        self._leavings = 0
        self._waiting: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; where it was a visit, see to what it leaves."""
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "websocket":
                self._leavings += 1
                if self._waiting is None or self._waiting.done():
                    self._waiting = asyncio.create_task(self._give_back())

    async def _give_back(self) -> None:
        seen = -1
        while seen != self._leavings:
            seen = self._leavings
            await asyncio.sleep(self._after)
            _let_go()
            await run_in_threadpool(memory.give_back)


def end(visit: str) -> None:
    """Let go of a visit now, by the name Streamlit gives its session."""
    server: Any = runtime.get_instance()
    found = server._session_mgr.get_session_info(visit)  # noqa: SLF001  nothing public leads there
    server.close_session(visit)
    if found is not None:
        _empty(found.session)


def _let_go() -> None:
    """Have Streamlit drop the visits that have expired; by itself it does when the next one ends."""
    if runtime.exists():
        visits: Any = runtime.get_instance()._session_mgr  # noqa: SLF001  as above
        for _, kept in visits._session_storage._cache.expire():  # noqa: SLF001
            _empty(kept.session)


def _empty(session: Any) -> None:
    """Have nothing left in a session: Streamlit's loop holds on to the last one until the next comes."""
    session.shutdown()
    session._session_state = SessionState()  # noqa: SLF001  cleared, it would keep what its buttons were given
