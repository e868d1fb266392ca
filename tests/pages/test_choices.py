"""The choices for a file: kept for files of the same headings, saved to a small file, loaded from it."""

import io
import json

import openpyxl

from retention import ingest
from tests.pages.visit import ROWS, Visit, csv

OTHER = [(*row, row[2] * 10) for row in ROWS]
HEADS = ("customer", "date", "amount", "other")


def workbook(**sheets):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(content)
    return content.getvalue()


def test_a_later_file_with_the_same_headings_is_read_the_same_way():
    visit = Visit("en").upload("january.csv", csv(OTHER, HEADS)).set("map_amount", "other")
    visit.upload("february.csv", csv(OTHER[:4], HEADS))
    assert visit.app.session_state["map_amount"] == "other"
    assert visit.says("data.remembered")
    visit.upload("else.csv", csv(ROWS))
    assert visit.app.session_state["map_amount"] == "amount"
    assert not visit.says("data.remembered")


def test_saved_choices_are_loaded_again():
    visit = Visit("en").upload("sales.csv", csv(OTHER, HEADS)).set("map_amount", "other")
    saved = ingest.dump(ingest.Mapping(customer="customer", date="date", amount="other"))
    assert json.loads(saved)["columns"]["amount"] == "other"
    fresh = Visit("en").upload("sales.csv", csv(OTHER, HEADS)).upload("columns.json", saved.encode(), place=1)
    assert fresh.failures == fresh.errors == []
    assert fresh.purchases() == visit.purchases() == 10 * sum(row[2] for row in ROWS)


def test_a_file_that_holds_no_choices_is_refused_and_changes_nothing():
    visit = Visit("en").upload("sales.csv", csv(OTHER, HEADS))
    for content in (
        b"not json",
        b"[]",
        ingest.dump(ingest.Mapping("nobody", "date", amount="other")).encode(),
    ):
        visit.upload("columns.json", content, place=1)
        assert visit.failures == []
        assert len(visit.errors) == 1
        assert visit.app.session_state["map_amount"] == "amount"


def test_several_files_are_one_and_an_order_in_two_of_them_counts_once():
    heads = ("order", "customer", "date", "amount")
    rows = [(f"o{n}", *row) for n, row in enumerate(ROWS)]
    visit = Visit("en").upload_all([("a.csv", csv(rows[:6], heads)), ("b.csv", csv(rows[4:], heads))])
    assert visit.failures == visit.errors == []
    said = visit.words
    assert visit.rows()[said.say("account.used")] == len(rows)
    assert visit.rows()[said.say("account.overlap")] == 2
    assert visit.says("data.files", n=2, files=["a.csv", "b.csv"])


def test_files_of_another_shape_are_refused_by_name():
    visit = Visit("en").upload_all([("a.csv", csv(ROWS)), ("b.csv", csv(OTHER, HEADS))])
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert "b.csv" in visit.errors[0]
    assert "other" in visit.errors[0]


def test_the_sheet_with_the_sales_is_chosen_and_another_can_be():
    sales = [("customer", "date", "amount"), *ROWS]
    content = workbook(Notes=[["Read me"]], Sales=sales, Archive=[*sales[:3], ("z", "2023-01-01", 5)])
    visit = Visit("en").upload("book.xlsx", content)
    assert visit.app.session_state["source"].raw.sheet == "Sales"
    visit.set("sheet", "Archive")
    assert visit.failures == []
    assert visit.app.session_state["source"].raw.sheet == "Archive"
    assert visit.rows()[visit.words.say("account.used")] == 3
    visit.set("sheet", "Notes")
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert visit.app.session_state["source"].raw.sheet == "Archive"
    assert visit.app.get_by_key("sheet").value == "Archive"


def test_a_known_export_is_named():
    heads = ("ID", "Reference", "New client", "Delivery", "Customer", "Total", "Payment", "Status", "Date")
    rows = [
        (n, f"R{n}", 0, "IT", c, v, "card", "Delivered", f"{d} 10:00:00") for n, (c, d, v) in enumerate(ROWS)
    ]
    visit = Visit("en").upload("orders.csv", csv(rows, heads))
    assert visit.failures == visit.errors == []
    assert visit.says("data.platform", platform="prestashop_orders")
    assert visit.says("warning.customers_by_name_only", platform="prestashop_orders", column="Customer")
