"""All pages of one visit: what has one name is one number, and the verdict travels with the figures."""

import re
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from retention.lifetime_value import Wanted
from retention.study import Study
from retention.text.model_names import model_name
from tests.conftest import WORKBOOK
from tests.pages.visit import PAGES, Visit, unescaped

PLAIN_BG = {"purchase_kind": "bg_nbd", "season": "off", "regularity": "1"}
ASKED = {
    "open": ({}, Wanted()),
    "bg_nbd": (PLAIN_BG, Wanted("bg_nbd", 1, season=False)),
    "pareto": ({"purchase_kind": "pareto_nbd"}, Wanted("pareto_nbd")),
}
SPEND = b"month,channel,amount,purpose\n2011-10,Ads,3500,acquisition\n2011-11,Ads,3230,acquisition\n"
RESTS = ("overview", "simulator", "acquisition")  # pages that use what the model expects, and tell so


def of_sample(asked, samples):
    """The sample shop opened by a link that asks for a model; its forecasts start at its end."""
    visit, study = (
        Visit("en", sample="shop", footing="purchases", **asked[0]),
        Study(samples["shop"][1].orders),
    )
    return visit, study.value(asked[1]), study.window.last


def of_online_retail(request):
    """The Online Retail workbook uploaded, with a sheet of spend; its forecasts start today."""
    study, visit = request.getfixturevalue("retail_study"), Visit("en", footing="purchases")
    visit.upload(WORKBOOK.name, WORKBOOK.read_bytes()).open("acquisition").upload("spend.csv", SPEND)
    return visit, study.value(), datetime.now(tz=UTC).date()


@pytest.fixture(scope="module", params=[*ASKED, pytest.param("retail", marks=pytest.mark.slow)])
def visited(request, samples):
    """A visit, the value of the same customers by the same model, and the day it is told from."""
    return (
        of_online_retail(request) if request.param == "retail" else of_sample(ASKED[request.param], samples)
    )


@pytest.fixture(scope="module")
def value(visited):
    return visited[1]


@pytest.fixture(scope="module")
def verdict(visited, told):
    """How far to trust the model, in words."""
    (_, value, as_of), words = visited, told[0]
    models = value.study.models
    trust = words.say(f"trust.{models.verdict(value.variant, as_of, value.terms.days).trust}")
    return words.say("trust.unreliable", trust=trust) if models.reliability(as_of) else trust


@pytest.fixture(scope="module")
def told(visited):
    """Figures by their label, and everything that is said, by page."""
    visit, found = visited[0], {}
    if visit.open("reality").offers("overview.value.compute"):
        visit.press("overview.value.compute")
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
def test_the_model_in_use_and_its_verdict_stand_where_its_figures_are_used(told, value, verdict, page):
    words, pages = told
    line = words.say("forecast.line", model=model_name(value.variant, words), verdict=verdict)
    assert any(line.replace("**", "") in text for text in pages[page][1])
    assert any(verdict in text for text in pages["lifetime_value"][1])


def test_no_page_names_another_model_as_the_one_in_use(told, value):
    words, pages = told
    named = model_name(value.variant, words)
    told_of = re.compile(r"Expected figures: (.+?)\. ")
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
