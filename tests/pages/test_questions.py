"""What a file leaves open is asked once, in words, before any figure; what it tells is not asked."""

from datetime import date

import pytest

from retention.text import LANGUAGES
from tests.pages.visit import PAGES, ROWS, Visit, csv

# Every day is at most 12: 3 January or 1 March. Read month first, the data ends on 3 December, else 12 March.
OPEN = (("a", "01/03/2024", 10), ("b", "02/03/2024", 40), ("a", "12/03/2024", 20), ("b", "03/03/2024", 5))
TOLD = (*OPEN, ("a", "25/03/2024", 7))
THOUSANDS = (("a", "2024-01-03", "1.250"), ("b", "2024-02-03", "2.500"))


def upload(rows, language="en"):
    return Visit(language).upload("sales.csv", csv(rows))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_open_order_of_day_and_month_is_asked_before_any_figure(language):
    visit = upload(OPEN, language)
    assert visit.failures == visit.errors == []
    assert visit.headline == visit.words.say("question.date_order", column="date")
    assert visit.links == []
    for page in PAGES[1:]:
        visit.open(page)
        assert visit.says("question.open")
        assert visit.charts == []


@pytest.mark.parametrize(("answer", "last"), [("day_first", "12 Mar 2024"), ("month_first", "3 Dec 2024")])
def test_the_answer_is_how_the_dates_are_read(answer, last):
    visit = upload(OPEN).set("map_dates", answer)
    assert visit.failures == []
    assert not visit.says("question.date_order", column="date")
    assert any(f"– {last}." in text for text in visit.texts)
    assert visit.app.get_by_key("map_dates").value == answer
    assert visit.open("cohorts").failures == []
    assert visit.frames
    assert visit.open("data").app.session_state["map_dates"] == answer


def test_both_readings_are_shown_with_what_they_would_mean():
    visit = upload(OPEN)
    for meant in (date(2024, 1, 3), date(2024, 3, 1)):
        assert visit.says("question.date_order.example", text="01/03/2024", value=meant)


def test_what_one_row_tells_is_not_asked():
    visit = upload(TOLD)
    assert not visit.says("question.date_order", column="date")
    assert visit.open("cohorts").frames


def test_an_open_decimal_sign_is_asked_with_both_totals():
    visit = upload(THOUSANDS)
    assert visit.headline == visit.words.say("question.decimal", column="amount")
    for total in (3.75, 3750.0):
        assert visit.says("question.decimal.meaning", total=total)
    visit.set("map_decimal", ",")
    assert not visit.says("question.decimal", column="amount")
    assert visit.purchases() == 3750


def test_amounts_that_may_be_in_cents_are_asked_about():
    rows = [(customer, day, 100 * total, "eur") for customer, day, total in ROWS]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "currency")))
    assert visit.says("question.cents", column="amount")
    visit.set("map_cents", "cents")
    assert not visit.says("question.cents", column="amount")
    value = visit.words.heading("amount")
    assert (
        next(frame for frame in visit.frames if visit.words.heading("orders_made") in frame)[value][0] == 365
    )


def test_another_column_asks_its_own_question():
    rows = [(*row, "2024-05-0" + str(i + 1)) for i, row in enumerate(OPEN)]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "shipped")))
    visit.set("map_date", "shipped")
    assert not visit.says("question.date_order", column="date")
    visit.set("map_date", "date")
    assert visit.says("question.date_order", column="date")


def test_several_currencies_are_refused_until_one_is_chosen():
    rows = [(*row, "EUR" if i % 2 else "USD") for i, row in enumerate(ROWS)]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "currency")))
    assert len(visit.errors) == 1
    assert "USD" in visit.errors[0]
    visit.set("keep_currency", "EUR")
    assert visit.errors == visit.failures == []
    assert visit.rows()[visit.words.say("account.used")] == 4
    assert visit.rows()[visit.words.say("account.reason.other_currency")] == 5
    assert "€" in " ".join(visit.open("simulator").metrics.values())


def test_a_total_repeated_on_every_line_of_an_order_is_asked_about():
    lines = [
        (f"o{n}", customer, day, total, item)
        for n, (customer, day, total) in enumerate(ROWS)
        for item in ("pen", "ink")
    ]
    heads = ("order", "customer", "date", "amount", "item")
    visit = Visit("en").upload("sales.csv", csv(lines, heads))
    assert visit.says("question.amount_once", column="amount")
    visit.set("map_once", "order")
    value = visit.words.heading("amount")
    assert (
        next(frame for frame in visit.frames if visit.words.heading("orders_made") in frame)[value][0] == 365
    )
