"""`report`, `list`, `snapshot`, `since` by an engine: what they write in memory; what they cannot is said."""

import json

import pandas as pd
import pytest
from openpyxl import load_workbook

from retention.__main__ import main
from retention.errors import DataWarning
from retention.lists import OCCASIONS
from retention.story import SECTIONS
from retention.study import study as study_module
from retention.text import LANGUAGES, Words
from tests.command_line.same import differences

TERMS = ["--segment", "channel", "--until", "2024-12-31"]
MODEL = ["--model", "mbg-nbd", "--season", "off", "--regularity", "1"]  # the quickest
LISTED = [occasion.replace("_", "-") for occasion in OCCASIONS]


@pytest.fixture(scope="module")
def shop(sales):
    return sales.parent / "all.parquet"


def called(*arguments):
    assert main([str(argument) for argument in arguments]) == 0


def a_snapshot(shop, folder, *options):
    out = folder / "snapshot.json"
    called("snapshot", shop, *TERMS, *MODEL, "--dated", "2025-01-02", *options, "--out", out)
    return json.loads(out.read_text("utf-8"))


def a_list(occasion, shop, folder, *options):
    out = folder / "list.csv"
    called("list", occasion, shop, *TERMS, *MODEL, *options, "--out", out)
    return pd.read_csv(out)


def a_report(shop, folder, *options):
    """The cells of a workbook, by sheet."""
    out = folder / "report.xlsx"
    called("report", shop, *TERMS, *MODEL, "--dated", "2025-01-02", *options, "--out", out)
    sheets = load_workbook(out)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets}


def test_a_snapshot_is_the_same(shop, tmp_path, engine):
    assert differences(a_snapshot(shop, tmp_path), a_snapshot(shop, tmp_path, *engine)) == []


def test_what_changed_since_is_the_same(shop, tmp_path, engine):
    kept, out = tmp_path / "june.json", tmp_path / "since.json"
    until = [*TERMS[:2], "--until"]
    called("snapshot", shop, *until, "2024-06-30", *MODEL, "--out", kept)
    found = []
    for options in ([], engine):
        called("since", kept, shop, *until, "2024-12-31", *options, "--json", out)
        found.append(json.loads(out.read_text("utf-8")))
    assert found[0]["forecast"]
    assert differences(*found) == []


@pytest.mark.parametrize("occasion", LISTED)
def test_a_list_is_the_same(shop, tmp_path, occasion):
    _assert_same_list(occasion, shop, tmp_path, ["--engine", "duckdb"])


def test_a_list_is_the_same_by_every_engine(shop, tmp_path, engine):
    _assert_same_list("win-back", shop, tmp_path, engine)


def _assert_same_list(occasion, shop, tmp_path, engine):
    here, there = (a_list(occasion, shop, tmp_path, *options) for options in ([], engine))
    assert len(here) > 0
    pd.testing.assert_frame_equal(here, there, rtol=1e-9, atol=1e-9)


@pytest.mark.filterwarnings("ignore:Sparkline Group")  # which this reader does not know
def test_a_report_is_the_same(shop, tmp_path, engine):
    told = ["--sections", ",".join(section for section in SECTIONS if section != "data")]
    here, there = (a_report(shop, tmp_path, *told, *options) for options in ([], engine))
    assert len(here) > len(SECTIONS) / 2
    assert differences(here, there) == []


too_many = pytest.mark.usefixtures("_too_many")


@pytest.fixture
def _too_many(monkeypatch):
    """As if the sample shop's customers were too many to be told one by one."""
    monkeypatch.setattr(study_module, "MOST_ONE_BY_ONE", 100)


@too_many
def test_a_snapshot_of_too_many_customers_has_every_figure_and_says_so(shop, tmp_path, capsys):
    here = a_snapshot(shop, tmp_path)
    capsys.readouterr()
    there = a_snapshot(shop, tmp_path, "--engine", "duckdb")
    sealed, exact = there.pop("sealed"), here.pop("sealed")
    assert differences(here, there) == []
    for one, other in zip(exact, sealed, strict=True):
        for name in ("purchases", "revenue"):
            assert other[name]["value"] == pytest.approx(one[name]["value"], rel=1e-3)
    assert "customers alike" in capsys.readouterr().err


@too_many
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_on_too_many_customers_says_what_it_rests_on(shop, tmp_path, capsys, language):
    told = ["--sections", "customers,dropoff,lifetime_value,data", "--language", language]
    here = a_report(shop, tmp_path, *told)
    capsys.readouterr()
    there, words = a_report(shop, tmp_path, *told, "--engine", "duckdb"), Words(language)
    alike = words.warning(DataWarning("customers_alike", {"customers": 4800, "most": 100, "days": 1}))
    assert alike in capsys.readouterr().err
    assert here.keys() == there.keys()
    sheet = words.say("customers.page")
    assert [row[:2] for row in there[sheet]] == [row[:2] for row in here[sheet]]
    stakes = [[row[2] for row in told[sheet] if isinstance(row[2], float)] for told in (here, there)]
    assert stakes[1] == pytest.approx(stakes[0], rel=1e-3)
    assert any(alike in str(cell) for row in there[words.say("data.page")] for cell in row)


@too_many
@pytest.mark.parametrize("occasion", LISTED)
def test_of_too_many_customers_a_list_names_the_best(shop, tmp_path, occasion, capsys):
    here = a_list(occasion, shop, tmp_path, "--contacts", "50")
    said = capsys.readouterr().err
    there = a_list(occasion, shop, tmp_path, "--contacts", "50", "--engine", "duckdb")
    by_name = [table.set_index("customer_id").sort_index() for table in (here, there)]
    assert by_name[0].index.equals(by_name[1].index)
    pd.testing.assert_series_equal(by_name[0]["stake"], by_name[1]["stake"], rtol=1e-3)
    pd.testing.assert_frame_equal(*(table[["orders", "waited", "overdue"]] for table in by_name))
    assert [line for line in said.splitlines() if "left out" in line] == [
        line for line in capsys.readouterr().err.splitlines() if "more left out" in line
    ]


@too_many
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_too_many_is_refused_before_it_is_written(shop, tmp_path, capsys, language):
    out = tmp_path / "list.csv"
    call = ["list", "loyalty", str(shop), *TERMS, *MODEL, "--engine", "duckdb", "--language", language]
    assert main([*call, "--out", str(out)]) == 2
    assert "--contacts" in capsys.readouterr().err.splitlines()[-1]
    assert not out.exists()
