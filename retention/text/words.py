"""What a visitor reads: sentences out of the catalogue with their values written in the visitor's way."""

from __future__ import annotations

import math
import re
import string
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from retention.text import formats
from retention.text.catalogue import counted, keys, sentence
from retention.text.languages import LANGUAGES, LanguageCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from retention.errors import DataWarning, InputError
    from retention.periods import Period

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$~:&])")
_ADDRESS = re.compile(r"(?<=[hH][tT][tT][pP])(?=[sS]?:)|(?<=[wW]{3})(?=\.)|(?=@)")
_INTERVAL = re.compile(
    r" \([^(){}]*\{(?P<low>(?:\w+_)?low)\b[^{}]*\}[^(){}]*\{(?P<high>(?:\w+_)?high)\b[^{}]*\}[^(){}]*\)"
)
_JOINER = "\u2060"  # no width, no break: addresses in it are not made into links


@dataclass(frozen=True)
class Words:
    r"""The words of one language, with one currency.

    A sentence says how each of its values is written: ``{rate:percent}``, ``{value:money}``,
    ``{total:about}`` (money to three digits), ``{lost:short_money}`` (€573k), ``{rise:signed_money}``,
    ``{customers:count}``, ``{when:day}``, ``{size:number}``. A code of ours, several, or how many there are
    of each are worded by the catalogue: ``{kind:as kind}`` looks up ``kind.<code>``. A value that is None or
    NaN is written as a dash; an interval in brackets of which neither end is known is left out.

    Attributes
    ----------
    language, currency : of the reader; of the money, None where the file names none
    markdown : whether the sentences are read as Markdown, so that text out of a file must be kept from it

    Examples
    --------
    >>> Words("it").percent(0.3661), Words("it", "EUR").money(8911407.9)
    ('36,6%', '8.911.408\xa0€')
    """

    language: LanguageCode
    currency: str | None = None
    markdown: bool = False

    @property
    def bare(self) -> Words:
        """The same for labels, and for what becomes part of a sentence, which escapes it then."""
        return replace(self, markdown=False) if self.markdown else self

    def in_language(self, language: LanguageCode) -> Words:
        """The same in another language."""
        return replace(self, language=language)

    def say(self, key: str, **values: Any) -> str:
        """The sentence of a key; `n` among the values chooses the plural form, else the first count in it.

        Raises
        ------
        KeyError
            If the catalogue has no such key, or the sentence wants a value that is not given.
        """
        number = values.get("n", values.get(counted(self.language, key) or "n"))
        known = _INTERVAL.sub(partial(_known, values), sentence(self.language, key, number))
        said = _Writer(self).vformat(known, (), values)
        return LANGUAGES[self.language].finished(said)

    def error(self, error: InputError) -> str:
        """What was wrong with an input, where, and what to do."""
        return self.say(f"error.{error.code}", **error.details)

    def warning(self, warning: DataWarning) -> str:
        """What a reader of a figure must know."""
        return self.say(f"warning.{warning.code}", **warning.details)

    def heading(self, column: str) -> str:
        """The heading of a column of ours; a column we do not know keeps its name."""
        key = f"column.{column}"
        return sentence(self.language, key) if key in keys(self.language) else column

    def count(self, value: float) -> str:
        """A whole number."""
        return formats.count(self.language, value)

    def number(self, value: float) -> str:
        """A number with as many digits as one reads."""
        return formats.number(self.language, value)

    def percent(self, value: float) -> str:
        """A share with at most one decimal."""
        return formats.percent(self.language, value)

    def whole_percent(self, value: float) -> str:
        """A share without decimals, for crowded places."""
        return formats.whole_percent(self.language, value)

    def change(self, value: float) -> str:
        """A relative change with its sign."""
        return formats.change(self.language, value)

    def points(self, value: float) -> str:
        """A difference of two shares in points of a hundred, with its sign."""
        return formats.points(self.language, value)

    def compact(self, value: float) -> str:
        """A number for a crowded place: 572,714 is 573k."""
        return formats.compact(self.language, value)

    def short_month_of_year(self, value: int) -> str:
        """A month of any year, by its number from 1 on, for a crowded place."""
        return formats.short_month_of_year(self.language, value)

    def money(self, value: float) -> str:
        """Money in the words' currency."""
        return self._shown(formats.money(self.language, value, self.currency))

    def money_among(self, values: Iterable[float]) -> Callable[[float], str]:
        """What writes money of one column in one way: without cents where any amount needs none."""
        whole = any(map(formats.says_enough_whole, values))
        return self.whole_money if whole else self.money

    def whole_money(self, value: float) -> str:
        """Money without cents."""
        return self._shown(formats.whole_money(self.language, value, self.currency))

    def signed_money(self, value: float) -> str:
        """A difference of money with its sign."""
        return self._shown(formats.signed_money(self.language, value, self.currency))

    def compact_money(self, value: float) -> str:
        """Money for a crowded place: €573k."""
        return self._shown(formats.compact_money(self.language, value, self.currency))

    def compact_range(self, low: float, high: float) -> str:
        """Money from one amount to another for a crowded place: €50–100."""
        return self._shown(formats.compact_range(self.language, low, high, self.currency))

    def in_money(self, heading: str) -> str:
        """A heading of amounts, with the sign of what they are in: Revenue (€)."""
        if self.currency is None:
            return heading
        return f"{heading} ({self._shown(formats.currency_sign(self.language, self.currency))})"

    def currency_name(self, code: str) -> str:
        """A currency by sign, code and name: € EUR · euro."""
        return formats.named_currency(self.language, code)

    def short_currency(self, code: str) -> str:
        """A currency by sign and code: € EUR."""
        return formats.short_currency(self.language, code)

    def day(self, value: date) -> str:
        """A date."""
        return formats.day(self.language, value)

    def period(self, value: int, kind: Period) -> str:
        """The name of a period."""
        return formats.period(self.language, value, kind)

    def short_period(self, value: int, kind: Period) -> str:
        """The name of a period without its year, where that is plain."""
        return formats.short_period(self.language, value, kind)

    def text(self, value: Any) -> str:
        """Text out of a file, kept from being read as formatting."""
        return self._shown(str(value))

    def _shown(self, written: str) -> str:
        return escaped(written) if self.markdown else written


def _known(values: Mapping[str, Any], interval: re.Match[str]) -> str:
    """An interval as its sentence has it, nothing where neither end is known."""
    return "" if _nothing(values[interval["low"]]) and _nothing(values[interval["high"]]) else interval[0]


def _nothing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))


_OF_MONEY: dict[str, Callable[[Words, float], str]] = {
    "money": Words.money,
    "about": lambda words, value: words.money(formats.about(value)),
    "signed_money": Words.signed_money,
    "short_money": Words.compact_money,
}


def escaped(text: str) -> str:
    """Text for a place that reads Markdown, shown as it is."""
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(_JOINER, text))


class _Writer(string.Formatter):
    """Fills a sentence, each value by the format its place names."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value as its place wants it."""
        if _nothing(value):
            return formats.NOTHING
        if format_spec in formats.WRITERS:
            return formats.WRITERS[format_spec](self._words.language, value)
        if format_spec in _OF_MONEY:
            return _OF_MONEY[format_spec](self._words, value)
        if format_spec.startswith("as "):
            return self._worded(value, format_spec.removeprefix("as "))
        if format_spec:
            raise ValueError(format_spec)
        return self._as_it_is(value)

    def _worded(self, value: Any, group: str) -> str:
        """A code, several, or so many of each, by their words in the catalogue."""
        if isinstance(value, dict):
            counted = [f"{self._worded(code, group)} ({self._words.count(n)})" for code, n in value.items()]
            return formats.listed(self._words.language, counted)
        if isinstance(value, list | tuple):
            return formats.listed(self._words.language, [self._worded(code, group) for code in value])
        return self._words.say(f"{group}.{value}")

    def _as_it_is(self, value: Any) -> str:
        if isinstance(value, dict):
            counted = [f"{self._words.text(item)} ({self._words.count(n)})" for item, n in value.items()]
            return formats.listed(self._words.language, counted)
        if isinstance(value, list | tuple):
            return formats.listed(self._words.language, [self._words.text(item) for item in value])
        return self._words.text(value)
