"""Where the table begins: lines of titles, one or two lines of headings, the first row below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from retention.ingest.parse.cells import BLANK, DATE, NUMBER, Cell, as_text, is_filled, kind_of
from retention.ingest.words.headings import plain
from retention.ingest.words.vocabulary import (
    EMAIL,
    HOLDING,
    NUMBERS,
    ORDERS,
    OTHERWISE,
    SPEND,
    TAX,
    WITH_OR_WITHOUT_TAX,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Spans: TypeAlias = "Mapping[int, Sequence[tuple[int, int]]]"

HEAD = 200  # rows among which the table must begin
_KNOWN = frozenset(
    word
    for words in (
        *(
            texts
            for roles in (ORDERS, SPEND)
            for headings in roles.values()
            for texts in map(str.split, headings)
        ),
        *(EMAIL, NUMBERS, TAX, WITH_OR_WITHOUT_TAX, *HOLDING.values(), *OTHERWISE.values()),
    )
    for word in words
) | {"note", "descrizione", "description", "prodotto", "product", "nome", "name", "articolo", "item"}
_HALF = 0.5
_FEW = 2  # cells that a line of titles may have beside each other


@dataclass(frozen=True)
class Header:
    """What stands above the rows of data.

    Attributes
    ----------
    titles : places of the lines above the headings
    lines : places of the lines of headings, none where the columns have no names
    names : of the columns, "" where one has none
    first : place of the first row below
    dates, numbers : places of the columns that hold mostly dates, mostly numbers
    """

    titles: tuple[int, ...]
    lines: tuple[int, ...]
    names: tuple[str, ...]
    first: int
    dates: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def headed(self) -> bool:
        """Whether the columns have names."""
        return bool(self.lines)


class Head:
    """The first rows of a sheet or a text, and what kinds of cells they have.

    Parameters
    ----------
    spans : by row, first and last place of cells merged across columns
    """

    def __init__(self, rows: Sequence[Sequence[Cell]], spans: Spans | None = None) -> None:
        self.rows = rows
        self.width = max(map(len, rows), default=0)
        self.kinds = [[kind_of(cell) for cell in row] for row in rows]
        self.filled = [sum(map(is_filled, row)) for row in rows]
        self.spans = spans or {}
        self.usual = usual_width(Counter(filter(None, self.filled)))

    @cached_property
    def likely(self) -> list[int]:
        """Rows at least half as wide as usual, without the first, which may be the headings."""
        wide = [i for i, filled in enumerate(self.filled) if 2 * filled >= self.usual > 0]
        return wide[1:] or wide

    @cached_property
    def columns(self) -> dict[int, str]:
        """Kind of the columns that hold mostly numbers or mostly dates, by their place."""
        found = {}
        for place in range(self.width):
            kinds = Counter(self.kinds[i][place] for i in self.likely if place < len(self.kinds[i]))
            filled = sum(kinds.values()) - kinds[BLANK]
            if filled and kinds[NUMBER] + kinds[DATE] >= _HALF * filled:
                found[place] = NUMBER if kinds[NUMBER] >= kinds[DATE] else DATE
        return found

    @cached_property
    def first_data(self) -> int | None:
        """First row with numbers and dates where the others have them."""
        return next((i for i in range(len(self.rows)) if self._is_data(i)), None)

    def _is_data(self, i: int) -> bool:
        if 2 * self.filled[i] < self.usual or not self.columns:
            return False
        kinds = self.kinds[i]
        told = [kinds[place] for place in self.columns if place < len(kinds) and kinds[place] != BLANK]
        fits = sum(kind in {NUMBER, DATE} for kind in told)
        return fits > 0 and fits >= _HALF * len(told)

    def names_columns(self, i: int) -> bool:
        """Whether a row could name columns: no date, no address, and numbers, as of years, in few cells."""
        cells = [as_text(cell).strip() for cell in self.rows[i] if is_filled(cell)]
        kinds = self.kinds[i]
        if not cells or DATE in kinds or any("@" in cell for cell in cells):
            return False
        return 2 * kinds.count(NUMBER) < len(cells)

    def known(self, i: int) -> float:
        """Share of a row's cells that have a word headings have."""
        cells = [as_text(cell) for cell in self.rows[i] if is_filled(cell)]
        return sum(bool(_KNOWN & set(plain(cell).split())) for cell in cells) / max(len(cells), 1)

    def promise(self, i: int) -> tuple[float, int]:
        """How well a row would do as the headings: by its width and its words; the earlier the better."""
        return min(self.filled[i] / max(self.usual, 1), 1.0) + 2 * self.known(i), -i


def usual_width(widths: Counter[int]) -> int:
    """Number of filled cells that rows usually have: that of the rows with most cells together."""
    return max(widths, key=lambda width: (widths[width] * width, width), default=0)


def find_header(head: Head) -> Header:
    """Find the headings, and what stands above them."""
    heading = _heading(head)
    dates, numbers = (
        tuple(place for place, kind in head.columns.items() if kind == wanted) for wanted in (DATE, NUMBER)
    )
    if heading is None:
        first = _first_wide(head)
        return Header(_filled(head, first), (), ("",) * head.width, first, dates, numbers)
    lines = _lines(head, heading)
    names = tuple(_name(head, lines, place) for place in range(head.width))
    return Header(_filled(head, lines[0]), lines, names, lines[-1] + 1, dates, numbers)


def _heading(head: Head) -> int | None:
    """Find the row that names the columns; of several that could, the one that promises most."""
    could = [
        i
        for i in range(len(head.rows))
        if head.filled[i] >= max(_HALF * head.usual, min(2, head.usual))
        and head.names_columns(i)
        and (head.first_data is None or i < head.first_data or _stands_out(head, i))
    ]
    return max(could, key=head.promise, default=None)


def _stands_out(head: Head, i: int) -> bool:
    """Whether all above a row of headings is narrower, so that even dates and numbers there are titles."""
    above = max(head.filled[:i], default=0)
    return above < head.filled[i] and above <= max(_FEW + 1, head.usual // 2) and head.known(i) > _HALF


def _first_wide(head: Head) -> int:
    """Find the first row of data of a table without headings."""
    if head.first_data is not None:
        return head.first_data
    return next((i for i, filled in enumerate(head.filled) if 2 * filled >= head.usual), 0)


def _filled(head: Head, until: int) -> tuple[int, ...]:
    return tuple(i for i in range(until) if head.filled[i])


def _lines(head: Head, heading: int) -> tuple[int, ...]:
    """Add the second line of headings that stands below or above, if one does."""
    below, above = heading + 1, heading - 1
    if below < len(head.rows) and _continues(head, below):
        return (heading, below)
    if above >= 0 and _groups(head, above, heading):
        return (above, heading)
    return (heading,)


def _continues(head: Head, i: int) -> bool:
    """Whether a row goes on naming columns: words of headings, and none but words above dates and numbers."""
    if head.first_data is None or i >= head.first_data or not head.names_columns(i):
        return False
    kinds = head.kinds[i]
    missing = any(is_filled(cell) and kind == BLANK for cell, kind in zip(head.rows[i], kinds, strict=True))
    return not missing and NUMBER not in kinds and head.known(i) > _HALF


def _groups(head: Head, i: int, heading: int) -> bool:
    """Whether a row names groups of the columns below rather than the whole table."""
    if head.filled[i] < _FEW or not head.names_columns(i) or head.filled[i] > head.filled[heading] + _FEW:
        return False
    if any(re.search(r"[:0-9]", as_text(cell)) for cell in head.rows[i]):
        return False
    return i in head.spans or head.known(i) > _HALF


def _name(head: Head, lines: tuple[int, ...], place: int) -> str:
    """Join what the lines say of a column; a cell of the upper one that was merged names all below it."""
    parts = []
    for i in lines:
        of_line = head.spans.get(i, ()) if len(lines) > 1 and i == lines[0] else ()
        start = next((first for first, last in of_line if first <= place <= last), place)
        parts.append(as_text(head.rows[i][start]).strip() if start < len(head.rows[i]) else "")
    return " ".join(dict.fromkeys(part for part in parts if part))
