"""How a server does with many visitors: seconds a page takes, errors, memory before, with and after them.

Starts a server and visits it over real WebSockets on loopback, by Streamlit's own protocol. Visitors come one
after another, bring their file, and walk every page, each read for half to one and a half times the pause.
Nobody leaves before all have been everywhere, so that *with everybody* counts them all.

The clients run beside the server and take their share of the machine. Run on an idle one, from the root:
``python -m benchmarks.visitors [--sample 6] [--files 1] [--file WORKBOOK] [--pause 10] [--within 10]``.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import numpy as np

from benchmarks.memory import megabytes_of
from benchmarks.protocol import Visit
from benchmarks.redraw import ROOT, WORKBOOK

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = "An Italian shop"  # the button that opens it
OPENING = "(opening)"
_FORGOTTEN = 150.0  # seconds after which what visitors left is given back: Streamlit waits for 120
_PATIENCE = 60.0  # seconds until a server must answer
_OFTEN = 0.25  # seconds between two looks at the memory
_BOUND = 3.0  # seconds the slowest twentieth of the sample's pages may take


@dataclass
class Server:
    """A running server, and what it has taken."""

    url: str
    pid: int
    peak: float = 0.0

    def memory(self) -> float:
        """Megabytes in use, its children's included."""
        return megabytes_of(self.pid)

    def busy(self) -> float:
        """Seconds of processor time until now, with those of children that have ended."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Walk:
    """One visitor: what they bring, how they read, and what they saw.

    Attributes
    ----------
    file : theirs, None for the sample
    late : seconds after the first visitor they come
    pause : seconds a page is read, on average
    chance : what decides how long they read a page
    seconds : a page, and how long it took
    """

    file: Path | None
    late: float
    pause: float
    chance: random.Random
    seconds: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """What they walk through, by its name."""
        return "sample" if self.file is None else self.file.name


@contextmanager
def serving() -> Iterator[Server]:
    """A server of its own on loopback, watched while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = ("--server.address", "localhost", "--server.port", str(port), "--server.headless", "true")
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        *address,
        "--server.fileWatcherType",
        "none",
    ]
    with tempfile.TemporaryDirectory() as kept:
        environment = {**os.environ, "PYTHONMALLOC": "malloc", "RITORNO_DATA": kept}  # as `make run`
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        over = threading.Event()
        try:
            server = Server(f"http://localhost:{port}", running.pid)
            _answers(server.url)
            threading.Thread(target=_watch, args=(server, over), daemon=True).start()
            yield server
        finally:
            over.set()
            running.terminate()
            running.wait()


def _answers(url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            urlopen(f"{url}/_stcore/health", timeout=5).close()  # noqa: S310  our own server
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _watch(server: Server, over: threading.Event) -> None:
    while not over.wait(_OFTEN):
        server.peak = max(server.peak, server.memory())


async def visited(
    server: Server, files: list[Path | None], pause: float, within: float
) -> tuple[list[Walk], float]:
    """Let visitors walk; what they saw, and the megabytes in use while they are all still there.

    Parameters
    ----------
    files : what each brings, None for the sample
    within : seconds in which they come
    """
    walks = [
        Walk(file, place * within / len(files), pause, random.Random(place))  # noqa: S311  no secret
        for place, file in enumerate(files)
    ]
    there = asyncio.Barrier(len(files) + 1)
    coming = [asyncio.create_task(_walked(server.url, walk, there)) for walk in walks]
    await there.wait()
    together = server.memory()
    await there.wait()
    await asyncio.gather(*coming)
    return walks, together


async def _walked(url: str, walk: Walk, there: asyncio.Barrier) -> None:
    """Come, walk, wait for the others, leave; whatever fails is noted, and ends no other's visit."""
    await asyncio.sleep(walk.late)
    visit = Visit(url)
    async with AsyncExitStack() as open_tab:
        try:
            await open_tab.enter_async_context(visit)
            await _pages(visit, walk)
        except Exception as failure:  # noqa: BLE001  any failure is a figure here
            walk.errors.append(f"{type(failure).__name__}: {failure}")
        walk.errors += visit.errors
        await there.wait()
        await there.wait()


async def _pages(visit: Visit, walk: Walk) -> None:
    file = walk.file
    brought = await (visit.press(SAMPLE) if file is None else visit.upload(file.name, file.read_bytes()))
    walk.seconds.append((OPENING, brought))
    for page in list(visit.pages)[1:]:
        await asyncio.sleep(walk.pause * walk.chance.uniform(0.5, 1.5))
        walk.seconds.append((page, await visit.go(page)))


async def _looked_in(server: Server) -> None:
    """Somebody opens the first page and leaves: only then does Streamlit let go of those who left earlier."""
    async with Visit(server.url):
        pass


def left(server: Server) -> float:
    """Megabytes in use once everybody who left is forgotten."""
    time.sleep(_FORGOTTEN)
    asyncio.run(_looked_in(server))
    time.sleep(2)
    return server.memory()


def told(walks: list[Walk]) -> bool:
    """Print what the visitors saw; whether all went well."""
    well = True
    for kind in dict.fromkeys(walk.kind for walk in walks):
        ours = [walk for walk in walks if walk.kind == kind]
        print(f"\n{len(ours)} × {kind}\n{'page':16}{'p50':>8}{'p95':>8}{'most':>8}   seconds")
        seconds = [timed for walk in ours for timed in walk.seconds]
        for page in dict.fromkeys(page for page, _ in seconds):
            _line(page, [each for named, each in seconds if named == page])
        pages = [each for named, each in seconds if named != OPENING]
        p95 = _line("every page", pages) if pages else float("inf")
        well &= kind != "sample" or p95 < _BOUND
        errors = [said for walk in ours for said in walk.errors]
        well &= not errors
        print(f"{len(errors)} errors", *dict.fromkeys(errors), sep="\n  ")
    return well


def _line(name: str, seconds: list[float]) -> float:
    p50, p95 = (float(each) for each in np.percentile(seconds, [50, 95]))
    print(f"{name:16}{p50:8.2f}{p95:8.2f}{max(seconds):8.2f}")
    return p95


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=6, help="visitors with the sample shop")
    parser.add_argument("--files", type=int, default=1, help="visitors with a file of their own")
    parser.add_argument("--file", type=Path, default=WORKBOOK, help="the file they bring")
    parser.add_argument("--pause", type=float, default=10.0, help="seconds a page is read, on average")
    parser.add_argument("--within", type=float, default=10.0, help="seconds in which all of them come")
    asked = parser.parse_args()
    if asked.files and not asked.file.is_file():
        print(f"no file at {asked.file}: the sample alone")
        asked.files = 0
    files: list[Path | None] = [None] * asked.sample + [asked.file] * asked.files
    random.Random(2).shuffle(files)  # noqa: S311  who comes when
    with serving() as server:
        kinds = list(dict.fromkeys(files))
        started = server.memory()
        asyncio.run(visited(server, kinds, 0.0, 0.0))  # loads what is loaded once
        before, busy, server.peak = left(server), server.busy(), 0.0
        walks, together = asyncio.run(visited(server, files, asked.pause, asked.within))
        busy, peak = server.busy() - busy, server.peak
        after = left(server)
    well = told(walks)
    pages = sum(len(walk.seconds) for walk in walks)
    print(f"\n{busy:.0f} s of processor time for {pages} pages: {busy / pages:.2f} s each")
    print(f"memory in MB: {started:.0f} started, {before:.0f} before, {peak:.0f} at most, ", end="")
    print(f"{together:.0f} with everybody, {after:.0f} after ({after / before - 1:+.0%})")
    print(f"each visitor {(together - before) / len(files):.1f} MB")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
