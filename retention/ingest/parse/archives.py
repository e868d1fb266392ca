"""Files to the tables among them: archives are opened, within limits, and what is no table is set apart."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.ingest.parse.formats import TROUBLE, format_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention.ingest.parse.formats import Format
    from retention.ingest.parse.limits import Limits

NO_TABLE = frozenset({"empty_file", "not_a_spreadsheet", "no_rows"})
_ABOUT = ("readme", "read me", "leggimi", "license", "licence", "licenza", "changelog")
_OTHER_ENDINGS = (
    *(".jpg", ".jpeg", ".png", ".gif", ".svg", ".pdf", ".doc", ".docx", ".ppt", ".pptx", ".rtf", ".md"),
    *(".html", ".htm", ".xml", ".json", ".ini", ".url", ".db", ".exe", ".js", ".py", ".sql"),
)
_GZIP = 31  # window bits that say a gzip header comes first
_PIECE = 1 << 20
_ENCRYPTED = 1  # bit of a member's flags


@dataclass
class Unpacked:
    """What came out of some files.

    Attributes
    ----------
    tables : name, content and format of each that may hold a table
    left_out : names of the others
    refusals : why, in the same order
    """

    limits: Limits
    tables: list[tuple[str, bytes, Format]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    refusals: list[InputError] = field(default_factory=list)
    _expanded: int = 0

    def leave_out(self, name: str, error: InputError) -> None:
        """Set a file apart that holds no table."""
        self.left_out.append(name)
        self.refusals.append(error)

    def add(self, name: str, content: bytes, depth: int = 0) -> None:
        """Add a file, or what an archive holds."""
        try:
            kind = format_of(content, self.limits.expanded_bytes)
            if kind in {"zip", "gz"}:
                self._open(name, content, kind, depth)
                return
        except InputError as error:
            if error.code not in NO_TABLE:
                raise InputError(error.code, **{"name": name, **error.details}) from error
            self.leave_out(name, error)
            return
        self.tables.append((name, content, kind))
        if len(self.tables) > self.limits.files:
            raise InputError("too_many_files", files=len(self.tables), limit=self.limits.files)

    def _open(self, name: str, content: bytes, kind: Format, depth: int) -> None:
        if depth >= self.limits.nesting:
            raise InputError("nested_too_deep", limit=self.limits.nesting)
        if kind == "gz":
            self.add(_inner_name(name), self._inflated(content), depth + 1)
            return
        for member, inside in self._members(content):
            self.add(member, inside, depth + 1)

    def _spend(self, size: int) -> None:
        self._expanded += size
        if self._expanded > self.limits.expanded_bytes:
            raise InputError("expands_too_far", bytes=self._expanded, limit=self.limits.expanded_bytes)

    def _inflated(self, content: bytes) -> bytes:
        """Content of a gzip file, of every stream that follows another."""
        pieces, rest = [], content
        try:
            while rest:
                stream = zlib.decompressobj(_GZIP)
                while not stream.eof:
                    piece = stream.decompress(rest, _PIECE)
                    rest = stream.unconsumed_tail
                    if not piece and not rest and not stream.eof:
                        raise InputError("broken_file")
                    self._spend(len(piece))
                    pieces.append(piece)
                rest = stream.unused_data.lstrip(b"\0")
        except zlib.error as error:
            raise InputError("broken_file") from error
        return b"".join(pieces)

    def _members(self, content: bytes) -> Iterator[tuple[str, bytes]]:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if len(members) > 10 * self.limits.files:
                    raise InputError("too_many_files", files=len(members), limit=self.limits.files)
                for member in members:
                    if _is_beside(member.filename):
                        self.leave_out(member.filename, InputError("not_a_spreadsheet", kind="archive"))
                    else:
                        yield member.filename, self._extracted(archive, member)
        except TROUBLE as error:
            raise InputError("broken_file") from error

    def _extracted(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & _ENCRYPTED:
            raise InputError("encrypted")
        self._spend(member.file_size)
        with archive.open(member) as part:  # reads no more than the size declared
            return part.read()


def _inner_name(name: str) -> str:
    stem = name.removesuffix(".gz")
    return stem if stem and stem != name else f"{name}.csv"


def _is_beside(name: str) -> bool:
    """Whether a member comes along with the files: hidden, of macOS, about them, or of another kind."""
    path = PurePosixPath(name)
    plain = path.name.casefold()
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return hidden or plain.startswith(_ABOUT) or plain.endswith(_OTHER_ENDINGS)


def unpack(files: Sequence[tuple[str, bytes]], limits: Limits) -> Unpacked:
    """Open the archives among some files.

    Raises
    ------
    InputError
        As `format_of`, with the file's ``name``; ``too_many_files``, ``nested_too_deep`` or
        ``expands_too_far``. Where no file could be a table, why the first is not.
    """
    unpacked = Unpacked(limits)
    for name, content in files:
        unpacked.add(name, content)
    if not unpacked.tables:
        raise no_table(files, unpacked)
    return unpacked


def no_table(files: Sequence[tuple[str, bytes]], unpacked: Unpacked) -> InputError:
    """Say why none of the files holds a table: for a file that is none, its own reason."""
    if len(unpacked.refusals) == 1 and (len(files) > 1 or unpacked.left_out == [files[0][0]]):
        return unpacked.refusals[0]
    if unpacked.refusals and any(error.code == "no_rows" for error in unpacked.refusals):
        return next(error for error in unpacked.refusals if error.code == "no_rows")
    if len(files) > 1 and unpacked.refusals:
        return unpacked.refusals[0]
    return InputError("not_a_spreadsheet", kind="archive")
