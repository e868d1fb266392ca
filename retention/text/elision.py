"""Italian articles before a number: they follow how the number is said, which no sentence can know before."""

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


def elided(text: str) -> str:
    """A sentence with its articles as the numbers after them want.

    Examples
    --------
    >>> elided("dal 80,0% al 85,5%: il **8%** e i 11 mesi, il 1.000 e il 18%")
    "dall'80,0% all'85,5%: l'**8%** e gli 11 mesi, il 1.000 e il 18%"
    >>> elided("Il 0,5% del 1% nei 100 giorni, dal 1 gen 2023 al 8 feb")
    "Lo 0,5% dell'1% nei 100 giorni, dal 1 gen 2023 all'8 feb"
    """
    return _before_numbers().sub(_written, text)


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
