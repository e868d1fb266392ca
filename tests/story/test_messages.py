"""What is said of a shop: each message one thing, its figures those of the JSON, nothing invented."""

import math
from dataclasses import replace

import pytest

from retention import ingest
from retention.returned import Returned
from retention.statistics import named_ends, value_of
from retention.story import MAKE, SECTIONS, Message, Untold, as_set, deck, named, subject
from retention.story.message import MOST_FIGURES, MOST_LINES, Figure
from retention.study import Settings, Study
from retention.text import LANGUAGES, Words, keys
from retention.text.marked import plain
from tests import decks
from tests.conftest import shop


@pytest.fixture(scope="module")
def said(shop_decks):
    """The messages of the sample shop, in English, by name."""
    return {message.name: message for message in shop_decks["en"].messages}


@pytest.fixture(scope="module")
def figures(analysed_shop):
    return analysed_shop.figures


def test_the_sample_shop_has_everything_to_say(shop_decks):
    for told in shop_decks.values():
        assert tuple(message.name for message in told.messages) == SECTIONS
        assert told.untold == ()


def test_what_needs_spend_is_left_out_without_any_and_says_so(retail_decks):
    for told in retail_decks.values():
        assert {message.name for message in told.messages} == set(SECTIONS) - {"acquisition"}
        assert [(each.name, each.said) for each in told.untold] == [
            ("acquisition", plain(told.words.say("report.no_spend")))
        ]


def test_a_message_is_short_and_complete(shop_decks, retail_decks):
    for told in (*shop_decks.values(), *retail_decks.values()):
        for message in told.messages:
            assert plain(message.title)
            assert len(message.lines) <= MOST_LINES
            assert len(message.figures) <= MOST_FIGURES
            assert (message.drawing is None) == (message.reading == "")
            if message.drawing is not None:
                assert message.table is not None
            if message.name != "actions":
                assert message.definition


def test_every_column_has_a_heading_in_both_languages(shop_decks):
    for language, told in shop_decks.items():
        tables = [message.table for message in told.messages if message.table is not None]
        columns = {f"column.{name}" for table in tables for name in table.frame}
        assert columns - keys(language) == set()
        for table in (each for each in tables if each.native is not None):
            assert {table.native.along, *table.native.series} <= set(table.frame)


def test_the_overview_says_the_latest_figures(said, figures):
    changes = figures["metrics"]["changes"]
    assert {each.name: each.value for each in said["overview"].figures} == {
        name: changes[name]["value"]
        for name in ("customers", "revenue_net", "strict_retention", "repeat_rate")
    }
    whole = [flow for flow in figures["flows"] if flow["complete"]]
    table = said["overview"].table.frame
    assert table["new"].tolist() == [flow["new"] for flow in whole]
    assert table["revenue"].tolist() == pytest.approx([flow["revenue"] for flow in whole])


def test_the_cohorts_say_the_pooled_retention(said, figures):
    pooled = figures["cohorts"]["pooled_retention"]
    table = said["cohorts"].table.frame
    assert table["rate"].tolist() == [row["rate"] for row in pooled]
    assert table["low"].tolist() == [row["low"] for row in pooled]
    assert f"{100 * pooled[0]['rate']:.0f} buy again" in plain(said["cohorts"].title)
    assert said["cohorts"].figures[0].value == pooled[0]["rate"]


def test_the_steps_say_where_most_are_lost(said, figures):
    first = figures["dropoff"][0]
    values = {each.name: each.value for each in said["dropoff"].figures}
    assert values["goes_on"] == first["within_180_days"]
    assert (values["median"], values["trigger"]) == (first["median_days"], first["trigger_day"])
    assert f"{100 * (1 - first['within_180_days']):.0f} of 100" in plain(said["dropoff"].title)


def test_who_counts_as_back_only_after_several_purchases_is_told_so(told_shop):
    once = told_shop["en"]
    twice = replace(once, asked=replace(once.asked, returned=Returned(2)))
    back = once.study.counting_back(Returned(2))
    steps, cohorts = MAKE["dropoff"](twice), MAKE["cohorts"](twice)
    first = back.dropoff.steps().steps[0]
    assert steps.title == once.words.say(
        "dropoff.headline.back",
        within=back.dropoff.steps().day,
        lost=value_of(first.lost),
        **named_ends(first.lost),
    )
    assert once.words.say("dropoff.returned", n=2, spend=0.0) in steps.lines
    assert [each.name for each in steps.figures] == ["to_ask"]
    assert steps.numbers["within_1"] == value_of(first.within) != MAKE["dropoff"](once).numbers["within_1"]
    assert once.words.say("cohorts.returned", n=2, spend=0.0) in cohorts.lines
    assert cohorts.numbers["rate_1"] == back.cohorts.table("month").pooled.iloc[0]["rate"]
    assert cohorts.numbers["rate_1"] < MAKE["cohorts"](once).numbers["rate_1"]


def test_complaints_answer_claims_of_their_own(told_shop, said):
    told = told_shop["en"]
    silent = MAKE["reality"](replace(told, asked=replace(told.asked, complaints=None)))
    assert said["reality"].numbers.keys() - silent.numbers.keys() == {"solved_return"}


def test_what_if_says_the_recommended_footing(said, figures):
    what_if = figures["economics"]["what_if"]
    used = what_if[what_if["recommended"]]
    assert said["simulator"].numbers["gain"] == pytest.approx(used["gain"])
    values = {each.name: each.value for each in said["simulator"].figures}
    tried = [each for each in what_if.values() if isinstance(each, dict) and "break_even_budget" in each]
    careful = min(tried, key=lambda each: abs(each["gain"] - what_if["range"]["low"]))
    assert values["safe_budget"] == pytest.approx(careful["break_even_budget"], rel=1e-6)
    assert Words("en", "EUR").say("value.about", value=used["gain"]) in plain(said["simulator"].title)


def test_win_or_keep_says_what_both_cost(said, figures):
    costs = figures["economics"]["acquisition"]
    numbers = said["acquisition"].numbers
    assert numbers == {name: costs[name]["value"] for name in ("cac", "retention_cost")}


def test_lifetime_value_says_the_total_and_the_verdict(said, figures):
    found = figures["lifetime_value"]
    assert said["lifetime_value"].numbers == pytest.approx(
        {"total": found["total"], "low": found["low"], "high": found["high"]}
    )
    assert said["lifetime_value"].table.frame["clv"].sum() == pytest.approx(found["total"])
    assert said["lifetime_value"].forecast == Words("en").say(f"trust.{found['trust']}")
    assert said["trust"].numbers["actual"] == found["holdout"]["actual"]


def test_the_reality_check_says_the_claims(said, figures):
    known = {claim["code"]: claim["figure"] for claim in figures["claims"] if claim["figure"] is not None}
    assert said["reality"].numbers == pytest.approx(known)


def test_the_data_says_every_row(said, figures):
    account = figures["input"]
    table = said["data"].table.frame
    assert table["count"].iloc[0] == table["count"].iloc[1:].sum()
    assert said["data"].numbers["rows_used"] == account["rows_used"]
    assert said["data"].numbers["customers"] == account["customers"]


def test_lists_name_nobody(told_shop, said):
    people = set(told_shop["en"].study.customers(told_shop["en"].value).people()["customer_id"])
    cells = {str(cell) for cell in said["customers"].table.frame.to_numpy().ravel()}
    assert not people & cells


def test_steps_to_take_rest_on_figures_of_the_others(said):
    stakes = said["customers"].numbers
    at_risk = max(stakes[name]["stake"] for name in ("win_back", "save", "feedback"))
    steps = said["actions"].numbers
    assert steps["stake"] == at_risk
    assert steps["trigger_day"] == next(
        each.value for each in said["dropoff"].figures if each.name == "trigger"
    )


def test_figures_are_the_same_in_both_languages(shop_decks):
    english, italian = (shop_decks[language].messages for language in ("en", "it"))
    for here, there in zip(english, italian, strict=True):
        assert [each.value for each in here.figures] == [each.value for each in there.figures]
        assert here.numbers == there.numbers


def test_every_figure_is_written_as_what_it_is(shop_decks):
    for told in shop_decks.values():
        for figure in (each for message in told.messages for each in message.figures):
            assert figure.value is not None
            assert math.isfinite(figure.value)
            assert figure.written.strip()


def test_of_next_to_nothing_next_to_nothing_is_said():
    orders = shop([("a", "2024-01-01", 10), ("b", "2024-01-02", 20)], "2024-01-01", "2024-01-05")
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    study = Study(orders)
    told = decks.telling(study, intake, "two.csv", "en", Settings())
    made = deck(told, decks.DAY)
    assert {each.name for each in made.messages} == {"overview", "reality", "data"}
    for left in made.untold:
        assert len(left.said) > 10
        assert "nan" not in left.said
    assert made.forecast == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_has_a_subject(language):
    subjects = [subject(section, Words(language)) for section in SECTIONS]
    assert len(set(subjects)) == len(SECTIONS)


def test_sections_by_name():
    assert named(None) == named("") == SECTIONS
    assert named(" lifetime-value, cohorts") == ("lifetime_value", "cohorts")


def test_the_story_keeps_its_order_whatever_is_asked_first(told_shop):
    asked = []
    made = deck(
        told_shop["en"], decks.DAY, sections=["data", "cohorts"], made=lambda *told: asked.append(told)
    )
    assert [message.name for message in made.messages] == ["cohorts", "data"]
    assert asked == [("cohorts", 0, 2), ("data", 1, 2)]


def test_a_message_of_more_than_one_thing_is_a_bug():
    with pytest.raises(ValueError, match="more than one thing"):
        Message("x", "x", "x", lines=("a",) * 4)
    with pytest.raises(ValueError, match="more than one thing"):
        Message("x", "x", "x", figures=(Figure("a", "a", "a", 1.0, "count"),) * 5)


def test_each_section_makes_a_message_of_its_name(told_shop):
    assert {name: make(told_shop["en"]).name for name, make in MAKE.items()} == {n: n for n in MAKE}


def test_settings_of_a_call_ask_what_analyse_asks(told_shop):
    settings = Settings(period="quarter", margin=0.3, uplift=2.0, years=5)
    asked = as_set(settings, told_shop["en"].study)
    assert (asked.period, asked.every, asked.question.period) == ("quarter", "quarter", "quarter")
    assert asked.question.plan == asked.question.plan.__class__(**vars(settings.plan))
    assert asked.claim.plan.uplift == 0.05
    assert (asked.margin, asked.holdout, asked.spend) == (0.3, None, None)


def test_why_something_is_left_out_is_read_without_marks():
    assert Untold("x", "x", "**no** spend").said == "no spend"
