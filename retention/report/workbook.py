"""The messages as a workbook: a summary, a sheet a subject with its numbers and its chart, definitions."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import xlsxwriter

from retention.report import sheets
from retention.report.sheet_formats import Formats
from retention.report.zipped import repacked

if TYPE_CHECKING:
    from retention.report.brand import Brand
    from retention.story import Deck

# No text of a file becomes a formula, a link or a number: each is written as what it is
_AS_WRITTEN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(deck: Deck, brand: Brand) -> bytes:
    """A workbook whose figures are numbers and whose charts are its own."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _AS_WRITTEN)
    _about(book, deck)
    formats = Formats(book, brand, deck.words)
    names = sheets.names([*(message.subject for message in deck.messages)], deck.words)
    summary = book.add_worksheet(names[0])
    for message, name in zip(deck.messages, names[1:-2], strict=True):
        sheets.subject(book, book.add_worksheet(name), message, deck, formats)
    courses = sheets.courses(book.add_worksheet(names[-2]), deck, formats)
    sheets.definitions(book.add_worksheet(names[-1]), deck, formats)
    sheets.summary(summary, deck, brand, formats, names, courses)
    summary.activate()
    book.close()
    return repacked(held.getvalue())


def _about(book: Any, deck: Deck) -> None:
    book.set_properties(
        {
            "title": deck.title,
            "subject": deck.subtitle,
            "author": "Ritorno",
            "comments": deck.source,
            "created": datetime.combine(deck.day, time()),
        }
    )
