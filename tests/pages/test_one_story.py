"""All pages of one visit: what has one name is one number, and the verdict travels with the figures."""

import re
from collections import defaultdict

import pytest

from retention.lifetime_value import Wanted
from retention.study import Study
from retention.text.model_names import model_name
from tests.pages.visit import PAGES, Visit, unescaped

ASKED = {
    "open": ({}, Wanted()),
    "bg_nbd": (
        {"purchase_kind": "bg_nbd", "season": "off", "regularity": "1"},
        Wanted("bg_nbd", 1, season=False),
    ),
    "pareto": ({"purchase_kind": "pareto_nbd"}, Wanted("pareto_nbd")),
}
RESTS = ("overview", "simulator", "acquisition")  # pages that use what the model expects, and tell so


@pytest.fixture(scope="module", params=ASKED)
def asked(request):
    return ASKED[request.param]


@pytest.fixture(scope="module")
def value(asked, samples):
    return Study(samples["shop"][1].orders).value(asked[1])


@pytest.fixture(scope="module")
def told(asked):
    """Figures by their label, and everything that is said, by page."""
    visit = Visit("en", sample="shop", footing="purchases", **asked[0])
    visit.open("overview").press("overview.value.compute")
    found = {}
    for page in PAGES:
        visit.open(page)
        assert visit.failures == []
        found[page] = visit.metrics, [unescaped(text).replace("**", "") for text in visit.formatted]
    return visit.words, found


def test_what_has_one_name_is_one_number(told):
    values = defaultdict(set)
    for metrics, _ in told[1].values():
        for label, number in metrics.items():
            values[label].add(number)
    assert {label: numbers for label, numbers in values.items() if len(numbers) > 1} == {}


@pytest.mark.parametrize("page", RESTS)
def test_the_model_in_use_and_its_verdict_stand_where_its_figures_are_used(told, value, page):
    words, pages = told
    trust = value.study.models.verdict(value.variant, value.study.window.last, value.terms.days).trust
    verdict, named = words.say(f"trust.{trust}"), model_name(value.variant, words)
    line = words.say("forecast.line", model=named, verdict=verdict).replace("**", "")
    assert any(line in text for text in pages[page][1])
    assert any(verdict in text for text in pages["lifetime_value"][1])


def test_no_page_names_another_model_as_the_one_in_use(told, value):
    words, pages = told
    named = model_name(value.variant, words)
    told_of = re.compile(r"Expected figures are by the (.+?), as on every page")
    found = [model for _, said in pages.values() for text in said for model in told_of.findall(text)]
    assert len(found) >= len(RESTS)
    assert set(found) == {named}


def test_customers_still_there_are_as_many_on_what_if_as_on_lifetime_value(told, value):
    words, pages = told
    customers = words.count(value.customers.table["p_alive"].sum())
    assert pages["lifetime_value"][0][words.say("lifetime_value.alive")] == customers
    said = [text for text in pages["simulator"][1] if "are still customers" in text]
    assert len(said) == 1
    assert f"By the model {customers} are still customers" in said[0]
