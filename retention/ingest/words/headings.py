"""What headings mean, in the languages of `languages`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from retention.ingest.words.languages import LANGUAGES
from retention.ingest.words.vocabulary import (
    ARTICLES,
    CENTS,
    CONTINENTAL,
    DOCUMENTS,
    ENDINGS,
    HOLDING,
    LINES,
    NUMBERS,
    OF_ORDERS,
    OTHERWISE,
    PASSED_OVER,
    RANKS,
    TAX,
    TOTALS,
    WITH_OR_WITHOUT_TAX,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retention.ingest.words.languages import Language

_STEM = 3  # letters that stand before the second part of a word written as one, at least


def plain(heading: str) -> str:
    """Heading in small letters without accents, signs, units and joined words.

    Examples
    --------
    >>> [plain(heading) for heading in ("InvoiceDate", "Quantità", "order_id", "Totale (€)", "CustomerID")]
    ['invoice date', 'quantita', 'order id', 'totale', 'customer id']
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    letters = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", " ", letters).split()
    return " ".join([word for word in words if word not in PASSED_OVER] or words)


@lru_cache(maxsize=1 << 12)
def bare(heading: str) -> str:
    """Heading as `plain` writes it, without articles and "of" in any language.

    Examples
    --------
    >>> [bare(heading) for heading in ("Date de la commande", "Fecha del pedido", "Valor do pedido")]
    ['date commande', 'fecha pedido', 'valor pedido']
    """
    words = plain(heading).split()
    return " ".join([word for word in words if word not in ARTICLES] or words)


@lru_cache(maxsize=1 << 12)
def words_of(heading: str) -> frozenset[str]:
    """Words of a heading, and the two parts of those written as one.

    Examples
    --------
    >>> sorted(words_of("Kundennummer"))
    ['kunden', 'kundennummer', 'nummer']
    """
    words = bare(heading).split()
    return frozenset(part for word in words for part in (word, *_parts(word)))


def _parts(word: str) -> tuple[str, ...]:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word.removesuffix(ending), ending
    return ()


def rank_of(heading: str, role: str) -> int | None:
    """How good a heading of the role one is, from 0; None where it is none of them."""
    return RANKS[role].get(bare(heading))


def is_of_orders(heading: str) -> bool:
    """Whether an amount is an order's, not a line's, wherever it stands.

    Examples
    --------
    >>> [is_of_orders(heading) for heading in ("Receipt total", "Totale ordine", "Total", "Order line total")]
    [True, True, False, False]
    """
    return bare(heading) in OF_ORDERS or (is_total(heading) and bool(words_of(heading) & DOCUMENTS))


def is_total(heading: str) -> bool:
    """Whether a heading says total, and not of a line."""
    words = words_of(heading)
    return bool(words & TOTALS) and not words & LINES


def matching(names: Sequence[str], meant: Iterable[str]) -> list[str]:
    """Names that are among the headings meant, best first."""
    by_heading: dict[str, list[str]] = {}
    for name in names:
        by_heading.setdefault(bare(name), []).append(name)
    return [name for heading in meant for name in by_heading.get(heading, [])]


def holding(names: Sequence[str], role: str) -> list[str]:
    """Names that hold a word of the role among others, as "Data emissione documento" does for the date."""
    return [name for name in names if _holds(words_of(name), role)]


def _holds(words: frozenset[str], role: str) -> bool:
    if not words & HOLDING.get(role, frozenset()) or words & OTHERWISE.get(role, frozenset()):
        return False
    if role == "order":
        return bool(words & NUMBERS)
    return role != "amount" or not words & TAX or bool(words & WITH_OR_WITHOUT_TAX)


def says_cents(heading: str) -> bool:
    """Whether a heading says that amounts are in hundredths.

    Examples
    --------
    >>> [says_cents(heading) for heading in ("amount_cents", "Betrag in Cent", "totalCentimes", "percent")]
    [True, True, True, False]
    """
    return not CENTS.isdisjoint(plain(heading).split())


def first_matching(names: Sequence[str], meant: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Choose the best name for each column meant, each name used once."""
    found: dict[str, str] = {}
    for column, headings in meant.items():
        free = [name for name in matching(names, headings) if name not in found.values()]
        if free:
            found[column] = free[0]
    return found


def are_continental(names: Iterable[str]) -> bool:
    """Whether any heading has a word of a language that writes decimals after a comma and days first."""
    return any(word in CONTINENTAL for name in names for word in bare(name).split())


def language_of(names: Iterable[str]) -> Language | None:
    """The language most of whose own words stand in the headings; None where none has a word there.

    Of languages that share words, such as "cliente", and have as many, the first of `languages`.
    """
    words = [word for name in names for word in bare(name).split()]
    held = [sum(word in language.own.split() for word in words) for language in LANGUAGES]
    return LANGUAGES[held.index(max(held))] if any(held) else None
