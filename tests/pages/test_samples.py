"""Each page with each sample in each language runs and shows the right figure at its head."""

import pickle
from functools import cache

import pytest

from retention import aggregate, ingest, lifetime_value
from retention.study import Study
from retention.text.formats import about
from tests.pages import oracle
from tests.pages.sentences import foreign
from tests.pages.visit import PAGES, Visit, unescaped

SAMPLES = ("shop", "cdnow")
MARGIN, DISCOUNT, UPLIFT = 0.30, 0.10, 0.05  # what the settings start with


CASES = [
    pytest.param(("shop", "en"), id="shop-en", marks=pytest.mark.slow),  # its words are CDNOW's
    pytest.param(("shop", "it"), id="shop-it"),
    pytest.param(("cdnow", "en"), id="cdnow-en"),
    pytest.param(("cdnow", "it"), id="cdnow-it", marks=pytest.mark.slow),  # its words are the shop's
]


@pytest.fixture(scope="module", params=CASES)
def case(request):
    """A sample opened by its button, in a language."""
    sample, language = request.param
    return sample, Visit(language).press(f"data.sample.{sample}")


@pytest.fixture(scope="module")
def walked(case):
    """What every page said, and what the visit then kept."""
    _, visit = case
    said = {}
    for page in PAGES:
        visit.open(page)
        said[page] = (visit.failures, visit.errors, visit.texts)
    return said, dict(visit.app.session_state.items())


def test_every_page_runs(walked):
    for failures, errors, _ in walked[0].values():
        assert failures == errors == []


def words_of(table):
    cells = {cell for name in table.columns for cell in table[name].unique() if isinstance(cell, str)}
    return {str(name) for name in table.columns} | cells


def test_nothing_is_left_in_the_other_language(case, walked, samples):
    sample, visit = case
    of_the_file = words_of(samples[sample][0].table)
    for page, (_, _, texts) in walked[0].items():
        assert len(texts) > 12  # of a page with nothing to show here, too
        assert foreign(texts, visit.language, of_the_file) == [], page


def test_what_a_visit_keeps_can_be_moved_to_another_server(walked):
    assert "source" in walked[1]
    for name, kept in walked[1].items():
        assert pickle.dumps(kept), name


def test_the_data_page_counts_rows_orders_and_customers(case, samples):
    sample, visit = case
    visit.open("data")
    raw, intake = samples[sample]
    orders = intake.orders.table
    bought = orders[orders["value"] > 0]
    said = visit.words
    figures = (len(raw.table), len(bought), bought["customer_id"].nunique())
    understood = next(text for text in visit.formatted if said.count(figures[0]) in text)
    assert all(said.count(figure) in understood for figure in figures)
    rows = visit.rows()
    assert rows[said.say("account.purchases")] == len(bought)
    assert rows[said.say("account.refunds")] == (orders["value"] < 0).sum()
    assert rows[said.say("account.zero_orders")] == (orders["value"] == 0).sum()


def test_cohorts_say_how_many_of_a_hundred_come_back(case, samples):
    sample, visit = case
    visit.open("cohorts")
    rate = oracle.months(samples[sample][1]).back_after_one()
    assert f" {round(100 * rate)} " in visit.headline
    assert len(visit.charts) == 3


def measured_in(visit):
    """How the sentence of the measured retention begins."""
    return visit.words.say("simulator.measured", n=0, rate=0.0, low=0.0, high=0.0).split(":")[0]


def by_the_textbook(visit):
    """What if on the textbook's way of reckoning, as a link can ask for it where it is not offered."""
    visit.open("data").app.session_state["footing"] = "constant"
    return visit.open("simulator")


def test_what_if_starts_from_the_measured_retention_and_adds_the_rise(case, samples):
    sample, visit = case
    base = oracle.months(samples[sample][1])
    visit.open("simulator").set("footing", "cohorts")
    for rate in (base.returning(), base.returning() + UPLIFT):
        assert any(visit.words.percent(rate) in unescaped(line.value) for line in visit.app.caption)
    by_the_textbook(visit)
    for kept, rate in (("textbook", base.returning()), ("strict", base.strict())):
        visit.set("kept", kept)
        told = [line.value for line in visit.app.caption if line.value.startswith(measured_in(visit))]
        assert any(visit.words.percent(rate) in unescaped(line) for line in told)


def test_one_customers_value_is_the_closed_formula(case, samples):
    sample, visit = case
    by_the_textbook(visit).set("kept", "strict")
    base, lately = oracle.months(samples[sample][1]), oracle.months(samples[sample][1], last=12)
    monthly = MARGIN * lately.net / lately.active
    step = (1 + DISCOUNT) ** (1 / 12) - 1
    who, one = visit.words.heading("who"), visit.words.say("simulator.who.customer")
    told = next(frame for frame in visit.frames if who in frame).set_index(who).loc[one]
    for key, rate in (("before", base.strict()), ("after", base.strict() + UPLIFT)):
        value = monthly * rate / (1 + step - rate)
        assert told[visit.words.heading(key)] == pytest.approx(value)


def test_acquisition_divides_the_shops_spend_by_the_customers_won(samples):
    visit = Visit("it", sample="shop").open("acquisition")
    base = oracle.months(samples["shop"][1])
    spend = ingest.read_spend(ingest.sample_spend()).table
    spent = spend.groupby("purpose")["amount"].sum()
    cac, cost = spent["acquisition"] / base.won(), spent["retention"] / base.retained()[0]
    told = [text for text in map(unescaped, visit.formatted) if visit.words.money(cost) in text]
    assert any(visit.words.money(cac) in text and visit.words.number(cac / cost) in text for text in told)
    assert visit.metric("acquisition.cac") == visit.words.money(cac)


def test_acquisition_without_spend_says_what_to_do():
    visit = Visit("en", sample="cdnow").open("acquisition")
    assert visit.says("acquisition.no_spend")
    assert visit.headline is None
    assert visit.failures == []


@cache
def values_of(sample):
    raw = ingest.open_sample(sample)
    orders = ingest.to_orders(raw, ingest.guess(raw).mapping).orders
    purchases, end = aggregate.prepare(orders), orders.window.last
    people = aggregate.customers(purchases)
    states, repeats = aggregate.states(people), aggregate.repeats_by_day(purchases, end, end)
    plain = lifetime_value.fit_purchases(states, "week", "mbg_nbd")
    seasonal = lifetime_value.fit_season(plain, states, lifetime_value.repeats_by_month(repeats, end), end)
    return lifetime_value.customer_values(
        people,
        lifetime_value.with_shocks(seasonal, states, repeats, end),
        lifetime_value.fit_spend(aggregate.spend(people)),
        horizon_months=12,
        discount_rate=DISCOUNT,
        margin=MARGIN,
        net_share=Study(orders).shop.flows("month").net_share(),
    )


def test_lifetime_value_shows_the_librarys_total_with_its_interval(case):
    sample, visit = case
    visit.open("lifetime_value")
    values = values_of(sample)
    for figure in (values.total, values.low, values.high):
        assert visit.words.money(about(figure)) in visit.headline
    assert visit.words.count(len(values.table)) in visit.headline
    assert visit.metric("lifetime_value.total") == visit.words.money(about(values.total))
