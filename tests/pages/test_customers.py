"""The page Customers: occasions, the list and its files, groups, and a list loaded again."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from retention import ingest
from retention.lifetime_value import Variant, Wanted
from retention.lists import OCCASIONS
from retention.report import call_list
from retention.segments import GROUPINGS, RFM_GROUPS
from retention.study import Study
from retention.text import Words
from tests.pages.visit import Visit


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    return Study(intake.orders, intake.lines)


def visit(language="en", **settings):
    return Visit(language, sample="shop", **settings).open("customers")


def listed(page):
    """The list on the page."""
    return next(frame for frame in page.frames if page.words.heading("group") in frame)


def test_the_page_opens_on_whom_to_win_back(study):
    page = visit()
    full = study.customers(study.value(margin=0.3)).called("win_back")
    assert page.headline == page.words.say(
        "customers.headline.win_back", n=full.customers, stake=full.stake
    ).replace("**", "")
    assert len(listed(page)) == 200
    assert (
        listed(page)[page.words.heading("customer_id")].tolist() == full.table["customer_id"].tolist()[:200]
    )
    assert page.says("customers.overlap")


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_has_a_list_in_both_languages(occasion, language):
    page = visit(language, occasion=occasion)
    assert not page.failures
    assert page.says(f"playbook.{occasion}")
    assert 0 < len(listed(page)) <= 200


def test_another_occasion_opens_its_list():
    page = visit().set("occasion", "thank")
    assert page.says("occasion.thank.do")
    assert all(page.says(f"occasion.{each}.who") for each in OCCASIONS)


def test_a_list_says_whether_it_can_prove_anything():
    page = visit()
    assert any("Too small to prove" in text for text in page.formatted)
    large = visit(occasion="loyalty", contacts="700", campaign_days="365")
    assert any("can prove an effect of" in text for text in large.formatted)


def test_fewer_contacts_leave_the_rest_out(study):
    page = visit().set("contacts", 50)
    rest = study.customers(study.value(margin=0.3)).called("win_back").table["stake"].iloc[50:]
    assert page.says("list.left_out.value_at_risk", n=len(rest), stake=rest.sum())
    assert page.says("customers.on_it", n=50, written_to=40, control=10)
    held = listed(page)[page.words.heading("group")] == page.words.say("campaign.group.hold_back")
    assert held.sum() == 10
    assert page.set("held_back", 0).says("list.nobody_held_back")
    assert page.says("customers.on_it.all", n=50)


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_only_who_may_leave_is_at_stake(occasion, language, study):
    page = visit(language, occasion=occasion)
    full = study.customers(study.value(margin=0.3)).called(occasion)
    may_leave = occasion in {"win_back", "save", "feedback"}
    said = page.words.say("column.stake" if may_leave else "column.to_come").lower()
    assert said in page.headline
    kind = "value_at_risk" if may_leave else "clv"
    assert page.says(f"customers.card.{kind}", n=full.customers, stake=full.stake)
    assert page.words.heading("stake" if may_leave else "to_come") in listed(page)


def test_what_a_contact_costs_is_weighed():
    page = visit().set("contact_cost", 2.0)
    stake = listed(page)[page.words.heading("stake")].sum()
    assert page.says("list.break_even.value_at_risk", cost=400.0, break_even=400.0 / stake)


def test_a_tool_that_needs_addresses_says_so():
    page = visit().set("mail_tool", "klaviyo")
    assert page.errors == [page.words.say("error.list_needs_addresses", tool="klaviyo")]
    assert not visit().set("mail_tool", "brevo").errors


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_hold_everybody_once(study, by):
    page = visit(grouped_by=by)
    assert not page.failures
    names = [page.words.say(f"group.{by}.{code}") for code in GROUPINGS[by]]
    table = next(f for f in page.frames if f.iloc[:, 0].tolist() == names)
    assert table[page.words.heading("customers")].sum() == len(study.tables.customers())


def test_a_group_opens_on_who_is_in_it(study):
    page = visit(grouped_by="value").set("members_value", "keep")
    members = study.customers(study.value(margin=0.3)).members("value", "keep")
    assert page.says("customers.members", n=len(members), shown=200)
    opened = next(f for f in page.frames if page.words.heading("last_bought") in f)
    assert opened[page.words.heading("customer_id")].tolist() == members["customer_id"].tolist()[:200]


def test_own_thresholds_draw_other_groups_and_may_not_fall(study):
    page = visit(grouped_by="rfm").set("recency_4", 10.0)
    assert page.errors == [page.words.say("error.thresholds_fall", part="recency", given=[])]
    found = study.customers(study.value(margin=0.3))
    own = replace(found.rfm().thresholds, frequency=(1.0, 2.0, 3.0, 30.0))
    page = visit(grouped_by="rfm", frequency_2="2", frequency_3="3", frequency_4="30")
    assert not page.errors
    names = [page.words.say(f"group.rfm.{code}") for code in RFM_GROUPS]
    table = next(f for f in page.frames if f.iloc[:, 0].tolist() == names)
    counted = found.profile("rfm", own)["customers"].tolist()
    assert table[page.words.heading("customers")].tolist() == counted
    assert counted != found.profile("rfm")["customers"].tolist()


@pytest.fixture(scope="module")
def kept(study):
    """A list written a hundred days before the sample ends, as it was downloaded."""
    then = study.until(study.window.last - timedelta(days=100))
    value = then.value(Wanted.exactly(Variant("mbg_nbd", season=True)))
    wish = call_list.Wish("loyalty", contacts=300, share=0.3)
    return call_list.as_csv(call_list.write(then.customers(value), wish, Words("it")).table, "it")


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_list_loaded_again_is_judged(kept, language):
    page = visit(language).upload("win_back.csv", kept)
    assert not page.errors
    told = [text for text in page.formatted if page.words.say("column.overdue") not in text]
    contacted = 300 - 90
    assert any(f"{contacted}" in text and "90" in text for text in told)


def test_a_table_without_a_control_is_held_against_the_model(kept):
    rows = pd.read_csv(pd.io.common.BytesIO(kept), sep=";")[["customer_id", "date"]]
    page = visit().upload("sent.csv", rows.to_csv(index=False).encode())
    assert not page.errors
    assert page.says("campaign.model.doubt") or any("Cannot be judged" in text for text in page.formatted)


@pytest.mark.parametrize(
    ("content", "code", "details"),
    [
        (b"customer_id,date\nnobody,2024-06-01\n", "campaign_of_strangers", {"people": 1}),
        (b"customer_id,date\nsomebody,soon\n", "no_usable_contacts", {"rows": 1}),
    ],
)
def test_what_cannot_be_judged_says_why(content, code, details):
    page = visit().upload("list.csv", content)
    assert page.errors == [page.words.say(f"error.{code}", **details)]


def test_the_plan_takes_up_one_list_a_week_and_writes_to_nobody_twice(study):
    page = visit()
    table = next(frame for frame in page.frames if page.words.heading("write_on") in frame)
    people = study.customers(study.value(margin=0.3))
    on_any = {name for each in OCCASIONS for name in people.called(each).table["customer_id"]}
    assert table[page.words.heading("customers")].sum() == len(on_any)
    assert table[page.words.heading("write_on")].nunique() == len(table)


@pytest.mark.parametrize(("answer", "mends"), [("no", True), ("yes", False)])
def test_the_plan_says_what_its_first_list_mends(answer, mends):
    """The loyal have most at stake here; they are who adverts should know."""
    page = visit(answer_adverts=answer)
    assert page.words.say("occasion.loyalty") in next(f for f in page.frames if _PLANNED in f)[_LISTS][0]
    assert page.says("plan.mends", questions=["adverts"]) == mends


_PLANNED, _LISTS = (Words("en").heading(name) for name in ("write_on", "occasion"))
