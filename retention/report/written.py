"""A deck as a file: which endings there are, and in whose brand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.report.brand import COLOUR, Brand, read_logo
from retention.report.document import document
from retention.report.slides import slides
from retention.report.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention.story import Deck

    Writer = Callable[[Deck, Brand], bytes]

WRITERS: Mapping[str, Writer] = {".html": document, ".xlsx": workbook, ".pptx": slides}
MIMES: Mapping[str, str] = {
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def writer(out: str) -> Writer:
    """What writes a file of this name.

    Raises
    ------
    InputError
        ``unknown_report`` where its ending says nothing.
    """
    found = WRITERS.get(Path(out).suffix.lower())
    if found is None:
        raise InputError("unknown_report", name=out)
    return found


def brand(name: str | None, colour: str | None, logo: str | None, content: bytes | None) -> Brand:
    """A brand of what is given of it.

    Parameters
    ----------
    logo, content : name and bytes of its file

    Raises
    ------
    InputError
        ``colour_unreadable``, ``logo_unusable``.
    """
    picture = None if logo is None or content is None else read_logo(logo, content)
    return Brand(name=name or None, logo=picture, colour=colour or COLOUR)
