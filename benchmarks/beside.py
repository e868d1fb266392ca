"""What a visitor's clicks take while another brings a large, a huge or a hostile file.

Somebody who has been on every page of the sample shop goes on from page to page: first alone, then beside a
CSV as large as the server takes, beside a workbook that says it is small and is not, and beside one that
is opened and walked through without a pause. Printed are the seconds of the clicks, and what the other was
told. Run ``python -m benchmarks.beside [WORKBOOK]`` on an idle machine, from the root.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import sys
import zipfile
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.protocol import Visit
from benchmarks.redraw import ROOT, WORKBOOK
from benchmarks.visitors import SAMPLE, serving

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_ALONE = 15.0  # seconds
_BETWEEN = 0.3  # seconds between two clicks
_HUGE = 180 * 2**20  # bytes: the server takes 200 MB
_INFLATED = 4 * 2**30  # bytes the hostile workbook's sheet comes to
_SHOP = ROOT / "sample_data" / "negozio.csv"


def huge() -> bytes:
    """The sample shop over and over, its customers others each time."""
    heading, *lines = _SHOP.read_bytes().splitlines(keepends=True)
    content, copy = io.BytesIO(), 0
    content.write(heading)
    while content.tell() < _HUGE:
        copy += 1
        content.writelines(str(copy).encode() + line for line in lines)
    return content.getvalue()


def hostile() -> bytes:
    """A workbook whose sheet is some megabytes packed and gigabytes once it is read."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(_INFLATED // 2**20):
                sheet.write(b"<row>" * (2**20 // 5))
    return content.getvalue()


async def _clicks(visit: Visit, until: Callable[[], bool]) -> list[float]:
    seconds = []
    for page in cycle(list(visit.pages)[1:]):
        if until():
            return seconds
        seconds.append(await visit.go(page))
        await asyncio.sleep(_BETWEEN)
    return seconds


async def _brings(url: str, name: str, content: bytes, *, walks: bool) -> str:
    """Bring a file, and walk through all pages where that is wanted; what was said to it."""
    async with Visit(url) as visit:
        seconds = await visit.upload(name, content)
        if walks:
            for page in list(visit.pages)[1:]:
                seconds += await visit.go(page)
        return f"{seconds:.1f} s; {'; '.join(visit.errors) or 'opened'}"


async def _beside(light: Visit, other: Awaitable[str]) -> tuple[list[float], str]:
    busy = asyncio.ensure_future(other)
    seconds = await _clicks(light, busy.done)
    return seconds, await busy


async def measured(url: str, others: dict[str, tuple[str, bytes, bool]]) -> bool:
    """Print the clicks' seconds alone and beside each file; whether none of them failed.

    Parameters
    ----------
    others : name and bytes of what another brings, and whether they walk through it
    """
    async with Visit(url) as light:
        await light.press(SAMPLE)
        for page in list(light.pages)[1:]:
            await light.go(page)
        over = asyncio.get_running_loop().time() + _ALONE
        print(f"{'beside':24}{'clicks':>8}{'p50':>8}{'p95':>8}{'most':>8}   seconds")
        _line("nobody", await _clicks(light, lambda: asyncio.get_running_loop().time() > over))
        for name, (file, content, walks) in others.items():
            seconds, said = await _beside(light, _brings(url, file, content, walks=walks))
            _line(name, seconds, said)
        print(f"{len(light.errors)} errors", *light.errors, sep="\n  ")
        return not light.errors


def _line(name: str, seconds: list[float], said: str = "") -> None:
    p50, p95 = (float(each) for each in np.percentile(seconds, [50, 95]))
    print(f"{name:24}{len(seconds):8}{p50:8.2f}{p95:8.2f}{max(seconds):8.2f}   {said}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    workbook = parser.parse_args().workbook
    others = {
        "a CSV of 180 MB": ("huge.csv", huge(), False),
        "a hostile workbook": ("hostile.xlsx", hostile(), False),
    }
    if workbook.is_file():
        others[workbook.name] = (workbook.name, workbook.read_bytes(), True)
    with serving() as server:
        return 0 if asyncio.run(measured(server.url, others)) else 1


if __name__ == "__main__":
    sys.exit(main())
