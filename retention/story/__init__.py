"""What a study says, one message after another: the same for a page, a report and a meeting."""

from retention.story.deck import MAKE, SECTIONS, Deck, deck, named, source, subject
from retention.story.message import Figure, Message, Native, Table, Untold
from retention.story.telling import Asked, Telling, as_set

__all__ = [
    "MAKE",
    "SECTIONS",
    "Asked",
    "Deck",
    "Figure",
    "Message",
    "Native",
    "Table",
    "Telling",
    "Untold",
    "as_set",
    "deck",
    "named",
    "source",
    "subject",
]
