"""Where bytes are looked for that should not be there: files of a folder, memory of a process."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_BLOCK = 1 << 24


def found_in(chunks, wanted):
    """Which of some bytes are in any of several pieces."""
    chunks = iter(chunks)
    return {each for chunk in chunks for each in wanted if each in chunk}


def files(folder):
    return (path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file())


def memory(process):
    """The memory of a process that can be read, in pieces that overlap."""
    try:
        maps = Path(f"/proc/{process}/maps").read_text("utf-8")
        with Path(f"/proc/{process}/mem").open("rb", 0) as held:
            for line in maps.splitlines():
                low, high, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()
                if rights.startswith("rw"):
                    yield from pieces(held, int(low, 16), int(high, 16))
    except PermissionError as error:
        pytest.skip(f"the memory of another process cannot be read here: {error}")


def pieces(held, low, high):
    """What can be read between two addresses."""
    for start in range(low, high, _BLOCK):
        held.seek(start)
        try:
            yield held.read(min(_BLOCK + 256, high - start))
        except OSError:  # pages that are not there
            continue


def family(process):
    """A process and all that come of it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    return [process, *(each for child in children for each in family(int(child)))]
