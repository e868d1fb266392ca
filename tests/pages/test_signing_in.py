"""What a visit shows of who is at it, where people sign in and where they do not."""

from __future__ import annotations

import time

import pytest

from retention.allowed import allowed_in
from retention.sharing import owner_by_address, server_secret_in
from retention.text import LANGUAGES
from retention.ui.state import links, people
from tests.pages.visit import PAGES, Visit, unescaped

ANNA, BRUNO, EVE = "anna@example.com", "bruno@example.com", "eve@other.it"


@pytest.fixture(autouse=True)
def _as_if_new(cookies):
    yield
    cookies.clear()


@pytest.fixture
def _asked(monkeypatch):
    """People sign in here."""
    monkeypatch.setattr(people, "allowed", lambda: allowed_in({"RITORNO_ALLOWED": "example.com"}))


def signed(address=ANNA, **claims):
    told = {"is_logged_in": True, "email": address, "email_verified": True, "iat": time.time()}
    return {**told, **claims}


def beside(visit):
    return [unescaped(text.value) for text in visit.app.sidebar.caption]


def shared(visit, **given):
    """The token of the link a visit makes."""
    visit.open("report")
    for key, value in given.items():
        visit.set(key, value)
    visit.press("share.make")
    assert visit.failures == []
    (link,) = [code.value for code in visit.app.main.code]
    return link.partition("#")[2]


@pytest.fixture
def received(cookies):
    """A visit that begins with a browser that was handed a link's secret."""

    def began(token, **given):
        cookies[links.GIVEN] = links.tickets().issue(links.GIVEN, token, 60)
        visit = Visit("en", **given)
        del cookies[links.GIVEN]
        return visit

    return began


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("user", "why"),
    [
        ({}, "signed_out"),
        (signed(is_logged_in=False), "signed_out"),
        (signed(EVE), "stranger"),
        (signed(email_verified=False), "unverified"),
        (signed(iat=0), "too_long"),
    ],
)
def test_a_visit_that_may_not_go_on_says_why_and_shows_nothing(language, user, why):
    visit = Visit(language, user=user, sample="shop")
    assert visit.failures == []
    (said,) = [element.proto.body for element in visit.app.main if element.type == "html"]
    told = visit.words.say(f"door.{why}", address=user.get("email", ""), n=12)
    assert told.replace("'", "&#x27;") in said
    assert [title.value for title in visit.app.title] == ["Ritorno"]
    assert "source" not in visit.app.session_state
    assert not visit.app.sidebar.caption


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_shown_to_a_stranger(page):
    visit = Visit("en", sample="shop").open(page)
    assert [title.value for title in visit.app.title] == ["Ritorno"]
    assert not visit.metrics


@pytest.mark.usefixtures("_asked")
def test_a_visit_that_may_stops_when_it_has_lasted_too_long():
    visit = Visit("en", user=signed(), sample="shop")
    visit.open("overview")
    assert visit.metrics
    visit.app.user = signed(iat=0)
    visit.run()
    assert not visit.metrics


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_signed_in_is_told_as_whom_and_can_sign_out(language):
    visit = Visit(language, user=signed(), sample="shop")
    assert visit.failures == []
    assert beside(visit)[-1] == visit.words.say("frame.signed_in", address=ANNA)
    visit.press("door.sign_out")
    assert visit.run().app.title[0].value == "Ritorno"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://localhost:8501/", False),
        ("http://127.0.0.1:8501/cohorts", False),
        ("https://ritorno.example/", True),
        ("http://192.168.1.7:8501/", True),
    ],
)
def test_where_nobody_signs_in_a_server_others_reach_says_so(url, told):
    visit = Visit("en", url=url)
    assert (visit.words.say("frame.open") in beside(visit)) is told
    assert not visit.offers("door.sign_out")


def test_where_nobody_signs_in_no_link_is_offered_for_colleagues_alone():
    visit = Visit("en", sample="shop").open("report")
    assert visit.words.say("share.colleagues") not in [each.label for each in visit.app.toggle]


@pytest.mark.usefixtures("_asked")
@pytest.mark.parametrize("kind", ["study", "report"])
@pytest.mark.parametrize("colleagues", [True, False])
def test_a_link_is_for_colleagues_unless_its_owner_says_otherwise(kind, colleagues):
    visit = Visit("en", user=signed(), sample="shop").open("report").set("share_kind", kind)
    shared(visit, report_sections=["cohorts"], **({} if colleagues else {"share_colleagues": False}))
    mine = links.shares().mine(owner_by_address(ANNA, server_secret_in()))
    assert (mine[0].kind, mine[0].colleagues_only) == (kind, colleagues)
    links.shares().revoke_all(owner_by_address(ANNA, server_secret_in()))


@pytest.mark.usefixtures("_asked")
def test_what_is_shared_is_the_persons_and_not_the_browsers():
    owner = Visit("en", user=signed(), sample="shop")
    shared(owner, share_title="Mine")
    assert "owner_secret" not in owner.app.session_state
    assert owner.says("share.person", address=ANNA)
    again = Visit("en", user=signed(ANNA.upper()), sample="shop").open("report")
    assert any("Mine" in text for text in again.formatted)
    other = Visit("en", user=signed(BRUNO), sample="shop").open("report")
    assert not any("Mine" in text for text in other.formatted)
    owner.app.get_by_key("share_delete_all").click()
    owner.run()


@pytest.mark.usefixtures("_asked")
def test_a_study_for_colleagues_opens_for_them_and_for_nobody_else(received):
    token = shared(Visit("en", user=signed(), sample="shop"))
    assert received(token, user=signed(BRUNO)).app.session_state["source"].terms.colleagues_only
    for user in ({}, signed(EVE), signed(iat=0)):
        assert "source" not in received(token, user=user).app.session_state


@pytest.mark.usefixtures("_asked")
def test_a_study_for_all_makes_a_guest_who_sees_it_and_cannot_share_or_load(received):
    token = shared(Visit("en", user=signed(), sample="shop"), share_colleagues=False)
    guest = received(token)
    assert guest.words.say("frame.guest") in beside(guest)
    for page in PAGES:
        assert guest.open(page).failures == []
        assert all(each.disabled for each in guest.app.file_uploader)
        assert guest.app.title[0].value != "Ritorno"
    assert not guest.open("report").says("share.section")
    assert not guest.offers("share.make")
    del guest.app.session_state["source"]
    guest.run()
    assert guest.app.title[0].value == "Ritorno"


@pytest.mark.usefixtures("_asked")
def test_who_is_not_allowed_is_a_guest_by_a_link_for_all(received):
    token = shared(Visit("en", user=signed(), sample="shop"), share_colleagues=False)
    assert received(token, user=signed(EVE)).app.session_state["source"].name
