"""Everything a person reads: both languages' sentences, and numbers, money and dates as each writes them."""

from retention.text.catalogue import LANGUAGES, Language, keys, language_of
from retention.text.description import description_lines
from retention.text.words import Words, escaped

__all__ = ["LANGUAGES", "Language", "Words", "description_lines", "escaped", "keys", "language_of"]
