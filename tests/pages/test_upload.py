"""A file of one's own: what cannot be read is said, what was loaded stays, columns can be mended."""

import io
import zipfile

import openpyxl
import pytest

from retention.text import LANGUAGES
from tests.pages.sentences import said_by
from tests.pages.visit import PAGES, ROWS, Visit, csv

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def archive():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("picture.png", PNG)
    return content.getvalue()


def workbook(rows):
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


NOT_SALES = {
    "a PDF": ("sales.csv", PDF, "not_a_spreadsheet"),
    "a picture": ("sales.xlsx", PNG, "not_a_spreadsheet"),
    "an archive": ("sales.xlsx", archive(), "not_a_spreadsheet"),
    "a web page": ("sales.csv", b"<!doctype html><html><body>Log in</body></html>", "not_a_spreadsheet"),
    "nothing": ("sales.csv", b"", "empty_file"),
    "blanks": ("sales.csv", b"\n \n\n", "empty_file"),
    "headings alone": ("sales.csv", b"customer,date,amount\n", "no_rows"),
    "headings alone in a workbook": ("sales.xlsx", workbook([["customer", "date", "amount"]]), "no_rows"),
    "half a workbook": ("sales.xlsx", workbook(ROWS)[:2000], "broken_file"),
}


@pytest.fixture(params=NOT_SALES)
def not_sales(request):
    return NOT_SALES[request.param]


def test_what_is_no_table_of_sales_is_said_in_a_sentence(not_sales):
    name, content, code = not_sales
    visit = Visit("en").upload(name, content)
    for language in LANGUAGES:
        visit.set("language", language)
        assert visit.failures == []
        assert len(visit.errors) == 1
        assert said_by(visit.errors[0], language, "error") == {f"error.{code}"}
        assert name in visit.errors[0]
        assert "source" not in visit.app.session_state


@pytest.fixture(scope="module")
def shop():
    return Visit("en", sample="shop")


def test_what_was_loaded_before_is_still_there(not_sales, shop):
    name, content, _ = not_sales
    before = shop.open("data").headline, shop.rows()
    shop.upload(name, content)
    assert shop.failures == []
    assert len(shop.errors) == 1
    assert (shop.headline, shop.rows()) == before
    assert shop.app.session_state["source"].sample == "shop"
    assert shop.open("cohorts").failures == []
    assert shop.headline


def test_a_file_of_ones_own_gives_figures_worked_by_hand():
    visit = Visit("en").upload("sales.csv", csv(ROWS))
    assert visit.failures == visit.errors == []
    assert visit.rows()[visit.words.say("account.purchases")] == 9
    assert " 75 " in visit.open("cohorts").headline
    told = visit.open("simulator").set("kept", "strict").formatted
    assert any("from 66.7% to" in text for text in told)
    for page in PAGES:
        assert visit.open(page).failures == []


def test_a_workbook_gives_the_same():
    visit = Visit("it").upload("vendite.xlsx", workbook([("customer", "date", "amount"), *ROWS]))
    assert " 75 " in visit.open("cohorts").headline
    told = visit.open("simulator").set("kept", "strict").formatted
    assert any("dal 66,7% al" in text for text in told)


@pytest.fixture
def unknown_headings():
    return csv([(a, b, c, "x") for a, b, c in ROWS], ("zig", "zag", "zog", "zug"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_unknown_headings_says_what_is_missing(language):
    rows = [("one", "two", "three"), ("four", "five", "six")]
    visit = Visit(language).upload("notes.csv", csv(rows, ("zig", "zag", "zog")))
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert visit.words.say("role.customer") in visit.errors[0]
    for page in PAGES[1:]:
        visit.open(page)
        assert visit.failures == []
        assert len(visit.errors) == 1
        assert visit.links == [""]


def test_choosing_the_columns_by_hand_mends_it(unknown_headings):
    visit = Visit("en").upload("sales.csv", unknown_headings)
    for role, column in {"customer": "zig", "date": "zag", "amount": "zog"}.items():
        visit.set(f"map_{role}", column)
    assert visit.failures == visit.errors == []
    assert " 75 " in visit.open("cohorts").headline
    visit.open("data").set("map_customer", None)
    assert len(visit.errors) == 1
    assert visit.failures == []


def test_products_are_counted_and_their_column_is_named():
    rows = [(*row, "pen" if i % 2 else "ink") for i, row in enumerate(ROWS)]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "product")))
    assert visit.says("data.products", n=2, column="product")
    visit.set("map_product", "customer")
    assert visit.says("data.products", n=4, column="customer")


@pytest.mark.parametrize("role", ["customer", "date", "amount", "order", "quantity", "price", "segment"])
def test_any_column_can_be_chosen_for_any_role(role):
    rows = [(*row, "text") for row in ROWS]
    visit = Visit("en").upload("sales.csv", csv(rows, ("who", "when", "paid", "note")))
    for column in ("who", "when", "paid", "note", None):
        assert visit.set(f"map_{role}", column).failures == []
        assert visit.open("cohorts").failures == []
        visit.open("data")


def test_another_file_takes_the_place_of_the_first():
    visit = Visit("en", sample="shop").upload("sales.csv", csv(ROWS))
    assert visit.app.session_state["source"].raw.name == "sales.csv"
    assert " 75 " in visit.open("cohorts").headline
    visit.open("data").press("data.sample.shop")
    assert visit.app.session_state["source"].sample == "shop"
    assert " 75 " not in visit.open("cohorts").headline


def test_a_sample_opens_after_a_file_that_could_not_be_read():
    visit = Visit("en").upload("sales.csv", PDF).press("data.sample.shop")
    assert visit.failures == []
    assert visit.app.session_state["source"].sample == "shop"
    assert visit.open("cohorts").headline
    assert visit.errors == []
