"""The slides opened again: one message each, its sentence the title, its chart to be edited."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from pptx import Presentation
from pptx.util import Inches

from retention.report.brand import Brand, read_logo
from retention.report.slides import slides
from retention.text.marked import paragraphs, plain
from tests.report.test_brand import picture

SIXTEEN_TO_NINE = 16 / 9


@pytest.fixture(scope="module", params=["shop_decks", "retail_decks"])
def deck(request):
    return request.getfixturevalue(request.param)["en"]


@pytest.fixture(scope="module")
def content(deck):
    return slides(deck, Brand())


@pytest.fixture(scope="module")
def shown(content):
    return Presentation(io.BytesIO(content))


@pytest.fixture(scope="module")
def pairs(deck, shown):
    """Every message with its slide."""
    return list(zip(deck.messages, list(shown.slides)[1:], strict=False))


def read(slide):
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_they_are_of_sixteen_to_nine(shown):
    assert shown.slide_width / shown.slide_height == pytest.approx(SIXTEEN_TO_NINE, abs=0.001)


def test_a_slide_a_message_after_the_cover_then_what_cannot_be_said(deck, shown):
    assert len(shown.slides) == 1 + len(deck.messages) + bool(deck.untold)
    assert shown.slides[0].shapes.title.text_frame.text == deck.title
    assert deck.words.day(deck.day) in read(shown.slides[0])
    for left in deck.untold:
        assert left.said in read(shown.slides[-1])


def test_its_sentence_is_its_title(pairs):
    for message, slide in pairs:
        assert slide.shapes.title.text_frame.text == plain(message.title)


def test_every_slide_says_its_figures_lines_and_source(deck, pairs):
    for message, slide in pairs:
        said = read(slide)
        assert deck.source in said
        if any(shape.has_table for shape in slide.shapes) and message.drawing is not None:
            said = slide.notes_slide.notes_text_frame.text  # the table leaves no room
        assert all(plain(line) in said for line in message.lines)
        if message.drawing is not None:
            assert all(figure.written in said for figure in message.figures)


def test_charts_can_be_edited_and_hold_the_table(pairs):
    native = [(m, s) for m, s in pairs if m.table is not None and m.table.native is not None]
    assert len(native) >= 6
    for message, slide in native:
        (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
        for series, name in zip(chart.plots[0].series, message.table.native.series, strict=True):
            wanted = [None if v != v else float(v) for v in message.table.frame[name]]  # noqa: PLR0124  not a number
            assert list(series.values) == pytest.approx(wanted)


def test_what_has_no_such_chart_is_a_table(pairs):
    (reality,) = [slide for message, slide in pairs if message.name == "reality"]
    (table,) = [shape.table for shape in reality.shapes if shape.has_table]
    assert len(table.rows) == 1 + len(next(m for m, _ in pairs if m.name == "reality").table.frame)


def test_charts_say_what_they_show(pairs):
    for message, slide in pairs:
        for shape in (each for each in slide.shapes if each.has_chart):
            assert shape._element.xpath(".//p:cNvPr/@descr") == [message.reading]


def test_notes_hold_the_sentence_and_the_definition(pairs):
    for message, slide in pairs:
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith(plain(message.title))
        assert paragraphs(message.definition) in notes


def test_nothing_lies_outside_of_a_slide(shown):
    for slide in shown.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= shown.slide_width + 1
            assert shape.top + shape.height <= shown.slide_height + 1


def test_texts_are_in_their_language(shop_decks):
    shown = Presentation(io.BytesIO(slides(shop_decks["it"], Brand())))
    runs = [
        run
        for slide in shown.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert {run._r.get_or_add_rPr().get("lang") for run in runs} == {"it-IT"}


def test_made_twice_they_are_the_same(deck, content):
    assert slides(deck, Brand()) == content


def test_no_part_is_of_another_day(content, shown):
    assert shown.core_properties.created == datetime(2026, 11, 29)  # noqa: DTZ001  local
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in (each for each in parts.namelist() if each.endswith(".xlsx")):
            with zipfile.ZipFile(io.BytesIO(parts.read(name))) as inside:
                assert b"2026-11-29T00:00:00Z" in inside.read("docProps/core.xml")


def test_a_brand_is_on_every_slide(shop_decks):
    brand = Brand(name="Bottega", logo=read_logo("a.png", picture()), colour="#b03a2e")
    shown = Presentation(io.BytesIO(slides(shop_decks["en"], brand)))
    for slide in shown.slides:
        assert [shape.image.blob for shape in slide.shapes if hasattr(shape, "image")] == [picture()]
        band = slide.shapes[0]
        assert str(band.fill.fore_color.rgb) == "B03A2E"
        assert band.width == Inches(13.333)


def test_text_of_a_file_is_no_mark(shop_decks):
    name = "**bold** =1+1 :gray[x]"
    shown = Presentation(io.BytesIO(slides(replace(shop_decks["en"], source=name, messages=()), Brand())))
    assert name in read(shown.slides[0])
