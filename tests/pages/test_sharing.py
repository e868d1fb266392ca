"""Sharing a study from the page Report, and what a visit is that opened a link."""

import base64
from dataclasses import replace
from unittest.mock import patch

import pytest

from retention.sharing.sealed import unseal
from retention.text import LANGUAGES
from retention.ui.state import links
from tests.pages.visit import PAGES, ROWS, Visit, csv


@pytest.fixture(autouse=True)
def _as_if_new(cookies):
    yield
    cookies.clear()


def shared(visit, title="Spring", **given):
    """The token of the link a visit makes."""
    visit.open("report").set("share_title", title)
    for key, value in given.items():
        visit.set(key, value)
    visit.press("share.make")
    assert visit.failures == []
    return link_of(visit).partition("#")[2]


def link_of(visit):
    (link,) = [code.value for code in visit.app.main.code]
    return link


@pytest.fixture
def received(cookies):
    """A visit that begins with a browser that was handed a link's secret."""

    def began(token, language="en"):
        cookies[links.GIVEN] = links.tickets().issue(links.GIVEN, token, 60)
        visit = Visit(language)
        del cookies[links.GIVEN]
        return visit

    return began


def own(language="en", rows=ROWS, **query):
    return Visit(language, **query).upload("secret-name.csv", csv(rows))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_made_and_shown_once(language):
    visit = Visit(language, sample="shop")
    token = shared(visit)
    assert len(token) == 43
    assert link_of(visit) == f"http://localhost:8501/s#{token}"
    (mine,) = links.shares().mine(links.owner_of(visit.app.session_state["owner_secret"]))
    assert visit.says("share.made", until=mine.expires)
    told = {"made": mine.created, "until": mine.expires, "size": mine.size}
    assert visit.says("share.one", title="Spring", kind=visit.words.say("share.kind.study"), **told)
    assert not visit.run().app.main.code
    assert visit.says("share.mine")


@pytest.mark.parametrize("days", [1, 3, 90])
def test_a_link_opens_for_as_many_days_as_its_owner_says(days):
    visit = Visit("en", sample="shop")
    shared(visit, share_days=days)
    (mine,) = links.shares().mine(links.owner_of(visit.app.session_state["owner_secret"]))
    assert (mine.expires - mine.created).days == days


def test_of_a_server_that_allows_fewer_days_no_more_are_offered():
    store = links.shares()._store
    with patch.object(store, "limits", replace(store.limits, share_days=7)):
        visit = Visit("en", sample="shop")
        shared(visit)
    field = visit.app.get_by_key("share_days")
    assert (field.min, field.max, field.value) == (1, 7, 7)


def test_before_anything_is_shared_there_is_no_list():
    visit = Visit("en", sample="shop").open("report")
    assert not visit.says("share.mine")
    assert not visit.offers("share.revoke")


def test_who_opens_it_sees_the_same_figures_on_the_same_settings(received):
    asked = {"margin": 45.0, "horizon": 6, "period": "quarter"}
    owner = Visit("en", sample="shop", **asked)
    token = shared(owner)
    reader = received(token)
    assert reader.failures == []
    assert {name: reader.settings[name] for name in asked} == asked
    for page in ("overview", "cohorts", "lifetime_value", "acquisition", "products"):
        assert reader.open(page).headline == owner.open(page).headline
        assert reader.metrics == owner.metrics


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(page, received):
    token = shared(Visit("en", sample="shop"))
    assert received(token).open(page).failures == []


def test_the_data_page_says_what_it_is_and_offers_nothing_that_needs_the_rows(received):
    owner = own()
    reader = received(shared(owner, "Spring *sales*"))
    given = reader.app.session_state["source"]
    assert reader.says("given.numbers", title="Spring *sales*", until=given.terms.last_moment)
    everything = " ".join(reader.texts)
    assert "secret-name" not in everything
    assert not reader.says("data.change")
    assert not reader.says("checks.title")
    assert [each.label for each in reader.app.file_uploader] == [reader.words.say("data.upload")]


def test_customers_are_numbers_unless_the_owner_says_otherwise(received):
    rows = [(f"Mario-{who}", *rest) for who, *rest in ROWS]
    owner = own(rows=rows)
    numbers = received(shared(owner)).open("customers")
    assert "Mario" not in repr(numbers.app.session_state["source"].study.intake.orders.table)
    kept = received(shared(owner, share_ids=True))
    assert kept.says("given.ids", title="Spring", until=kept.app.session_state["source"].terms.last_moment)
    assert "Mario-a" in set(kept.app.session_state["source"].study.intake.orders.table["customer_id"])


def test_scenarios_and_spend_are_shared_too(received):
    owner = Visit("en", sample="shop", scenarios="name=Mailing&uplift=7.5")
    reader = received(shared(owner))
    (scenario,) = reader.app.session_state["scenarios"]
    assert (scenario.name, scenario.settings) == ("Mailing", {"uplift": 7.5})
    theirs, ours = (
        each.open("acquisition").app.session_state["spend"].to_csv(index=False) for each in (owner, reader)
    )
    assert theirs == ours


def test_the_reader_loads_a_file_in_its_place(received):
    reader = received(shared(Visit("en", sample="shop")))
    reader.upload("mine.csv", csv(ROWS))
    assert reader.failures == []
    assert reader.app.session_state["source"].name == "mine.csv"
    assert reader.says("data.change")


def test_a_link_that_was_revoked_meanwhile_is_refused_in_a_sentence(received):
    owner = Visit("en", sample="shop")
    token = shared(owner)
    owner.press("share.revoke")
    assert not owner.app.main.code
    for language in LANGUAGES:
        reader = received(token, language)
        assert reader.errors == [reader.words.say("error.share_unknown")]
        assert "source" not in reader.app.session_state


def test_a_ticket_that_is_too_old_is_said(cookies):
    cookies[links.GIVEN] = links.tickets().issue(links.GIVEN, "x" * 43, 0)
    reader = Visit("en")
    assert reader.errors == [reader.words.say("error.share_open_again")]


def test_one_cookie_opens_once(cookies):
    token = shared(Visit("en", sample="shop"))
    cookies[links.GIVEN] = links.tickets().issue(links.GIVEN, token, 60)
    reader = Visit("en").upload("mine.csv", csv(ROWS))
    assert reader.app.session_state["source"].name == "mine.csv"


def test_all_are_deleted_at_once(received):
    owner = Visit("en", sample="shop")
    tokens = [shared(owner, f"no. {n}") for n in range(2)]
    owner.app.get_by_key("share_delete_all").click()
    owner.run()
    assert owner.failures == []
    assert not owner.says("share.mine")
    assert all(received(token).errors for token in tokens)


def test_the_browser_is_known_in_its_next_visit_and_no_other_is(cookies):
    first = Visit("en", sample="shop")
    shared(first, "Mine")
    secret = first.app.session_state["owner_secret"]
    cookies[links.OWNER] = links.tickets().issue(links.OWNER, secret, 60)
    again = Visit("en", sample="shop").open("report")
    assert any("Mine" in text for text in again.formatted)
    cookies[links.OWNER] = links.tickets().issue(links.OWNER, "y" * 43, 60)
    other = Visit("en", sample="shop").open("report")
    assert not any("Mine" in text for text in other.formatted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_shared_sealed_with_a_key_that_is_in_the_link_alone(language):
    visit = Visit(language, sample="shop").open("report").set("report_sections", ["cohorts"])
    visit.set("share_kind", "report").set("share_title", "Board")
    visit.press("share.make")
    assert visit.failures == []
    path, _, secret = link_of(visit).partition("#")
    public, _, key = secret.partition(".")
    assert path == "http://localhost:8501/r"
    found = links.shares().report(public)
    read = unseal(base64.urlsafe_b64decode(key + "="), found.content, found.terms.bound).decode()
    assert visit.words.say("cohorts.page") in read
    assert visit.app.get_by_key("share_kind").value == "report"
    held = repr(visit.app.session_state.to_dict())
    assert "share_kind" in held
    assert key not in held
    assert not visit.run().app.main.code
    (mine,) = links.shares().mine(links.owner_of(visit.app.session_state["owner_secret"]))
    assert (mine.kind, mine.title) == ("report", "Board")


def test_limits_are_said_in_a_sentence():
    owner = Visit("en", sample="shop").open("report")
    store = links.shares()._store
    with patch.object(store, "limits", replace(store.limits, share_bytes=10)):
        owner.press("share.make")
    (said,) = owner.errors
    assert "one link can hold" in said
