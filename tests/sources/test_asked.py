"""What is asked of an engine beside whoever waits: what comes of it, and its end where it is called off."""

import threading

import pytest

from retention.engines.in_duckdb import DuckDB
from retention.errors import InputError, Unanswered
from retention.sources import Asked


@pytest.fixture
def engine():
    with DuckDB() as engine:
        yield engine


def endless(engine):
    engine.asked("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b")


def test_it_is_computed_and_how_far_it_is_can_be_looked_at(engine):
    asked = Asked(engine, lambda: engine.connection.sql("SELECT 6 * 7").fetchall())
    assert asked.result() == [(42,)]
    assert asked.wait(0)
    asked.cancel()
    assert asked.result() == [(42,)]


def test_a_refusal_is_handed_on(engine):
    def refused():
        raise InputError("cannot_add", one=1)

    with pytest.raises(InputError, match="cannot_add"):
        Asked(engine, refused).result()


def test_a_thread_knows_what_it_is_there_for(engine):
    found = []
    asked = Asked(engine, lambda: found.append(Asked.here()))
    asked.result()
    assert found == [asked]
    assert Asked.here() is None


def test_called_off_its_query_ends_and_the_engine_answers_others(engine):
    begun = threading.Event()

    def compute():
        begun.set()
        endless(engine)

    asked = Asked(engine, compute)
    assert begun.wait(20)
    assert not asked.wait(0.3)
    asked.cancel()
    assert asked.wait(0)
    with pytest.raises(Unanswered) as refused:
        asked.result()
    assert refused.value.code == "engine_stopped"
    assert Asked(engine, lambda: engine.connection.sql("SELECT 1").fetchall()).result() == [(1,)]


def test_called_off_between_two_queries_the_next_is_ended_too(engine):
    begun, goes_on = threading.Event(), threading.Event()

    def compute():
        begun.set()
        goes_on.wait(20)
        endless(engine)

    asked = Asked(engine, compute)
    assert begun.wait(20)
    threading.Timer(0.5, goes_on.set).start()
    asked.cancel()
    assert asked.wait(0)
    with pytest.raises(Unanswered):
        asked.result()
