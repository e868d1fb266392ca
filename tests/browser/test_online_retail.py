"""The Online Retail workbook, uploaded and walked through as an analyst would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from retention.lifetime_value import Variant
from retention.text.model_names import model_name
from tests.browser.visitor import visiting
from tests.conftest import WORKBOOK

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def analyst(browser, server):
    """Somebody who has uploaded the workbook."""
    if not WORKBOOK.exists():
        pytest.skip(f"the Online Retail workbook is not at {WORKBOOK.name} beside the project")
    with visiting(browser, server) as somebody:
        somebody.open()
        somebody.main.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(WORKBOOK)
        somebody.sees("541,909")
        yield somebody.rested()


def test_the_file_is_understood(analyst):
    analyst.go("data").unfold("account.title")
    for figure in ("541,909", "18,532", "4,338", "1 Dec 2010", "9 Dec 2011"):
        analyst.sees(figure)
    # Rows set aside, and refunds
    for table, figure in ((-2, "135,?080"), (-1, "3,?654")):
        expect(analyst.cells(table).filter(has_text=re.compile(f"^{figure}$"))).to_have_count(1)
    analyst.sees("4,338", where=analyst.sidebar)


def test_the_heatmap_shows_the_first_cohort_and_who_came_back(analyst):
    analyst.go("cohorts")
    expect(analyst.headline).to_contain_text(" 24 ")  # 940 of 3,974
    texts = analyst.drawn()
    expect(texts.get_by_text("885", exact=True)).to_have_count(1)
    cell = texts.get_by_text("36.6%", exact=True)
    expect(cell).to_have_count(1)
    row = texts.get_by_text("Dec 2010 *", exact=True)
    assert cell.bounding_box()["y"] == pytest.approx(row.bounding_box()["y"], abs=8)
    cell.hover()
    said = analyst.tab.locator("#vg-tooltip-element")
    for figure in ("885", "Dec 2010", "324", "Jan 2011", "36.6%"):
        expect(said).to_contain_text(figure)


def test_a_click_on_a_cell_shows_the_customers_behind_it(analyst):
    analyst.go("cohorts")
    analyst.drawn().get_by_text("36.6%", exact=True).click()
    analyst.sees("324 customers bought")


def test_an_incomplete_month_is_told_apart(analyst):
    analyst.go("cohorts")
    analyst.drawn().get_by_text("11.1%", exact=True).hover()  # 36 of 323, December being cut off on the 9th
    said = analyst.tab.locator("#vg-tooltip-element")
    expect(said).to_contain_text("Nov 2011")
    expect(said).to_contain_text(analyst.words.say("chart.incomplete"))


def test_what_if_starts_from_the_measured_retention(analyst):
    analyst.go("simulator")
    analyst.sees("from 75.6% to 80.6%")  # 8,142 of 10,775, with those who come back later
    analyst.unfold("simulator.rests").sees("11 ")  # transitions between complete months
    analyst.unfold("simulator.advanced")
    textbook = analyst.words.say("setting.footing.constant")  # which missed the last half year by a third
    expect(analyst.button("footing", textbook)).to_have_count(0)


def test_a_sheet_of_spend_gives_the_cost_of_a_customer(analyst):
    analyst.go("acquisition")
    analyst.sees(analyst.words.say("acquisition.no_spend"))
    analyst.upload("spend.csv", b"month,channel,amount,purpose\n2011-11,Ads,3230,acquisition\n")
    expect(analyst.metric("acquisition.cac")).to_have_text("10.00")  # 323 won in November


def test_lifetime_value_knows_that_customers_buy_regularly_and_leave(analyst):
    analyst.go("lifetime_value")
    expect(analyst.headline).to_contain_text("4,338")
    expect(analyst.main).not_to_contain_text(analyst.words.say("warning.no_dropout_visible"))
    model = model_name(Variant("mbg_nbd", 2, season=True), analyst.words)
    analyst.sees(analyst.words.say("lifetime_value.customers.model", model=model))


def test_every_page_was_seen_without_an_error(analyst):
    expect(analyst.errors).to_have_count(0)
