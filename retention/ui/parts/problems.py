"""What cannot be used, and what a reader must know: said on the page."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Literal, get_args

import streamlit as st

from retention.engines import answering
from retention.errors import InputError
from retention.ui.parts import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retention.errors import DataWarning

# Said at a terminal otherwise: with options, and what an engine said, which may quote rows or name a folder
SaidOtherwise = Literal[
    "cannot_open",
    "cannot_write",
    "day_or_month_first",
    "engine_cannot_read",
    "engine_failed",
    "engine_out_of_disk",
    "engine_out_of_memory",
    "engine_reads_no_text",
    "engine_stopped",
    "export_of_rules",
    "java_failed",
    "list_too_long",
    "needs_java",
    "needs_pyspark",
    "source_not_allowed",
    "source_not_there",
    "spark_address",
    "spark_not_there",
    "table_not_there",
    "times_too_fine",
]


def error(problem: InputError) -> None:
    """What cannot be used, where, and what to do."""
    if problem.code in get_args(SaidOtherwise):
        told = screen.say(f"error.here.{problem.code}", **problem.details)
    else:
        told = screen.say(f"error.{problem.code}", **problem.details)
    st.error(told, icon=":material/error:")


def error_at_top(problem: InputError) -> None:
    """The same where the page says what it waits for, of something that concerns all of it."""
    with screen.waiting_place() or nullcontext():
        error(problem)


def warnings(found: Iterable[DataWarning]) -> None:
    """What a reader of the figures here must know, each once."""
    for warning in found:
        st.warning(screen.say(f"warning.{warning.code}", **warning.details), icon=":material/warning:")


@contextmanager
def input_errors() -> Iterator[None]:
    """What the visitor can mend is said in a sentence, and the page ends there."""
    try:
        with answering():
            yield
    except InputError as problem:
        error(problem)
        st.stop()
