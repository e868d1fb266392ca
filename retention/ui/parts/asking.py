"""What a page asks of an engine that has the rows: beside the page, so that it can be called off."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from retention.errors import Unanswered
from retention.sources import Asked
from retention.ui.parts import screen, waited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retention.engines import Beyond
    from retention.study.memo import Memo

R = TypeVar("R")
_CALLED_OFF = "asking_called_off"  # in the visit's state, from a press on the button until the next run


class _Here(local):
    """What a thread does."""

    draws = False
    called_off = False


_here = _Here()


@contextmanager
def page() -> Iterator[None]:
    """Draw a page, which can say there what it waits for; once called off, nothing is asked in this run."""
    _here.called_off = bool(st.session_state.pop(_CALLED_OFF, False))
    _here.draws = True
    try:
        yield
    finally:
        _here.draws = False


def beside_the_page(memo: Memo, engine: Beyond) -> None:
    """Have what a memo keeps asked of an engine while the page waits."""
    memo.run = partial(_run, engine)
    memo.given_up = _given_up
    memo.waiting = _doing


def _run(engine: Beyond, compute: Callable[[], R]) -> R:
    if not _here.draws:  # the thread of a question itself, or of a file that is fetched
        return compute()
    if _here.called_off:
        raise Unanswered("figures_called_off")
    asked = Asked(engine, compute)
    return waited.over(asked, partial(_said, asked), _call_off, screen.waiting_place())


def _given_up() -> bool:
    asked = Asked.here()
    return asked is not None and asked.course.called_off


def _said(asked: Asked[Any]) -> str:
    return screen.say("waited.rows" if asked.doing is None else f"progress.{asked.doing}")


def _call_off() -> None:
    st.session_state[_CALLED_OFF] = True


@contextmanager
def _doing(what: str) -> Iterator[None]:
    """Have the page say what is at work."""
    asked = Asked.here()
    if asked is None:
        with screen.progress(what):
            yield
        return
    before, asked.doing = asked.doing, what
    try:
        yield
    finally:
        asked.doing = before
