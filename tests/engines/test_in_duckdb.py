"""DuckDB within its bounds, and what goes wrong there in words."""

from pathlib import Path

import duckdb
import narwhals as nw
import pandas as pd
import pytest

from retention.engines import IN_MEMORY, answering, collected
from retention.engines.in_duckdb import DuckDB, Limits
from retention.errors import InputError
from retention.text import LANGUAGES, Words


def test_rows_are_kept_and_everything_is_deleted_in_the_end(tmp_path):
    with DuckDB(Limits(folder=tmp_path)) as engine:
        given = engine.beside(pd.DataFrame({"n": [3, 1, 2]}))
        kept = engine.kept(nw.from_native(given).lazy().filter(nw.col("n") > 1))
        assert sorted(collected(nw.from_native(kept).lazy())["n"]) == [2, 3]
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_in_memory_rows_are_as_they_are():
    table = pd.DataFrame({"n": [1, 2]})
    assert IN_MEMORY.beside(table) is table
    assert IN_MEMORY.kept(nw.from_native(table).lazy().filter(nw.col("n") > 1))["n"].tolist() == [2]


def test_less_memory_than_it_needs(tmp_path):
    with DuckDB(Limits(memory=30_000_000, threads=1, folder=tmp_path)) as engine:
        engine.connection.execute("SET max_temp_directory_size = '1MB'")
        rows = engine.connection.sql("SELECT range AS n, repeat('x', 100) || range AS t FROM range(3000000)")
        with pytest.raises(InputError) as refused:
            engine.made(rows.order("t"))
    assert refused.value.code in {"engine_out_of_memory", "engine_out_of_disk"}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "engine_out_of_memory"),
        (duckdb.IOException("IO Error: Could not write: No space left on device"), "engine_out_of_disk"),
        (duckdb.InterruptException("INTERRUPT Error: Interrupted!"), "engine_stopped"),
        (duckdb.IOException('IO Error: No files found that match the pattern "x"'), "source_not_there"),
        (duckdb.IOException("IO Error: Cannot open file: Permission denied"), "source_not_allowed"),
        (duckdb.InvalidInputException("Invalid Input Error: something\nelse"), "engine_failed"),
    ],
)
def test_what_the_engine_says_is_put_in_words(error, code):
    with pytest.raises(InputError) as refused, answering():
        raise error
    assert refused.value.code == code
    assert "\n" not in refused.value.details["reason"]
    for language in LANGUAGES:
        assert refused.value.details["reason"] in Words(language).error(refused.value)


def test_ctrl_c_is_no_error_of_the_engines():
    with pytest.raises(KeyboardInterrupt), answering():
        raise RuntimeError("Query interrupted")


def test_other_errors_are_not_the_engines():
    with pytest.raises(KeyError), answering():
        raise KeyError("n")


def test_files_gone_between_two_looks(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"n": [1]}).to_parquet(path)
    with DuckDB() as engine:
        rows = engine.connection.read_parquet(str(path))
        Path(path).unlink()
        with pytest.raises(InputError) as refused:
            engine.made(rows)
    assert refused.value.code == "source_not_there"
