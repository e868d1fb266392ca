"""What headings mean, in English and Italian."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from retention.ingest.words.vocabulary import (
    HOLDING,
    ITALIAN,
    NUMBERS,
    OTHERWISE,
    PASSED_OVER,
    TAX,
    WITH_OR_WITHOUT_TAX,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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


def matching(names: Sequence[str], meant: Iterable[str]) -> list[str]:
    """Names that are among the headings meant, best first."""
    by_heading: dict[str, list[str]] = {}
    for name in names:
        by_heading.setdefault(plain(name), []).append(name)
    return [name for heading in meant for name in by_heading.get(heading, [])]


def holding(names: Sequence[str], role: str) -> list[str]:
    """Names that hold a word of the role among others, as "Data emissione documento" does for the date."""
    return [name for name in names if _holds(frozenset(plain(name).split()), role)]


def _holds(words: frozenset[str], role: str) -> bool:
    if not words & HOLDING.get(role, frozenset()) or words & OTHERWISE[role]:
        return False
    if role == "order":
        return bool(words & NUMBERS)
    return role != "amount" or not words & TAX or bool(words & WITH_OR_WITHOUT_TAX)


def first_matching(names: Sequence[str], meant: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Choose the best name for each column meant, each name used once."""
    found: dict[str, str] = {}
    for column, headings in meant.items():
        free = [name for name in matching(names, headings) if name not in found.values()]
        if free:
            found[column] = free[0]
    return found


def are_italian(names: Iterable[str]) -> bool:
    """Whether any heading has a word that only Italian uses."""
    return any(word in ITALIAN for name in names for word in plain(name).split())
