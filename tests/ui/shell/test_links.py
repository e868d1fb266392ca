"""The doors of shared links: whom they answer, with what cookies, and what they keep to themselves."""

import base64
import html
import json
from unittest.mock import patch

import pytest
from starlette.applications import Starlette

from retention import ingest
from retention.report import document
from retention.sharing import SharedStudy, Source, Tickets, owner_of, seal_anew, shares_in, tickets_in
from retention.sharing.sealed import unseal
from retention.text import LANGUAGES, Words
from retention.ui.shell import links
from retention.ui.state import links as state
from tests.loops import done

HOME = {"host": "shop.example", "origin": "https://shop.example", "sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True)
def store(tmp_path):
    """Shares and tickets of this test alone."""
    shares, tickets = shares_in({"RITORNO_DATA": str(tmp_path)}), Tickets(bytes(32))
    with patch.object(state, "shares", lambda: shares), patch.object(state, "tickets", lambda: tickets):
        yield shares


@pytest.fixture
def token(store):
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    study = SharedStudy("Spring", Source("Spring"), intake)
    return store.publish(study, owner_of("o" * 43)).token.text


def asked(method, path, body=b"", base="", **headers):
    """Status, headers and body of an answer."""
    sent, parts = [], [body[:300], body[300:]]

    async def receive():
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message):
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": named}
    app = Starlette(routes=links.routes(base))
    done(app(scope, receive, send))
    start, *rest = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(each.get("body", b"") for each in rest)


def posted(path, body, **headers):
    return asked("POST", path, body.encode(), **{**HOME, **headers})


def test_a_link_that_opens_is_handed_to_the_browser_sealed(token):
    status, headers, body = posted("/s/open", token)
    assert (status, json.loads(body)) == (200, {"to": "./"})
    cookie, *rest = headers["set-cookie"].split("; ")
    name, _, ticket = cookie.partition("=")
    assert name == state.GIVEN
    assert rest == ["Path=/", "Max-Age=60", "HttpOnly", "SameSite=Strict", "Secure"]
    assert token not in headers["set-cookie"]
    assert state.tickets().read(state.GIVEN, ticket) == token
    assert headers["cache-control"] == "no-store"


def test_where_there_is_no_tls_the_cookie_goes_without(token):
    _, headers, _ = posted("/s/open", token, origin="http://shop.example")
    assert "Secure" not in headers["set-cookie"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", ["", "x" * 43, "../../etc", "é", "a" * 500])
def test_any_other_opens_nothing_and_is_refused_in_the_readers_language(language, wrong):
    status, headers, body = posted("/s/open", wrong, **{"accept-language": f"{language}-XX,fr;q=0.5"})
    assert status == 404
    assert json.loads(body) == {"said": Words(language).say("error.share_unknown")}
    assert "set-cookie" not in headers


def test_what_was_revoked_is_refused(token, store):
    store.revoke_all(owner_of("o" * 43))
    status, _, body = posted("/s/open", token)
    assert (status, json.loads(body)["said"]) == (404, Words("en").say("error.share_unknown"))


@pytest.mark.parametrize("path", ["/s/open", "/s/keep"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_page_of_another_site_is_not_answered(path, headers, token):
    status, told, body = posted(path, token, **headers)
    assert (status, body) == (400, b"")
    assert "set-cookie" not in told


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://shop.example", 200), ("http://shop.example.evil", 400), ("null", 400), ("", 400)],
)
def test_a_browser_that_does_not_say_so_is_known_by_its_origin(origin, status, token):
    headers = {"host": "shop.example", "origin": origin}
    assert asked("POST", "/s/open", token.encode(), **headers)[0] == status


def test_a_long_body_is_not_read():
    assert posted("/s/open", "x" * 513)[0] == 400


def test_who_shares_is_remembered_by_a_ticket_of_the_visit():
    secret = "s" * 43
    ticket = state.tickets().issue(state.TO_KEEP, secret, 60)
    status, headers, _ = posted("/s/keep", ticket)
    name, _, kept = headers["set-cookie"].split("; ")[0].partition("=")
    assert (status, name) == (200, state.OWNER)
    assert state.tickets().read(state.OWNER, kept) == secret
    assert secret not in headers["set-cookie"]
    assert "HttpOnly; SameSite=Strict" in headers["set-cookie"]


@pytest.mark.parametrize("purpose", [state.GIVEN, state.OWNER])
def test_a_ticket_for_something_else_is_not_kept(purpose):
    status, headers, _ = posted("/s/keep", state.tickets().issue(purpose, "s" * 43, 60))
    assert status == 400
    assert "set-cookie" not in headers


def test_a_get_hands_nothing_over(token):
    assert asked("GET", "/s/open", **HOME)[0] == 405
    assert asked("GET", f"/s/{token}", **HOME)[0] == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_readers_language_and_has_no_script_in_it(language):
    status, headers, body = asked("GET", "/s", **{"accept-language": language})
    page = body.decode()
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert f'<html lang="{language}">' in page
    assert page.count("<script") == 1
    assert '<script src="s/study.js"></script>' in page
    assert Words(language).say("link.opening") in page


@pytest.mark.parametrize("base", ["team", "/team/"])
def test_they_stand_under_the_path_the_app_is_served_at(base):
    assert asked("GET", "/team/s", base=base)[0] == 200
    status, headers, body = asked("GET", "/team/s/study.js", base=base)
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert b"replaceState" in body
    assert asked("GET", "/s", base=base)[0] == 404


@pytest.fixture
def report(store):
    """Id and key of a sealed one."""
    owner = owner_of("o" * 43)
    terms = store.promise_report(owner)
    key, sealed = seal_anew(b"<p>figures</p>", terms.bound)
    store.put_report(owner, terms, "Board", sealed)
    return terms.id, key


def test_a_sealed_report_is_sent_as_it_lies_with_what_it_is_bound_to(report):
    public, key = report
    status, headers, body = posted("/r/open", public)
    sent = json.loads(body)
    content, bound = (base64.b64decode(sent[name]) for name in ("content", "bound"))
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert unseal(base64.urlsafe_b64decode(key + "="), content, bound) == b"<p>figures</p>"
    assert key not in body.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_there_is_none_of_is_refused_in_a_sentence(language, token):
    for wrong in ("", "0" * 64, token):
        status, _, body = posted("/r/open", wrong, **{"accept-language": language})
        assert (status, json.loads(body)) == (404, {"said": Words(language).say("error.share_unknown")})


def test_another_site_is_sent_no_report(report):
    assert posted("/r/open", report[0], **{"sec-fetch-site": "cross-site"})[0] == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_report_allows_its_scripts_and_says_what_may_go_wrong(language):
    status, headers, body = asked("GET", "/r", **{"accept-language": language})
    page, words = html.unescape(body.decode()), Words(language)
    assert status == 200
    assert document.scripts() in headers["content-security-policy"]
    assert page.count("<script") == 1
    for name in ("away", "insecure", "older", "save"):
        assert f'data-{name}="{words.say(f"link.{name}")}"' in page
    assert f'data-wrong="{words.say("error.share_unknown")}"' in page


def accepted(cookies):
    """The headers of the answer that begins a visit."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "websocket.accept", "headers": []})
        await send({"type": "websocket.send", "text": "here"})

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "headers": [(b"cookie", cookies.encode())]}
    done(links.OneVisit(app)(scope, None, send))
    return dict(sent[0]["headers"])


def test_the_answer_that_begins_a_visit_takes_the_links_cookie_away():
    (taken,) = accepted(f"a=b; {state.GIVEN}=xyz; c=d").values()
    assert taken.decode() == f"{state.GIVEN}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
    assert accepted("a=b") == {}


def test_what_has_expired_is_deleted_when_the_server_starts(store):
    purged = []

    async def started():
        async with links.purging(None):
            pass

    with patch.object(store, "purge", lambda: purged.append(True)):
        done(started())
    assert purged == [True]


@pytest.mark.parametrize(
    ("variable", "text"),
    [("RITORNO_SECRET", "short"), ("RITORNO_SHARES_EACH", "many"), ("RITORNO_DATABASE_URL", "mysql://db")],
)
def test_a_server_whose_environment_cannot_be_used_does_not_start(variable, text, monkeypatch):
    monkeypatch.setenv(variable, text)
    monkeypatch.setattr(state, "shares", shares_in)
    monkeypatch.setattr(state, "tickets", tickets_in)

    async def started():
        async with links.purging(None):
            pass

    with pytest.raises(ValueError, match=variable):
        done(started())


def test_starting_makes_no_store_where_there_was_none(tmp_path):
    shares_in({"RITORNO_DATA": str(tmp_path / "new")}).purge()
    assert not (tmp_path / "new").exists()
