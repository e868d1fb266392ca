"""What is kept of a visit follows what is loaded, chosen and wished, and is found as it was."""

from __future__ import annotations

from contextlib import contextmanager
from unittest.mock import patch

import pytest

from retention.allowed import Person
from retention.text import LANGUAGES
from retention.ui.state import kept, people, room
from retention.visits import Room, Visits, VisitsUnreachableError
from retention.visits.limits import Limits
from retention.visits.memory import InMemory
from tests.pages.visit import ROWS, Visit, csv
from tests.visits.conftest import Clock

SPEND = b"month,channel,purpose,amount\n2024-01,Web,acquisition,90\n"
HEARD = b"customer,date,resolved\nc1,2024-02-12,yes\n"
MANY = [(f"c{n % 30}", f"2024-{1 + n % 12:02}-{1 + n % 28:02}", 10 + n % 7) for n in range(300)]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def place():
    return InMemory(Limits())


@pytest.fixture(autouse=True)
def visits(place, clock):
    """Visits of this test alone."""
    made = Visits(place, Limits(), clock)
    with patch.object(kept, "visits", lambda: made):
        yield made


@pytest.fixture
def again(cookies):
    """A visit of the same browser, at the address the one before had."""

    def begun(before, language="en", **query):
        now = before.app.session_state["visit_kept"]
        cookie = kept.cookie_of(now.name)
        cookies[cookie] = kept.tickets().issue(cookie, now.secret, 60)
        visit = Visit(language, file="own", visit=now.name, **query)
        cookies.clear()
        return visit

    return begun


def own(language="en", rows=ROWS, name="mine.csv", **query):
    return Visit(language, **query).upload(name, csv(rows))


def state(visit, name):
    return visit.app.session_state.get(name)


@contextmanager
def room_for(**limits):
    """A server with so much room."""
    made = Room(Limits(**limits))
    with patch.object(room, "room", lambda: made):
        yield


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_found_with_what_was_chosen_of_it(again, language):
    visit = own(language).set("stated_currency", "USD")
    visit.set("map_decimal", ".")
    visit.app.session_state["left_out"] = ["b"]
    visit.run()
    found = again(visit, language)
    assert (found.failures, found.errors) == ([], [])
    assert state(found, "source").name == "mine.csv"
    for name in ("stated_currency", "map_decimal", "left_out"):
        assert state(found, name) == state(visit, name)
    assert found.rows() == visit.rows()
    for page in ("overview", "cohorts"):
        assert found.open(page).headline == visit.open(page).headline
    assert found.says("frame.kept", n=30)


def test_spend_and_complaints_are_found(again):
    visit = own(rows=MANY).open("acquisition").upload("spend.csv", SPEND)
    visit.open("dropoff").upload("complaints.csv", HEARD).run()
    assert visit.says("complaints.read", n=1)
    before = visit.open("acquisition").metrics
    found = again(visit)
    assert found.open("acquisition").metrics == before
    assert found.open("dropoff").says("complaints.read", n=1)


def test_a_visit_found_once_is_found_again(again):
    assert state(again(again(own())), "source").name == "mine.csv"


def test_where_people_sign_in_the_next_one_at_this_browser_does_not_find_it(again, monkeypatch):
    anna, bruno = (Person(f"{name}@example.com", 0.0) for name in ("anna", "bruno"))
    monkeypatch.setattr(people, "person", lambda: anna)
    visit = own()
    assert state(again(visit), "source").name == "mine.csv"
    for other in (bruno, None):
        monkeypatch.setattr(people, "person", lambda other=other: other)
        assert state(again(visit), "source") is None


def test_nothing_is_kept_of_a_sample(place):
    visit = own()
    assert len(place._rows) == 1
    visit.press("data.sample.shop")
    assert state(visit, "source").sample == "shop"
    assert place._rows == {}


def test_another_file_takes_its_place(place, again):
    visit = own().upload("newer.csv", csv(ROWS[:-1]))
    assert len(place._rows) == 1
    assert state(again(visit), "source").name == "newer.csv"


def test_a_file_that_cannot_be_read_leaves_what_was_kept(again):
    visit = own().upload("broken.csv", b"\x00")
    assert visit.errors
    assert state(again(visit), "source").name == "mine.csv"


def test_who_wants_nothing_kept_has_nothing_kept(place):
    visit = own()
    visit.set(kept.UNKEPT, value=True)
    assert place._rows == {}
    assert visit.says("frame.privacy")
    visit.upload("newer.csv", csv(ROWS[:-1]))
    assert place._rows == {}
    visit.set(kept.UNKEPT, value=False)
    visit.upload("third.csv", csv(ROWS[:-2]))
    assert len(place._rows) == 1
    assert own(keep="no").app.session_state[kept.UNKEPT] is True
    assert len(place._rows) == 1


def test_an_ended_visit_holds_nothing(place):
    visit = own().press("visit.end")
    assert place._rows == {}
    assert visit.failures == []
    assert visit.says("visit.ended")
    for name in ("source", "visit_kept", "seat", "mappings", "map_customer"):
        assert state(visit, name) is None


def test_what_cannot_be_deleted_now_is_said_and_the_visit_goes_on(visits):
    def away(_):
        raise VisitsUnreachableError

    visit = own()
    with patch.object(visits, "forget", away):
        visit.press("visit.end")
    assert visit.says("error.visits_unreachable")
    assert state(visit, "source").name == "mine.csv"


def test_what_is_over_is_asked_for_again(again, clock):
    visit = own()
    clock.go_on(minutes=30)
    found = again(visit)
    assert state(found, "source") is None
    assert found.says("shared.gone")


def test_a_name_without_its_cookie_opens_nothing():
    visit = own()
    other = Visit("en", file="own", visit=state(visit, "visit_kept").name)
    assert state(other, "source") is None


@pytest.mark.parametrize("limit", ["keep_bytes", "kept_visits", "kept_bytes"])
def test_what_passes_a_limit_is_loaded_and_said_not_to_be_kept(limit, clock):
    limits = Limits(**{limit: 1 if limit != "kept_visits" else 0})
    made = Visits(InMemory(limits), limits, clock)
    with patch.object(kept, "visits", lambda: made):
        visit = own()
        code = "visit_too_large_to_keep" if limit == "keep_bytes" else "visit_no_room_to_keep"
        (told,) = [each.value for each in visit.app.sidebar.warning]
        assert told.startswith(visit.words.say(f"error.{code}", bytes=0, limit=1)[:12])
        assert state(visit, "source").name == "mine.csv"
        assert state(visit, "visit_kept") is None
        visit.press("data.sample.shop")
        assert len(visit.app.sidebar.warning) == 0


def test_a_full_server_says_so_on_every_page_and_keeps_who_is_there():
    with room_for(visitors=1):
        first = own()
        late = own(name="late.csv")
        assert late.words.say("error.server_full", limit=1) in late.errors
        assert state(late, "source") is None
        late.open("cohorts")
        assert late.words.say("error.server_full", limit=1) in late.errors
        assert first.upload("newer.csv", csv(ROWS[:-1])).errors == []
        first.press("visit.end")
        assert late.open("data").upload("late.csv", csv(ROWS)).errors == []


def test_a_sample_by_its_address_is_refused_as_well_where_the_server_is_full():
    with room_for(visitors=1):
        first = own()
        late = Visit("en", sample="shop")
        assert late.words.say("error.server_full", limit=1) in late.errors
        assert state(first, "source") is not None


def test_a_file_that_would_take_too_much_memory_leaves_the_one_before():
    with room_for(visit_bytes=2_000):
        visit = own()
        assert visit.errors == []
        visit.upload("large.csv", csv(ROWS * 40))
        (told,) = visit.errors
        assert told.startswith("This would take")
        assert state(visit, "source").name == "mine.csv"
