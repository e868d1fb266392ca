"""What a page asks of an engine is asked beside it: said while it waits, ended where the page is left."""

import threading

import pytest
import streamlit as st

from retention.engines.in_duckdb import DuckDB
from retention.errors import Unanswered
from retention.study.memo import Memo
from retention.ui.parts import asking, waited
from tests.ui.screens import shown


@pytest.fixture
def engine():
    with DuckDB() as engine:
        yield engine


@pytest.fixture
def memo(engine):
    """A memo of a study whose rows the engine has."""
    memo = Memo()
    asking.beside_the_page(memo, engine)
    return memo


def page(memo, compute, name="it", heavy=None):
    """A page that shows one result."""
    with asking.page():
        try:
            st.text(memo.get(name, (), compute, heavy=heavy))
        except Unanswered as silence:
            st.text(silence.code)


def slow(seconds=0.7):
    """Something that takes long enough to be spoken of."""
    threading.Event().wait(seconds)
    return 42


def endless(engine):
    engine.asked("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b")


@pytest.fixture
def told(monkeypatch):
    """All that was said while a page waited."""
    heard = []
    monkeypatch.setattr(waited, "_tell", lambda _, said, share: heard.append((said, share)))
    return heard


def test_it_is_asked_in_a_thread_of_its_own_and_those_it_needs_in_the_same(memo):
    threads = []

    def inner():
        threads.append(threading.current_thread())
        return 1

    def outer():
        threads.append(threading.current_thread())
        return memo.get("inner", (), inner) + 1

    assert "2" in shown(page, memo, outer).lines
    assert threads[0] is threads[1]
    assert threads[0].name == "asked of a source"


def test_what_is_there_at_once_is_not_spoken_of(memo, told):
    assert "42" in shown(page, memo, lambda: 42).lines
    assert told == []


def test_what_is_at_work_is_said_until_it_is_done(memo, told):
    def values():
        slow()
        return memo.get("inner", (), slow, heavy="fit")

    screen = shown(page, memo, values, heavy="values")
    assert "42" in screen.lines
    assert list(dict.fromkeys(said for said, _ in told)) == ["progress.values", "progress.fit"]
    assert not [line for line in screen.lines if "waited.cancel" in line]


def test_what_has_no_name_is_said_to_be_counting(memo, told):
    shown(page, memo, slow)
    assert {said for said, _ in told} == {"waited.rows"}


def test_who_leaves_the_page_ends_the_query_and_finds_nothing_kept(memo, engine, monkeypatch):
    monkeypatch.setattr(waited, "_tell", lambda *_: st.stop())
    asked = []

    def compute():
        asked.append(threading.current_thread())
        endless(engine)

    shown(page, memo, compute)
    asked[0].join(20)
    assert not asked[0].is_alive()
    assert "7" in shown(page, memo, lambda: 7).lines


def test_what_goes_on_after_the_page_was_left_is_neither_kept_nor_told(memo, monkeypatch):
    monkeypatch.setattr(waited, "_tell", lambda *_: st.stop())
    monkeypatch.setattr("retention.sources.work._TO_STOP", 0.1)
    asked, left = [], threading.Event()

    def inner():
        raise Unanswered("engine_stopped", reason="interrupted")

    def compute():
        asked.append(threading.current_thread())
        left.wait(20)
        try:
            return memo.get("inner", (), inner)
        except Unanswered:
            return 13

    shown(page, memo, compute)
    left.set()
    asked[0].join(20)
    assert not asked[0].is_alive()
    assert memo.unanswered is None
    assert "7" in shown(page, memo, lambda: 7).lines


def test_called_off_nothing_is_asked_any_more_in_that_run(memo):
    def called_off(*given):
        asking._call_off()
        page(*given)

    screen = shown(called_off, memo, lambda: pytest.fail("asked"))
    assert "figures_called_off" in screen.lines
    assert memo.unanswered.code == "figures_called_off"
    assert "42" in shown(page, memo, lambda: 42).lines


def test_a_file_that_is_fetched_is_made_where_it_is_asked_for(memo):
    found = []
    shown(lambda: found.append(memo.get("file", (), threading.current_thread)))
    assert found[0].name != "asked of a source"
