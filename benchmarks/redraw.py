"""How long a script run takes after each control of each page is changed, once everything has been computed.

Every page of the frame is opened with a workbook uploaded, and every control on it set to another of its
values and back, which computes what that needs; the runs after that are timed, from a script's first line to
its last. The Data page is left out unless named: its choices form the orders anew, as they are meant to.
Run ``python -m benchmarks.redraw [WORKBOOK] [--page NAME …]`` from the repository's root, on an idle machine.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest, element_tree

from retention import memory, threads
from retention.ui.parts import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WORKBOOK = ROOT.parent / "shared" / "data" / "online_retail.xlsx"
BOUND = 0.300  # seconds a redraw may take
TIMES = 6  # timed runs of each control, half of them to each value
_LISTS = ("button_group", "selectbox", "radio")
_SWITCHES = ("checkbox", "toggle")
_NUMBERS = ("number_input", "slider")


class Label(str):
    """An option by what a visitor reads; AppTest wants its value, which only the page knows."""

    __slots__ = ()


class Stopwatch:
    """The length of the last script run, without what AppTest does around it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        run = script_runner.ScriptRunner._run_script  # noqa: SLF001  nothing public tells when a run ends

        def timed(runner: Any, data: Any) -> None:
            start = perf_counter()
            try:
                run(runner, data)
            finally:
                self.seconds = perf_counter() - start

        script_runner.ScriptRunner._run_script = timed  # type: ignore[method-assign]  # noqa: SLF001


def opened(workbook: Path) -> AppTest:
    """The app with the workbook uploaded."""
    st.session_state["language"] = "en"  # for AppTest itself, which words options outside of a run
    type(st.context).cookies = property(lambda _: {})  # type: ignore[assignment,method-assign]  # AppTest's hold anything
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=600)
    app.query_params["lang"] = "en"
    app.run()
    memory.keep_modules()  # as a server does, and the next
    threads.use_one()
    app.file_uploader[0].set_value([(workbook.name, workbook.read_bytes(), "application/octet-stream")])
    return app.run()


def controls(app: AppTest) -> dict[str, Any]:
    """The controls of the page by their key, with another value for each."""
    found = {}
    for kind in (*_LISTS, *_SWITCHES, *_NUMBERS):
        for widget in app.main.get(kind):
            other = None if widget.disabled or not widget.key else another(widget, kind)
            if other is not None:
                found[widget.key] = other
    return found


def another(widget: Any, kind: str) -> Any:
    """A value a control does not have now; None where it has no other."""
    value = widget.value
    if kind in _SWITCHES:
        return not value
    if kind in _LISTS:
        shown = None if value is None else element_tree._format_value_for_widget(widget.format_func, value)  # noqa: SLF001
        return next((Label(option) for option in widget.options if option != shown), None)
    if not isinstance(value, int | float):
        return None
    step = type(value)(widget.step or 1)
    return value + step if widget.max is None or value + step <= widget.max else value - step


def set_to(app: AppTest, key: str, value: Any, watch: Stopwatch) -> float:
    """Seconds of the script run that follows a change."""
    app.get_by_key(key).set_value(value)
    app.run()
    if app.exception:
        raise RuntimeError(f"{key} set to {value!r}: {app.exception[0].message}")
    return watch.seconds


def redraws(app: AppTest, watch: Stopwatch) -> Iterator[tuple[str, float, float]]:
    """Each control of the page with the seconds of its first run and the median of the later ones."""
    for key, other in controls(app).items():
        before = app.get_by_key(key).value
        first = set_to(app, key, other, watch)
        set_to(app, key, before, watch)
        yield key, first, median(set_to(app, key, (other, before)[n % 2], watch) for n in range(TIMES))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workbook", nargs="?", type=Path, default=WORKBOOK)
    parser.add_argument("--page", action="append", help="only this page; may be given several times")
    given = parser.parse_args()
    if not given.workbook.is_file():
        print(f"no workbook at {given.workbook}: nothing measured")
        return
    logging.disable(logging.WARNING)  # Streamlit remarks on every look at the state outside of a run
    written = element_tree._format_value_for_widget  # noqa: SLF001
    element_tree._format_value_for_widget = (  # type: ignore[assignment]  # noqa: SLF001
        lambda how, value: str(value) if isinstance(value, Label) else written(how, value)
    )
    watch, app = Stopwatch(), opened(given.workbook)
    print(f"{'page':16}{'control':28}{'first run':>10}{'redraw':>10}   seconds, median of {TIMES} redraws")
    slow = 0
    for page in given.page or pages.PAGES[1:]:
        app.switch_page(f"{page}.py")
        app.run()
        print(f"{page:16}{'(opening)':28}{watch.seconds:10.3f}")
        for key, first, later in redraws(app, watch):
            slow += later > BOUND
            print(f"{page:16}{key:28}{first:10.3f}{later:10.3f}{'  over 0.3' if later > BOUND else ''}")
    print(f"{slow} controls over {BOUND} s" if slow else f"every control within {BOUND} s")


if __name__ == "__main__":
    main()
