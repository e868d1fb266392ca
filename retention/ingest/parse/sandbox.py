"""Parsing in a child process, so that no file can take the parent's memory, time or life."""

from __future__ import annotations

import atexit
import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

import retention
from retention.errors import InputError
from retention.ingest.parse.child import REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from retention.ingest.parse.limits import Limits

_ROOT = Path(str(retention.__file__)).resolve().parents[1]
_MEMORY_SIGNALS = {"SIGABRT", "SIGKILL", "SIGSEGV"}  # how an allocation that fails ends a process
_TIME_SIGNALS = {"SIGXCPU"}
_SLACK = 5  # seconds on the clock beyond the processor's, for starting and for handing over
_LONGEST_REFUSAL = 1 << 20  # bytes


def parse_apart(files: Sequence[tuple[str, bytes]], sheet: str | None, limits: Limits) -> pa.Table:
    """Parse files, by name and content, in a process of its own.

    Returns
    -------
    Table with columns "0", "1", …; beside them "row", "file", and "typed 0", "typed 1", … of the columns that
    have it; under the schema's metadata "about" the other fields of `Parsed` and of `Joined`.

    Raises
    ------
    InputError
        ``too_many_files`` or ``file_too_large``; whatever the parsers raise; ``too_much_memory``,
        ``took_too_long`` or ``reading_failed`` where the process came to an end.
    """
    sizes = [(name, len(content)) for name, content in files]
    _refuse_excess(sizes, limits)
    request = json.dumps({"files": sizes, "sheet": sheet, "limits": asdict(limits)})
    try:
        with closing(_ready.take()) as parser:
            answer = parser.answer(request, [content for _, content in files], limits.seconds + _SLACK)
            if returncode := parser.returncode:
                raise _failure(returncode, answer.read(_LONGEST_REFUSAL), limits)
            return _table(mmap.mmap(answer.fileno(), 0, access=mmap.ACCESS_READ))
    except subprocess.TimeoutExpired as error:
        raise InputError("took_too_long", limit=limits.seconds) from error
    except (OSError, ValueError) as error:  # ValueError: there is no answer
        raise InputError("reading_failed") from error


def keep_ready() -> None:
    """Start the process that will parse the next file, so that nobody waits for its start."""
    _ready.fill()


class _Parser:
    """A process that parses once, and the file by which bytes go there and come back."""

    def __init__(self) -> None:
        self._exchange = _open_nameless()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "retention.ingest.parse.child"],
                stdin=subprocess.PIPE,
                stdout=self._exchange,
                stderr=subprocess.PIPE,  # nothing to read: its end tells at once of that of the process
                env=_environment(),
            )
        except OSError:
            self._exchange.close()
            raise

    @property
    def returncode(self) -> int | None:
        """How the process ended, None while it waits."""
        return self._process.poll()

    def answer(self, request: str, contents: Sequence[bytes], seconds: float) -> IO[bytes]:
        """Hand over a request with its bytes; the answer, once the process has ended."""
        for content in contents:
            _write(self._exchange, content)
        self._exchange.seek(0)
        self._process.communicate(f"{request}\n".encode(), timeout=seconds)
        self._exchange.seek(0)
        return self._exchange

    def close(self) -> None:
        """End the process, whatever it does, and let go of the file."""
        self._process.kill()
        self._process.communicate()
        self._exchange.close()


class _Ready:
    """At most one process that waits for a request."""

    def __init__(self) -> None:
        self._parser: _Parser | None = None
        self._lock = threading.Lock()

    def fill(self) -> None:
        """Start one where none waits."""
        with self._lock:
            if self._waiting() is None:
                self._parser = _Parser()

    def take(self) -> _Parser:
        """Hand out the one that waits, or start one."""
        with self._lock:
            parser, self._parser = self._waiting(), None
        return parser or _Parser()

    def empty(self) -> None:
        """Let go of the one that waits."""
        with self._lock:
            if self._parser is not None:
                self._parser.close()
            self._parser = None

    def _waiting(self) -> _Parser | None:
        """Find the one that waits; one that has ended in the meantime is let go of."""
        if self._parser is not None and self._parser.returncode is not None:
            self._parser.close()
            self._parser = None
        return self._parser


_ready = _Ready()
atexit.register(_ready.empty)


def _open_nameless() -> IO[bytes]:
    """Open a file no other process finds, in memory where the platform can: much faster than a pipe."""
    try:
        return os.fdopen(os.memfd_create("ritorno"), "w+b", buffering=0)
    except (AttributeError, OSError):
        return tempfile.TemporaryFile(buffering=0)


def _write(file: IO[bytes], content: bytes) -> None:
    """Write all of it; the system may take less at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _refuse_excess(sizes: Sequence[tuple[str, int]], limits: Limits) -> None:
    if len(sizes) > limits.files:
        raise InputError("too_many_files", files=len(sizes), limit=limits.files)
    total = sum(size for _, size in sizes)
    if total > limits.file_bytes:
        raise InputError("file_too_large", bytes=total, limit=limits.file_bytes)


def _environment() -> dict[str, str]:
    """Adapt the parent's: this package is found from anywhere, sparing of address space."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    lean = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}
    quick = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}  # a file's memory in few large pages
    return {**os.environ, **lean, **quick, "PYTHONPATH": os.pathsep.join(paths)}


def _failure(returncode: int, stdout: bytes, limits: Limits) -> InputError:
    if returncode == REFUSED:
        return _refusal(stdout)
    ended_by = {s.name for s in signal.Signals if s == -returncode}
    if ended_by & _TIME_SIGNALS:
        return InputError("took_too_long", limit=limits.seconds)
    if ended_by & _MEMORY_SIGNALS:
        return InputError("too_much_memory", limit=limits.memory_bytes)
    return InputError("reading_failed")


def _refusal(stdout: bytes) -> InputError:
    try:
        refusal = json.loads(stdout)
        return InputError(refusal["code"], **refusal["details"])
    except (ValueError, KeyError, TypeError):
        return InputError("reading_failed")


def _table(answer: bytes | mmap.mmap) -> pa.Table:
    """Read the answer where it lies; the table keeps it in memory."""
    try:
        return pa.ipc.open_stream(pa.BufferReader(pa.py_buffer(answer))).read_all()
    except pa.ArrowException as error:
        raise InputError("reading_failed") from error
