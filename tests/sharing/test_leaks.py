"""Who has the store's files, or its processes' memory, finds no customer, no title and no key in them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest

from retention.sharing import new_secret, owner_of, shares_in
from retention.sharing.keys import new_token
from retention.sharing.limits import limits_in
from retention.sharing.pack import dump
from retention.sharing.place import place
from retention.sharing.sealed import seal
from retention.sharing.store import Row, Store
from retention.sharing.terms import terms_of_study
from tests.sharing.conftest import KNOWN, TITLE
from tests.sharing.leaking import family, files, found_in, memory


@pytest.fixture
def sealed(study, owner, clock):
    """A share as the store has it, its token, and what must not be found of it."""
    token = new_token()
    terms = terms_of_study(token, owner, clock.now)
    row = Row(
        terms, seal(owner.key, TITLE.encode(), terms.of_title), seal(token.key, dump(study), terms.bound)
    )
    secret = (KNOWN, TITLE, "vendite.csv", token.text, token.key, token.key.hex(), owner.key)
    return row, [each if isinstance(each, bytes) else each.encode() for each in secret]


def test_what_is_looked_for_would_be_found(study):
    """The bytes before they are sealed hold the customer, the title and the file's name as they are."""
    wanted = {each.encode() for each in (KNOWN, TITLE, "vendite.csv")}
    assert found_in([dump(study)], wanted) == wanted


def test_the_files_of_sqlite_hold_nothing_open(on_sqlite, sealed, clock):
    row, secret = sealed
    Store(place(on_sqlite), limits_in({})).put(row, clock.now)
    folder = Path(on_sqlite["RITORNO_DATA"])
    with closing(sqlite3.connect(folder / "shares.sqlite")) as reader:  # keeps the log from being put away
        reader.execute("SELECT count(*) FROM ritorno_shares").fetchall()
        Store(place(on_sqlite), limits_in({})).put(
            Row(terms_of_study(new_token(), owner_of(new_secret()), clock.now), b"", row.payload), clock.now
        )
        assert (folder / "shares.sqlite-wal").stat().st_size > len(row.payload)
        assert found_in(files(folder), secret) == set()
        assert found_in(files(folder), [row.terms.id.encode()])


def test_what_was_deleted_leaves_the_files_of_sqlite(on_sqlite, study, owner):
    shares, folder = shares_in(on_sqlite), Path(on_sqlite["RITORNO_DATA"])
    published = shares.publish(study, owner)
    with closing(sqlite3.connect(folder / "shares.sqlite")) as reader:
        (payload,) = reader.execute("SELECT payload FROM ritorno_shares").fetchone()
        pieces = [payload[:32], payload[-32:], published.terms.id.encode()]
        assert len(found_in(files(folder), pieces)) == 3
        shares.revoke(owner, published.terms.id)
        assert found_in(files(folder), pieces) == set()


def test_the_files_are_for_their_owner_alone(on_sqlite, study, owner):
    shares_in(on_sqlite).publish(study, owner)
    folder = Path(on_sqlite["RITORNO_DATA"])
    assert [path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())] == [0, 0]


def test_the_files_of_postgresql_hold_nothing_open(server, sealed, clock):
    row, secret = sealed
    Store(place({"RITORNO_DATABASE_URL": server.new_database()}), limits_in({})).put(row, clock.now)
    server.run("CHECKPOINT")
    assert found_in(files(server.folder), secret) == set()
    assert found_in(files(server.folder), [row.terms.id.encode()])


def test_the_memory_of_postgresql_holds_nothing_open(server, sealed, clock):
    row, secret = sealed
    address = server.new_database()
    store = Store(place({"RITORNO_DATABASE_URL": address}), limits_in({}))
    store.put(row, clock.now)
    with psycopg.connect(address) as reader:  # and one process that has just read it
        reader.execute("SELECT * FROM ritorno_shares").fetchall()
        processes = family(server.process.pid)
        assert len(processes) > 2
        held = {process: found_in(memory(process), [*secret, row.terms.id.encode()]) for process in processes}
    assert set().union(*held.values()) == {row.terms.id.encode()}


def test_the_memory_of_a_process_that_only_stores_holds_nothing_open(environment, sealed):
    row, secret = sealed
    given = {
        "environment": environment,
        "terms": {**asdict(row.terms), "expires": 4_000_000_000},
        "title": row.title.hex(),
        "payload": row.payload.hex(),
    }
    script = Path(__file__).with_name("storing.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == "True\n"
            assert found_in(memory(process.pid), [*secret, row.terms.id.encode()]) == {row.terms.id.encode()}
        finally:
            process.kill()


def test_the_memory_of_this_process_holds_it():
    """What is looked for in others is found where it is."""
    wanted = bytes(reversed(b"ti.elpmaxe@illenga.noraa"))
    assert found_in(memory(os.getpid()), [wanted]) == {wanted}
