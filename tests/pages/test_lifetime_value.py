"""The Lifetime value page: the base, groups, one customer's story, and what it keeps to itself."""

import re

import pytest

from retention.lifetime_value import Variant
from retention.text.formats import about
from retention.text.model_names import model_name
from tests.pages.sentences import foreign
from tests.pages.visit import ROWS, Visit, csv, unescaped

SEASONAL = Variant("mbg_nbd", 1, season=True)  # what the sample shop shows
STORY, TYPED, SEARCH = "story_customer", "story_typed", "search_customer"


@pytest.fixture(scope="module")
def page():
    visit = Visit("it", sample="shop").open("lifetime_value")
    assert visit.failures == visit.errors == []
    return visit


def table_with(visit, *columns):
    heads = [visit.words.heading(name) for name in columns]
    return next(frame for frame in visit.frames if set(heads) <= set(frame.columns))


def test_everything_is_said_in_the_readers_language(page):
    assert foreign(page.texts, "it", ()) == []


def test_the_sample_shops_season_is_named(page):
    assert any("dicembre" in text and "agosto" in text for text in page.formatted)


def test_cohorts_add_up_to_the_value_to_come(page):
    table = table_with(page, "cohort", "clv", "clv_low", "clv_high")
    total = table[page.words.heading("clv")].sum()
    assert page.metric("lifetime_value.total") == page.words.money(about(total))
    assert table[page.words.heading("customers")].sum() == 4800


def test_the_story_begins_with_the_most_valuable_and_tells_of_any_other(page):
    best = table_with(page, "customer_id", "clv_high")[page.words.heading("customer_id")][0]
    assert page.app.session_state[STORY] == best
    page.set(TYPED, "C00001")
    assert page.failures == []
    chances = table_with(page, "purchases", "up_to", "chance")
    assert chances[page.words.heading("chance")].sum() == pytest.approx(1.0)
    assert any("**C00001**" in text for text in page.formatted)


def test_a_customer_who_is_not_there_is_said_not_to_be(page):
    page.set(TYPED, "nobody")
    assert page.failures == []
    assert page.says("lifetime_value.story.nobody", customer="nobody")
    page.set(TYPED, "")


def test_a_search_shows_whose_id_holds_it(page):
    page.set(SEARCH, "000")
    ids = table_with(page, "customer_id", "clv_high")[page.words.heading("customer_id")]
    assert len(ids) > 1
    assert all("000" in customer for customer in ids)
    page.set(SEARCH, "no such id")
    assert page.failures == []
    assert page.says("lifetime_value.search.nobody")
    page.set(SEARCH, "")


def test_no_customer_is_part_of_a_link(page):
    page.set(TYPED, "C00002").set(SEARCH, "C00003")
    address = page.app.sidebar.code[0].value
    assert "C0000" not in address
    assert not {STORY, TYPED, SEARCH} & set(page.link)
    page.set(SEARCH, "")


def test_segments_can_be_looked_at_instead_of_cohorts(page):
    page.set("value_by", "segment")
    assert page.failures == []
    table = table_with(page, "segment", "clv", "clv_low", "customers")
    assert table[page.words.heading("customers")].sum() == 4800


def test_what_is_at_risk_is_told_grouped_and_stands_with_each_customer(page):
    page.set("risk_by", "p_alive")
    assert page.failures == []
    opened = ("p_alive_band", "likely_gone", "value_at_risk", "at_risk_low")
    fifths = table_with(page, *opened)
    of = {name: fifths[page.words.heading(name)] for name in (*opened, "customers")}
    assert of["customers"].sum() == 4800
    total = page.words.money(about(of["value_at_risk"].sum()))
    assert any(f"**{total}**" in unescaped(text) for text in page.formatted)
    each = page.words.money(about(of["value_at_risk"].sum() / of["likely_gone"].sum()))
    assert any(f"**{each}**" in unescaped(text) for text in page.formatted)
    assert page.says("lifetime_value.risk.assumes", model=model_name(SEASONAL, page.words))

    channels = page.set("risk_by", "segment")
    by_channel = table_with(channels, "segment", "likely_gone", "value_at_risk")
    assert by_channel[page.words.heading("value_at_risk")].sum() == pytest.approx(of["value_at_risk"].sum())

    customers = table_with(page, "customer_id", "clv", "value_at_risk")
    assert (customers[page.words.heading("value_at_risk")] > 0).all()


def replacing(page):
    """The sums of the sentence on replacing a lost customer."""
    said = next(text for text in page.formatted if "CAC" in text and "**" in text)
    return [float(number.replace(",", ".")) for number in re.findall(r"-?\d+,\d+", unescaped(said))]


def test_replacing_a_lost_customer_costs_the_cac_too_where_spend_is_known(page):
    lost, cac, new, net, low, high = replacing(page)
    assert net == pytest.approx(lost + cac - new, abs=0.1)
    assert low < net < high
    typed = page.app.session_state["spend"]
    page.app.session_state["spend"] = typed.head(0)
    assert page.run().failures == []
    assert page.says("lifetime_value.risk.no_cac")
    page.app.session_state["spend"] = typed
    page.app.session_state["old_customers"] = "leave_out"
    without = replacing(page.run())[1]
    assert without > cac  # old customers taken for new make winning one seem cheaper
    page.app.session_state["old_customers"] = "keep"
    assert replacing(page.run())[1] == cac


def test_the_reality_check_quotes_it_once_it_is_computed(page):
    page.open("reality")
    assert page.failures == []
    assert page.says("claims.note.lost_customer")


def test_a_file_too_small_for_the_models_is_refused_in_a_sentence():
    visit = Visit("en").upload("sales.csv", csv(ROWS)).open("lifetime_value")
    assert visit.failures == []
