"""Files of any format, archives among them, to one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.ingest._archives import NO_TABLE, no_table, unpack
from retention.ingest._joining import join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention.ingest._archives import Unpacked
    from retention.ingest._formats import Format
    from retention.ingest._joining import Joined
    from retention.ingest._parsed import Parsed
    from retention.ingest.limits import Limits


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
    return join(tables, unpacked.left_out)


def _tables(unpacked: Unpacked, sheet: str | None, limits: Limits) -> Iterator[tuple[str, Parsed]]:
    several = len(unpacked.tables) > 1
    while unpacked.tables:
        name, content, kind = unpacked.tables.pop(0)
        try:
            yield name, _parsed(content, kind, sheet, limits)
        except InputError as error:
            if error.code not in NO_TABLE:
                place = {"name": name} if several else {}
                raise InputError(error.code, **place, **error.details) from error
            unpacked.leave_out(name, error)


def _is_prose(parsed: Parsed) -> bool:
    """Whether lines of text are all there is, as in a note that comes with the files."""
    return parsed.delimiter is not None and parsed.table.num_columns == 1


def _parsed(content: bytes, kind: Format, sheet: str | None, limits: Limits) -> Parsed:
    if kind == "text":
        from retention.ingest._delimited import read_delimited  # noqa: PLC0415  each only if needed

        return read_delimited(content, limits)
    if kind == "parquet":
        from retention.ingest._parquet import read_parquet  # noqa: PLC0415  likewise

        return read_parquet(content, limits)
    from retention.ingest._workbook import read_workbook  # noqa: PLC0415  likewise

    return read_workbook(content, kind, sheet, limits)
