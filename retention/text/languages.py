"""The languages spoken: one record each, and a catalogue of its name beside it. A new one needs no more.

What Babel knows of a language is taken from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from babel.core import Locale

from retention.text.elision import elided

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LanguageCode = Literal["it", "en"]


@dataclass(frozen=True)
class Language:
    """How a language is written, beyond its sentences.

    Attributes
    ----------
    code : names its catalogue, and its locale in Babel: numbers, money and dates are written by that
    date_input : how a field shows a date to be typed
    tag : names it, and where it is spoken so, in a document
    finished : makes of a sentence with its values the sentence to be read, where these change the words
        beside them

    Examples
    --------
    >>> italian = LANGUAGES["it"]
    >>> italian.name, italian.decimal, italian.thousands, italian.delimiter
    ('Italiano', ',', '.', ';')
    >>> italian.months[0], italian.short_months[0], italian.days[0], italian.short_days[0]
    ('gennaio', 'gen', 'domenica', 'dom')
    """

    code: LanguageCode
    date_input: Literal["DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD"]
    tag: str
    finished: Callable[[str], str] = str

    @property
    def locale(self) -> Locale:
        """What Babel knows of it."""
        return Locale.parse(self.code)

    @property
    def name(self) -> str:
        """As its speakers call it."""
        return str(self.locale.get_display_name()).capitalize()

    @property
    def decimal(self) -> str:
        """The sign before decimals."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    @property
    def thousands(self) -> str:
        """The sign between thousands."""
        return str(self.locale.number_symbols["latn"]["group"])

    @property
    def delimiter(self) -> str:
        """The sign between cells of a CSV: its spreadsheets take a semicolon where the comma is taken."""
        return ";" if self.decimal == "," else ","

    @property
    def months(self) -> tuple[str, ...]:
        """Names of the months, from January on."""
        return self._months("wide")

    @property
    def short_months(self) -> tuple[str, ...]:
        """Short names of the months, from January on."""
        return self._months("abbreviated")

    @property
    def days(self) -> tuple[str, ...]:
        """Names of the days of the week, from Sunday on."""
        return self._days("wide")

    @property
    def short_days(self) -> tuple[str, ...]:
        """Short names of the days of the week, from Sunday on."""
        return self._days("abbreviated")

    def _months(self, width: str) -> tuple[str, ...]:
        named = self.locale.months["stand-alone"][width]
        return tuple(named[month] for month in range(1, 13))

    def _days(self, width: str) -> tuple[str, ...]:
        named = self.locale.days["stand-alone"][width]  # 0 is Monday
        return tuple(named[day % 7] for day in range(6, 13))


LANGUAGES: Mapping[LanguageCode, Language] = MappingProxyType(
    {
        language.code: language
        for language in (
            Language("it", date_input="DD/MM/YYYY", tag="it-IT", finished=elided),
            Language("en", date_input="YYYY-MM-DD", tag="en-GB"),
        )
    }
)
DEFAULT: LanguageCode = "en"  # to everyone whose own is not spoken


def language_of(locale: str | None) -> LanguageCode:
    """The language to speak to a browser or system of this locale: its own, or the default."""
    own = re.split("[-_]", (locale or "").lower())[0]
    return next((code for code in LANGUAGES if code == own), DEFAULT)
