"""Tables that leave: headings in the reader's language, cells no spreadsheet can take for a formula."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api import types

from retention.text import LANGUAGES
from retention.text.formats import NOTHING
from retention.text.kinds import kind_of, writers_of
from retention.text.spreadsheet import kept_as_text

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from pandas.io.formats.style import Styler

    from retention.text import Words


def csv(frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None = None) -> bytes:
    """A table as CSV the reader's spreadsheet opens: with semicolons and decimal commas in Italian.

    Headings of money say the currency, since its cells are bare numbers. Text that a spreadsheet would run as
    a formula is led by an apostrophe.

    Parameters
    ----------
    cells : see `readable`
    """
    language = LANGUAGES[words.language]
    decimal = language.decimal
    safe = headed(frame, words)
    money = [kind_of(what, frame[name]) == "money" for name, what in _contents(frame, words, cells).items()]
    named = [words.in_money(str(name)) if paid else str(name) for name, paid in zip(safe, money, strict=True)]
    safe.columns = pd.Index([kept_as_text(name) for name in named])
    for name in safe.columns:
        if not types.is_numeric_dtype(safe[name]) and not types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].map(lambda cell: _cell(cell, decimal))
    # Ending rows so makes the writer quote cells with a return of their own, which would else begin a row.
    written = safe.to_csv(index=False, sep=language.delimiter, decimal=decimal, lineterminator="\r\n")
    return ("\ufeff" + written).encode()


def headed(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A copy whose headings are the reader's: ours are in the catalogue, a file's own stay."""
    return frame.rename(columns={name: words.heading(str(name)) for name in frame.columns})


def readable(frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None = None) -> Styler:
    """A table on screen: shares, money and counts written in the reader's way.

    Parameters
    ----------
    cells : what stands in columns whose headings are not ours, by the name of a column that is; or what
        stands in some of the columns, by theirs
    """
    writers = writers_of(frame, _contents(frame, words, cells), words)
    formats: dict[Any, Any] = {words.heading(str(name)): how for name, how in writers.items() if how}
    return headed(frame, words).style.format(formats, na_rep=NOTHING)


def written(
    frame: pd.DataFrame,
    words: Words,
    cells: str | Mapping[str, str] | None = None,
    most: int | None = None,
) -> Styler:
    """A table as it is read, its cells written out once however often it is shown.

    Streamlit has them written anew on every run, which for hundreds of rows takes longer than all else.

    Parameters
    ----------
    cells : see `readable`
    most : rows to show, all unless told
    """
    table = readable(frame if most is None else frame.head(most), words, cells)
    table._translate = functools.cache(table._translate)  # type: ignore[attr-defined]  # noqa: SLF001
    return table


def _contents(
    frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None
) -> dict[Hashable, str]:
    """What stands in each column, by the name of a column of ours that holds such."""
    if cells is None or isinstance(cells, str):
        cells = {name: cells or name for name in map(str, frame.columns) if words.heading(name) == name}
    return {name: cells.get(str(name), str(name)) for name in frame.columns}


def _cell(cell: Any, decimal: str) -> Any:
    """A cell of a column of text, or of text among numbers."""
    if isinstance(cell, str):
        return kept_as_text(cell)
    return str(cell).replace(".", decimal) if isinstance(cell, float) and not pd.isna(cell) else cell
