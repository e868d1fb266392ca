"""Files of any format, archives among them, to one table: those with the same headings below each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from retention.errors import InputError
from retention.ingest.parse.archives import NO_TABLE, no_table, unpack
from retention.ingest.parse.cells import as_text, folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retention.ingest.parse.archives import Unpacked
    from retention.ingest.parse.formats import Format
    from retention.ingest.parse.limits import Limits
    from retention.ingest.parse.parsed import Parsed

_Key = tuple[str, int]
_Column = tuple["pa.ChunkedArray", "NDArray[np.bool_] | None"]


@dataclass(frozen=True)
class Joined:
    """Tables of several files below each other.

    Attributes
    ----------
    parsed : the rows of all, under the first file's headings; of it alone are sheets, first_row and the like
    files : their names
    file : (n,) place in `files` of the file each row is from
    not_data_file : likewise of each row that is no data
    left_out : names of files that hold no table
    """

    parsed: Parsed
    files: tuple[str, ...]
    file: NDArray[np.int64]
    not_data_file: tuple[int, ...]
    left_out: tuple[str, ...] = ()


def parse_all(files: Sequence[tuple[str, bytes]], sheet: str | None, limits: Limits) -> Joined:
    """Parse files, by name and content, to one table; those without a table are left out beside others.

    Raises
    ------
    InputError
        Whatever speaks against one of them, with its ``name`` where there are several; ``files_differ``.
    """
    unpacked = unpack(files, limits)
    tables = list(_tables(unpacked, sheet, limits))
    prose = {i for i, (_, parsed) in enumerate(tables) if _is_prose(parsed)}
    if len(prose) < len(tables):
        unpacked.left_out += [tables[i][0] for i in sorted(prose)]
        tables = [table for i, table in enumerate(tables) if i not in prose]
    if not tables:
        raise no_table(files, unpacked)
    rows = sum(parsed.table.num_rows for _, parsed in tables)
    if rows > limits.rows:
        raise InputError("too_many_rows", rows=rows, limit=limits.rows)
    return _join(tables, unpacked.left_out)


def _tables(unpacked: Unpacked, sheet: str | None, limits: Limits) -> Iterator[tuple[str, Parsed]]:
    several = len(unpacked.tables) > 1
    while unpacked.tables:
        name, content, kind = unpacked.tables.pop(0)
        try:
            for of_sheet, parsed in _parsed(content, kind, sheet, limits):
                yield f"{name}: {of_sheet}" if parsed.together else name, parsed
        except InputError as error:
            if error.code not in NO_TABLE:
                place = {"name": name} if several else {}
                raise InputError(error.code, **place, **error.details) from error
            unpacked.leave_out(name, error)


def _is_prose(parsed: Parsed) -> bool:
    """Whether lines of text are all there is, as in a note that comes with the files."""
    return parsed.delimiter is not None and parsed.table.num_columns == 1


def _parsed(
    content: bytes, kind: Format, sheet: str | None, limits: Limits
) -> tuple[tuple[str | None, Parsed], ...]:
    """Table of a file, or of each sheet of a workbook that is read, with the sheet's name."""
    if kind == "text":
        from retention.ingest.parse.delimited import read_delimited  # noqa: PLC0415  each only if needed

        return ((None, read_delimited(content, limits)),)
    if kind == "parquet":
        from retention.ingest.parse.parquet import read_parquet  # noqa: PLC0415  likewise

        return ((None, read_parquet(content, limits)),)
    from retention.ingest.parse.workbook import read_sheets  # noqa: PLC0415  likewise

    return read_sheets(content, kind, sheet, limits)


def _join(files: Sequence[tuple[str, Parsed]], left_out: Sequence[str] = ()) -> Joined:
    """Put tables below each other.

    Raises
    ------
    InputError
        ``files_differ`` with the file, the other it differs from, and the headings it lacks or adds.
    """
    names, tables = tuple(name for name, _ in files), [parsed for _, parsed in files]
    file = np.repeat(np.arange(len(files)), [parsed.table.num_rows for parsed in tables])
    of_rows = tuple(i for i, parsed in enumerate(tables) for _ in parsed.not_data)
    parsed = tables[0] if len(tables) == 1 else _below_each_other(names, tables)
    return Joined(parsed, names, file.astype(np.int64), of_rows, tuple(left_out))


def _below_each_other(names: tuple[str, ...], tables: list[Parsed]) -> Parsed:
    keyed = [_keys(parsed) for parsed in tables]
    first = keyed[0]
    for name, parsed, keys in zip(names[1:], tables[1:], keyed[1:], strict=True):
        _refuse_difference((name, parsed, keys), (names[0], tables[0], first))
    every = list(dict.fromkeys(key for of_file in keyed for key in of_file))  # unnamed ones may be more
    columns = [
        _one([_column(p, of_file.get(key)) for p, of_file in zip(tables, keyed, strict=True)])
        for key in every
    ]
    return replace(
        tables[0],
        table=pa.table({str(i): column for i, (column, _) in enumerate(columns)}),
        headings=tuple(tables[0].headings[first[key]] if key in first else "" for key in every),
        places=tuple(tables[0].places[first[key]] if key in first else i for i, key in enumerate(every)),
        rows=np.concatenate([parsed.rows for parsed in tables]),
        not_data=tuple(row for parsed in tables for row in parsed.not_data),
        date_system_1904=any(parsed.date_system_1904 for parsed in tables),
        typed={i: mask for i, (_, mask) in enumerate(columns) if mask is not None},
        wider=_wider(tables),
        formulas=tuple(i for i, key in enumerate(every) if key in _with_formulas(tables, keyed)),
    )


def _with_formulas(tables: list[Parsed], keyed: list[dict[_Key, int]]) -> set[_Key]:
    """Columns that hold formulas without values in any of the files."""
    return {
        key
        for parsed, of_file in zip(tables, keyed, strict=True)
        for key, place in of_file.items()
        if place in parsed.formulas
    }


def _wider(tables: list[Parsed]) -> tuple[int, int]:
    """Rows with more fields than headings in all, and the number of the first in its file."""
    found = [parsed.wider for parsed in tables if parsed.wider[0]]
    return (sum(rows for rows, _ in found), found[0][1]) if found else (0, 0)


def _keys(parsed: Parsed) -> dict[_Key, int]:
    """Place of each column by its heading, and by how many before it have the same."""
    seen: Counter[str] = Counter()
    keys = {}
    for place, heading in enumerate(parsed.headings):
        name = folded(heading)
        keys[name, seen[name]] = place
        seen[name] += 1
    return keys


def _refuse_difference(
    file: tuple[str, Parsed, dict[_Key, int]], other: tuple[str, Parsed, dict[_Key, int]]
) -> None:
    missing, extra = _lacking(file, other), _lacking(other, file)
    same_width = file[1].headed or file[1].table.num_columns == other[1].table.num_columns
    if missing or extra or file[1].headed != other[1].headed or not same_width:
        raise InputError("files_differ", file=file[0], other=other[0], missing=missing, extra=extra)


def _lacking(
    file: tuple[str, Parsed, dict[_Key, int]], other: tuple[str, Parsed, dict[_Key, int]]
) -> list[str]:
    """Headings of the other that a file has not."""
    return [other[1].headings[i] for key, i in other[2].items() if key[0] and key not in file[2]]


def _column(parsed: Parsed, place: int | None) -> _Column:
    if place is None:
        return pa.chunked_array([pa.nulls(parsed.table.num_rows, pa.string())]), None
    return parsed.table.column(place), parsed.typed.get(place)


def _one(columns: list[_Column]) -> _Column:
    """Join a column of all files: of their type where they agree, else as texts with what was typed."""
    types = {array.type for array, _ in columns if array.null_count < len(array)}
    if not types:
        types = {pa.string()}
    if len(types) > 1 and all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in types):
        types = {pa.float64()}
    if len(types) > 1 and all(pa.types.is_timestamp(kind) and kind.tz is None for kind in types):
        types = {pa.timestamp("us")}
    if len(types) > 1:
        columns, types = [_as_texts(column) for column in columns], {pa.string()}
    (kind,) = types
    masks = [np.zeros(len(array), dtype=bool) if mask is None else mask for array, mask in columns]
    joined = pa.chunked_array([chunk for array, _ in columns for chunk in _cast(array, kind).chunks], kind)
    return joined, np.concatenate(masks) if any(mask.any() for mask in masks) else None


def _cast(array: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    if array.type != kind and array.null_count == len(array):
        return pa.chunked_array([pa.nulls(len(array), kind)])
    return array.cast(kind)


def _as_texts(column: _Column) -> _Column:
    array, mask = column
    if pa.types.is_string(array.type):
        return column
    texts = [None if cell is None else as_text(cell) for cell in array.to_pylist()]
    typed = not pa.types.is_boolean(array.type)
    filled = np.array([text is not None and typed for text in texts], dtype=bool)
    return pa.chunked_array([pa.array(texts, pa.string())]), filled if mask is None else mask
