"""A source an engine counts: opened once for all who look at it, and gone once nobody does."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

from retention import ingest
from retention.errors import InputError
from retention.sources import Look, Reading, Shelf, held as module, read, sources_in

ROWS = {
    "customer": ["a", "b", "a", None],
    "date": pd.to_datetime(["2024-01-01", "2024-01-15", "2024-02-10", "2024-02-11"]),
    "amount": [10.0, 40.0, 20.5, 7.0],
}


@pytest.fixture
def sales(tmp_path):
    folder = tmp_path / "sales"
    folder.mkdir()
    pd.DataFrame(ROWS).to_parquet(folder / "1.parquet")
    return folder


@pytest.fixture
def told(sales, tmp_path):
    """The source, whose engine has a folder of its own for what it makes."""
    (tmp_path / "made").mkdir()
    told = {"name": "Shop", "path": str(sales), "engine": "duckdb", "temporary": str(tmp_path / "made")}
    return sources_in({"sales": told | {"memory_limit": 0.2, "currency": "EUR"}})["sales"]


@pytest.fixture
def made(tmp_path):
    """What engines have made and not deleted."""
    return lambda: sorted((tmp_path / "made").iterdir())


def found(told, shelf, **how):
    return Reading(told, shelf, **how).result()


def orders_of(opened, **options):
    columns = ingest.guess(opened.raw).mapping
    forming = opened.held.forming(opened.raw, repr(options), columns, options)
    return opened.held.formed(repr(options)) if forming is None else forming.result()


def gone(made):
    """Whether all is deleted, within a while: it is let go by the collector."""
    for _ in range(100):
        gc.collect()
        if not made():
            return True
        time.sleep(0.05)
    return False


def test_its_columns_are_told_by_a_part_and_its_orders_are_those_of_all_rows(told):
    opened = found(told, Shelf())
    assert (opened.raw.name, opened.raw.currency, opened.raw.read) == ("Shop", "EUR", opened.read)
    intake = orders_of(opened)
    assert (intake.account.rows, intake.account.purchases, intake.account.customers) == (4, 3, 2)
    assert intake.account.set_aside == {"missing_customer": (1, 7.0)}


def test_all_look_at_one_engine_and_form_orders_once(told, made):
    shelf = Shelf()
    first, second = found(told, shelf), found(told, shelf)
    assert second is first
    assert len(made()) == 1
    together = [orders_of(each) for each in (first, second)]
    assert together[0] is together[1]
    assert orders_of(first, zero_orders="keep") is not together[0]


def test_who_asks_while_they_are_formed_waits_for_them(told):
    opened = found(told, Shelf())
    columns = ingest.guess(opened.raw).mapping
    forming = [opened.held.forming(opened.raw, "key", columns, {}) for _ in range(4)]
    orders = {id(each.result()) for each in forming if each is not None}
    assert len(orders) == 1


def test_newer_files_are_opened_anew_and_the_old_engine_goes_with_its_last_visitor(told, sales, made):
    shelf = Shelf()
    old = Look(found(told, shelf).held)
    pd.DataFrame(ROWS).to_parquet(sales / "2.parquet")
    new = found(told, shelf)
    assert orders_of(new).account.rows == 8
    assert len(made()) == 2
    old.held = None
    for _ in range(100):
        gc.collect()
        if len(made()) == 1:
            break
        time.sleep(0.05)
    assert len(made()) == 1
    assert orders_of(new).account.rows == 8


def test_without_visitors_and_without_a_shelf_nothing_is_left(told, made):
    orders_of(found(told, Shelf()))
    assert gone(made)


def test_orders_nobody_has_take_no_room(told, monkeypatch):
    monkeypatch.setattr(module, "_FORMED", 1)
    opened = found(told, Shelf())
    orders_of(opened)
    orders_of(opened, zero_orders="keep")
    engine = opened.held._engine
    for _ in range(100):
        gc.collect()
        tables = engine.connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
        if tables == [(1,)]:
            return
        time.sleep(0.05)
    pytest.fail(f"{tables} tables are left")


def test_read_again_looks_at_the_files_even_where_nothing_tells_a_change(told):
    shelf = Shelf()
    first, second = found(told, shelf), found(told, shelf, anew=True)
    assert first.held is not second.held
    assert first.raw.content_hash != second.raw.content_hash


def test_a_refusal_is_told_again_without_a_look_at_the_rows(told):
    opened = found(told, Shelf())
    columns = ingest.guess(opened.raw).mapping
    asked = "key", columns, {"leave_out_customers": frozenset({"a", "b"})}
    with pytest.raises(InputError) as refused:
        opened.held.forming(opened.raw, *asked).result()
    assert refused.value.code == "no_usable_rows"
    assert opened.held.forming(opened.raw, *asked) is None
    with pytest.raises(InputError, match="no_usable_rows"):
        opened.held.formed("key")


def test_what_an_engine_could_not_answer_is_asked_again(told, sales):
    opened = found(told, Shelf())
    there = (sales / "1.parquet").read_bytes()
    (sales / "1.parquet").unlink()
    with pytest.raises(InputError) as refused:
        orders_of(opened)
    assert refused.value.code == "source_not_there"
    (sales / "1.parquet").write_bytes(there)
    assert orders_of(opened).account.rows == 4


def test_what_is_called_off_stops_and_is_kept_for_nobody(told, monkeypatch):
    opened, begun = found(told, Shelf()), threading.Event()

    def endless(*asked):
        engine = asked[-1]
        begun.set()
        engine.made(
            engine.connection.sql("SELECT sum(a.range * b.range) FROM range(9000000) a, range(9000000) b")
        )

    monkeypatch.setattr(module.ingest, "large_orders", endless)
    forming = opened.held.forming(opened.raw, "key", ingest.guess(opened.raw).mapping, {})
    assert begun.wait(20)
    assert not forming.wait(0.01)
    forming.cancel()
    with pytest.raises(InputError) as refused:
        forming.result()
    assert refused.value.code == "source_cancelled"
    assert opened.held.formed("key") is None


@pytest.mark.parametrize(
    ("wrong", "code"), [("gone", "source_gone"), ("empty", "source_no_files"), ("full", "cannot_write")]
)
def test_what_cannot_be_opened_is_said_without_a_place(told, sales, tmp_path, wrong, code):
    if wrong == "full":
        (tmp_path / "made").rmdir()
    else:
        (sales / "1.parquet").unlink()
    if wrong == "gone":
        sales.rmdir()
    with pytest.raises(InputError) as refused:
        found(told, Shelf())
    assert refused.value.code == code
    assert refused.value.details["name"] == "Shop"


def test_what_a_visit_writes_down_leads_nowhere(told, tmp_path):
    look = Look(found(told, Shelf()).held)
    written = pickle.dumps(look)
    assert str(tmp_path).encode() not in written
    assert pickle.loads(written).held is None  # noqa: S301  ours


def test_a_part_is_not_taken_for_the_whole(told):
    with pytest.raises(InputError) as refused:
        read(told)
    assert refused.value.code == "source_by_engine"


def test_a_server_that_ends_deletes_what_was_made(sales, tmp_path, made):
    (tmp_path / "made").mkdir()
    code = f"""
from retention import ingest
from retention.sources import Reading, Shelf, sources_in
told = {{"name": "Shop", "path": {str(sales)!r}, "engine": "duckdb", "temporary": {str(tmp_path / "made")!r}}}
shelf = Shelf()
opened = Reading(sources_in({{"sales": told}})["sales"], shelf).result()
opened.held.forming(opened.raw, "key", ingest.guess(opened.raw).mapping, {{}}).result()
import os; print(len(os.listdir(told["temporary"])))
"""
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert ended.stdout.strip() == "1"
    assert made() == []
