"""Nothing in a store is taken on trust, and whatever ends a run leaves it whole."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from retention import aggregate
from retention.engines import answering
from retention.engines.in_duckdb import DuckDB
from retention.errors import InputError
from retention.store import anew, opening
from retention.store.manifest import Manifest
from tests.aggregate.engines import assert_same
from tests.store.shops import put, reading, rows_of

ROWS = rows_of(5, 20)


def asked(orders):
    purchases = aggregate.prepare(orders)
    people = aggregate.people(purchases)
    return [aggregate.cells(purchases, "month"), aggregate.alike(people, 7, purchases.window.last)]


def kept(place, **options):
    """Why the store was made anew, if it was; what it says is what is there without it."""
    with (
        reading(place / "orders", **options) as plain,
        reading(place / "orders", place / "store", **options) as found,
    ):
        for here, there in zip(asked(plain.orders), asked(found.intake.orders), strict=True):
            assert_same(here, there)
        found.write()
        return found.anew


@pytest.fixture
def made(tmp_path):
    """A store, with new rows to come."""
    put(tmp_path / "orders", "1", ROWS.iloc[:-5])
    assert kept(tmp_path) is None
    return tmp_path


def other_file(made):
    put(made / "orders", "1", ROWS.iloc[:-9])


def file_gone(made):
    put(made / "orders", "0", ROWS.iloc[:-7])
    (made / "orders" / "1.parquet").unlink()


def touched(made):
    os.utime(made / "orders" / "1.parquet", (1, 1))


def file_of_store_gone(made):
    next((made / "store" / "tables").iterdir()).unlink()


def file_of_store_cut(made):
    next((made / "store" / "rows").iterdir()).write_bytes(b"PAR1")


def manifest_unreadable(made):
    (made / "store" / "manifest.json").write_text("{")


def manifest_of_another_form(made):
    (made / "store" / "manifest.json").write_text('{"form": 7}')


def other_types(made):
    rows = ROWS.iloc[-5:]
    cents = rows.assign(amount=rows["amount"].fillna(0).round().astype("int64"))
    pq.write_table(pa.Table.from_pandas(cents, preserve_index=False), made / "orders" / "2.parquet")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (other_file, "files"),
        (file_gone, "files"),
        (touched, "files"),
        (file_of_store_gone, "broken"),
        (file_of_store_cut, "broken"),
        (manifest_unreadable, "broken"),
        (manifest_of_another_form, "broken"),
        (other_types, "reading"),
    ],
)
def test_what_is_not_as_it_was_is_made_anew(made, how, why):
    how(made)
    assert kept(made) == why
    assert kept(made) is None


def test_another_version_makes_it_anew(made, monkeypatch):
    for module in (anew, opening):
        monkeypatch.setattr(module, "version", lambda: "another")
    assert kept(made) == "version"
    assert kept(made) is None


def test_other_options_make_it_anew(made):
    assert kept(made, zero_orders="keep") == "reading"
    assert kept(made, zero_orders="keep") is None
    assert kept(made, leave_out_customers={"c1"}) == "reading"


def test_days_that_lay_in_the_future_are_counted_once_they_have_come(tmp_path):
    to_come = ROWS["date"].mask(ROWS.index == 0, pd.Timestamp("2000-05-05"))
    put(tmp_path / "orders", "1", ROWS.assign(date=to_come, amount=9.0))
    before, after = ({"now": pd.Timestamp(day).to_pydatetime()} for day in ("2000-01-01", "2000-05-05"))
    assert kept(tmp_path, **before) is None
    assert kept(tmp_path, **before) is None
    assert kept(tmp_path, **after) == "dates"
    assert kept(tmp_path, **after) is None


def test_the_store_is_for_its_owner_alone(made):
    assert stat.S_IMODE((made / "store").stat().st_mode) == 0o700


def test_many_files_of_rows_are_put_together(made, monkeypatch):
    monkeypatch.setattr(opening, "_MOST_FILES", 2)
    for n in range(5):
        put(made / "orders", f"2{n}", ROWS.iloc[[-1 - n]])
        assert kept(made) is None
    assert len(Manifest.read(made / "store").rows) <= 3
    assert len(list((made / "store" / "rows").iterdir())) <= 3


def test_files_without_a_row_to_use_are_read_once(made):
    put(made / "orders", "2", ROWS.iloc[-5:].assign(amount=None))
    assert kept(made) is None
    assert kept(made) is None


def test_two_at_once_are_refused(made):
    pytest.importorskip("fcntl")
    with (
        reading(made / "orders", made / "store"),
        pytest.raises(InputError) as refused,
        reading(made / "orders", made / "store"),
    ):
        pass
    assert refused.value.code == "store_in_use"
    assert kept(made) is None


def no_room(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def no_room_for_an_engine(*_):
    with answering():
        raise duckdb.IOException("Could not write: No space left on device")


@pytest.mark.parametrize(
    ("what", "name", "fails", "code"),
    [
        (pd.DataFrame, "to_parquet", no_room, "store_out_of_room"),
        (DuckDB, "written", no_room_for_an_engine, "store_out_of_room"),
        (Manifest, "write", no_room, "store_out_of_room"),
    ],
)
def test_a_full_disk_is_said_and_leaves_the_store_whole(made, monkeypatch, what, name, fails, code):
    before = Manifest.read(made / "store")
    put(made / "orders", "2", ROWS.iloc[-5:])
    with monkeypatch.context() as full:
        full.setattr(what, name, fails)
        with pytest.raises(InputError) as refused:
            kept(made)
    assert refused.value.code == code
    assert Manifest.read(made / "store") == before
    assert before.is_whole(made / "store")
    assert kept(made) is None


_KILLED = """
import os, pathlib, signal
from tests.store.test_trust import kept
pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
kept(pathlib.Path({place!r}))
"""


def test_a_run_killed_at_the_last_step_leaves_the_store_as_it_was(made):
    before = Manifest.read(made / "store")
    put(made / "orders", "2", ROWS.iloc[-5:])
    code, root = _KILLED.format(place=str(made)), Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=root, check=False)
    assert run.returncode == -9
    assert Manifest.read(made / "store") == before
    assert before.is_whole(made / "store")
    left = len(list((made / "store" / "tables").iterdir()))
    assert kept(made) is None
    assert len(list((made / "store" / "tables").iterdir())) < left
