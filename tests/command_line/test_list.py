"""`list`: a file of whom to write to, and what is refused."""

import hashlib

import pandas as pd
import pytest

from retention.__main__ import main
from retention.lists import OCCASIONS, TOOLS, for_tool
from retention.report.call_list import KEPT

MODEL = ["--model", "mbg-nbd", "--season", "off", "--regularity", "1"]


def run(tmp_path, occasion, *options, file="sample:shop"):
    out = tmp_path / "list.csv"
    code = main(["list", occasion, str(file), *MODEL, *options, "--out", str(out)])
    return code, pd.read_csv(out) if out.exists() else None


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_writes_a_list(tmp_path, capsys, occasion):
    code, table = run(tmp_path, occasion.replace("_", "-"), "--contacts", "30")
    assert code == 0
    assert table.columns.tolist() == KEPT
    assert 0 < len(table) <= 30
    assert (table["occasion"] == occasion).all()
    assert table["reason"].str.len().gt(10).all()
    assert (table["group"] == "hold_back").sum() == round(0.2 * len(table))
    assert (table["date"] == "2024-12-31").all()
    said = capsys.readouterr().err
    assert f"{len(table)} customers" in said
    assert "drawn at random" in said


def test_a_budget_cuts_it_and_the_rest_is_said(tmp_path, capsys):
    code, table = run(tmp_path, "win-back", "--budget", "20", "--cost-per-contact", "1.5", "--hold-back", "0")
    assert (code, len(table)) == (0, 13)
    assert (table["group"] == "contact").all()
    said = capsys.readouterr().err
    assert "more left out" in said
    assert "Writing to all costs €19.50" in said
    assert "No control group" in said
    everybody = run(tmp_path, "win-back")[1]
    assert table["customer_id"].tolist() == everybody["customer_id"].tolist()[:13]


def test_the_same_seed_draws_the_same_people(tmp_path):
    one = run(tmp_path, "loyalty", "--seed", "7")[1]
    assert one.equals(run(tmp_path, "loyalty", "--seed", "7")[1])
    assert not one["group"].equals(run(tmp_path, "loyalty", "--seed", "8")[1]["group"])


def test_the_list_is_written_for_the_reader_s_spreadsheet(tmp_path):
    english = run(tmp_path, "win-back")[1]
    run(tmp_path, "win-back", "--language", "it")
    italian = pd.read_csv(tmp_path / "list.csv", sep=";", decimal=",")
    assert italian.columns.tolist() == KEPT
    assert italian["reason"].str.startswith("Di solito").all()
    assert italian["stake"].tolist() == pytest.approx(english["stake"].tolist())
    assert (tmp_path / "list.csv").read_bytes().startswith("\ufeff".encode())


def test_a_mail_tool_gets_only_who_is_written_to(tmp_path):
    code, table = run(tmp_path, "win-back", "--contacts", "20", "--for", "brevo")
    sent = pd.read_csv(tmp_path / "list-brevo.csv")
    assert code == 0
    assert sent["EXT_ID"].tolist() == table.loc[table["group"] == "contact", "customer_id"].tolist()
    assert "GROUP" not in sent
    assert sent["DATE"].str.fullmatch(r"\d{4}-\d\d-\d\d").all()


def test_a_tool_that_needs_addresses_says_so_and_nothing_is_written(tmp_path, capsys):
    code, table = run(tmp_path, "win-back", "--for", "klaviyo")
    assert (code, table) == (2, None)
    said = capsys.readouterr().err
    assert "Klaviyo knows customers by their e-mail address" in said


@pytest.mark.parametrize(
    "options", [["--budget", "20"], ["--contacts", "0"], ["--hold-back", "100"], ["--for", "pigeon"]]
)
def test_what_makes_no_sense_is_refused_in_one_line(tmp_path, capsys, options):
    assert run(tmp_path, "loyalty", *options)[0] == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_a_file_no_model_fits_is_refused(tmp_path, capsys):
    file = tmp_path / "few.csv"
    file.write_text("customer,date,amount\na,2024-01-02,5\nb,2024-03-02,5\n", encoding="utf-8")
    assert run(tmp_path, "loyalty", file=file)[0] == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_no_cell_is_run_as_a_formula(tmp_path):
    rows = ["customer,date,amount"]
    for n in range(60):
        for visit in range(1 + n % 5):
            day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=2 * n + 30 * visit)
            rows.append(f'=HYPERLINK("x{n}"),{day:%Y-%m-%d},{10 + n % 7}')
    file = tmp_path / "orders.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    code, table = run(tmp_path, "loyalty", file=file)
    assert code == 0
    assert table["customer_id"].str.startswith("'=").all()


LIST = pd.DataFrame(
    {
        "customer_id": [" Anna@Example.com", "bo@example.com", "cy@example.com"],
        "group": ["contact", "hold_back", "contact"],
        "stake": [3.0, 2.0, 1.0],
    }
)
HEADINGS = {
    "klaviyo": "Email Address",
    "mailchimp": "Email Address",
    "brevo": "EMAIL",
    "hubspot": "Email",
    "activecampaign": "Email",
    "ads": "Email",
}


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_finds_the_address_under_its_heading(tool):
    found = for_tool(LIST, tool)
    assert found.columns[0] == HEADINGS[tool]
    assert len(found) == 2
    if tool == "ads":
        assert found["Email"][0] == hashlib.sha256(b"anna@example.com").hexdigest()
        assert found.columns.tolist() == ["Email"]
    else:
        assert found.iloc[0, 0] == "Anna@Example.com"
        assert found.iloc[:, 1].tolist() == [3.0, 1.0]
