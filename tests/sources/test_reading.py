"""A source is read once for all who may see it, until it has changed or somebody wants it anew."""

from __future__ import annotations

import pickle

import pytest

from retention import ingest
from retention.errors import InputError
from retention.sources import Reading, Shelf, read, reading as module, session, sources_in
from tests.sources.conftest import SLOW, begun, run, running, source


def found(told, shelf, **how):
    return Reading(told, shelf, **how).result().raw


def test_the_second_who_asks_is_given_what_the_first_read(server, database):
    shelf, told = Shelf(), source(database)
    first = found(told, shelf)
    run(server, database, "UPDATE sales SET total = total + 1")  # neither a row nor a day more
    assert found(told, shelf) is first


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO sales SELECT * FROM sales LIMIT 1",
        "DELETE FROM sales WHERE customer = 'd'",
        "UPDATE sales SET day = '2024-03-01' WHERE customer = 'd'",
    ],
)
def test_a_table_with_other_rows_or_later_days_is_read_again(server, database, change):
    shelf, told = Shelf(), source(database)
    first = found(told, shelf)
    run(server, database, change)
    assert found(told, shelf).content_hash != first.content_hash


def test_who_wants_it_anew_has_it_read_and_so_has_everybody_after(server, database):
    shelf, told = Shelf(), source(database)
    first = found(told, shelf)
    run(server, database, "UPDATE sales SET total = total + 1")
    second = found(told, shelf, anew=True)
    assert (first.table["total"][0], second.table["total"][0]) == (10.10, 11.10)
    assert found(told, shelf) is second


def test_what_is_read_anew_and_has_not_changed_is_known_for_the_same(database):
    shelf, told = Shelf(), source(database)
    hashes = {found(told, shelf, anew=True).content_hash for _ in range(2)}
    assert len(hashes) == 1


def test_in_what_parts_rows_come_changes_nothing(database, monkeypatch):
    values = "SELECT nullif(repeat('y', i % 7), '') AS x, i AS y FROM generate_series(1, 3000) AS i"
    told, hashes = source(database, query=values), set()
    for first in (1, 7, 500, 5000):
        monkeypatch.setattr(session, "_FIRST", first)
        hashes.add(found(told, Shelf()).content_hash)
    assert len(hashes) == 1
    assert found(source(database, query=f"{values} LIMIT 2999"), Shelf()).content_hash not in hashes


def test_a_text_that_moves_to_its_neighbour_is_noticed(database):
    one, other = "SELECT 'ab' AS x UNION ALL SELECT 'c'", "SELECT 'a' AS x UNION ALL SELECT 'bc'"
    asked = [found(source(database, query=query), Shelf()).content_hash for query in (one, other)]
    assert asked[0] != asked[1]


def test_a_query_is_read_again_when_its_version_changes(server, database):
    shelf = Shelf()
    told = source(database, query="SELECT * FROM sales", version="SELECT sum(total) FROM sales")
    first = found(told, shelf)
    assert found(told, shelf) is first
    run(server, database, "UPDATE sales SET total = total + 1")
    assert found(told, shelf) is not first


def test_a_query_without_one_is_read_again_after_an_hour(database, monkeypatch):
    shelf, told = Shelf(), source(database, query="SELECT * FROM sales")
    first = found(told, shelf)
    assert found(told, shelf) is first
    monkeypatch.setattr(module, "_FRESH", 0 * module._FRESH)
    assert found(told, shelf) is not first


def test_two_sources_of_the_same_rows_have_nothing_of_each_other(database):
    told = {"name": "Shop", "address": database, "table": "sales"}
    one, other = sources_in({"one": told, "other": told}).values()
    shelf = Shelf()
    first, second = found(one, shelf), found(other, shelf)
    assert first is not second
    assert first.content_hash != second.content_hash


def test_a_source_that_is_configured_otherwise_is_another(server, database):
    shelf = Shelf()
    run(server, database, "CREATE TABLE others AS SELECT * FROM sales WHERE customer = 'd'")
    assert len(found(source(database), shelf).table) == 5
    assert len(found(source(database, table="others"), shelf).table) == 1


def test_rows_of_a_source_are_known_by_no_hash_a_file_can_have(database):
    raw = found(source(database), Shelf())
    file = ingest.read(raw.table.to_csv(index=False).encode(), "sales.csv")
    assert raw.content_hash != file.content_hash


def test_who_waits_for_another_can_leave_alone(database):
    shelf, told = Shelf(), source(database, **SLOW)
    first = Reading(told, shelf)
    while not running(database):
        assert not first.wait(0.02)
    second = Reading(told, shelf)
    second.cancel()
    with pytest.raises(InputError) as refused:
        second.result()
    assert refused.value.code == "source_cancelled"
    assert running(database) == 1
    first.cancel()
    assert first.wait(20)


def test_what_was_cancelled_is_kept_for_nobody(database):
    reading = begun(database, **SLOW)
    reading.cancel()
    assert reading.wait(20)
    assert reading._place.found is None
    assert not reading._place.alone.locked()


def test_what_interrupts_a_call_ends_the_query(database, monkeypatch):
    def interrupted(*_):
        while not running(database):
            pass
        raise KeyboardInterrupt

    monkeypatch.setattr(Reading, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(source(database, **SLOW))
    for _ in range(200):
        if not running(database):
            return
    pytest.fail("the query goes on")


def test_cancelling_what_is_over_does_nothing(database):
    reading = Reading(source(database), Shelf())
    reading.result()
    reading.cancel()
    assert len(reading.result().raw.table) == 5


def test_a_failure_of_ours_reaches_whoever_waits(database, monkeypatch):
    def broken(*_):
        raise RuntimeError("ours")

    monkeypatch.setattr(module, "_raw_table", broken)
    with pytest.raises(RuntimeError, match="ours"):
        found(source(database), Shelf())


def test_neither_what_is_read_nor_a_refusal_holds_the_address(database):
    secret = database.replace("ritorno@", "ritorno:geheim@")  # which nobody asks for here
    raw = found(source(secret), Shelf())
    assert b"geheim" not in pickle.dumps(raw)
    with pytest.raises(InputError) as refused:
        found(source(secret, table="nothing"), Shelf())
    frames = []
    place = refused.value.__traceback__
    while place is not None:
        frames.append(place.tb_frame.f_globals["__name__"])
        place = place.tb_next
    assert not {"retention.sources.postgresql", "retention.sources.session"} & set(frames)
    assert b"geheim" not in pickle.dumps(refused.value)
