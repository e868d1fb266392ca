"""Bytes to a table with headings, whatever they are: the door every file comes in by."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.ingest.limits import DEFAULTS, Limits
from retention.ingest.sandbox import parse_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class RawTable:
    """A file's rows as they stand in it.

    Attributes
    ----------
    table : columns by heading, unique and never empty; text files give text, workbooks their cells' types.
        The index counts the file's rows from 0 and skips blank ones
    name : of the file
    content_hash : SHA-256 of its bytes, in hexadecimal
    sheets, sheet : names of a workbook's sheets and of the one read
    first_row : 1-based row number, in the file, of the row with index 0
    headed : whether the file names its columns; else they are called A, B, C … as a spreadsheet does
    delimiter : between the cells of a text file, " " for runs of blanks; None for a workbook
    """

    table: pd.DataFrame
    name: str
    content_hash: str
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    first_row: int = 2
    headed: bool = True
    delimiter: str | None = None


def read(content: bytes, name: str, *, sheet: str | None = None, limits: Limits = DEFAULTS) -> RawTable:
    """Read a delimited text or a workbook.

    Parameters
    ----------
    content : the file's bytes; its format is told from them
    name : the file's, for messages and to notice an ending that promises something else
    sheet : of a workbook; by default the first with rows

    Raises
    ------
    InputError
        With the file's `name` among its details. The file is ``empty_file``, ``not_a_spreadsheet``,
        ``unsupported_format``, ``encrypted``, ``broken_file``, ``broken_quotes`` or has ``no_rows``; it lacks
        the sheet (``no_such_sheet``); it passes a limit (``expands_too_far``, ``line_too_long``,
        ``too_many_rows``, ``too_many_columns``, ``too_much_memory``, ``took_too_long``); or
        ``reading_failed``.
    """
    try:
        parsed = parse_apart(content, name, sheet, limits)
        about = json.loads(parsed.schema.metadata[b"about"])
        table = _frame(parsed, about["headings"])
    except InputError as error:
        raise InputError(error.code, name=name, **error.details) from error
    return RawTable(
        table=table,
        name=name,
        content_hash=hashlib.sha256(content).hexdigest(),
        sheets=tuple(about["sheets"]),
        sheet=about["sheet"],
        first_row=about["first_row"],
        headed=about["headed"],
        delimiter=about["delimiter"],
    )


def _frame(parsed: pa.Table, headings: Sequence[str]) -> pd.DataFrame:
    """Hand the table to pandas, without blank rows and without blank columns nobody named."""
    used = [i for i, h in enumerate(headings) if h.strip() or parsed.column(i).null_count < parsed.num_rows]
    names = unique_headings([headings[i] for i in used], used)
    parsed = parsed.select(used).rename_columns(names)
    may_be_blank = all(column.null_count > 0 for column in parsed.columns)
    table: pd.DataFrame = parsed.to_pandas(split_blocks=True, ignore_metadata=True)
    if may_be_blank:
        table = table.dropna(how="all")
    if table.empty:
        raise InputError("no_rows")
    return table


def unique_headings(headings: Sequence[str], places: Sequence[int]) -> list[str]:
    """Headings without surrounding or doubled blanks, by column letter where empty, numbered where repeated.

    Examples
    --------
    >>> unique_headings([" Order  Date", "", "Total", "Total"], [0, 1, 2, 3])
    ['Order Date', 'B', 'Total', 'Total (2)']
    """
    names: list[str] = []
    taken: set[str] = set()
    for heading, place in zip(headings, places, strict=True):
        stem = " ".join(heading.split()) or column_letters(place)
        name, copy = stem, 1
        while name in taken:
            copy += 1
            name = f"{stem} ({copy})"
        taken.add(name)
        names.append(name)
    return names


def column_letters(place: int) -> str:
    """Name a spreadsheet gives to the column at a 0-based place.

    Examples
    --------
    >>> [column_letters(place) for place in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters = chr(ord("A") + rest) + letters
        place -= 1
    return letters
