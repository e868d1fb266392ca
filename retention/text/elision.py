"""Italian articles before a number: they follow what it is and how it is said, which no sentence can know."""

from __future__ import annotations

import re
from functools import cache

from babel.core import Locale

_ELIDED = {
    "il": "l'",
    "al": "all'",
    "dal": "dall'",
    "del": "dell'",
    "nel": "nell'",
    "sul": "sull'",
    "i": "gli ",
    "ai": "agli ",
    "dai": "dagli ",
    "dei": "degli ",
    "nei": "negli ",
    "sui": "sugli ",
}
_OF_ZERO = {
    "il": "lo ",
    "al": "allo ",
    "dal": "dallo ",
    "del": "dello ",
    "nel": "nello ",
    "sul": "sullo ",
}
_BEFORE_YEARS = {"in": "nel", "di": "del", "da": "dal", "a": "al", "su": "sul"}


def elided(text: str) -> str:
    """A sentence with its articles as the numbers after them want: a year has one, a month has none.

    Examples
    --------
    >>> elided("dal 80,0% al 85,5%: il **8%** e i 11 mesi, il 1.000 e il 18%")
    "dall'80,0% all'85,5%: l'**8%** e gli 11 mesi, il 1.000 e il 18%"
    >>> elided("Il 0,5% del 1% nei 100 giorni, dal 1 gen 2023 al 8 feb")
    "Lo 0,5% dell'1% nei 100 giorni, dal 1 gen 2023 all'8 feb"
    >>> elided("Da 2023 a T1 2024, in **2024** e in gen 2024")
    'Dal 2023 al T1 2024, nel **2024** e in gen 2024'
    """
    return _before_numbers().sub(_written, _YEARS.sub(_with_article, text))


# A year stands for itself or after its quarter, and has no sign of thousands: 2024, T1 2024, 2024-W49
_YEARS = re.compile(r"\b(in|di|da|a|su) (?=\*{0,2}(?:T[1-4] )?(?:19|20)\d\d(?![\d.,]\d)\b)", re.IGNORECASE)


def _with_article(found: re.Match[str]) -> str:
    way = _BEFORE_YEARS[found[1].lower()] + " "
    return way.capitalize() if found[1][0].isupper() else way


@cache
def _before_numbers() -> re.Pattern[str]:
    """An article before a number that begins with a vowel, or before zero: made when Italian is wanted."""
    # otto, undici, uno begin with a vowel, and with them 80, 800, 8.000 and 11.000; not 1.000 (mille), nor
    # the first of a month (primo)
    months = "|".join(Locale("it").months["stand-alone"]["abbreviated"].values())
    vowel = rf"8|11(?!\d)|(?!1(?:°| (?:{months})))1(?![\d.])"
    zero = r"0(?!\d)"
    return re.compile(
        rf"\b(il|al|dal|del|nel|sul|i|ai|dai|dei|nei|sui) (\*{{0,2}})(?=(?P<zero>{zero})|{vowel})",
        re.IGNORECASE,
    )


def _written(found: re.Match[str]) -> str:
    article, stars = found[1], found[2]
    ways = _OF_ZERO if found["zero"] is not None else _ELIDED
    way = ways.get(article.lower(), article + " ")
    return (way[0].upper() + way[1:] if article[0].isupper() else way) + stars
