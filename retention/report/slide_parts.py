"""The parts of a slide: cover, title, cards, sentences, a table, the line that says where it is from."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from retention.report.brand import INK, rgb
from retention.report.slide_frame import WIDTH
from retention.text import LANGUAGES
from retention.text.marked import Span, plain, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pptx.slide import Slide

    from retention.report.brand import Brand
    from retention.story import Deck, Figure, Table
    from retention.text import Words

    Box = tuple[float, float, float, float]

GREY = "#5b6673"  # 5.9 to 1 on white
_LEFT, _RIGHT = 0.6, 12.75  # inches
_TITLES = ((90, 30), (150, 26), (230, 22), (330, 19))  # letters up to which a title is so large, in points
_SMALLEST = 17
_CARDS = ((7, 24), (9, 19))  # letters up to which a figure is so large, in points
_SMALL_CARD = 15
_CARD, _GAP = 0.98, 0.14  # inches: height of a card, and between two
_ROW = 0.36  # inches: of a table
_LOW_ROW = 0.31  # of one with many rows, its type smaller as well
_MANY = 10


def cover(shown: Any, deck: Deck, brand: Brand) -> None:
    """Whose report it is, of what, of which day, and how far its forecasts are to be trusted."""
    slide = shown.slides.add_slide(shown.slide_layouts[0])
    band = _box(slide, (0, 0, WIDTH, 4.55), brand.colour)
    _behind(slide, band)
    title = slide.shapes.title
    _place(title, (_LEFT + 0.2, 1.35, 11.9, 1.9))
    _write(title.text_frame, [(deck.title, {"size": 44, "bold": True})], brand, deck.words, brand.on_colour)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    lead = _text(slide, (_LEFT + 0.2, 3.3, 11.9, 0.8))
    _write(lead, [(deck.subtitle, {"size": 24})], brand, deck.words, brand.on_colour)
    told = [(deck.words.day(deck.day), {"size": 18, "bold": True}), (deck.source, {"size": 16})]
    if deck.forecast:
        told.append((deck.words.say("report.verdict", forecast=deck.forecast), {"size": 16}))
    _write(_text(slide, (_LEFT + 0.2, 4.95, 11.9, 1.8)), told, brand, deck.words, INK)
    _logo(slide, brand, (WIDTH - 2.6, 6.2, 2.0, 0.8))


def titled(shown: Any, subject: str, title: str, deck: Deck, brand: Brand, number: int) -> Slide:
    """A slide with what it is about, its sentence as its title, and where its figures are from."""
    slide: Slide = shown.slides.add_slide(shown.slide_layouts[0])
    _behind(slide, _box(slide, (0, 0, WIDTH, 0.16), brand.colour))
    above = _text(slide, (_LEFT, 0.34, 9.5, 0.36))
    _write(above, [(subject, {"size": 14, "bold": True})], brand, deck.words, brand.text)
    heading: Any = slide.shapes.title
    _place(heading, (_LEFT, 0.68, _RIGHT - _LEFT, 1.36))
    size = next((points for most, points in _TITLES if len(plain(title)) <= most), _SMALLEST)
    _write(heading.text_frame, [(title, {"size": size})], brand, deck.words, INK, marked=True)
    heading.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    foot = _text(slide, (_LEFT, 6.98, 11.2, 0.32))
    _write(foot, [(deck.source, {"size": 11})], brand, deck.words, GREY)
    page = _text(slide, (_RIGHT - 0.8, 6.98, 0.8, 0.32))
    _write(page, [(str(number), {"size": 11})], brand, deck.words, GREY)
    page.paragraphs[0].alignment = PP_ALIGN.RIGHT
    _logo(slide, brand, (_RIGHT - 1.6, 0.26, 1.6, 0.42))
    return slide


def cards(
    slide: Slide,
    figures: Sequence[Figure],
    brand: Brand,
    words: Words,
    left: float,
    top: float,
    width: float,
    *,
    across: int = 2,
) -> float:
    """Figures side by side; where they end."""
    each = (width - (across - 1) * _GAP) / across
    for place, figure in enumerate(figures):
        x, y = left + (place % across) * (each + _GAP), top + (place // across) * (_CARD + _GAP)
        card = _box(slide, (x, y, each, _CARD), brand.second)
        large = next((size for most, size in _CARDS if len(figure.written) <= most), _SMALL_CARD)
        said = [(figure.written, {"size": large, "bold": True}), (figure.label, {"size": 12})]
        _write(card.text_frame, said, brand, words, INK)
        card.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    rows = -(-len(figures) // across)
    return top + rows * (_CARD + _GAP) + (0.08 if rows else 0.0)


def lines(slide: Slide, said: Sequence[str], brand: Brand, words: Words, box: Box) -> None:
    """Sentences below one another, smaller where there are many words."""
    if not said:
        return
    letters, (_, _, width, height) = sum(len(plain(line)) + 40 for line in said), box
    room = 34.0 * width * height  # letters of 14 points to a square inch of a box
    size = 14 if letters <= room else 12 if letters <= 1.35 * room else 11
    frame = _text(slide, box)
    _write(frame, [(line, {"size": size, "after": 7}) for line in said], brand, words, INK, marked=True)


def steps(slide: Slide, said: Sequence[str], brand: Brand, words: Words, box: Box) -> None:
    """What to do, numbered, each with room around it."""
    left, top, width, height = box
    each = height / max(len(said), 1)
    for place, line in enumerate(said):
        y = top + place * each
        mark = _box(slide, (left, y + 0.1, 0.62, 0.62), brand.colour, MSO_SHAPE.OVAL)
        number = [(str(place + 1), {"size": 22, "bold": True})]
        _write(mark.text_frame, number, brand, words, brand.on_colour)
        mark.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        mark.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame = _text(slide, (left + 0.95, y, width - 0.95, each - 0.1))
        _write(frame, [(line, {"size": 20})], brand, words, INK, marked=True)


def table(
    slide: Slide,
    shown: Table,
    brand: Brand,
    words: Words,
    at: tuple[float, float, float],
    *,
    first: float = 0.5,
) -> None:
    """A small table as it is read.

    Parameters
    ----------
    first : share of the width that the first column has
    """
    left, top, width = at
    frame = shown.frame
    row_height, size = (_LOW_ROW, 11) if len(frame) > _MANY else (_ROW, 13)
    drawn = slide.shapes.add_table(
        len(frame) + 1, len(frame.columns), *map(Inches, (left, top, width, row_height * (len(frame) + 1)))
    ).table
    wide = first * width
    for place, name in enumerate(frame.columns):
        others = (width - wide) / max(len(frame.columns) - 1, 1)
        drawn.columns[place].width = Inches(wide if place == 0 else others)
        head = (brand, words, size, brand.colour, brand.on_colour)
        _cell(drawn.cell(0, place), words.heading(str(name)), place, *head)
        for row in range(len(frame)):
            said = shown.written(str(name), row, words)
            behind = brand.second if row % 2 else "#ffffff"
            _cell(drawn.cell(row + 1, place), said, place, brand, words, size, behind, INK)


def _cell(
    cell: Any, said: str, column: int, brand: Brand, words: Words, size: int, behind: str, colour: str
) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor(*rgb(behind))
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(cell.text_frame, [(said, {"size": size})], brand, words, colour)
    cell.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT if column == 0 else PP_ALIGN.RIGHT


def _write(
    frame: Any,
    said: Sequence[tuple[str, dict[str, Any]]],
    brand: Brand,
    words: Words,
    colour: str,
    *,
    marked: bool = False,
) -> None:
    """Paragraphs with their size; what is marked in them is bold, italic and grey.

    Parameters
    ----------
    marked : whether they are sentences in Markdown; else all of them is text
    """
    frame.word_wrap = True
    for place, (line, way) in enumerate(said):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        if "after" in way:
            paragraph.space_after = Pt(way["after"])
        for span in spans(line) if marked else (Span(line),):
            run = paragraph.add_run()
            run.text = span.text
            run.font.size, run.font.name = Pt(way["size"]), brand.font
            run.font.bold, run.font.italic = way.get("bold", False) or span.bold, span.italic
            run.font.color.rgb = RGBColor(*rgb(GREY if span.grey else colour))
            run._r.get_or_add_rPr().set("lang", LANGUAGES[words.language].tag)  # noqa: SLF001  no other way


def _text(slide: Slide, box: Box) -> Any:
    frame = slide.shapes.add_textbox(*map(Inches, box)).text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Inches, box)
    shape.text_frame.margin_left = shape.text_frame.margin_right = 0


def _box(slide: Slide, box: Box, colour: str, kind: Any = MSO_SHAPE.RECTANGLE) -> Any:
    shape = slide.shapes.add_shape(kind, *map(Inches, box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(*rgb(colour))
    shape.line.fill.background()
    shape.shadow.inherit = False
    return shape


def _behind(slide: Slide, shape: Any) -> None:
    """Put a shape before all others in reading order, which lies it behind them."""
    tree: Any = slide.shapes._spTree  # noqa: SLF001  python-pptx has no other order
    tree.remove(shape._element)  # noqa: SLF001  as above
    tree.insert(2, shape._element)  # noqa: SLF001  as above


def _logo(slide: Slide, brand: Brand, box: Box) -> None:
    if brand.logo is None:
        return
    left, top, width, height = box
    wide, high = brand.logo.within(width, height)
    picture = slide.shapes.add_picture(
        io.BytesIO(brand.logo.content),
        *map(Inches, (left + width - wide, top + (height - high) / 2, wide, high)),
    )
    described(picture, brand.name or "")


def described(shape: Any, said: str) -> None:
    """What a shape shows, for those who cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", said)  # noqa: SLF001  python-pptx has no other way
