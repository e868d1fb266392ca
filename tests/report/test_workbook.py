"""The workbook opened again: numbers are numbers, headings stay in sight, nothing runs."""

import io
import re
import warnings
import zipfile
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from retention.report.brand import Brand, read_logo
from retention.report.workbook import workbook
from retention.text.marked import plain
from tests.report.test_brand import picture


@pytest.fixture(scope="module", params=["shop_decks", "retail_decks"])
def deck(request):
    return request.getfixturevalue(request.param)["en"]


@pytest.fixture(scope="module")
def content(deck):
    return workbook(deck, Brand())


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def subject(book, message):
    """The sheet of a message, its cells by what stands in them."""
    return next(sheet for sheet in book if sheet["A1"].value == plain(message.title))


def opened(content):
    """Read again; openpyxl knows no sparklines, and says so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension")
        return load_workbook(io.BytesIO(content))


def numbers(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]


def test_there_is_a_sheet_a_subject_and_definitions(deck, book):
    assert len(book.sheetnames) == len(deck.messages) + 3
    assert book.sheetnames[0] == deck.words.say("report.summary")
    assert book.sheetnames[-1] == deck.words.say("report.definitions")


def test_figures_are_numbers_at_full_precision(deck, book):
    for message in deck.messages:
        held = numbers(subject(book, message))
        for figure in message.figures:
            assert any(value == pytest.approx(figure.value, rel=1e-14) for value in held), figure


def test_tables_hold_every_number(deck, book):
    for message in (each for each in deck.messages if each.table is not None):
        sheet, frame = subject(book, message), message.table.frame
        heading = next(
            row[0].row
            for row in sheet.iter_rows()
            if row[0].value is not None and row[0].fill.fgColor.rgb == "FF1F5FA8"
        )
        for place, name in enumerate(frame, start=1):
            cells = [sheet.cell(heading + 1 + row, place).value for row in range(len(frame))]
            for cell, value in zip(cells, frame[name], strict=True):
                if isinstance(cell, datetime):
                    assert cell.date() == value
                elif isinstance(value, str):
                    assert cell == value
                elif value is None or pd.isna(value):
                    assert cell is None
                else:
                    assert cell == pytest.approx(float(value), rel=1e-14)


def test_formats_say_what_numbers_are(book):
    formats = {
        cell.number_format
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert {"0.0%", "#,##0"} <= formats
    assert any("#,##0.00" in each and each.startswith("[>=100]") for each in formats)


def test_headings_are_frozen_and_columns_are_wide_enough(deck, book):
    for message in (each for each in deck.messages if each.table is not None):
        sheet = subject(book, message)
        assert sheet.freeze_panes is not None
        for place, name in enumerate(message.table.frame, start=1):
            longest = max(map(len, deck.words.heading(str(name)).split()))
            letter = get_column_letter(place)
            assert sheet.column_dimensions[letter].width > longest


def test_bars_and_lines_are_charts_of_its_own(deck, content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        pictures = [name for name in parts.namelist() if name.startswith("xl/media/")]
        drawn = [message for message in deck.messages if message.drawing is not None]
        native = [message for message in drawn if message.table.native is not None]
        assert len(charts) == len(native) >= 6
        assert len(pictures) == len(drawn) - len(native) == 1
        sparklines = b"x14:sparkline>" in parts.read("xl/worksheets/sheet1.xml")
        assert sparklines


def test_charts_and_pictures_say_what_they_show(deck, content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawings = [name for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
        said = " ".join(parts.read(name).decode() for name in drawings)
    assert said.count("descr=") == sum(message.drawing is not None for message in deck.messages)


def test_made_twice_it_is_the_same(deck, content):
    assert workbook(deck, Brand()) == content


def test_it_is_of_its_own_day(deck, book):
    assert book.properties.created == book.properties.modified == datetime(2026, 11, 29)  # noqa: DTZ001  local
    assert workbook(replace(deck, day=deck.day.replace(day=1)), Brand()) != workbook(deck, Brand())


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "http://a.b", "{=A1}", "12", "a&b"]
)
def test_no_text_becomes_a_formula_a_link_or_a_number(shop_decks, text):
    deck = shop_decks["it"]
    messages = tuple(
        replace(message, title=text, subject=text, lines=(text,)) for message in deck.messages[:2]
    )
    made = workbook(replace(deck, title=text, source=text, messages=messages), Brand(name=text))
    book = opened(made)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert text in cells


def test_a_logo_lies_on_the_summary(shop_decks):
    brand = Brand(logo=read_logo("a.png", picture()))
    made = workbook(replace(shop_decks["en"], messages=()), brand)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert picture() in [parts.read(name) for name in parts.namelist() if name.startswith("xl/media/")]


def test_italian_money_has_its_sign_behind(shop_decks):
    made = opened(workbook(shop_decks["it"], Brand()))
    formats = {cell.number_format for sheet in made for row in sheet.iter_rows() for cell in row}
    assert any('#,##0"\xa0€"' in each for each in formats)
