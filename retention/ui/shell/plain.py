"""Pages of a sentence that stand before the app, and the cookies they hand out."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from retention.text import Words, language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

_PAGE = Template(Path(__file__).with_name("plain.html").read_text("utf-8"))
UNSTORED = {"Cache-Control": "no-store"}


def words_of(request: Request) -> Words:
    """The words of the reader, as their browser asks for them."""
    return Words(language_of(request.headers.get("Accept-Language")))


def opening(words: Words, script: str, told: dict[str, str]) -> str:
    """A page whose script opens what a link leads to.

    Parameters
    ----------
    told : what its script may have to say, by name
    """
    data = " ".join(f'data-{name}="{html.escape(text)}"' for name, text in told.items())
    said = f'<p id="said" role="status" {data}>{html.escape(words.say("link.opening"))}</p>'
    unscripted = f"<noscript><p>{html.escape(words.say('link.noscript'))}</p></noscript>"
    script = f'<script src="{html.escape(script)}"></script>'
    return _PAGE.substitute(language=words.language, content=f"{said}\n{unscripted}", script=script)


def sentence(words: Words, said: str, ways: Iterable[tuple[str, str]]) -> str:
    """A page that says something, and where to go from there.

    Parameters
    ----------
    ways : address and name of each
    """
    return _PAGE.substitute(language=words.language, content=told(said, ways), script="")


def told(said: str, ways: Iterable[tuple[str, str]]) -> str:
    """The same within a page."""
    links = "\n".join(f'<a class="way" href="{html.escape(to)}">{html.escape(name)}</a>' for to, name in ways)
    return f'<p role="status">{html.escape(said)}</p>\n<p>{links}</p>'


def cookie(
    name: str, value: str, seconds: int, *, secure: bool, path: str = "/", site: str = "Strict"
) -> str:
    """A cookie for the server alone: no script reads it.

    Parameters
    ----------
    site : ``Strict`` where no other site has it sent, ``Lax`` where one that sends a browser here does
    """
    safe = "; Secure" if secure else ""
    return f"{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite={site}{safe}"
