"""Files on the server: a file, a folder, what is wrong with them, and when they count as changed."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import Limits
from retention.sources import Reading, Shelf, sources_in

ROWS = "customer,date,amount\n00017,2024-01-01,10.10\nb,2024-01-15,40\n"
MORE = "customer,date,amount\nc,2024-02-01,5\n"


def source(path):
    return sources_in({"sales": {"name": "Shop orders", "path": str(path)}})["sales"]


def found(path, shelf=None, **how):
    return Reading(source(path), shelf or Shelf(), **how).result().raw


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "sales of the firm"
    (made / "2024").mkdir(parents=True)
    (made / "a.csv").write_text(ROWS)
    (made / "2024" / "b.csv").write_text(MORE)
    (made / "notes.md").write_text("nothing to read")
    return made


def refusal(path, **how):
    with pytest.raises(InputError) as refused:
        found(path, **how)
    assert refused.value.details["name"] == "Shop orders"
    assert str(path) not in str(refused.value)
    assert refused.value.__context__ is None
    return refused.value.code


def test_a_file_is_read_as_one_that_is_brought(folder):
    raw = found(folder / "a.csv")
    assert raw.table["customer"].tolist() == ["00017", "b"]
    assert (raw.name, len(raw.table)) == ("Shop orders", 2)
    assert raw.read is not None


def test_a_folder_is_read_as_one_table(folder):
    raw = found(folder)
    assert sorted(raw.table["customer"]) == ["00017", "b", "c"]
    assert raw.files == ("b.csv", "a.csv")


def test_parquet_keeps_its_types(tmp_path):
    file = tmp_path / "sales.parquet"
    day = pd.Timestamp(2024, 1, 1)
    pd.DataFrame({"customer": ["00017"], "date": [day], "amount": [1.234]}).to_parquet(file)
    assert found(file).table.iloc[0].tolist() == ["00017", day, 1.234]


def test_the_second_who_asks_is_given_what_the_first_read(folder):
    shelf = Shelf()
    first = found(folder, shelf)
    assert found(folder, shelf) is first
    (folder / "c.csv").write_text(MORE)
    assert len(found(folder, shelf).table) == 4


def test_a_file_written_anew_is_read_again(folder):
    shelf, file = Shelf(), folder / "a.csv"
    first = found(file, shelf)
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))
    second = found(file, shelf)
    assert second is not first
    assert second.content_hash == first.content_hash


def test_what_is_not_there_is_said_without_its_place(folder):
    assert refusal(folder / "gone.csv") == "source_gone"
    (folder / "empty").mkdir()
    assert refusal(folder / "empty") == "source_no_files"


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything is barred from nothing")
def test_what_may_not_be_read_is_said(folder):
    (folder / "a.csv").chmod(0)
    assert refusal(folder / "a.csv") == "source_forbidden"
    assert refusal(folder) == "source_forbidden"


def test_a_file_that_goes_between_two_looks_is_said(folder, monkeypatch):
    monkeypatch.setattr(type(folder), "read_bytes", _gone)
    assert refusal(folder / "a.csv") == "source_gone"
    monkeypatch.setattr(type(folder), "read_bytes", _barred)
    assert refusal(folder / "a.csv") == "source_forbidden"


def _gone(_):
    raise FileNotFoundError


def _barred(_):
    raise PermissionError


@pytest.mark.parametrize("limits", [Limits(file_bytes=50), Limits(files=1), Limits(rows=2)])
def test_what_is_too_large_is_refused_with_what_to_do(folder, limits):
    assert refusal(folder, limits=limits) == "source_too_large"


def test_a_hostile_file_is_refused_as_one_that_is_brought(folder):
    (folder / "a.csv").write_bytes(b"\x7fELF" + bytes(2000))
    assert refusal(folder / "a.csv") == "not_a_spreadsheet"
