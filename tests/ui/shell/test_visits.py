"""The doors of kept visits: what a browser is handed, what keeps a visit alive, what ends it."""

import asyncio
import json
import logging
from types import SimpleNamespace
from unittest.mock import patch

import pandas as pd
import pytest
from starlette.applications import Starlette

from retention.sharing import Tickets, new_secret
from retention.sources import Reading, Shelf, sources_in
from retention.ui.shell import visits as doors
from retention.ui.state import kept as state, links
from retention.visits import Choices, Visits, VisitsUnreachableError, visits_in
from retention.visits.limits import Limits
from retention.visits.memory import InMemory
from tests.loops import done
from tests.visits.conftest import Clock

NAME = "0123456789abcdef"
HOME = {"host": "shop.example", "origin": "https://shop.example", "sec-fetch-site": "same-origin"}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def visits(clock):
    """Visits and tickets of this test alone."""
    made, tickets = Visits(InMemory(Limits()), Limits(), clock), Tickets(bytes(32), clock)
    with patch.object(state, "visits", lambda: made), patch.object(state, "tickets", lambda: tickets):
        yield made


@pytest.fixture
def secret(visits):
    made = new_secret()
    visits.keep(made, [("a.csv", b"1")], Choices())
    return made


def posted(door, body, cookie="", **headers):
    """What an answer says, and its cookies by name with what stands beside each."""
    sent, named = [], {**HOME, **headers, **({"cookie": cookie} if cookie else {})}

    async def receive():
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message):
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    scope = {"type": "http", "method": "POST", "path": f"/v/{door}", "query_string": b"", "headers": pairs}
    done(Starlette(routes=doors.routes(""))(scope, receive, send))
    start, *rest = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    assert start["status"] == 200
    assert told["cache-control"] == "no-store"
    return json.loads(b"".join(each.get("body", b"") for each in rest)), told.get("set-cookie")


def held(secret, name=NAME):
    """The cookie of a browser that was handed a secret."""
    cookie = state.cookie_of(name)
    return f"{cookie}={state.tickets().issue(cookie, secret, 1800)}"


def test_a_ticket_of_the_page_becomes_a_cookie_no_script_reads(secret):
    said, cookie = posted("keep", state.tickets().issue(state.TO_KEEP, f"{NAME} {secret}", 60))
    assert said == {"kept": True}
    (name, _, ticket), *rest = cookie.split("; ")[0].partition("="), *cookie.split("; ")[1:]
    assert name == f"{state.COOKIE}{NAME}"
    assert rest == ["Path=/", "Max-Age=1800", "HttpOnly", "SameSite=Strict", "Secure"]
    assert state.tickets().read(name, ticket) == secret
    assert secret not in cookie


@pytest.mark.parametrize("purpose", [state.TO_END, links.OWNER, f"{state.COOKIE}{NAME}"])
def test_a_ticket_for_something_else_becomes_none(secret, purpose):
    ticket = state.tickets().issue(purpose, f"{NAME} {secret}", 60)
    assert posted("keep", ticket) == ({"kept": False}, None)


def test_a_sign_of_life_keeps_the_visit_and_its_cookie_for_as_long_again(secret, visits, clock):
    cookie = held(secret)
    clock.go_on(minutes=29)
    said, renewed = posted("alive", NAME, cookie)
    assert said == {"kept": True}
    assert "Max-Age=1800" in renewed
    clock.go_on(minutes=29)
    assert visits.find(secret) is not None
    assert posted("alive", NAME, cookie)[0] == {"kept": False}  # what it had before is no longer good
    assert posted("alive", NAME, renewed.split(";")[0])[0] == {"kept": True}


def gone(name=NAME):
    return f"{state.COOKIE}{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure"


def test_of_what_is_over_the_cookie_is_taken_away(secret, clock):
    cookie = held(secret)
    clock.go_on(minutes=30)
    assert posted("alive", NAME, cookie) == ({"kept": False}, gone())


@pytest.mark.parametrize("name", ["", "fedcba9876543210", "../etc", "x" * 16, NAME.upper()])
def test_another_name_than_the_cookies_keeps_nothing_alive(secret, name):
    assert posted("alive", name, held(secret))[0] == {"kept": False}


def test_a_cookie_under_another_name_opens_nothing(secret):
    ticket = held(secret).partition("=")[2]
    other = "fedcba9876543210"
    assert posted("alive", other, f"{state.COOKIE}{other}={ticket}")[0] == {"kept": False}


def test_what_is_forgotten_is_gone_with_its_cookie(secret, visits):
    assert posted("forget", NAME, held(secret)) == ({"kept": False}, gone())
    assert visits.find(secret) is None


def test_without_the_cookie_nothing_is_forgotten(secret, visits):
    posted("forget", NAME)
    assert visits.find(secret) is not None


class Runtime:
    """The part of Streamlit's that ends sessions, with one."""

    def __init__(self):
        self.closed = []
        self._session_mgr = self
        self.session = SimpleNamespace(shutdown=lambda: None, _session_state={"file": "theirs"})

    def get_session_info(self, name):
        return SimpleNamespace(session=self.session) if name == "session-1" else None

    def close_session(self, name):
        self.closed.append(name)


@pytest.fixture
def runtime():
    made = Runtime()
    with (
        patch.object(doors.runtime, "exists", lambda: True),
        patch.object(doors.runtime, "get_instance", lambda: made),
    ):
        yield made


def test_an_ended_visit_is_let_go_at_once_with_its_cookie(secret, visits, runtime):
    ticket = state.tickets().issue(state.TO_END, f"session-1 {NAME}", 60)
    assert posted("end", ticket, held(secret)) == ({"kept": False}, gone())
    assert runtime.closed == ["session-1"]
    assert runtime.session._session_state.filtered_state == {}
    assert visits.find(secret) is None


def test_who_has_no_ticket_ends_nobodys_visit(secret, visits, runtime):
    for ticket in ("", "session-1", state.tickets().issue(state.TO_KEEP, f"session-1 {NAME}", 60)):
        assert posted("end", ticket, held(secret)) == ({"kept": False}, None)
    assert runtime.closed == []
    assert visits.find(secret) is not None


@pytest.mark.parametrize("door", ["keep", "alive", "forget", "end"])
def test_a_page_of_another_site_is_not_answered(door, secret, visits, runtime):
    bodies = {"alive": NAME, "forget": NAME}
    purpose = state.TO_END if door == "end" else state.TO_KEEP
    body = bodies.get(door) or state.tickets().issue(purpose, f"{NAME} {secret}", 60)
    assert posted(door, body, held(secret), **{"sec-fetch-site": "cross-site"})[0] == {"kept": False}
    assert runtime.closed == []
    assert visits.find(secret) is not None


def test_where_visits_cannot_be_reached_the_page_is_told_no_and_the_log_why(secret, visits, caplog):
    def away(_):
        raise VisitsUnreachableError

    with patch.object(visits, "alive", away), caplog.at_level(logging.WARNING):
        assert posted("alive", NAME, held(secret))[0] == {"kept": False}
    assert "visits_unreachable" in caplog.text
    assert secret not in caplog.text


def test_what_is_over_is_deleted_while_the_server_runs(secret, visits, clock):
    clock.go_on(minutes=31)

    async def running():
        with patch.object(links, "shares"):
            async with doors.sweeping(None):
                for _ in range(100):
                    await asyncio.sleep(0.01)
                    if not visits._place._rows:
                        return

    done(running())
    assert visits._place._rows == {}


def test_what_engines_have_made_is_deleted_when_the_server_ends(tmp_path):
    pd.DataFrame({"customer": ["a"], "date": ["2024-01-01"], "amount": [1.0]}).to_parquet(
        tmp_path / "1.parquet"
    )
    (tmp_path / "made").mkdir()
    told = {"name": "Shop", "path": str(tmp_path / "1.parquet"), "temporary": str(tmp_path / "made")}
    shelf = Shelf()
    Reading(sources_in({"sales": told | {"engine": "duckdb"}})["sales"], shelf).result()

    async def running():
        with patch.object(links, "shares"):
            async with doors.sweeping(None):
                assert list((tmp_path / "made").iterdir())

    done(running())
    assert list((tmp_path / "made").iterdir()) == []


@pytest.mark.parametrize("variable", ["RITORNO_KEEP_MINUTES", "RITORNO_KEPT_VISITS", "RITORNO_VISITORS"])
def test_a_server_whose_environment_cannot_be_used_does_not_start(variable, monkeypatch):
    monkeypatch.setenv(variable, "many")
    monkeypatch.setattr(state, "visits", visits_in)

    async def started():
        async with doors.sweeping(None):
            pass

    with pytest.raises(ValueError, match=variable):
        done(started())
