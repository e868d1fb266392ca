"""Bytes to a table with headings, whatever they are: the door every file comes in by."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from retention.errors import InputError
from retention.ingest.parse.cells import blank_rows
from retention.ingest.parse.child import FILE, ROW, TYPED, as_table
from retention.ingest.parse.files import parse_all
from retention.ingest.parse.limits import DEFAULT_LIMITS, Limits
from retention.ingest.parse.parsed import without
from retention.ingest.parse.sandbox import parse_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    Parse = Callable[[Sequence[tuple[str, bytes]], str | None, Limits], pa.Table]

Reading = TypeVar("Reading")
SAMPLE = 2_000  # rows that tell what a column holds
_READINGS = "_readings"


def no_rows() -> pd.DataFrame:
    """Table of rows that are no data, empty."""
    return pd.DataFrame({"row": _unset(), "kind": [], "text": [], "file": []}).astype(
        {"kind": "str", "text": "str", "file": "str"}
    )


def _unset() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class RawTable:
    """A file's rows as they stand in it.

    Attributes
    ----------
    table : columns by heading, unique and never empty; text files give text, workbooks their cells' types.
        The index counts the rows below the headings from 0 and skips blank ones; of several files, all rows
    name : of the file, of several the first's
    content_hash : SHA-256 of its bytes, in hexadecimal; of several, of their hashes
    sheets, sheet : names of a workbook's sheets and of the one read
    first_row : 1-based row number, in the file, of the row with index 0
    headed : whether the file names its columns; else they are called A, B, C … as a spreadsheet does
    delimiter : between the cells of a text file, " " for runs of blanks; None for a workbook
    not_data : rows recognised as no data, by kind: "title", "heading" (of every page, the first
        included), "total" (subtotals too), "note". With those of `table` they are all the file's filled rows
    not_data_rows : the same rows: row (1-based in its file), kind, text (cells joined by " | "), file (name)
    files : names of the files the table was made of
    file : (n,) place in `files` of the file each row is from
    row_numbers : (n,) 1-based row of each row in its own file
    date_system_1904 : whether serial numbers of days, where the file has any, count from 1904
    typed : by column, for columns whose cells differ in type and so are handed over as text: (n,) which
        cells the file itself stores as numbers or dates. Their text is neutral: a decimal point, no
        thousands, ISO dates
    left_out : names of files of an archive or a selection that hold no table
    wider : how many rows of a text have more fields than there are headings, and the number of the first
    together : names of the workbook's sheets read below each other, where these are several; each counts as a
        file of its own
    unread : names of its other sheets that seem to hold sales, under other headings
    currency : what its amounts are in, as told by whoever handed it over and not by itself
    formulas : columns without any value that hold formulas: whatever wrote the file did not compute them
    known : columns by role, as told by whoever handed it over
    read : when it was, of what changes where it is kept; None of a file that was brought
    """

    table: pd.DataFrame
    name: str
    content_hash: str
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    first_row: int = 2
    headed: bool = True
    delimiter: str | None = None
    not_data: dict[str, int] = field(default_factory=dict)
    not_data_rows: pd.DataFrame = field(default_factory=no_rows)
    files: tuple[str, ...] = ()
    file: NDArray[np.int64] = field(default_factory=_unset)
    row_numbers: NDArray[np.int64] = field(default_factory=_unset)
    date_system_1904: bool = False
    typed: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    wider: tuple[int, int] = (0, 0)
    together: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    currency: str | None = None
    formulas: tuple[str, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    read: datetime | None = None

    def __post_init__(self) -> None:
        """Number the rows of a table made without a file."""
        if len(self.row_numbers) != len(self.table):
            object.__setattr__(self, "row_numbers", self.table.index.to_numpy() + self.first_row)
        if len(self.file) != len(self.table):
            object.__setattr__(self, "file", np.zeros(len(self.table), dtype=np.int64))
        if not self.files:
            object.__setattr__(self, "files", (self.name,))

    def at(self, places: NDArray[np.intp]) -> RawTable:
        """Some of the rows, by their places."""
        typed = {name: mask[places] for name, mask in self.typed.items()}
        file, numbers = self.file[places], self.row_numbers[places]
        return replace(self, table=self.table.iloc[places], typed=typed, file=file, row_numbers=numbers)

    def spread(self) -> RawTable:
        """At most `SAMPLE` rows, from all over the file."""
        places = np.unique(np.linspace(0, len(self.table) - 1, SAMPLE).astype(int))
        return self.remembered("spread", lambda: self.at(places))

    def remembered(self, key: Hashable, read: Callable[[], Reading]) -> Reading:
        """Read something of the file, or hand over what was read before under the same key.

        It is kept with the table and goes with it.
        """
        readings: dict[Hashable, Any] = vars(self).setdefault(_READINGS, {})
        if key not in readings:
            readings[key] = read()
        found: Reading = readings[key]
        return found


def read(content: bytes, name: str, *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS) -> RawTable:
    """Read a delimited text, a workbook, a Parquet file, or an archive of such.

    Parameters
    ----------
    content : the file's bytes; its format is told from them
    name : the file's, for messages
    sheet : of a workbook; by default the one that holds most of a table of data, and all with its headings

    Raises
    ------
    InputError
        With the file's `name` among its details. The file is ``empty_file``, ``not_a_spreadsheet``,
        ``encrypted``, ``broken_file``, ``broken_quotes``, ``wider_than_headings`` or has ``no_rows``; it
        lacks the sheet (``no_such_sheet``); the files of an archive differ in their headings
        (``files_differ``); it passes a limit (``file_too_large``, ``expands_too_far``, ``too_many_files``,
        ``nested_too_deep``, ``line_too_long``, ``too_many_rows``, ``too_many_columns``, ``too_much_memory``,
        ``took_too_long``); or ``reading_failed``.
    """
    return _read([(name, content)], name, sheet, limits, parse_apart)


def read_own(content: bytes, name: str) -> RawTable:
    """Read a file that is known to do no harm, such as a sample: in this process, which is sooner done."""
    return _read([(name, content)], name, None, DEFAULT_LIMITS, _parse_here)


def read_many(
    files: Sequence[tuple[str, bytes]], *, sheet: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> RawTable:
    """Read several files of the same headings, in whatever order, as one table.

    Parameters
    ----------
    files : name and bytes of each; one that holds no table is left out where another does
    sheet : of every workbook among them; by default the one that holds most of a table of data

    Raises
    ------
    InputError
        As `read`, with the `name` of the file it is about.
    """
    if not files:
        raise InputError("empty_file", name="")
    return _read(files, files[0][0], sheet, limits, parse_apart)


def table_of(
    columns: Sequence[pa.ChunkedArray],
    headings: Sequence[str],
    typed: Mapping[int, NDArray[np.bool_]],
    name: str,
    content_hash: str,
) -> RawTable:
    """A table whose columns are known, as of a database: nothing is looked for but rows without a cell.

    Parameters
    ----------
    columns, headings : (m,) each of a type that `cells.plain_array` gives
    typed : by place, of columns handed over as text, (n,) which cells are stored as numbers
    content_hash : as of `RawTable`

    Raises
    ------
    InputError
        ``no_rows``
    """
    names = unique_headings(headings, range(len(headings)))
    whole = pa.table(list(columns), names=names)
    gone = blank_rows(whole)
    if len(gone) == whole.num_rows:
        raise InputError("no_rows", name=name)
    numbers = np.delete(np.arange(1, whole.num_rows + 1, dtype=np.int64), gone)
    table: pd.DataFrame = without(whole, gone).to_pandas(split_blocks=True, ignore_metadata=True)
    table.index = _index(numbers - 1)
    masks = {names[place]: np.delete(mask, gone) for place, mask in typed.items()}
    return RawTable(table, name, content_hash, first_row=1, row_numbers=numbers, typed=masks)


def _parse_here(files: Sequence[tuple[str, bytes]], sheet: str | None, limits: Limits) -> pa.Table:
    return as_table(parse_all(files, sheet, limits))


def _read(
    files: Sequence[tuple[str, bytes]], name: str, sheet: str | None, limits: Limits, parse: Parse
) -> RawTable:
    with ThreadPoolExecutor(1) as beside:  # while another process parses
        content_hash = beside.submit(_hash, [content for _, content in files])
        return _raw_table(files, name, sheet, limits, parse, content_hash)


def _raw_table(
    files: Sequence[tuple[str, bytes]],
    name: str,
    sheet: str | None,
    limits: Limits,
    parse: Parse,
    content_hash: Future[str],
) -> RawTable:
    try:
        parsed = parse(files, sheet, limits)
        about = json.loads(parsed.schema.metadata[b"about"])
        table, names = _frame(parsed, about)
    except InputError as error:
        raise InputError(error.code, **{"name": name, **error.details}) from error
    not_data = _not_data(about)
    return RawTable(
        table=table,
        name=name,
        content_hash=content_hash.result(),
        sheets=tuple(about["sheets"]),
        sheet=about["sheet"],
        first_row=about["first_row"],
        headed=about["headed"],
        delimiter=about["delimiter"],
        not_data={str(kind): int(n) for kind, n in not_data["kind"].value_counts(sort=False).items()},
        not_data_rows=not_data,
        files=tuple(about["files"]),
        file=_numbers(parsed, FILE),
        row_numbers=_numbers(parsed, ROW),
        date_system_1904=about["date_system_1904"],
        typed=_typed(parsed, names),
        left_out=tuple(about["left_out"]),
        wider=(about["wider"][0], about["wider"][1]),
        together=tuple(about["together"]),
        unread=tuple(about["unread"]),
        formulas=tuple(names[i] for i in about["formulas"] if i in names and table[names[i]].isna().all()),
    )


def _hash(contents: Sequence[bytes]) -> str:
    """SHA-256 of a file's bytes; of several, of theirs."""
    hashes = [hashlib.sha256(content).hexdigest() for content in contents]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _numbers(parsed: pa.Table, column: str) -> NDArray[np.int64]:
    return np.asarray(parsed.column(column).to_numpy(), dtype=np.int64)


def _typed(parsed: pa.Table, names: dict[int, str]) -> dict[str, NDArray[np.bool_]]:
    masks = {place: f"{TYPED}{place}" for place in names if f"{TYPED}{place}" in parsed.column_names}
    return {
        names[place]: np.asarray(parsed.column(mask).to_numpy(), dtype=bool) for place, mask in masks.items()
    }


def _not_data(about: dict[str, Any]) -> pd.DataFrame:
    if not about["not_data"]:
        return no_rows()
    rows, kinds, texts = zip(*about["not_data"], strict=True)
    files = [about["files"][i] for i in about["not_data_file"]]
    columns = {"row": np.array(rows, dtype=np.int64), "kind": kinds, "text": texts, "file": files}
    return pd.DataFrame(columns).astype({"kind": "str", "text": "str", "file": "str"})


def _frame(parsed: pa.Table, about: dict[str, Any]) -> tuple[pd.DataFrame, dict[int, str]]:
    """Hand the table to pandas without blank columns nobody named; and name the others by their place."""
    headings, rows = about["headings"], parsed.num_rows
    used = [i for i, h in enumerate(headings) if h.strip() or parsed.column(i).null_count < rows]
    if not used or rows == 0:
        raise InputError("no_rows")
    names = unique_headings([headings[i] for i in used], [about["places"][i] for i in used])
    chosen = parsed.select(used).rename_columns(names)
    table: pd.DataFrame = chosen.to_pandas(split_blocks=True, ignore_metadata=True)
    if len(about["files"]) == 1:
        table.index = _index(_numbers(parsed, ROW) - about["first_row"])
    return table, dict(zip(used, names, strict=True))


def _index(places: NDArray[np.int64]) -> pd.Index:
    """Index by place; the usual one where no row is missing."""
    return pd.RangeIndex(len(places)) if places[-1] == len(places) - 1 else pd.Index(places)


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
