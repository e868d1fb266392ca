"""What the server tells browsers to refuse, and what it does not answer."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse

from retention.ui.parts import address, alive, remembered

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit answers these to anyone: figures of the server, and what visitors see, for programs to read.
_CLOSED = ("/_stcore/metrics", "/_stcore/agent")


EMBED = "RITORNO_EMBED_ORIGINS"
_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ORIGIN = re.compile(rf"(?:https://{_HOST}|http://localhost)(?::[0-9]{{1,5}})?")


@cache
def embedders() -> tuple[str, ...]:
    """Origins whose pages may show a shared one in a frame, none unless the host names some.

    Raises
    ------
    ValueError
        If ``RITORNO_EMBED_ORIGINS`` holds anything but origins by https, or of this machine.
    """
    given = re.split(r"[,\s]+", os.environ.get(EMBED, "").strip().lower())
    origins = tuple(each for each in given if each)
    for each in origins:
        if not _ORIGIN.fullmatch(each):
            raise ValueError(f"{EMBED} must hold origins such as https://intranet.example.com, not {each!r}")
    return origins


@lru_cache(maxsize=4)
def content_security_policy(more: str = "", *, shown: bool = False) -> str:
    """What a page may load: its own server's scripts and nothing from elsewhere.

    Streamlit's index.html has inline scripts; their hashes are computed from the installed file. Three
    scripts are our own, see `retention.ui.parts.address`, `alive` and `remembered`.

    Parameters
    ----------
    more : scripts that are allowed besides, by their hashes, on a page that shows in a frame what it opened
    shown : whether it may itself be shown in a frame, by those the host names
    """
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", index, flags=re.DOTALL)
    hashes = " ".join(
        [*map(_hash, [*inline, address.SCRIPT, alive.SCRIPT, remembered.SCRIPT]), *more.split()]
    )
    framed = "frame-src blob:; " if more else ""
    by = (" ".join(embedders()) if shown else "") or "'none'"
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; {framed}base-uri 'none'; "
        f"form-action 'self'; frame-ancestors {by}"
    )


def _hash(script: str) -> str:
    """How a policy names an inline script it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class Headers:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", content_security_policy())
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class ClosedPaths:
    """Answers "not found" where Streamlit would tell strangers about the server or its visitors."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a closed path, pass any other request on."""
        closed = scope["type"] == "http" and any(part in scope["path"] for part in _CLOSED)
        answer = PlainTextResponse("Not found", status_code=404) if closed else self._app
        await answer(scope, receive, send)
