"""A database that cannot be used is said in one way, within seconds; its table is made by itself."""

from __future__ import annotations

import socket
import sqlite3
import traceback
from contextlib import closing
from threading import Timer

import pytest
from sqlalchemy import create_engine, inspect, text

from retention.sharing import (
    StoreUnreachableError,
    StoreVersionError,
    database,
    new_secret,
    owner_of,
    shares_in,
)
from retention.sharing.place import place
from tests.sharing.conftest import KNOWN, TITLE


def run(environment, *statements):
    engine = create_engine(place(environment))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_tables_are_made_once_with_its_version(environment, study, owner):
    first = shares_in(environment).publish(study, owner)
    assert shares_in(environment).open(first.token.text)
    engine = create_engine(place(environment))
    shares, visits = {"ritorno_shares", "ritorno_shares_version"}, {"ritorno_visits", "ritorno_visit_files"}
    assert set(inspect(engine).get_table_names()) == shares | visits
    with engine.connect() as connection:
        assert connection.execute(text("SELECT one, version FROM ritorno_shares_version")).all() == [(1, 1)]
    engine.dispose()


def _make_table(environment):
    with database.Database(place(environment)).reading():
        pass


def test_a_store_of_another_version_is_left_alone(environment, study, owner):
    _make_table(environment)
    run(environment, "UPDATE ritorno_shares_version SET version = 2")
    with pytest.raises(StoreVersionError) as refused:
        shares_in(environment).publish(study, owner)
    assert refused.value.details == {"version": 2}


def test_a_store_is_first_looked_for_when_it_is_needed(study, owner):
    shares = shares_in({"RITORNO_DATABASE_URL": f"postgresql://ritorno@127.0.0.1:{closed_port()}/ritorno"})
    for _ in range(2):
        with pytest.raises(StoreUnreachableError):
            shares.mine(owner)
    with pytest.raises(StoreUnreachableError):
        shares.publish(study, owner)


def test_a_server_that_does_not_answer_is_given_up(monkeypatch, owner):
    monkeypatch.setattr(database, "WAIT", 2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"postgresql://ritorno@127.0.0.1:{silent.getsockname()[1]}/ritorno"
        with pytest.raises(StoreUnreachableError):
            shares_in({"RITORNO_DATABASE_URL": address}).mine(owner)


def test_a_table_somebody_holds_is_given_up(monkeypatch, environment, study, owner):
    monkeypatch.setattr(database, "WAIT", 1)
    shares = shares_in(environment)
    _make_table(environment)
    engine = create_engine(place(environment))
    with engine.connect() as holder:
        if engine.dialect.name == "sqlite":
            holder.exec_driver_sql("BEGIN EXCLUSIVE")
        else:
            holder.execute(text("LOCK ritorno_shares_version"))
        with pytest.raises(StoreUnreachableError):
            shares.publish(study, owner)
    engine.dispose()
    assert shares.publish(study, owner)


def test_a_folder_that_cannot_be_made(tmp_path, owner):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnreachableError):
        shares_in({"RITORNO_DATA": str(tmp_path / "file" / "below")}).mine(owner)


def test_a_file_that_is_no_database(tmp_path, owner):
    (tmp_path / "shares.sqlite").write_bytes(b"something else " * 1000)
    with pytest.raises(StoreUnreachableError):
        shares_in({"RITORNO_DATA": str(tmp_path)}).mine(owner)


def test_a_refused_insert_names_no_value(environment, study, owner):
    """What a log may show of it holds no id, no bytes and nothing of the study."""
    shares = shares_in(environment)
    _make_table(environment)
    run(environment, "ALTER TABLE ritorno_shares RENAME COLUMN payload TO other")
    with pytest.raises(StoreUnreachableError) as refused:
        shares.publish(study, owner)
    said = "".join(traceback.format_exception(refused.value))
    assert "ritorno_shares" in said
    for secret in (KNOWN, TITLE, owner.id):
        assert secret not in said


def test_sqlite_writes_beside_its_readers_and_overwrites_what_it_deletes(on_sqlite):
    opened = database.Database(place(on_sqlite))
    with opened.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_a_transaction_that_fails_leaves_nothing(environment, study, owner):
    shares = shares_in(environment)
    published = shares.publish(study, owner)

    class StopError(Exception):
        pass

    def begin_and_stop():
        with database.Database(place(environment)).writing() as connection:
            connection.execute(database.SHARES.delete())
            raise StopError

    with pytest.raises(StopError):
        begin_and_stop()
    assert shares.open(published.token.text)


def test_a_file_made_by_others_beforehand_is_used(tmp_path, study):
    with closing(sqlite3.connect(tmp_path / "shares.sqlite")):
        shares = shares_in({"RITORNO_DATA": str(tmp_path)})
        owner = owner_of(new_secret())
        shares.publish(study, owner)
    assert len(shares.mine(owner)) == 1


def closed_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def test_a_file_somebody_holds_for_a_moment_is_waited_for(tmp_path, study, owner):
    with closing(
        sqlite3.connect(tmp_path / "shares.sqlite", isolation_level=None, check_same_thread=False)
    ) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        letting_go = Timer(0.3, holder.execute, ["ROLLBACK"])
        letting_go.start()
        shares = shares_in({"RITORNO_DATA": str(tmp_path)})
        published = shares.publish(study, owner)
        letting_go.join()
    assert shares.open(published.token.text)
