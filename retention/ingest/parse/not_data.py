"""Rows below the headings that are no data: headings and titles of further pages, totals, footnotes.

A row leaves only for what it says itself and for what it lacks; whatever could be a sale stays. Rows as wide
as the table usually is are compared with the headings alone, all at once, so a long file costs no more.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.ingest.parse.cells import (
    BLANK,
    DATE,
    NUMBER,
    WORDS,
    amount_in,
    as_text,
    cells_of,
    filled_cells,
    folded,
    is_filled,
    kind_of,
)
from retention.ingest.parse.header import usual_width
from retention.ingest.words.months import month_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.ingest.parse.cells import Cell
    from retention.ingest.parse.header import Header

KINDS = ("data", "blank", "title", "heading", "total", "note")
_BLANK, _TITLE, _HEADING, _TOTAL, _NOTE = range(1, 6)
_MANY = 20_000  # narrow rows beyond which only those are looked at that begin like a total, a title or a page
_LONG = 200_000  # rows beyond which sums are taken since the last total only
_FEW_WORDS = 3  # a footnote has at least as many, and so many columns has a table that can have one

_SUM = (
    r"(?:(?:gran |sub[- ]?|grand )?total[ei]?|sub[- ]?totali?|gran totale|somma|summe?|sums?|riporto"
    r"|a riportare|(?:gesamt|zwischen)summe|gesamt|totaux|sous-total|tot\.?)"
)
_OF = (
    r"generale|complessiv[oaie]|parziale|general|overall|amount|importo|importi|ordini|orders|vendite|sales"
    r"|fatture|fatturato|mese|mensile|anno|annuo|giorno|pagina|page|cliente|periodo|result|risultato|eur|euro"
    r"|iva|incl|inclusa|del|della|di|al|per|of|for|the|by"
)
_TOTAL_AND_MORE = re.compile(rf"{_SUM}\b.*", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"(?:pagina|pag\.?|page|p\.)\s*[0-9]+(?:\s*(?:di|of|/|su)\s*[0-9]+)?", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:[*(†¹]|nota\b|note\b|n\.b\.|fonte\b|source\b|stampat|printed|generat|esportat|exported|report\b"
    r"|elaborat|aggiornat|updated|fine\b|end of|legenda|©)",
    re.IGNORECASE,
)
_PROMISING = rf"(?i)^\s*(?:{_SUM}|pag|p\.)"


@cache
def _totals() -> re.Pattern[str]:
    """A word for a sum, and what of: made when first asked for, as the months' names take a while."""
    of = rf"(?:{_OF}|{'|'.join(month_names())}|[0-9][0-9.,/-]*)"
    return re.compile(rf"{_SUM}(?:[\s:=./()€$£-]+{of})*[\s:=.)€$£-]*", re.IGNORECASE)


def kinds_of_rows(table: pa.Table, header: Header, heads: Sequence[Sequence[Cell]]) -> NDArray[np.int8]:
    """Place in `KINDS` of every row.

    Parameters
    ----------
    table : the rows below the headings, of texts or of typed cells
    heads : the rows above and those of the headings
    """
    filled = filled_cells(table)
    kinds = np.where(filled == 0, _BLANK, 0).astype(np.int8)
    usual = usual_width(Counter(dict(enumerate(np.bincount(filled[filled > 0]).tolist()))))
    lines = [heads[i] for i in header.lines]
    for line in lines:
        kinds[_repeated(table, line)] = _HEADING
    narrow = np.flatnonzero((kinds == 0) & (filled < usual))
    if len(narrow) > _MANY:
        narrow = narrow[_promising(table, narrow, [heads[i] for i in header.titles])]
    _Narrow(table, header, [heads[i] for i in (*header.titles, *header.lines)], filled, usual).mark(
        kinds, narrow
    )
    return kinds


def _repeated(table: pa.Table, line: Sequence[Cell]) -> NDArray[np.intp]:
    """Rows equal to a line of headings."""
    words = {place: cell for place, cell in enumerate(line) if is_filled(cell)}
    alike = np.ones(table.num_rows, dtype=bool)
    for place, cell in words.items():
        if not _is_text(table.column(place).type) or len(words) == 1 < table.num_columns:
            return np.zeros(0, dtype=np.intp)
        if not _occurs(table.column(place), as_text(cell)):  # the rule, and quicker to find out
            return np.zeros(0, dtype=np.intp)
        alike &= _equal(table.column(place), as_text(cell))
        if not alike.any():
            break
    found = np.flatnonzero(alike)
    rows = cells_of(table, found)
    same = [list(map(folded, row)) == [folded(cell) for cell in _padded(line, len(row))] for row in rows]
    equal: NDArray[np.intp] = found[np.array(same, dtype=bool)]
    return equal


def _padded(line: Sequence[Cell], width: int) -> list[Cell]:
    return [*line, *[None] * width][:width]


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _equal(column: pa.ChunkedArray, text: str) -> NDArray[np.bool_]:
    import pyarrow.compute as pc  # noqa: PLC0415  slow to import, and most files need none of it

    return np.asarray(pc.fill_null(pc.equal(column, text), False).to_numpy(), dtype=bool)


def _occurs(column: pa.ChunkedArray, text: str) -> bool:
    """Whether the bytes of a text are anywhere in a column of texts."""
    wanted, buffers = text.encode(), [chunk.buffers()[2] for chunk in column.chunks]
    return any(wanted in buffer.to_pybytes() for buffer in buffers if buffer is not None)


def _promising(table: pa.Table, places: NDArray[np.intp], titles: list[Sequence[Cell]]) -> NDArray[np.bool_]:
    """Which rows have a text that begins like a total or a page, or is a title's."""
    import pyarrow.compute as pc  # noqa: PLC0415  as above

    found = np.zeros(len(places), dtype=bool)
    texts = [as_text(cell) for line in titles for cell in line if is_filled(cell)]
    for column in table.columns:
        if _is_text(column.type):
            taken = column.take(pa.array(places))
            mask = pc.match_substring_regex(taken, _PROMISING)
            mask = pc.or_(mask, pc.is_in(taken, value_set=pa.array(texts, column.type)))
            found |= np.asarray(pc.fill_null(mask, False).to_numpy(), dtype=bool)
    return found


class _Narrow:
    """Rows with fewer cells than usual, looked at one by one."""

    def __init__(
        self,
        table: pa.Table,
        header: Header,
        heads: list[Sequence[Cell]],
        filled: NDArray[np.int64],
        usual: int,
    ) -> None:
        self.table, self.header, self.filled, self.usual = table, header, filled, usual
        self.heads = {tuple(map(folded, filter(is_filled, line))) for line in heads}

    def mark(self, kinds: NDArray[np.int8], places: NDArray[np.intp]) -> None:
        """Write the kinds of the rows at some places."""
        rows = cells_of(self.table, places)
        for place, row in zip(places.tolist(), rows, strict=True):
            kinds[place] = self._kind(row, kinds, place)
        self._mark_notes(kinds, dict(zip(places.tolist(), rows, strict=True)))

    def _kind(self, row: list[Cell], kinds: NDArray[np.int8], place: int) -> int:
        cells = [cell for cell in row if is_filled(cell)]
        if not cells:
            return _BLANK
        told = {kind_of(cell) for cell in cells}
        if tuple(map(folded, cells)) in self.heads and WORDS in told and 2 * len(cells) <= self.usual:
            return _TITLE
        if len(cells) == 1 and isinstance(cells[0], str) and _PAGE.fullmatch(cells[0].strip()):
            return _NOTE
        return _TOTAL if self._is_total(row, kinds, place) else 0

    def _is_total(self, row: list[Cell], kinds: NDArray[np.int8], place: int) -> bool:
        """Whether a row has a word for a sum, or nothing but one, and none of what a sale has."""
        words = [as_text(cell).strip() for cell in row if kind_of(cell) == WORDS]
        if DATE in map(kind_of, row) or len(words) > 1:
            return False
        if words and _totals().fullmatch(words[0]) and self._lacks_keys(row):
            return True
        begins = _TOTAL_AND_MORE.fullmatch(words[0]) is not None if words else place >= self._last_wide
        return begins and self._lacks_a_key(row) and self._sums_up(row, kinds, place, least=1 if words else 2)

    def _lacks_keys(self, row: list[Cell]) -> bool:
        """Whether the columns of dates are blank, or hold the word; without any, most cells are."""
        if self.header.dates:
            return self._lacks_a_key(row)
        return 2 * sum(map(is_filled, row)) <= max(self.usual, 2)

    def _lacks_a_key(self, row: list[Cell]) -> bool:
        """Whether no column of dates has one; without any, whether a column of numbers has none."""
        if self.header.dates:
            return all(kind_of(row[place]) in {BLANK, WORDS} for place in self.header.dates)
        return any(kind_of(row[place]) != NUMBER for place in self.header.numbers)

    @cached_property
    def _last_wide(self) -> int:
        """Place of the last row as wide as usual."""
        wide = np.flatnonzero(self.filled >= self.usual)
        return int(wide[-1]) if len(wide) else 0

    def _sums_up(self, row: list[Cell], kinds: NDArray[np.int8], place: int, least: int) -> bool:
        """Whether a number of the row is the sum of its column, whole or since the last total.

        Parameters
        ----------
        least : numbers there must be in the column
        """
        sums = {j: amount for j, cell in enumerate(row) if (amount := amount_in(cell)) is not None}
        totals = np.flatnonzero(kinds[:place] == _TOTAL)
        since = int(totals[-1]) + 1 if len(totals) else 0
        return bool(sums) and any(
            self._sum(j, range(start, place), kinds, least) == round(wanted, 2)
            for j, wanted in sums.items()
            for start in {0 if place < _LONG else since, since}
        )

    def _sum(self, column: int, rows: range, kinds: NDArray[np.int8], least: int) -> float | None:
        cells = self.table.column(column).slice(rows.start, len(rows)).to_pylist()
        of_rows = kinds[rows.start : rows.stop]
        amounts = [amount_in(cell) for cell, kind in zip(cells, of_rows, strict=True) if kind == 0]
        readable = [amount for amount in amounts if amount is not None]
        return round(sum(readable), 2) if len(readable) >= least else None

    def _mark_notes(self, kinds: NDArray[np.int8], rows: dict[int, list[Cell]]) -> None:
        """Mark the lines of words below the last row that could be data."""
        if self.usual < _FEW_WORDS:
            return
        for place in range(len(kinds) - 1, -1, -1):
            if kinds[place] == 0 and not (place in rows and _is_note(rows[place], kinds[:place])):
                return
            if kinds[place] == 0:
                kinds[place] = _NOTE


def _is_note(row: list[Cell], above: NDArray[np.int8]) -> bool:
    cells = [cell for cell in row if is_filled(cell)]
    text = as_text(cells[0]).strip()
    if _NOTES.match(text) and len(cells) <= 2:  # noqa: PLR2004  a word and what it is about
        return True
    apart = len(above) > 0 and above[-1] in {_BLANK, _TOTAL, _NOTE}
    long = len(text.split()) >= _FEW_WORDS
    return len(cells) == 1 and kind_of(cells[0]) == WORDS and (long or (apart and " " in text))
