"""How long the three reports of a workbook take with all their parts, and how much memory.

From cold: `python -m retention report` in a process of its own, from the start of the program to the file.
After the pages: the app with the workbook uploaded, every page opened once; then *Make the report* is
pressed, and the three files are written. Run ``python -m benchmarks.reports [WORKBOOK]`` on an idle machine.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.memory import peak_of
from benchmarks.redraw import ROOT, WORKBOOK, opened
from retention.report.brand import Brand
from retention.report.written import WRITERS
from retention.ui.parts import pages
from retention.ui.report import making

COLD, AFTER, GIGABYTES = 30.0, 15.0, 1.0  # seconds and memory at most
_AFTER = "--after"


def cold(workbook: Path) -> None:
    """Print what each format takes from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for ending in WRITERS:
            out = Path(folder) / f"report{ending}"
            command = [sys.executable, "-m", "retention", "report", str(workbook), "--out", str(out)]
            start = perf_counter()
            peak = peak_of(command)
            seconds = perf_counter() - start
            memory = "unknown" if peak is None else f"{peak.together:.2f} GB"
            print(f"cold {ending:6} {seconds:5.1f} s (at most {COLD:.0f})   {memory}", flush=True)


def after_pages(workbook: Path) -> None:
    """Print what making it takes once every page was open, and writing each format; in this process."""
    app, made = opened(workbook), []
    for page in pages.PAGES[1:]:
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    tell = making.deck
    making.deck = lambda *given, **named: made.append(tell(*given, **named)) or made[-1]  # type: ignore[func-returns-value]
    start = perf_counter()
    app.get_by_key("make_report").click()
    app.run()
    seconds = perf_counter() - start
    if app.exception:
        raise RuntimeError(app.exception[0].message)
    print(f"after the pages: made in {seconds:.1f} s", flush=True)
    for ending, write in WRITERS.items():
        print(
            f"after {ending:6} {seconds + _written(write, made[-1]):5.1f} s (at most {AFTER:.0f})", flush=True
        )


def _written(write: Any, told: Any) -> float:
    start = perf_counter()
    write(told, Brand())
    return perf_counter() - start


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    parser.add_argument(_AFTER, action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if asked.after:
        after_pages(asked.workbook)
        return
    cold(asked.workbook)
    peak = peak_of([sys.executable, "-W", "ignore", "-m", "benchmarks.reports", str(asked.workbook), _AFTER])
    print(
        "memory: unknown"
        if peak is None
        else f"after the pages: {peak.together:.2f} GB (at most {GIGABYTES:.0f})"
    )


if __name__ == "__main__":
    main()
