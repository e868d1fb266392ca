"""How long a page takes to open, as the first one after a workbook was loaded.

Each page is opened in a process of its own, so that none finds what another has computed. Timed are the
seconds to its first table or chart, and to the end of its run: what takes longest, such as the forecast's
verdict, is said last. Run ``python -m benchmarks.opening [WORKBOOK] [--page NAME …]`` on an idle machine.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import streamlit as st

from benchmarks.redraw import ROOT, WORKBOOK, opened
from retention.ui.parts import pages

_SHOWS = ("altair_chart", "dataframe", "table")


def opening(page: str, workbook: Path) -> tuple[float | None, float]:
    """Seconds to a page's first table or chart, None where it has none, and to its end."""
    app = opened(workbook)
    shown: list[float] = []

    def noted(show: Any) -> Any:
        def first(*given: Any, **named: Any) -> Any:
            shown.append(perf_counter())
            return show(*given, **named)

        return first

    for name in _SHOWS:
        setattr(st, name, noted(getattr(st, name)))
    start = perf_counter()
    app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    end = perf_counter()
    if app.exception:
        raise RuntimeError(f"{page}: {app.exception[0].message}")
    return (shown[0] - start if shown else None), end - start


def main() -> None:
    """Print every page's seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    parser.add_argument("--page", action="append", choices=pages.PAGES[1:], dest="pages")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if asked.here:
        (page,) = asked.pages
        first, whole = opening(page, asked.workbook)
        print(f"{page:16} {'–' if first is None else f'{first:.2f}':>6} {whole:6.2f}", flush=True)
        return
    for page in asked.pages or pages.PAGES[1:]:
        command = [sys.executable, "-m", "benchmarks.opening", str(asked.workbook), "--page", page, "--here"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
