"""Everything a person reads: both languages' sentences, and numbers, money and dates as each writes them."""

from retention.text.catalogue import keys
from retention.text.description import description_lines
from retention.text.languages import DEFAULT, LANGUAGES, Language, LanguageCode, language_of
from retention.text.named import file_named, when_read
from retention.text.words import Words, escaped

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "Language",
    "LanguageCode",
    "Words",
    "description_lines",
    "escaped",
    "file_named",
    "keys",
    "language_of",
    "when_read",
]
