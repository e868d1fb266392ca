"""How much memory a process and its children take, seen from outside."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import sleep

_EVERY = 0.005  # seconds
_KILOBYTES = 2**20  # in a gigabyte


@dataclass(frozen=True)
class Peak:
    """Most memory in use, in GB: by the process, by any one of its children, and by all at the same time."""

    process: float
    child: float
    together: float


def peak_of(command: list[str]) -> Peak | None:
    """Run a command and watch it; None where the system has no /proc to tell.

    What the processes share counts for each of them, so that `together` is never too small.
    """
    if not Path("/proc/self/status").is_file():
        return None
    process = child = together = 0
    with subprocess.Popen(command) as running:
        while running.poll() is None:
            own, own_peak = _resident(running.pid)
            theirs = [_resident(pid) for pid in _children(running.pid)]
            process = max(process, own_peak)
            child = max([child, *(peak for _, peak in theirs)])
            together = max(together, own + sum(now for now, _ in theirs))
            sleep(_EVERY)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Peak(process / _KILOBYTES, child / _KILOBYTES, together / _KILOBYTES)


def megabytes_of(pid: int) -> float:
    """Megabytes of their own a process and its children have in memory now; what they share is counted once.

    Without the files of programs: other processes share those, and how many do is nothing of ours.
    """
    return sum(_own(each) for each in [pid, *_children(pid)]) / 1024


def _own(pid: int) -> int:
    """Kilobytes in memory that are no file's, of shared pages the process's part."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(found) for found in re.findall(r"^Pss_(?:Anon|Shmem):\s+(\d+)", told, re.MULTILINE))


def _children(pid: int) -> list[int]:
    """Children that run a program of their own: until then a new one has its parent's memory."""
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [child for child in found if _command(child) != _command(pid)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(pid: int) -> tuple[int, int]:
    """Kilobytes in memory, now and at most."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0, 0
    now, most = (re.search(rf"{field}:\s+(\d+)", status) for field in ("VmRSS", "VmHWM"))
    return int(now[1]) if now else 0, int(most[1]) if most else 0
