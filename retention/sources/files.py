"""Files on the server, read as files that are brought are."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from retention import ingest
from retention.engines import files_here
from retention.errors import InputError

if TYPE_CHECKING:
    from retention.ingest import Limits, RawTable
    from retention.sources.configured import Files
    from retention.sources.refusals import SourceRefusal

_TOO_LARGE = frozenset(
    {
        *("file_too_large", "too_many_files", "expands_too_far", "too_many_rows", "too_much_memory"),
        "took_too_long",
    }
)
_OF_A_FOLDER: dict[str, SourceRefusal] = {
    "cannot_open": "source_gone",
    "source_not_allowed": "source_forbidden",
}


def members(files: Files) -> tuple[Path, ...]:
    """The file itself, or those of a folder that are Parquet, or text.

    Raises
    ------
    InputError
        ``source_gone``, ``source_forbidden``, ``source_no_files``; where it is, is not repeated.
    """
    if files.path.is_file():
        return (files.path,)
    try:
        found = ingest.Source.of(str(files.path), files_here).files
    except InputError as error:
        code = _OF_A_FOLDER.get(error.code, "source_no_files")
    else:
        return tuple(map(Path, found))
    raise InputError(code)


def version_of(paths: tuple[Path, ...]) -> str:
    """What changes when they do: their names, when each was last written, and its size."""
    try:
        told = [(path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths]
    except OSError:
        told = None
    if told is None:
        raise InputError("source_gone")
    return hashlib.sha256(repr(told).encode()).hexdigest()


def rows_of(paths: tuple[Path, ...], limits: Limits) -> RawTable:
    """Their rows, below each other.

    Raises
    ------
    InputError
        ``source_too_large`` beyond any limit of size or time; as `retention.ingest.read_many`.
    """
    _refuse_excess(paths, limits)
    contents = [(path.name, _content(path)) for path in paths]
    try:
        return ingest.read_many(contents, limits=limits)
    except InputError as error:
        if error.code not in _TOO_LARGE:
            raise
    raise InputError("source_too_large")


def _refuse_excess(paths: tuple[Path, ...], limits: Limits) -> None:
    """Refuse before they are in memory."""
    if len(paths) > limits.files or sum(path.stat().st_size for path in paths) > limits.file_bytes:
        raise InputError("source_too_large")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        barred = isinstance(error, PermissionError)
    raise InputError("source_forbidden") if barred else InputError("source_gone")
