"""Sentences as the catalogues mark them up, for places that read no Markdown: paper, slides, sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Block = Literal["paragraph", "item"]
_MARKS = re.compile(r"\\(?P<kept>.)|(?P<bold>\*\*)|(?P<italic>\*)|(?P<grey>:gray\[)|(?P<end>\])", re.DOTALL)
_JOINER = "\u2060"
_ITEM = "- "


@dataclass(frozen=True)
class Span:
    """A piece of a sentence that is written in one way."""

    text: str
    bold: bool = False
    italic: bool = False
    grey: bool = False


def spans(said: str) -> tuple[Span, ...]:
    r"""The pieces of a sentence in Markdown: bold, in italics, greyed; what is escaped is text.

    Examples
    --------
    >>> [(span.text, span.bold) for span in spans(r"**22** of 100 \*")]
    [('22', True), (' of 100 *', False)]
    """
    found: list[Span] = []
    for text, bold, italic, grey in _pieces(said.replace(_JOINER, "")):
        way = Span("", bold, italic, grey)
        if found and Span("", found[-1].bold, found[-1].italic, found[-1].grey) == way:
            found[-1] = Span(found[-1].text + text, bold, italic, grey)
        elif text:
            found.append(Span(text, bold, italic, grey))
    return tuple(found)


def plain(said: str) -> str:
    r"""The text of a sentence in Markdown, without its marks.

    Examples
    --------
    >>> plain(r":gray[By this model] **€1\.2M**")
    'By this model €1.2M'
    """
    return "".join(span.text for span in spans(said))


def blocks(said: str) -> tuple[tuple[Block, tuple[Span, ...]], ...]:
    """Paragraphs and items of a list, each as its pieces."""
    lines = (line.strip() for line in said.split("\n"))
    return tuple(
        ("item", spans(line.removeprefix(_ITEM))) if line.startswith(_ITEM) else ("paragraph", spans(line))
        for line in lines
        if line
    )


def paragraphs(said: str) -> str:
    """The same as plain text, a line each."""
    return "\n".join(
        ("• " if kind == "item" else "") + "".join(span.text for span in pieces)
        for kind, pieces in blocks(said)
    )


def _pieces(said: str) -> Iterator[tuple[str, bool, bool, bool]]:
    bold = italic = grey = False
    at = 0
    for mark in _MARKS.finditer(said):
        yield said[at : mark.start()], bold, italic, grey
        at = mark.end()
        if mark["kept"] is not None:
            yield mark["kept"], bold, italic, grey
        elif mark["bold"]:
            bold = not bold
        elif mark["italic"]:
            italic = not italic
        elif mark["grey"]:
            grey = True
        elif grey:
            grey = False
        else:
            yield mark[0], bold, italic, grey
    yield said[at:], bold, italic, grey
