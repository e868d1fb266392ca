"""Whether a store can be brought up to date or has to be made anew: nothing in it is taken on trust."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from retention.engines import types_of
from retention.store.manifest import NAME, version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention.ingest import Source
    from retention.ingest.large.reading import Reader
    from retention.store.manifest import Manifest

Anew = Literal["broken", "version", "reading", "files", "dates"]


def why(
    folder: Path,
    manifest: Manifest | None,
    reader: Reader,
    source: Source,
    now: Mapping[str, tuple[str, list[int]]],
) -> Anew | None:
    """Why a store cannot be brought up to date; None where it can, or where there is none.

    Parameters
    ----------
    now : files of the source as they are, see `files_of`

    Returns
    -------
    broken : a file of the store is missing, or not as it was written
    version : another version of what counts made it
    reading : the rows would be read otherwise: other columns, other options
    files : a file that was read is gone, or not what it was
    dates : dates that lay in the future have come
    """
    if manifest is None:
        return "broken" if (folder / NAME).exists() else None
    if manifest.version != version():
        return "version"
    checks: dict[Anew, Callable[[], bool]] = {
        "broken": lambda: not manifest.is_whole(folder),
        "files": lambda: any(name not in now or now[name][1] != was for name, was in manifest.files.items()),
        "reading": lambda: not _same_reading(manifest, reader, source, now),
        "dates": lambda: _dates_came(manifest, reader),
    }
    return next((code for code, fails in checks.items() if fails()), None)


def files_of(source: Source) -> dict[str, tuple[str, list[int]]]:
    """Files by their path within the source: the path, and the size and time by which a change is told."""
    root = Path(source.path)
    found = {}
    for file in source.files:
        name, stat = Path(file), Path(file).stat()
        within = name.relative_to(root).as_posix() if root.is_dir() else name.name
        found[within] = (file, [stat.st_size, stat.st_mtime_ns])
    return found


def read_as(reader: Reader, source: Source) -> dict[str, Any]:
    """What decides how a row is read, and whether it is used."""
    told = {
        "text": source.is_text,
        "delimiter": reader.part.delimiter if source.is_text else None,
        "types": _types(reader, reader.types),
        "fields": asdict(reader.fields),
        "until": str(reader.until),
        "zero_orders": reader.zero_orders,
        "left_out": sorted(reader.leave_out_customers),
    }
    found: dict[str, Any] = json.loads(json.dumps(told))
    return found


def _dates_came(manifest: Manifest, reader: Reader) -> bool:
    future = manifest.counted.get("future_date")
    return future is not None and pd.Timestamp(future["first"]).date() <= reader.now.date()


def _same_reading(
    manifest: Manifest, reader: Reader, source: Source, now: Mapping[str, tuple[str, list[int]]]
) -> bool:
    """Whether rows are read as they were, and new files alone as all are together."""
    if manifest.read_as != read_as(reader, source):
        return False
    new = newly(source, manifest, now)
    if not new.files:
        return True
    types = types_of(new.rows(reader.engine, reader.part))
    columns = reader.mapping.columns.values()
    return set(columns) <= set(types) and _types(reader, types) == _types(reader, reader.types)


def newly(source: Source, manifest: Manifest | None, now: Mapping[str, tuple[str, list[int]]]) -> Source:
    """Those files of a source that a store has not read."""
    read = {} if manifest is None else manifest.files
    return source.only(tuple(file for name, (file, _) in now.items() if name not in read))


def _types(reader: Reader, types: Mapping[str, Any]) -> dict[str, str]:
    return {column: str(types[column]) for column in reader.mapping.columns.values()}
