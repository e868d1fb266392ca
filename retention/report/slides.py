"""The messages as slides: one each, its sentence the title, its chart one that PowerPoint can edit."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from retention.report import slide_charts, slide_frame, slide_parts as parts
from retention.report.zipped import repacked
from retention.text import escaped
from retention.text.marked import paragraphs, plain

if TYPE_CHECKING:
    from pptx.slide import Slide

    from retention.report.brand import Brand
    from retention.story import Deck, Message

_CHART = (0.6, 2.2, 7.75, 4.55)  # left, top, width, height
_SIDE = (8.6, 2.2, 4.15)  # left, top, width of figures and lines
_WIDE = (0.6, 2.2, 12.15)  # left, top, width where there is no chart


def slides(deck: Deck, brand: Brand) -> bytes:
    """A presentation of 16 to 9: a cover, a slide a message, and what cannot be said."""
    shown = slide_frame.begun(brand)
    parts.cover(shown, deck, brand)
    for number, message in enumerate(deck.messages, start=2):
        _message(shown, message, deck, brand, number)
    if deck.untold:
        _untold(shown, deck, brand)
    return _saved(shown, deck)


def _message(shown: Any, message: Message, deck: Deck, brand: Brand, number: int) -> None:
    slide = parts.titled(shown, message.subject, message.title, deck, brand, number)
    shown = message.table
    if message.drawing is None:
        _without_chart(slide, message, deck, brand)
    elif shown is not None and shown.native is None and not message.figures:
        parts.table(slide, shown, brand, deck.words, _WIDE, first=0.4)
    else:
        slide_charts.drawn(slide, message, deck.words, brand, _CHART)
        left, top, width = _SIDE
        below = parts.cards(slide, message.figures, brand, deck.words, left, top, width)
        said = [*message.lines, *_forecast(message, deck)]
        parts.lines(slide, said, brand, deck.words, (left, below, width, 6.75 - below))
    _notes(slide, message, deck)


def _without_chart(slide: Slide, message: Message, deck: Deck, brand: Brand) -> None:
    """Sentences over the full width, the table beside them where there is one."""
    left, top, width = _WIDE
    if message.table is None:
        parts.steps(slide, message.lines, brand, deck.words, (left, top, width, 4.5))
        return
    below = parts.cards(slide, message.figures, brand, deck.words, left, top, width, across=4)
    parts.table(slide, message.table, brand, deck.words, (left, below, 7.2))
    parts.lines(slide, message.lines, brand, deck.words, (8.1, below, 4.65, 6.75 - below))


def _untold(shown: Any, deck: Deck, brand: Brand) -> None:
    title = deck.words.say("report.left_out")
    slide = parts.titled(shown, deck.subtitle, title, deck, brand, len(deck.messages) + 2)
    said = [f"**{each.subject}.** {each.why}" for each in deck.untold]
    parts.lines(slide, said, brand, deck.words, (*_WIDE, 4.5))


def _notes(slide: Slide, message: Message, deck: Deck) -> None:
    """What to say, then how it is computed."""
    words = deck.words
    said = [plain(message.title), *map(plain, message.lines)]
    said += [plain(line) for line in _forecast(message, deck)]
    if message.definition:
        said += ["", words.say("report.computed"), paragraphs(message.definition)]
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = "\n".join(said)


def _forecast(message: Message, deck: Deck) -> list[str]:
    """How far to trust what is foreseen, in Markdown; nothing where nothing is."""
    said = deck.words.say("report.verdict", forecast=message.forecast)
    return [f"**{escaped(said)}**"] if message.forecast else []


def _saved(shown: Any, deck: Deck) -> bytes:
    about, on = shown.core_properties, datetime.combine(deck.day, time())
    about.title, about.subject, about.author = deck.title, deck.subtitle, "Ritorno"
    about.keywords, about.comments, about.last_modified_by = "", deck.source, "Ritorno"
    about.created = about.modified = on
    about.revision = 1
    about.language = deck.words.language
    held = io.BytesIO()
    shown.save(held)
    return repacked(held.getvalue(), slide_charts.dated(on))
