"""What the visitor decides on the Data page changes the figures on every other."""

from datetime import date

import pytest

from tests.pages.visit import ROWS, Visit, csv


def account(visit, name):
    return visit.rows()[visit.words.say(f"account.{name}")]


def test_zero_orders_kept_are_the_published_cdnow_customers():
    visit = Visit("it", sample="cdnow")
    assert visit.says("account.without_purchase", n=8)
    assert any("2.349" in text for text in visit.formatted)
    visit.set("keep_zero", True)
    assert not visit.says("account.without_purchase", n=8)
    assert any("2.357" in text for text in visit.formatted)


def test_the_end_of_the_data_leaves_later_rows_out():
    visit = Visit("en").upload("sales.csv", csv(ROWS)).set("until", date(2024, 2, 29))
    assert visit.failures == visit.errors == []
    assert account(visit, "purchases") == 6
    assert account(visit, "after_until") == 3
    told = visit.open("simulator").formatted
    assert any("from 66.7% to" in text for text in told)  # January to February alone: a and d of a, b, d
    assert " 67 " in visit.open("cohorts").headline


def test_an_end_before_the_first_row_is_an_error_in_a_sentence():
    visit = Visit("en").upload("sales.csv", csv(ROWS)).set("until", date(2023, 12, 31))
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert visit.open("cohorts").failures == []
    assert len(visit.errors) == 1


@pytest.mark.parametrize(
    "sample",
    ["cdnow", "shop"],
)
def test_an_end_can_be_chosen_wherever_the_data_lies(sample, samples):
    calendar = Visit("en", sample=sample).app.get_by_key("until").proto
    days = samples[sample][1].orders.window
    assert date.fromisoformat(calendar.min) <= days.first
    assert days.last <= date.fromisoformat(calendar.max)


def test_exact_duplicates_are_dropped_on_request():
    visit = Visit("en").upload("sales.csv", csv([*ROWS, ROWS[-1]]))
    assert visit.says("check.duplicates.found", n=1, rows=1, across_files=0)
    before = account(visit, "used")
    assert visit.set("drop_duplicates", True).failures == []
    assert account(visit, "used") == before - 1


def test_another_column_for_the_amount_changes_the_figures():
    rows = [(*row, row[2] * 10) for row in ROWS]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "other")))
    visit.open("simulator")
    named = {"horizon": visit.words.say("value.periods.year", n=3)}
    before = visit.metric("simulator.profit_before", **named)
    visit.open("data").set("map_amount", "other")
    visit.open("simulator")
    after = visit.metric("simulator.profit_before", **named)
    assert float(after.replace(",", "")) > 9 * float(before.replace(",", ""))


def test_another_column_for_the_customer_changes_who_comes_back():
    rows = [(*row, f"{row[0]}{i}") for i, row in enumerate(ROWS)]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "order")))
    assert " 75 " in visit.open("cohorts").headline
    visit.open("data").set("map_customer", "order")
    assert " 0 " in visit.open("cohorts").headline


def test_the_order_of_day_and_month_changes_when_it_was():
    rows = [
        ("a", "01/02/2024", 10),
        ("b", "03/02/2024", 10),
        ("a", "05/03/2024", 10),
        ("b", "06/04/2024", 10),
    ]
    visit = Visit("en").upload("sales.csv", csv(rows))
    for order, first in {"day_first": "1 Feb 2024", "month_first": "2 Jan 2024"}.items():
        visit.set("map_dates", order)
        assert any(first in text for text in visit.formatted)


def test_a_new_file_starts_with_its_own_options():
    visit = Visit("en", sample="cdnow").set("keep_zero", True).upload("sales.csv", csv(ROWS))
    assert visit.app.session_state["keep_zero"] is False
    assert visit.app.session_state["until"] is None
