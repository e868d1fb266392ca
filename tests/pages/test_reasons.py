"""Why a column was taken: said with what the next best would give, and changed by one press."""

import pytest

from retention.text import LANGUAGES
from tests.pages.visit import Visit

ROWS = [
    "SalesOrderID,OrderDate,CustomerID,SubTotal,TotalDue",
    "43659,2023-01-05,11000,10.00,11.50",
    "43660,2023-02-06,11001,20.00,23.00",
    "43661,2023-03-07,11000,30.00,34.25",
    "43662,2023-03-09,11002,40.00,46.00",
]
FILE = "\n".join(ROWS).encode()


def texts(visit):
    return [text.value for text in visit.app.main.markdown]


def line(visit, column):
    return next(text for text in texts(visit) if column in text and ":**" in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_runner_up_stands_beside_what_was_taken(language):
    visit = Visit(language).upload("sales.csv", FILE)
    assert visit.failures == []
    said = line(visit, "TotalDue")
    assert "SubTotal" in said
    assert "115" in said  # 114.75, as money of this size is read
    assert "100" in said


def test_one_press_takes_the_other_and_the_next_goes_back():
    visit = Visit("en").upload("sales.csv", FILE)
    visit.app.button(key="take_amount").click().run()
    assert visit.app.session_state["map_amount"] == "SubTotal"
    assert "as you chose" in line(visit, "SubTotal")
    assert visit.says("data.basis.amount", column="SubTotal")
    visit.app.button(key="take_amount").click().run()
    assert visit.app.session_state["map_amount"] == "TotalDue"


def test_one_press_does_without_an_orders_number_and_the_next_takes_it_back():
    visit = Visit("en").upload("sales.csv", FILE)
    assert "4 orders; one a day for each customer would make 4" in line(visit, "SalesOrderID")
    visit.app.button(key="take_order").click().run()
    assert visit.app.session_state["map_order"] is None
    assert visit.failures == []
    visit.app.button(key="take_order").click().run()
    assert visit.app.session_state["map_order"] == "SalesOrderID"


def test_words_of_a_status_nobody_knows_are_asked_about():
    rows = ["Order,Customer,Date,Status,Total", "1,a,2024-01-05,Paid,10.5", "2,b,2024-01-06,Parked,20.5"]
    visit = Visit("en").upload("sales.csv", "\n".join([*rows, "3,a,2024-02-06,Paid,30.5"]).encode())
    assert visit.app.multiselect(key="map_no_sale").options == ["Parked"]
    visit.app.multiselect(key="map_no_sale").select("Parked").run()
    assert visit.failures == []
    assert any("**2** orders" in text for text in texts(visit))
    visit.app.selectbox(key="map_status").set_value(None).run()
    assert visit.app.session_state["map_no_sale"] == []
