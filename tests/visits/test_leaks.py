"""Who has the files, or the memory, of where visits are kept finds no customer, no file's name and no key."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from retention.sharing.keys import visit_of
from retention.sharing.place import place
from retention.visits import Visits, visits_in
from retention.visits.limits import Limits
from retention.visits.memory import InMemory
from retention.visits.pack import dump_choices, dump_files
from retention.visits.table import InDatabase
from tests.sharing.leaking import family, files, found_in, memory
from tests.visits.conftest import CHOICES, FILES, KNOWN, PICTURE


@pytest.fixture
def secrets(secret):
    """What must not be found."""
    keys = visit_of(secret)
    known = (KNOWN, "vendite-agnelli.csv", secret, keys.key.hex())
    return [*(each.encode() for each in known), keys.key, PICTURE[900:932]]


def test_what_is_looked_for_would_be_found():
    assert found_in([dump_files(FILES)], [PICTURE[900:932]])
    assert found_in([dump_choices(CHOICES)], [KNOWN.encode()])


def test_the_files_of_sqlite_hold_nothing_open_and_nothing_at_all_once_it_is_forgotten(
    on_sqlite, secret, secrets, tmp_path
):
    visits = visits_in(on_sqlite)
    visits.keep(secret, FILES, CHOICES)
    with closing(sqlite3.connect(tmp_path / "data" / "store.sqlite")) as reader:
        (sealed,) = reader.execute("SELECT files FROM ritorno_visit_files").fetchone()
        pieces = [sealed[:32], sealed[-32:], visit_of(secret).id.encode()]
        assert found_in(files(tmp_path), secrets) == set()
        assert len(found_in(files(tmp_path), pieces)) == 3
        visits.forget(secret)
        assert found_in(files(tmp_path), pieces) == set()


def test_files_and_memory_of_postgresql_hold_nothing_open(server, secret, secrets, clock):
    url = place({"RITORNO_DATABASE_URL": server.new_database()})
    Visits(InDatabase(url, Limits()), Limits(), clock).keep(secret, FILES, CHOICES)
    server.run("CHECKPOINT")
    assert found_in(files(server.folder), secrets) == set()
    known = [visit_of(secret).id.encode()]
    assert found_in(files(server.folder), known)
    for process in family(server.process.pid):
        assert found_in(memory(process), secrets) == set()


def test_the_memory_of_a_process_that_only_keeps_holds_nothing_open(secret, secrets, clock):
    kept = InMemory(Limits())
    Visits(kept, Limits(), clock).keep(secret, FILES, CHOICES)
    row = kept.get(visit_of(secret).id, clock.now)
    given = {"id": row.id, "expires": 4_000_000_000, "files": row.files.hex(), "choices": row.choices.hex()}
    script = Path(__file__).with_name("storing.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            process.stdin.write(json.dumps(given) + "\n")
            process.stdin.flush()
            assert process.stdout.readline() == "True\n"
            assert found_in(memory(process.pid), [*secrets, row.id.encode()]) == {row.id.encode()}
        finally:
            process.kill()


def test_secrets_stay_out_of_what_is_printed(secret, clock):
    visits = Visits(InMemory(Limits()), Limits(), clock)
    visits.keep(secret, FILES, CHOICES)
    shown = (
        repr(visits.find(secret))
        + repr(visit_of(secret))
        + repr(visits._place.get(visit_of(secret).id, clock.now))
    )
    assert found_in([shown.encode()], [KNOWN.encode(), secret.encode(), b"vendite"]) == set()
