"""The sheets of a workbook: summary, one a subject, the course of figures, definitions."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from retention.report.brand import FONT
from retention.report.pictures import picture
from retention.report.sheet_charts import chart
from retention.text.kinds import writer
from retention.text.marked import paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retention.report.brand import Brand
    from retention.report.sheet_formats import Formats
    from retention.story import Deck, Figure, Message, Table
    from retention.text import Words
    from retention.text.kinds import CellKind

_LONGEST = 31  # letters of a sheet's name
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_A4 = 9
_LINE = 15.5  # points: height of a line
_WIDTHS = (12.0, 46.0)  # letters: of a column, at least and at most
_LABEL, _VALUE = 34, 16  # letters: of the figures beside a table
_CHART_ROWS = 20
_PICTURE = 620  # pixels: width of the marks of a picture
_WIDE = 110  # letters: of a definition


def names(subjects: Sequence[str], words: Words) -> list[str]:
    """Names of the sheets: summary, subjects, courses, definitions; no two alike."""
    wanted = [
        words.say("report.summary"),
        *subjects,
        words.say("report.course"),
        words.say("report.definitions"),
    ]
    found: list[str] = []
    for name in (_FORBIDDEN.sub(" ", each)[:_LONGEST].strip() for each in wanted):
        taken = [other.casefold() for other in found]
        found.append(name if name.casefold() not in taken else f"{name[: _LONGEST - 2]} 2")
    return found


def summary(
    sheet: Any,
    deck: Deck,
    brand: Brand,
    formats: Formats,
    named: Sequence[str],
    courses: Mapping[tuple[str, str], str],
) -> None:
    """Whose report it is, every message with its figures, how they went, and the way to its sheet."""
    words = deck.words
    _page(sheet, deck)
    for column, width in enumerate((26, 74, 34, 16, 22)):
        sheet.set_column(column, column, width)
    for row, (said, size) in enumerate(((deck.title, 22), (deck.subtitle, 13))):
        sheet.set_row(row, 38 if row == 0 else 24)
        for column in range(5):
            sheet.write_blank(row, column, None, formats.cover(size))
        sheet.write_string(row, 0, said, formats.cover(size, bold=row == 0))
    told = [words.day(deck.day), deck.source]
    told += [words.say("report.verdict", forecast=deck.forecast)] if deck.forecast else []
    for row, said in enumerate(told, start=2):
        sheet.merge_range(row, 0, row, 4, said, formats.text(grey=True))
    _logo(sheet, brand)
    top = len(told) + 3
    headings = ("report.contents", "report.message", "column.figure", "report.value", "report.course")
    for column, key in enumerate(headings):
        sheet.write_string(top, column, words.say(key), formats.heading(first=column != 3))  # noqa: PLR2004  the value
    sheet.freeze_panes(top + 1, 1)
    row = top + 1
    for message, name in zip(deck.messages, named[1:], strict=False):
        row = _message(sheet, row, message, name, formats, courses)
    _untold(sheet, row + 1, deck, formats)
    sheet.set_row(top, 22)


def _message(
    sheet: Any,
    row: int,
    message: Message,
    name: str,
    formats: Formats,
    courses: Mapping[tuple[str, str], str],
) -> int:
    """A message with a row for each of its figures; the row after it."""
    said, rows = plain(message.title), max(len(message.figures), 1)
    high = max(_height(said, 74) / rows, 20.0)
    sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.link(), message.subject)
    if rows > 1:
        sheet.merge_range(row, 1, row + rows - 1, 1, said, formats.text())
    else:
        sheet.write_string(row, 1, said, formats.text())
    for place in range(rows):
        sheet.set_row(row + place, high)
    for place, figure in enumerate(message.figures):
        _figure(sheet, row + place, 2, figure, formats)
        course = courses.get((message.name, figure.name))
        if course:
            sheet.add_sparkline(row + place, 4, {"range": course, "series_color": "#2a78c2", "weight": 1.75})
    return row + rows + 1


def subject(book: Any, sheet: Any, message: Message, deck: Deck, formats: Formats) -> None:
    """What is said, the table with its heading held in sight, figures and chart beside it."""
    words, shown = deck.words, message.table
    _page(sheet, deck)
    widths = [] if shown is None else _columns(shown, words)
    left = len(widths) + (1 if widths else 0)
    widths = [*widths, *([3] if widths else []), _LABEL, _VALUE]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last, room = max(left + 1, 6), max(sum(widths), 90)
    top = 0
    told = [message.title, *message.lines]
    told += [words.say("report.verdict", forecast=message.forecast)] if message.forecast else []
    for top, line in enumerate(told):
        said, is_title = plain(line), top == 0
        sheet.merge_range(top, 0, top, last, said, formats.title() if is_title else formats.text())
        sheet.set_row(
            top, _height(said, room * (0.72 if is_title else 1.0), _LINE * (1.3 if is_title else 1.0))
        )
    top += 2
    if shown is not None:
        _table(sheet, shown, top, words, formats)
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
    for place, figure in enumerate(message.figures, start=top + 1):
        _figure(sheet, place, left, figure, formats)
    below = top + 1 + len(message.figures) + (1 if message.figures else 0)
    _chart(book, sheet, message, (below, left), top, words)


def _table(sheet: Any, shown: Table, top: int, words: Words, formats: Formats) -> None:
    frame = shown.frame
    over = [
        len(words.heading(str(name))) / width
        for name, width in zip(frame, _columns(shown, words), strict=True)
    ]
    sheet.set_row(top, (1.4 + max(map(int, over), default=0)) * _LINE)
    for column, name in enumerate(map(str, frame.columns)):
        kinds = {shown.kind(name, row) for row in range(len(frame))}
        heading = words.in_money(words.heading(name)) if kinds == {"money"} else words.heading(name)
        sheet.write_string(top, column, heading, formats.heading(first=kinds <= {"text"}))
        for row, value in enumerate(frame[name]):
            _cell(sheet, top + 1 + row, column, value, shown.kind(name, row), formats)


def _cell(sheet: Any, row: int, column: int, value: Any, kind: CellKind, formats: Formats) -> None:
    """A number as a number, a day as a day, text as text; nothing where there is none."""
    how = formats.cell(kind)
    if value is None or pd.isna(value):
        sheet.write_blank(row, column, None, how)
    elif kind == "text":
        sheet.write_string(row, column, str(value), how)
    elif kind == "day":
        sheet.write_datetime(row, column, value, how)
    else:
        sheet.write_number(row, column, float(value), how)


def _figure(sheet: Any, row: int, column: int, figure: Figure, formats: Formats) -> None:
    """A figure with what it is called; as text where it is no number."""
    sheet.write_string(row, column, figure.label, formats.cell("text"))
    if figure.value is None:
        sheet.write_string(row, column + 1, figure.written, formats.cell("text", bold=True))
    else:
        how = formats.cell(figure.kind, bold=True, large=True)
        sheet.write_number(row, column + 1, float(figure.value), how)


def _chart(book: Any, sheet: Any, message: Message, at: tuple[int, int], heading: int, words: Words) -> None:
    shown = message.table
    if message.drawing is None:
        return
    about = {"description": message.reading, "object_position": 3}
    if shown is not None and shown.native is not None:
        drawn = chart(book, sheet.get_name(), shown, heading, words)
        drawn.set_size({"width": 720, "height": 400})
        sheet.insert_chart(*at, drawn, about)
    else:
        content = picture(message.drawing, _PICTURE, FONT)
        sheet.insert_image(
            *at, "picture.png", {**about, "image_data": io.BytesIO(content), "x_scale": 0.4, "y_scale": 0.4}
        )


def courses(sheet: Any, deck: Deck, formats: Formats) -> dict[tuple[str, str], str]:
    """How figures went, a column each; where each lies, by its message and name."""
    found: dict[tuple[str, str], str] = {}
    _page(sheet, deck)
    sheet.freeze_panes(2, 0)
    sheet.set_row(1, 2.2 * _LINE)
    told = [(each, figure) for each in deck.messages for figure in each.figures if figure.course]
    for column, (message, figure) in enumerate(told):
        sheet.set_column(column, column, 20)
        sheet.write_string(0, column, message.subject, formats.heading(first=False))
        sheet.write_string(1, column, figure.label, formats.heading(first=False))
        for row, value in enumerate(figure.course, start=2):
            sheet.write_number(row, column, value, formats.cell(figure.kind))
        ends = _place(2, column), _place(1 + len(figure.course), column)
        found[message.name, figure.name] = f"'{sheet.get_name()}'!{ends[0]}:{ends[1]}"
    return found


def definitions(sheet: Any, deck: Deck, formats: Formats) -> None:
    """How everything is computed, a subject a row."""
    _page(sheet, deck)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, _WIDE)
    sheet.write_string(0, 0, deck.words.say("report.contents"), formats.heading(first=True))
    sheet.write_string(0, 1, deck.words.say("report.computed"), formats.heading(first=True))
    sheet.freeze_panes(1, 1)
    row = 1
    for message in (each for each in deck.messages if each.definition):
        for place, said in enumerate(paragraphs(message.definition).split("\n")):
            sheet.write_string(row, 0, message.subject if place == 0 else "", formats.text(bold=True))
            sheet.write_string(row, 1, said, formats.text())
            sheet.set_row(row, _height(said, _WIDE))
            row += 1


def _untold(sheet: Any, row: int, deck: Deck, formats: Formats) -> None:
    if not deck.untold:
        return
    sheet.merge_range(row, 0, row, 4, deck.words.say("report.left_out"), formats.text(bold=True))
    for place, each in enumerate(deck.untold, start=row + 1):
        said = plain(each.why)
        sheet.write_string(place, 0, each.subject, formats.text())
        sheet.merge_range(place, 1, place, 4, said, formats.text())
        sheet.set_row(place, _height(said, 140))


def _columns(shown: Table, words: Words) -> list[float]:
    """Widths of the columns in letters, of what is written in them and above them."""
    found = []
    for name in map(str, shown.frame.columns):
        write = writer(shown.kind(name, 0), words)
        cells = [value for value in shown.frame[name] if not pd.isna(value)]
        written = [len(write(value) if write else str(value)) for value in cells]
        above = max(map(len, words.heading(name).split()), default=0)
        widest = max(_WIDTHS[0], above + 4, *(length + 3 for length in written))
        found.append(min(float(widest), _WIDTHS[1]))
    return found


def _height(said: str, room: float, line: float = _LINE) -> float:
    """Height of a row that a sentence is written in over so many letters."""
    return line * max(-(-len(said) // max(int(room), 1)), 1) + 4


def _page(sheet: Any, deck: Deck) -> None:
    """On paper: A4 lying, as wide as the page, with where it is from."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.7)
    said = deck.source.replace("&", "&&")[:200]
    sheet.set_footer(f"&L&8{said}&R&8&P / &N")


def _logo(sheet: Any, brand: Brand) -> None:
    if brand.logo is None:
        return
    wide, _ = brand.logo.within(150, 56)
    share = wide / brand.logo.width
    sheet.insert_image(
        0,
        3,
        brand.logo.file,
        {
            "image_data": io.BytesIO(brand.logo.content),
            "x_scale": share,
            "y_scale": share,
            "x_offset": 40,
            "y_offset": 12,
            "description": brand.name or "",
        },
    )


def _place(row: int, column: int) -> str:
    """A cell by its name: $C$5."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"${letters}${row + 1}"
