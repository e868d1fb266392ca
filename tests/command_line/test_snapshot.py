"""`snapshot` and `since` at a terminal: what they write and say, and what they refuse."""

import json

import pytest

from retention.__main__ import main
from retention.snapshot import load


def sales(path, months, extra=0):
    """Two hundred customers, most of whom buy every month; in May and June half as many do."""
    rows = [
        f"c{customer};{1 + customer % 28:02d}/{month:02d}/2024;{10 + customer + extra},50"
        for customer in range(200)
        for month in range(1, months + 1)
        if (customer * month) % 5 != 1 and (month < 5 or customer % 2 == 0)
    ]
    path.write_text("\n".join(["cliente;data;importo", *rows]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Sales up to April and up to June, and the snapshot of April."""
    folder = tmp_path_factory.mktemp("since")
    early, late = sales(folder / "aprile.csv", 4), sales(folder / "giugno.csv", 6)
    out = folder / "april.json"
    call = ["snapshot", str(early), "--until", "2024-04-30", "--dated", "2024-05-02", "--out", str(out)]
    assert main(call) == 0
    return out, early, late


def test_it_is_kept_under_the_name_of_the_file(files):
    kept = load(files[0].read_bytes())
    assert (kept.name, kept.made.isoformat(), kept.end.isoformat()) == (
        "aprile.csv",
        "2024-05-02",
        "2024-04-30",
    )
    assert kept.past.customers == 200


def test_the_same_call_keeps_the_same(files, tmp_path):
    out = tmp_path / "again.json"
    call = ["snapshot", str(files[1]), "--until", "2024-04-30", "--dated", "2024-05-02", "--out", str(out)]
    assert main(call) == 0
    assert out.read_bytes() == files[0].read_bytes()


def test_what_changed_is_said_and_written(files, tmp_path, capsys):
    out = tmp_path / "since.json"
    assert main(["since", str(files[0]), str(files[2]), "--until", "2024-06-30", "--json", str(out)]) == 0
    said = capsys.readouterr().err
    assert "Fewer orders: " in said
    assert "Compared: May 2024 – Jun 2024 with Mar 2024 – Apr 2024" in said
    assert "**" not in said
    found = json.loads(out.read_text(encoding="utf-8"))
    assert set(found) == {"snapshot", "end", "past", "compared", "forecast", "sentences"}
    assert found["sentences"] == said.splitlines()
    assert found["past"]["same"] is True
    assert found["compared"]["against"] == "before"
    orders = next(each for each in found["compared"]["figures"] if each["figure"] == "orders")
    assert orders["real"]
    assert orders["value"] < orders["other"]


def test_in_italian_on_standard_output(files, capsys):
    call = ["since", str(files[0]), str(files[2]), "--until", "2024-06-30", "--language", "it"]
    assert main(call) == 0
    shown = capsys.readouterr()
    assert "Meno ordini: " in shown.err
    assert json.loads(shown.out)["end"] == "2024-06-30"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["{kept}", "{early}"], "Load newer sales"),
        (["{early}", "{late}"], "This is no snapshot: it is not JSON"),
        (["{kept}.gone", "{late}"], "cannot be opened"),
        (["{kept}", "sample:cdnow"], "error: "),
        (["{kept}"], "FILE"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_a_line(given, said, files, capsys):
    named = dict(zip(("kept", "early", "late"), files, strict=True))
    assert main(["since", *(each.format(**named) for each in given)]) == 2
    error = capsys.readouterr().err.splitlines()[-1]
    assert error.startswith("error: ")
    assert said in error


def test_another_shop_is_refused(files, tmp_path, capsys):
    other = sales(tmp_path / "other.csv", 6, extra=5)
    assert main(["since", str(files[0]), str(other), "--until", "2024-06-30"]) == 2
    assert "of another file" in capsys.readouterr().err
