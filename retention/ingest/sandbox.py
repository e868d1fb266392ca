"""Parsing in a child process, so that no file can take the parent's memory, time or life."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

import retention
from retention.errors import InputError
from retention.ingest._child import REFUSED

if TYPE_CHECKING:
    from retention.ingest.limits import Limits

_ROOT = Path(str(retention.__file__)).resolve().parents[1]
_MEMORY_SIGNALS = {"SIGABRT", "SIGKILL", "SIGSEGV"}  # how an allocation that fails ends a process
_TIME_SIGNALS = {"SIGXCPU"}
_SLACK = 5  # seconds on the clock beyond the processor's, for starting and for handing over


def parse_apart(content: bytes, name: str, sheet: str | None, limits: Limits) -> pa.Table:
    """Parse a file in a process of its own.

    Returns
    -------
    Table with columns "0", "1", …, and under the schema's metadata "about" the other fields of `Parsed`.

    Raises
    ------
    InputError
        Whatever the parsers raise; ``too_much_memory``, ``took_too_long`` or ``reading_failed`` where the
        process came to an end.
    """
    request = json.dumps({"name": name, "sheet": sheet, "limits": asdict(limits)})
    try:
        done = subprocess.run(  # noqa: S603  our own module, and the request is one JSON argument
            [sys.executable, "-P", "-m", "retention.ingest._child", request],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=limits.seconds + _SLACK,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError("took_too_long", limit=limits.seconds) from error
    except (OSError, ValueError) as error:
        raise InputError("reading_failed") from error
    if done.returncode != 0:
        raise _failure(done.returncode, done.stdout, limits)
    return _table(done.stdout)


def _environment() -> dict[str, str]:
    """Adapt the parent's so that this package is found from anywhere, and address space is used sparingly."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    lean = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
    return {**os.environ, **lean, "PYTHONPATH": os.pathsep.join(paths)}


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


def _table(stdout: bytes) -> pa.Table:
    try:
        return pa.ipc.open_stream(pa.BufferReader(stdout)).read_all()
    except pa.ArrowException as error:
        raise InputError("reading_failed") from error
