"""`report` at a terminal: what it writes, by its ending, and what it refuses."""

import io

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from retention.__main__ import main
from retention.command_line.report import write_report
from retention.story import SECTIONS
from tests.report.test_brand import picture

FEW = "--sections=cohorts,data"


@pytest.fixture(scope="module")
def sales(tmp_path_factory):
    """A year of a small shop."""
    path = tmp_path_factory.mktemp("sales") / "vendite=1.csv"
    rows = ["cliente;data;importo"]
    for customer in range(60):
        months = (month for month in range(1, 13) if (customer * month) % 5 != 1)
        day, amount = 1 + customer % 28, 10 + customer
        rows += [f"c{customer};{day:02d}/{month:02d}/2024;{amount},50" for month in months]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["html", "xlsx", "pptx"])
def test_the_same_call_writes_the_same_file(ending, sales, tmp_path):
    out = [tmp_path / f"{name}.{ending}" for name in "ab"]
    for path in out:
        assert main(["report", str(sales), FEW, "--dated", "2025-01-10", "--out", str(path)]) == 0
    assert out[0].read_bytes() == out[1].read_bytes()


def test_slides_in_italian_with_a_name_and_a_colour(sales, tmp_path):
    out, logo = tmp_path / "r.PPTX", tmp_path / "logo.png"
    logo.write_bytes(picture())
    call = ["report", str(sales), FEW, "--language", "it", "--name", "Bottega Rossi", "--colour", "#b03a2e"]
    assert main([*call, "--logo", str(logo), "--dated", "2025-01-10", "--out", str(out)]) == 0
    shown = Presentation(io.BytesIO(out.read_bytes()))
    texts = [shape.text_frame.text for shape in shown.slides[0].shapes if shape.has_text_frame]
    assert "Bottega Rossi" in texts
    assert any("10 gen 2025" in text for text in texts)
    assert len(shown.slides) == 3


def test_a_workbook_holds_the_sections_asked_for(sales, tmp_path):
    out = tmp_path / "r.xlsx"
    assert main(["report", str(sales), "--sections", "data", "--out", str(out)]) == 0
    assert "Data" in load_workbook(out).sheetnames


def test_what_cannot_be_said_is_said_at_the_terminal(sales, tmp_path, capsys):
    out = tmp_path / "r.html"
    assert main(["report", str(sales), "--sections", "acquisition,data", "--out", str(out)]) == 0
    assert "warning: Win or keep: There is no marketing spend" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--out", "r.pdf"], "end it with .html, .xlsx or .pptx"),
        (["--out", "r"], "end it with .html, .xlsx or .pptx"),
        (["--out", "r.html", "--sections", "cohorts,nonsense"], "no part “nonsense”"),
        (["--out", "r.html", "--colour", "red"], "“red” is no colour"),
        (["--out", "r.html", "--engine", "duckdb", "--duplicates", "drop"], "--duplicates drop"),
        (["--out", "r.html", "--margin", "7"], "margin"),
        (["--out", "no/such/folder/r.html", FEW], "no/such/folder/r.html"),
        ([], "--out"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_line(given, said, sales, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(sales), *given]) == 2
    error = capsys.readouterr().err
    assert error.splitlines()[-1].startswith("error: ")
    assert said in error
    assert list(tmp_path.iterdir()) == []


def test_a_logo_that_is_none_is_refused(sales, tmp_path, capsys):
    out = tmp_path / "r.html"
    assert main(["report", str(sales), "--logo", str(sales), "--out", str(out)]) == 2
    assert "cannot be used: give a PNG or JPEG" in capsys.readouterr().err
    assert not out.exists()


def test_its_help_names_every_section():
    (option,) = [each for each in write_report.params if each.name == "sections"]
    assert all(section in option.help for section in SECTIONS)


def test_revenue_that_is_called_profit_is_told(sales, tmp_path, capsys):
    """Without a margin every sum of profit is revenue: a reader must not take it for more."""
    call = ["report", str(sales), "--sections", "data", "--out", str(tmp_path / "a.html")]
    for margin, told in (([], 1), (["--margin", "0.3"], 0)):
        assert main([*call, *margin]) == 0
        assert capsys.readouterr().err.count("--margin 0.3") == told
