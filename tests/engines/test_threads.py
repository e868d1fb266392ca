"""Several threads ask one engine at once, as visitors of one source do; each is answered as if alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import narwhals as nw
import pandas as pd
import pytest

from retention.engines import collected
from retention.engines.in_duckdb import DuckDB
from retention.errors import InputError
from retention.study import Common, Study

ASKED = {
    "flows": lambda tables: tables.flows("month"),
    "cells": lambda tables: tables.cells("month"),
    "cells by channel": lambda tables: tables.cells("quarter", "segment"),
    "gaps": lambda tables: tables.gaps(),
    "days": lambda tables: tables.gaps("day"),
    "states": lambda tables: tables.states(),
    "spend": lambda tables: tables.spend(),
    "followed": lambda tables: tables.followed("month", 90),
    "spells": lambda tables: tables.spells("month", 90),
    "money": lambda tables: tables.value_by_age(),
}


@pytest.fixture
def engine():
    with DuckDB() as engine:
        yield engine


@pytest.fixture(scope="module")
def orders():
    """The sample shop's."""
    from retention import ingest  # noqa: PLC0415  here alone

    raw = ingest.open_sample("shop")
    return ingest.to_orders(raw, ingest.guess(raw).mapping).orders


def at_once(*tasks):
    """What each of these gives, all begun together."""
    ready = threading.Barrier(len(tasks))

    def begun(task):
        ready.wait(30)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(begun, tasks))


@pytest.mark.parametrize("common", [False, True])
def test_different_results_are_those_of_one_alone(engine, orders, common):
    there = replace(orders, table=engine.beside(orders.table), engine=engine)
    together = Common() if common else None
    studies = [Study(there, common=together) for _ in ASKED]
    found = at_once(
        *(
            lambda ask=ask, study=study: ask(study.tables)
            for ask, study in zip(ASKED.values(), studies, strict=True)
        )
    )
    here = Study(orders).tables
    for name, table in zip(ASKED, found, strict=True):
        keys = list(table.columns)
        pd.testing.assert_frame_equal(
            table.sort_values(keys, ignore_index=True),
            ASKED[name](here).sort_values(keys, ignore_index=True),
            check_dtype=False,
            obj=name,
        )


def test_rows_that_one_narrowed_are_asked_by_others(engine, orders):
    there = replace(orders, table=engine.beside(orders.table), engine=engine)
    study = Study(there)
    day = study.window.last.replace(month=6, day=30)
    then = study.until(day).purchases  # made in this thread, and kept
    count = lambda: int(collected(nw.from_native(then.table).lazy().select(n=nw.len()))["n"].iloc[0])  # noqa: E731
    expected = len(Study(orders).until(day).purchases.table)
    assert at_once(*[count] * 8) == [expected] * 8


def test_small_tables_go_beside_while_others_ask(engine):
    numbers = engine.made(engine.connection.sql("SELECT range AS n FROM range(200000)"))

    def joined(k):
        told = engine.beside(pd.DataFrame({"n": [k, k + 1], "name": [f"name {k}", "next"]}))
        rows = nw.from_native(numbers).lazy().join(nw.from_native(told).lazy(), on="n").sort("n")
        return collected(rows)["name"].tolist()

    for _ in range(5):
        found = at_once(*(lambda k=k: joined(k) for k in range(8)))
        assert found == [[f"name {k}", "next"] for k in range(8)]


def test_breaking_off_one_leaves_the_others(engine):
    begun, askings = threading.Event(), []

    def endless():
        askings.append(engine.asking())
        begun.set()
        with pytest.raises(InputError) as refused:
            engine.made(
                engine.connection.sql("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b")
            )
        return refused.value.code

    def other():
        assert begun.wait(30)
        found = [engine.beside(pd.DataFrame({"n": [k]})) for k in range(20)]
        askings[0].stop()
        return len(found)

    assert at_once(endless, other) == ["engine_stopped", 20]


def test_what_a_part_made_goes_with_it_and_the_rest_stays(engine):
    whole = engine.beside(pd.DataFrame({"n": [1, 2]}))
    part = engine.apart()
    own = part.asked("SELECT n + 1 AS n FROM {whole}", whole=whole)
    seen = part.viewed("SELECT n FROM {own}", own=own)
    assert collected(nw.from_native(seen).lazy())["n"].tolist() == [2, 3]
    part.close()
    for kind, left in (("tables()", 1), ("views() WHERE NOT internal", 0)):
        found = engine.connection.execute(f"SELECT count(*) FROM duckdb_{kind}").fetchall()  # noqa: S608  ours
        assert found == [(left,)]
    assert collected(nw.from_native(whole).lazy())["n"].tolist() == [1, 2]
    part.close()  # a second time changes nothing


def test_closing_a_part_of_what_is_gone_says_nothing():
    with DuckDB() as engine:
        part = engine.apart()
        part.beside(pd.DataFrame({"n": [1]}))
    part.close()
