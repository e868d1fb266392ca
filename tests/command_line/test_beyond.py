"""`analyse --engine duckdb` or spark: the same figures as in memory, and what it cannot do said in a line."""

import json
import os
import sys
from contextlib import suppress

import pandas as pd
import pytest

from retention.__main__ import main
from retention.errors import InputError, Unanswered
from retention.study import study as study_module, tables as tables_module
from tests.command_line.same import differences
from tests.engines.sparks import skip_without_spark

# What an engine does not look for, each told by a warning
NOT_LOOKED_FOR = {"exported", "duplicate_rows"}


def analysed(out, *arguments):
    asked = [str(argument) for argument in arguments]
    assert main(["analyse", *asked, "--segment", "channel", "--until", "2024-12-31", "--json", str(out)]) == 0
    return json.loads(out.read_text("utf-8"))


@pytest.fixture(scope="module")
def in_memory(sales, tmp_path_factory):
    return analysed(tmp_path_factory.mktemp("in_memory") / "f.json", sales.parent / "all.parquet")


def test_the_same_figures_as_in_memory(sales, in_memory, tmp_path, engine):
    predictions = tmp_path / "predictions.parquet"
    there = analysed(tmp_path / "f.json", sales, *engine, "--predictions", predictions)
    assert there["input"].pop("duplicate_rows") is None
    here = json.loads(json.dumps(in_memory))
    here["input"].pop("duplicate_rows")
    told = {warning["code"] for warning in there.pop("warnings")}
    assert "not_looked_over" in told
    for found in (here, there):  # its first steps tell of the file's own rows
        found.pop("reconciled")
    here.pop("warnings")
    assert differences(here, there) == []
    each = pd.read_parquet(predictions)
    assert len(each) == here["input"]["customers"] == each["customer_id"].nunique()
    assert each["clv"].sum() == pytest.approx(here["lifetime_value"]["total"], rel=1e-9)
    assert each["expected_purchases"].sum() == pytest.approx(here["lifetime_value"]["expected_purchases"])


def test_customers_too_many_to_be_told_one_by_one(sales, in_memory, tmp_path, monkeypatch, engine):
    monkeypatch.setattr(study_module, "MOST_ONE_BY_ONE", 100)
    monkeypatch.setattr(tables_module, "MOST_ALIKE", 3000)  # so that weeks are not told apart
    predictions = tmp_path / "predictions.parquet"
    there = analysed(tmp_path / "f.json", sales, *engine, "--predictions", predictions)
    for name in ("flows", "dropoff"):
        assert differences(in_memory[name], there[name]) == []
    for name in ("cells", "pooled_retention"):
        assert differences(in_memory["cohorts"][name], there["cohorts"][name]) == []
    value, exact = there["lifetime_value"], in_memory["lifetime_value"]
    assert value["total"] == pytest.approx(exact["total"], rel=1e-3)
    assert value["top_20_percent_share"] == pytest.approx(exact["top_20_percent_share"], rel=5e-3)
    assert there["metrics"]["top_20_percent_share"] == pytest.approx(
        in_memory["metrics"]["top_20_percent_share"], rel=1e-4
    )
    risk, exact_risk = (found["economics"]["value_at_risk"]["total"] for found in (there, in_memory))
    assert risk == pytest.approx(exact_risk, rel=5e-3)
    assert there["customers"] is None
    assert there["subscriptions"] is None
    (said,) = (each["details"] for each in there["warnings"] if each["code"] == "customers_alike")
    assert said == {"customers": 4800, "most": 100, "days": 7}
    assert pd.read_parquet(predictions)["clv"].sum() == pytest.approx(value["total"], rel=1e-9)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{sales}", "--engine", "duckdb", "--duplicates", "drop"], "--duplicates drop"),
        (["{sales}", "--engine", "duckdb", "--reversed-orders", "drop"], "--reversed-orders drop"),
        (["{sales}", "--engine", "duckdb", "--customer", "nobody"], "nobody"),
        (["{sales}", "--engine", "duckdb", "--temporary", "/no/such/folder"], "/no/such/folder"),
        (["{sales}", "--engine", "duckdb", "--predictions", "/no/such/folder/p.parquet"], "/no/such/folder"),
        (["{sales}", "--predictions", "p.parquet"], "--engine duckdb"),
        (["{sales}/gone", "--engine", "duckdb"], "cannot be opened"),
        (["{empty}", "--engine", "duckdb"], "no parquet and no csv"),
        (["{broken}", "--engine", "duckdb"], "error"),
        (["sample:shop", "--engine", "duckdb"], "cannot be opened"),
        (["table:a.b.c", "--engine", "duckdb"], "--engine spark"),
        (["{sales}", "--spark", "sc://127.0.0.1"], "--engine spark"),
        (["{sales}", "--engine", "spark", "--spark", "yarn"], "sc://host:port"),
        (["{sales}", "--engine", "spark", "--spark", "sc://127.0.0.1:9"], "127.0.0.1:9"),
        (["{sales}", "--engine", "spark", "--duplicates", "drop"], "--duplicates drop"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(sales, tmp_path, capsys, arguments, said):
    if "spark" in arguments:
        skip_without_spark()
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 and nothing behind it PAR1")
    (tmp_path / "empty").mkdir()
    places = {"sales": sales, "empty": tmp_path / "empty", "broken": broken}
    assert main(["analyse", *(argument.format(**places) for argument in arguments)]) == 2
    error = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("warning: ")]
    assert len(error) == 1
    assert error[0].startswith("error: ")
    assert said in error[0].lower() or said in error[0]


@pytest.mark.parametrize("name", ["duckdb", "here"])
def test_what_it_put_on_disk_is_gone_afterwards(sales, tmp_path, name, request, capfd):
    options = ["--engine", "duckdb"] if name == "duckdb" else request.getfixturevalue(name)
    place = tmp_path / "place"
    place.mkdir()
    assert main(["analyse", str(sales), *options, "--temporary", str(place), "--date", "nothing"]) == 2
    assert list(place.iterdir()) == []
    out, err = capfd.readouterr()
    assert out == ""
    (line,) = err.splitlines()  # what an engine says is not for the terminal
    assert "nothing" in line


def test_a_server_may_be_named_by_spark_s_own_variable(sales, monkeypatch, capsys):
    skip_without_spark()
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:9")
    assert main(["analyse", str(sales), "--engine", "spark"]) == 2
    assert "127.0.0.1:9" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(sales, tmp_path, capsys):
    barred = tmp_path / "barred.parquet"
    barred.write_bytes((sales / "1.parquet").read_bytes())
    barred.chmod(0)
    assert main(["analyse", str(barred), "--engine", "duckdb"]) == 2
    assert "may not read" in capsys.readouterr().err


def test_no_figures_leave_with_a_part_nobody_answered(sales, tmp_path, monkeypatch, capsys):
    figures_module = sys.modules["retention.report.figures"]  # its function has the same name
    whole = figures_module.reconciled

    def without(study, period):
        with suppress(InputError):
            study.memo.get("lost", (), unanswered)
        return whole(study, period)

    def unanswered():
        raise Unanswered("engine_out_of_disk", reason="No space left on device")

    monkeypatch.setattr(figures_module, "reconciled", without)
    out = tmp_path / "f.json"
    assert main(["analyse", str(sales), "--engine", "duckdb", "--json", str(out)]) == 2
    assert "No space left" in capsys.readouterr().err.splitlines()[-1]
    assert not out.exists()
