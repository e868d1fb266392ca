"""Spark here and at a server, and what goes wrong there in words."""

import logging
from contextlib import ExitStack

import narwhals as nw
import pandas as pd
import pytest

from retention.engines import collected
from retention.engines.in_spark import Spark
from retention.engines.refusals import answering
from retention.errors import InputError
from retention.ingest import Source
from retention.text import LANGUAGES, Words
from tests.engines.sparks import HERE, skip_without_spark, spark_here, spark_server

ROWS = pd.DataFrame({"n": [3, 1, 2], "t": ["it's", None, "a\\b"]})


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with spark_here(tmp_path_factory.mktemp("spark")) as engine:
        yield engine


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with spark_server(tmp_path_factory.mktemp("server")) as address:
        yield address


def rows_of(frame):
    return collected(nw.from_native(frame).lazy())


def refused(ask):
    """Why it was refused, which both languages have a sentence for."""
    with pytest.raises(InputError) as found:
        ask()
    for language in LANGUAGES:
        assert Words(language).error(found.value)
    return found.value


def test_rows_are_kept_and_joined_with_a_small_table(engine):
    kept = engine.kept(nw.from_native(engine.beside(ROWS)).lazy().filter(nw.col("n") > 1))
    assert sorted(rows_of(kept)["n"]) == [2, 3]
    names = engine.beside(pd.DataFrame({"n": [2], "name": ["two"]}))
    assert rows_of(engine.asked("SELECT name FROM {a} JOIN {b} USING (n)", a=kept, b=names)).to_numpy() == [
        "two"
    ]


def test_a_moment_is_the_same_in_every_zone(engine):
    moments = pd.DataFrame({"at": pd.to_datetime(["1969-12-31 23:59:59", "2024-03-31 02:30:00"])})
    given = engine.beside(moments)
    assert rows_of(given)["at"].tolist() == moments["at"].tolist()
    day = engine.sql.day("CAST(at AS DATE)")
    days = rows_of(engine.viewed(f"SELECT {day} AS day FROM {{given}}", given=given))  # noqa: S608
    assert days["day"].tolist() == [-1, 19813]


def test_texts_and_names_with_signs_of_their_own(engine):
    given = engine.beside(ROWS.rename(columns={"t": "a `b` {c}"}))
    for text in ("it's", "a\\b"):
        sql = f"SELECT n FROM {{given}} WHERE {engine.sql.quoted('a `b` {c}')} = {engine.sql.said(text)}"  # noqa: S608
        found = rows_of(engine.viewed(sql, given=given))
        assert found["n"].tolist() == ROWS.loc[ROWS["t"] == text, "n"].tolist()


def test_a_file_a_folder_and_folders_that_are_columns(engine, tmp_path):
    parts = {"plain": tmp_path / "plain" / "deeper", "named": tmp_path / "named" / "year=2024"}
    for folder in parts.values():
        folder.mkdir(parents=True)
        ROWS.to_parquet(folder / "a [1] è.parquet")
        (folder / "_SUCCESS").touch()
    for name, columns in (("plain", ["n", "t"]), ("named", ["n", "t", "year"])):
        path = str(tmp_path / name)
        (file,) = engine.files(path)
        assert file.endswith("a [1] è.parquet")
        found = engine.parquet(path, [file])
        assert found.columns == columns
        assert found.count() == 3


def test_a_table_by_its_name(engine):
    engine.beside(ROWS).createOrReplaceTempView("sales_of_all_time")
    source = Source.of("table:sales_of_all_time", engine.files)
    assert source.name == "sales_of_all_time"
    assert source.part(engine).name == "sales_of_all_time"
    assert source.rows(engine, None).count() == 3


def test_predictions_are_a_folder_and_nothing_is_written_over(engine, tmp_path):
    query = nw.from_native(engine.beside(ROWS)).lazy()
    out = tmp_path / "out"
    engine.written(query, str(out))
    assert sorted(pd.read_parquet(out)["n"]) == [1, 2, 3]
    assert refused(lambda: engine.written(query, str(out))).code == "written_already"


def test_what_is_not_there(engine, tmp_path):
    gone = tmp_path / "a.parquet"
    ROWS.to_parquet(gone)
    rows = engine.parquet(str(gone), [str(gone)])
    gone.unlink()
    assert refused(lambda: engine.made(rows)).code == "source_not_there"
    assert refused(lambda: engine.files(str(gone))).code == "cannot_open"
    assert refused(lambda: engine.named("no.such.table")).code == "table_not_there"
    assert refused(lambda: engine.named("nothing")).code == "table_not_there"


def test_what_it_cannot_read(engine, tmp_path):
    fine = tmp_path / "fine.parquet"
    ROWS.assign(at=pd.Timestamp("2024-01-01").as_unit("ns")).to_parquet(fine, version="2.6")
    assert refused(lambda: engine.parquet(str(fine), [str(fine)])).code == "times_too_fine"
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing behind it PAR1")
    why = refused(lambda: engine.parquet(str(broken), [str(broken)]))
    assert why.code == "engine_failed"
    assert "broken.parquet" in why.details["reason"]
    assert "\n" not in why.details["reason"]
    assert ".scala" not in why.details["reason"]
    assert refused(lambda: engine.text(["a.csv"], ",")).code == "engine_reads_no_text"
    sales = tmp_path / "sales.csv"
    sales.write_text("customer,date,amount\na,2024-01-01,1\n")
    source = Source.of(str(sales), engine.files)
    assert refused(lambda: source.part(engine)).code == "engine_reads_no_text"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (": java.lang.OutOfMemoryError: Java heap space\n\tat a.b(C.java:1)", "engine_out_of_memory"),
        ("Job aborted: java.io.IOException: No space left on device", "engine_out_of_disk"),
        (
            "org.apache.hadoop.security.AccessControlException: Permission denied: user=a",
            "source_not_allowed",
        ),
    ],
)
def test_what_java_says_is_put_in_words(said, code):
    skip_without_spark()
    from pyspark.errors import PySparkException  # noqa: PLC0415  not where it is missing

    def ask():
        with answering():
            raise PySparkException(f"An error occurred while calling o1.count.\n{said}")

    why = refused(ask)
    assert why.code == code
    assert why.details["reason"] == said.split("\n", maxsplit=1)[0].removeprefix(": ")


def test_nothing_is_written_to_the_terminal(engine, capfd):
    refused(lambda: engine.viewed("SELECT nothing FROM nowhere"))
    engine.made(engine.session.range(10))
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("SQLQueryContextLogger").disabled


def test_a_server_does_what_this_machine_does(server, tmp_path):
    path = tmp_path / "a.parquet"
    ROWS.to_parquet(path)
    with Spark.at(server) as there:
        source = Source.of(str(path), there.files)
        assert len(source.part(there).table) == 3
        kept = there.asked("SELECT n + 1 AS n FROM {rows}", rows=source.rows(there, None))
        assert sorted(rows_of(kept)["n"]) == [2, 3, 4]
        assert refused(lambda: there.files(str(tmp_path / "gone"))).code == "cannot_open"
        assert refused(lambda: there.named("no.such.table")).code == "table_not_there"


@pytest.mark.parametrize(
    "address", ["sc://somebody:hidden@here:1;token=hidden", "sc://127.0.0.1:{port}/;token=hidden;what"]
)
def test_no_message_tells_a_token(server, address):
    why = refused(lambda: Spark.at(address.format(port=server.rpartition(":")[2])))
    assert why.code == "spark_address"
    assert "hidden" not in str(why.details)


@pytest.mark.slow
def test_a_server_that_goes_away(tmp_path):
    with spark_server(tmp_path) as address, ExitStack() as stack:
        there = stack.enter_context(Spark.at(address))
        kept = there.kept(nw.from_native(there.beside(ROWS)).lazy())
        stack.pop_all()
    why = refused(lambda: rows_of(kept))
    assert why.code == "spark_not_there"
    there.close()


def test_there_is_one_in_a_process(engine):
    with pytest.raises(RuntimeError, match="already"):
        Spark.at(HERE)
    assert engine.session.range(3).count() == 3
