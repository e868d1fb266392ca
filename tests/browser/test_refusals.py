"""What cannot be read, or should not have happened."""

from __future__ import annotations

import os
import zlib

import pytest
from playwright.sync_api import expect

from retention.text import Words
from tests.browser.servers import Server, uvicorn_options
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
SALES = (
    b"customer,date,amount\nmario,2024-01-01,10\nanna,2024-01-20,5\nmario,2024-02-28,7\nanna,2024-03-31,8\n"
)
ZIP_HEAD = b"PK\x03\x04\x14\x00\x00\x00\x08\x00"
REFUSED = {
    "a PDF as text": ("sales.csv", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "not_a_spreadsheet"),
    "a picture as a workbook": ("sales.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "not_a_spreadsheet"),
    "the beginning of a workbook": ("sales.xlsx", ZIP_HEAD + zlib.compress(os.urandom(4000)), "broken_file"),
    "nothing": ("sales.csv", b"", "empty_file"),
    "headings alone": ("sales.csv", b"customer,date,amount\n", "no_rows"),
}


def test_files_that_are_no_sales_are_refused_in_a_sentence(visitor):
    visitor.open()
    for name, content, code in REFUSED.values():
        visitor.upload(name, content)
        start = visitor.words.say(f"error.{code}", name=name, kind="pdf").split(":")[0]
        expect(visitor.errors).to_have_count(1)
        expect(visitor.errors).to_contain_text(start)
        visitor.rested()
    visitor.upload("sales.csv", SALES).sees("sales.csv", where=visitor.sidebar)
    expect(visitor.errors).to_have_count(0)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>.csv",
        "[a](https:--evil.example) ![b](c) *d* `e` $f$ :red[g] :smile:.csv",
        "www.evil.example.csv",
        "me@evil.example.csv",
        "R&amp;D &copy;.csv",
    ],
)
def test_the_name_of_a_file_is_shown_as_it_is(visitor, name):
    visitor.open().upload(name, SALES).sees(visitor.words.say("data.change")).rested()
    shown = visitor.sidebar.locator("strong").filter(has_text=".csv")
    assert shown.inner_text().replace("\u2060", "") == name
    assert shown.locator("a, img, em, code, b").count() == 0


def test_a_failure_of_our_own_is_a_sentence_and_the_log_names_no_customer(browser, tmp_path):
    (tmp_path / "broken.py").write_text(
        "from app import app\n"
        "from retention.ui.cohorts import returning\n"
        "def fail(*_): raise RuntimeError('could not read Mario Rossi, via Roma 1')\n"
        "returning.headline = fail\n",
        encoding="utf-8",
    )
    module = ("uvicorn", "broken:app", "--app-dir", str(tmp_path))
    with Server(tmp_path / "log.txt", module, uvicorn_options) as broken:
        with visiting(browser, broken) as somebody:
            somebody.open("cohorts", sample="shop")
            somebody.sees(Words("en").say("error.unexpected"))
            expect(somebody.main).not_to_contain_text("Rossi")
            expect(somebody.main).not_to_contain_text("RuntimeError")
            expect(somebody.main.locator("a[href*='google'], a[href*='chatgpt']")).to_have_count(0)
            expect(somebody.go("simulator").errors).to_have_count(0)
        assert "RuntimeError" in broken.log
        assert "cohorts.py" in broken.log
        assert "Rossi" not in broken.log
