"""The Overview page: what changed, who comes and leaves, whether it works, and the calculator."""

from dataclasses import fields
from datetime import date

import pytest

from retention.metrics import Metrics
from retention.periods import number_of
from retention.reconciled import FIGURES
from retention.study import Study
from retention.text import LANGUAGES
from tests.pages import oracle
from tests.pages.visit import ROWS, Visit, csv, unescaped


@pytest.fixture(scope="module", params=LANGUAGES)
def shop(request):
    return Visit(request.param, sample="shop").open("overview")


def captions(visit):
    return [unescaped(caption.value) for caption in visit.app.caption]


def said(visit, text):
    return any(text in unescaped(one).replace("**", "") for one in visit.formatted)


def test_the_figures_are_those_of_the_last_complete_month(shop, samples):
    base = oracle.months(samples["shop"][1])
    last, before = base.names[-1], base.names[-2]
    buyers = base.buyers[last]
    kept = len(buyers & base.buyers[before]) / len(base.buyers[before])
    words = shop.words
    values = {label.split(",")[0]: value for label, value in shop.metrics.items()}
    assert values[words.say("figure.customers")] == words.count(len(buyers))
    assert values[words.say("figure.strict_retention.month")] == words.percent(kept)


def test_growth_that_goes_on_is_said_with_its_figures_and_is_no_news(shop, samples):
    base = oracle.months(samples["shop"][1])
    now, then = (len(base.buyers[name]) for name in (base.names[-1], base.names[-13]))
    words = shop.words
    december = words.period(number_of(date(2024, 12, 1), "month"), "month")
    assert shop.headline == words.say("overview.headline.growing", period=december).replace("**", "")
    assert said(shop, words.count(then))
    assert said(shop, words.count(now))
    assert said(shop, words.change((now - then) / then))


def test_each_chart_has_its_table_and_figures_in_its_text(shop):
    assert len(shop.charts) == 5  # flows, three signs, the steps from others' figure to ours
    named = {"changes", "trends", "flows", "signs", "reconciled"}
    assert {table for table in named if shop.says(f"table.{table}")} == named
    assert all(chart.alt for chart in shop.charts)
    assert any("212" in chart.alt for chart in shop.charts)  # won in December


def test_a_shop_in_which_nothing_changes_is_told_no_trend(shop):
    assert sum(shop.words.say("verdict.noise") in unescaped(text.value) for text in shop.app.markdown) == 3


def test_flows_can_be_counted_by_the_days_since_the_last_purchase():
    visit = Visit("en", sample="shop").open("overview").set("active_by", "usual")
    assert visit.failures == []
    assert said(visit, "1,631 + 212 + 91 − 171 = 1,763")
    assert any("159 days" in caption for caption in captions(visit))
    visit.set("active_by", "typed").set("own_days", 30)
    assert any("30 days" in caption for caption in captions(visit))


def test_a_year_is_too_long_for_three_years_to_show_much():
    visit = Visit("en", sample="shop").open("overview").set("every", "year")
    assert visit.failures == visit.errors == []
    assert visit.headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calculator_needs_no_file(language):
    visit = Visit(language).open("overview")
    assert visit.says("calculator.result", rate=0.95, start=20, kept=19)
    visit.set("rate_start", 44).set("rate_end", 43).set("rate_new", 12)
    assert said(visit, f"70{LANGUAGES[language].decimal}45%")
    visit.set("rate_new", 60)
    assert visit.says("error.rate_more_new_than_there", new=60, end=43)
    visit.set("rate_start", 0)
    assert visit.failures == visit.errors == []


def test_the_calculator_stands_on_the_page_with_data_too(shop):
    assert shop.says("calculator.formula")


def test_a_file_of_one_month_shows_what_there_is():
    rows = (("a", "2024-01-01", 10), ("b", "2024-01-20", 20), ("a", "2024-01-31", 5))
    visit = Visit("en").upload("sales.csv", csv(rows)).open("overview")
    assert visit.failures == visit.errors == []
    assert visit.says("overview.headline.short")


def test_a_file_of_a_few_days_shows_what_there_is():
    rows = (("a", "2024-01-03", 10), ("b", "2024-01-20", 20))
    visit = Visit("it").upload("sales.csv", csv(rows)).open("overview")
    assert visit.failures == visit.errors == []
    assert visit.says("flows.none")


def test_where_no_sign_tells_one_line_says_so(shop):
    assert shop.says("signs.none")


def test_three_claims_lead_to_the_page_of_all(shop, samples):
    known = Study(samples["shop"][1].orders).claims.bought()
    three = next(each.value for each in shop.app.table if len(each.value) == 3)
    told = {unescaped(row.iloc[0]): unescaped(row.iloc[1]) for _, row in three.iterrows()}
    assert shop.words.percent(known.best.value) in told[shop.words.say("claims.said.best_20_past")]
    assert "reality" in shop.links


def test_each_retention_has_the_figure_of_its_own_page(shop, samples):
    study, words = Study(samples["shop"][1].orders), shop.words
    table = next(each.value for each in shop.app.table if len(each.value) == 6)
    shown = {unescaped(row.iloc[0]).split("**")[1]: unescaped(row.iloc[1]) for _, row in table.iterrows()}
    first = study.dropoff.steps().steps[0]
    expected = {
        "cohorts": study.cohorts.table("month").pooled["rate"].iloc[0],
        "second_purchase": 1 - first.lost.value,
        "two_orders": study.shop.metrics("month").repeat_purchase_rate,
        "with_pauses": study.shop.retention("month").textbook.rate.value,
    }
    for kind, share in expected.items():
        assert words.percent(share) in shown[words.say(f"coming_back.{kind}")]
    for kind, figure in (("strict", "strict_retention.month"), ("repeat_rate", "repeat_rate")):
        assert shop.metric(f"figure.{figure}") in shown[words.say(f"coming_back.{kind}")]
    assert words.say("coming_back.repeat_rate") == words.say("figure.repeat_rate")


def tells_lifetime_value(visit):
    return any("Lifetime value: " in caption for caption in captions(visit))


def offers_lifetime_value(visit):
    offered = any(
        b.label == visit.words.say("overview.value.compute") for b in visit.open("reality").app.button
    )
    visit.open("overview")
    return offered


def test_lifetime_value_is_told_once_it_was_fitted_and_not_before():
    visit = Visit("en", sample="shop", horizon="17").open("overview")
    assert not tells_lifetime_value(visit)
    assert offers_lifetime_value(visit)
    visit.open("lifetime_value").open("overview")
    assert tells_lifetime_value(visit)
    assert not offers_lifetime_value(visit)
    visit.open("data").upload("sales.csv", csv(ROWS)).open("overview")
    assert visit.failures == []
    assert not tells_lifetime_value(visit)


def test_lifetime_value_is_computed_where_it_is_asked_for():
    visit = Visit("en", sample="shop", horizon="19").open("overview")
    assert not tells_lifetime_value(visit)
    visit.open("reality").press("overview.value.compute")
    assert visit.failures == visit.errors == []
    visit.open("overview")
    assert tells_lifetime_value(visit)
    assert not offers_lifetime_value(visit)
    assert any("in the next 19 months" in caption for caption in captions(visit))


def test_lifetime_value_of_too_few_customers_says_why_there_is_none():
    visit = Visit("en").upload("sales.csv", csv(ROWS)).open("reality").press("overview.value.compute")
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert not tells_lifetime_value(visit)


def test_every_figure_of_the_file_is_listed_with_its_unit(shop, samples):
    words, found = shop.words, Study(samples["shop"][1].orders).shop.metrics("month")
    listed = next(
        frame for frame in shop.frames if len(frame.columns) == 2 and len(frame) == len(fields(Metrics))
    )
    told = dict(zip(*(listed[name].astype(str) for name in listed.columns), strict=True))
    assert told[words.say("metric.average_order_value")] == words.money(found.average_order_value)
    assert told[words.say("metric.repeat_purchase_rate")] == words.percent(found.repeat_purchase_rate)
    assert told[words.say("metric.median_days_between_purchases")] == "29"


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_the_shop_system_says_otherwise(language, samples):
    """Each figure that is picked ends at the page's own, and the table names every step."""
    intake = samples["shop"][1]
    study = Study(intake.orders, intake.lines, intake.exported)
    visit = Visit(language, sample="shop").open("overview")
    words = visit.words
    for figure in FIGURES:
        visit.set("reconciled", figure)
        assert visit.failures == visit.errors == []
        found = study.reconciled.of(figure, "month")
        ours = words.say(f"reconciled.value.{found.unit}", value=found.ours)
        theirs = words.say(f"reconciled.value.{found.unit}", value=found.theirs)
        assert any(ours in unescaped(text.value) for text in visit.app.markdown)
        table = next(
            frame.value for frame in visit.app.dataframe if words.heading("step_change") in frame.value
        )
        shown = list(table[words.heading("value")])
        assert (shown[0], shown[-1], len(shown)) == (theirs, ours, len(found.steps))
    visit.set("reconciled", "revenue_latest")
    assert visit.says("reconciled.untold.refund_day")
