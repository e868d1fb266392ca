"""The door before the app: whom it answers what, by their cookies alone, and what a visit hears that is over."""

from __future__ import annotations

import json
import time
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from retention.allowed import allowed_in
from retention.sharing import Tickets
from retention.text import LANGUAGES, Words
from retention.ui.shell import door
from retention.ui.state import links, people
from tests.loops import done

SECRET = "s" * 40
AUTH = {
    "redirect_uri": "https://shop.example/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "ritorno",
    "client_secret": "x",
    "server_metadata_url": "https://accounts.example/.well-known/openid-configuration",
}
PAGE = {"accept": "text/html,*/*"}
CLOSED = [
    "/",
    "/cohorts",
    "/static/js/index.js",
    "/media/a.csv",
    "/_stcore/upload_file/a/b",
    "/s/keep",
    "/s/open/",
]
OPEN = [
    "/s",
    "/s/open",
    "/r",
    "/r/open",
    "/sign-in",
    "/auth/login",
    "/_stcore/health",
    "/cohorts/_stcore/host-config",
]


@pytest.fixture(autouse=True)
def secrets(tmp_path, monkeypatch):
    """A server on which people sign in; of another the test writes what it says."""

    def written(auth, allowed="example.com"):
        lines = [f"{name} = {json.dumps(value)}" for name, value in auth.items() if isinstance(value, str)]
        for name, held in auth.items():
            if isinstance(held, dict):
                lines += [f"[auth.{name}]", *(f"{key} = {json.dumps(value)}" for key, value in held.items())]
        file = tmp_path / "secrets.toml"
        file.write_text("\n".join(["[auth]", *lines]) if auth else "", "utf-8")
        monkeypatch.setattr(secrets_singleton, "_secrets", None)
        before = config.get_option("secrets.files")
        config.set_option("secrets.files", [str(file)])
        monkeypatch.setenv("RITORNO_ALLOWED", allowed)
        for kept in (people.allowed, people.services, people.secure):
            kept.cache_clear()
        return before

    before = written(AUTH)
    with patch.object(links, "tickets", lambda: Tickets(bytes(32))):
        yield written
    config.set_option("secrets.files", before)
    secrets_singleton._secrets = None
    for kept in (people.allowed, people.services, people.secure):
        kept.cache_clear()


def signed(secret=SECRET, **claims):
    """The cookie of somebody who signed in, as Streamlit signs it."""
    told = {
        "is_logged_in": True,
        "email": "anna@example.com",
        "email_verified": True,
        "iat": time.time(),
        **claims,
    }
    return f"_streamlit_user={create_signed_value(secret, '_streamlit_user', json.dumps(told)).decode()}"


def guest():
    return f"{links.GUEST}={links.tickets().issue(links.GUEST, '', 60)}"


async def _app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the app"})


def asked(path, cookie="", *, app=_app, method="GET", query="", kind="http", sent=(), **headers):
    """What comes back of a request: messages; what was sent to it by a WebSocket is heard by the app."""
    back, coming = [], list(sent)

    async def receive():
        return coming.pop(0)

    async def send(message):
        back.append(message)

    named = [
        (name.encode(), value.encode()) for name, value in {"cookie": cookie, **headers}.items() if value
    ]
    scope = {"type": kind, "method": method, "path": path, "query_string": query.encode(), "headers": named}
    done(door.Door(app)({**scope, "server": ("shop.example", 443), "scheme": "https"}, receive, send))
    return back


def answered(path, cookie="", **given):
    """Status and text of an answer."""
    start, *rest = asked(path, cookie, **given)
    return start["status"], b"".join(each["body"] for each in rest).decode()


@pytest.mark.parametrize("path", [*CLOSED, *OPEN])
def test_a_stranger_is_answered_by_what_signing_in_takes_and_nothing_else(path):
    status, text = answered(path)
    assert (status, text) == ((401, "Not signed in") if path in CLOSED else (200, "the app"))


@pytest.mark.parametrize("path", [*CLOSED, *OPEN])
def test_who_may_is_answered_everything(path):
    assert answered(path, signed()) == (200, "the app")


@pytest.mark.parametrize("path", CLOSED)
def test_a_guest_is_answered_the_app_but_brings_and_keeps_nothing(path):
    refused = path in {"/_stcore/upload_file/a/b", "/s/keep"}
    assert answered(path, guest())[0] == (401 if refused else 200)


@pytest.mark.parametrize(
    "cookie",
    [
        f"{links.GUEST}=x",
        "_streamlit_user=x",
        signed(secret="t" * 40),
        signed(is_logged_in=False),
        signed().replace("_streamlit_user", "_streamlit_user_tokens"),
    ],
)
def test_cookies_that_are_not_the_servers_are_none(cookie):
    assert answered("/", cookie)[0] == 401


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("claims", "why", "status", "way"),
    [
        ({"email": "eve@other.it"}, "stranger", 403, "/auth/logout"),
        ({"email_verified": False}, "unverified", 403, "/auth/logout"),
        ({"email": None}, "nameless", 403, "/auth/logout"),
        ({"iat": 0}, "too_long", 401, "/sign-in?to=cohorts%3Fperiod%3Dyear"),
    ],
)
def test_who_may_not_reads_why_and_where_to_go(language, claims, why, status, way):
    given = {**PAGE, "accept-language": language}
    found, page = answered("/cohorts", signed(**claims), query="period=year", **given)
    said = Words(language).say(f"door.{why}", address=claims.get("email", "anna@example.com"), n=12)
    assert found == status
    assert said.replace("'", "&#x27;") in page
    assert page.count("<a ") == 1
    assert f'href="{way}"' in page
    assert "<script" not in page


def test_an_address_that_is_no_plain_text_is_shown_as_one():
    _, page = answered("/", signed(email='"<b>"@other.it'), **PAGE)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_it_stands_below_the_path_the_app_is_served_at():
    with patch.object(door, "base", lambda: "/team"):
        assert answered("/team/s") == (200, "the app")
        assert answered("/team/cohorts")[0] == 401
        assert 'href="/team/sign-in?to=cohorts"' in answered("/team/cohorts", **PAGE)[1]


def test_where_nobody_is_asked_to_sign_in_everybody_is_answered():
    with patch.object(people, "allowed", lambda: None):
        assert {answered(path) for path in CLOSED} == {(200, "the app")}


# --- coming back from the sign-in service --------------------------------------------------------


def came_back(*cookies, query="code=c&state=s", to="cohorts?period=year"):
    """Where somebody is led, and the cookies they are given."""

    async def app(scope, receive, send):
        given = [(b"location", b"/"), *((b"set-cookie", cookie.encode()) for cookie in cookies)]
        await send({"type": "http.response.start", "status": 302, "headers": given})

    (start,) = asked(
        "/oauth2callback",
        f"ritorno_back=to={to.replace('?', '%3F').replace('=', '%3D')}",
        app=app,
        query=query,
    )
    names = [(name.lower(), value.decode()) for name, value in start["headers"]]
    return dict(names)[b"location"], [value for name, value in names if name == b"set-cookie"]


def test_who_has_signed_in_goes_where_they_wanted_to_with_cookies_for_https_alone():
    place, cookies = came_back("_streamlit_user=x; Path=/; HttpOnly; SameSite=lax")
    assert place == "/cohorts?period=year"
    assert cookies[0] == "_streamlit_user=x; Path=/; HttpOnly; SameSite=lax; Secure"
    assert cookies[1].startswith("ritorno_back=; Path=/oauth2callback; Max-Age=0;")


@pytest.mark.parametrize(
    "to", ["/evil.net", "//evil.net", "https://evil.net", "\\evil.net", "a b", "x\r\ny", "é"]
)
def test_nobody_is_led_elsewhere(to):
    assert came_back("_streamlit_user=x", to=to)[0] == "/"


def test_what_the_service_hands_out_besides_is_not_kept():
    before = ["_streamlit_user=x", "_streamlit_user_1=y", '_streamlit_user_tokens_2=""; Max-Age=0']
    tokens = ["_streamlit_user_tokens=chunks-2; Max-Age=9", "_streamlit_user_tokens_1=z; Max-Age=9"]
    _, cookies = came_back(*before, *tokens)
    assert cookies[:-1] == [f"{each}; Secure" for each in before]


@pytest.mark.parametrize("query", ["error=access_denied&state=s", "code=c&state=s"])
def test_who_could_not_sign_in_is_led_to_try_again(query):
    place, _ = came_back('_streamlit_user=""; Max-Age=0; Path=/', query=query)
    assert (urlsplit(place).path, parse_qs(urlsplit(place).query)) == (
        "/sign-in",
        {"to": ["cohorts?period=year"], "failed": ["yes"]},
    )


def test_who_has_signed_out_comes_to_the_first_page():
    assert came_back(query="")[0] == "/"


# --- visits --------------------------------------------------------------------------------------


def heard(cookie, *messages, after=lambda: None):
    """What the app hears of a WebSocket, with something done after each; and what the browser is sent."""
    got = []

    async def app(scope, receive, send):
        while (message := await receive())["type"] == "websocket.receive":
            got.append(message["bytes"])
            after()

    gone = {"type": "websocket.disconnect", "code": 1000}
    sent = [*({"type": "websocket.receive", "bytes": message} for message in messages), gone]
    back = asked("/_stcore/stream", cookie, app=app, kind="websocket", sent=sent)
    return got, back


def wish(**given):
    found = BackMsg(rerun_script=ClientState(query_string="period=year", page_script_hash="h", **given))
    found.rerun_script.widget_states.widgets.add(id="share_make", trigger_value=True)
    return found.SerializeToString()


def test_no_visit_begins_for_a_stranger():
    got, back = heard("", wish())
    assert (got, back) == ([], [{"type": "websocket.close", "code": 4401}])


@pytest.mark.parametrize("whose", [signed, guest])
def test_visits_of_others_are_heard_as_they_speak(whose):
    assert heard(whose(), wish(), b"x") == ([wish(), b"x"], [])


@pytest.mark.parametrize("claims", [{"iat": 0}, {"email": "eve@other.it"}, {"email_verified": False}])
def test_of_a_visit_that_is_over_nothing_is_heard_but_that_it_is_there(claims):
    other = BackMsg(clear_cache=True).SerializeToString()
    (got,), back = heard(signed(**claims), other, b"\xff", wish(fragment_id="f"))
    there = BackMsg.FromString(got).rerun_script
    assert back == []
    assert (there.query_string, there.page_script_hash) == ("period=year", "h")
    assert not there.fragment_id
    assert not there.widget_states.widgets


def test_a_visit_is_over_while_it_lasts():
    clock = [time.time()]
    cookie = signed(iat=clock[0] - 12 * 3600 + 30)
    with patch.object(time, "time", lambda: clock[0]):
        got, _ = heard(cookie, wish(), wish(), after=lambda: clock.append(clock.pop() + 60))
    assert got[0] == wish()
    assert not BackMsg.FromString(got[1]).rerun_script.widget_states.widgets


# --- signing in is set up whole, or not at all ---------------------------------------------------


def test_several_services_are_asked_which(secrets):
    both = {name: AUTH[name] for name in ("client_id", "client_secret", "server_metadata_url")}
    secrets({"redirect_uri": AUTH["redirect_uri"], "cookie_secret": SECRET, "google": both, "entra": both})
    assert people.services() == ("google", "entra")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"client_id": None}, "client_id"),
        ({"client_secret": None}, "client_secret"),
        ({"server_metadata_url": None}, "server_metadata_url"),
        ({"cookie_secret": None}, "cookie_secret"),
        ({"cookie_secret": "short"}, "at least 32"),
        ({"redirect_uri": None}, "redirect_uri"),
        ({"redirect_uri": "http://shop.example/oauth2callback"}, "https"),
        ({"redirect_uri": "https://shop.example/"}, "oauth2callback"),
    ],
)
def test_what_could_not_let_anybody_in_safely_is_refused(secrets, change, said):
    secrets({name: value for name, value in {**AUTH, **change}.items() if value is not None})
    with pytest.raises(ValueError, match=said) as found:
        people.allowed()
    assert SECRET not in str(found.value)


@pytest.mark.parametrize("allowed", ["", "*", "https://example.com"])
def test_a_sign_in_without_a_list_is_refused(secrets, allowed):
    secrets(AUTH, allowed)
    with pytest.raises(ValueError, match="RITORNO_ALLOWED"):
        people.allowed()


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "Common"])
@pytest.mark.parametrize("service", [None, "entra"])
def test_unstated_addresses_of_any_tenant_are_refused(secrets, monkeypatch, tenant, service):
    url = f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
    held = {"client_id": "ritorno", "client_secret": "x", "server_metadata_url": url}
    secrets({**AUTH, **held} if service is None else {**AUTH, service: held})
    assert people.allowed() is not None
    people.allowed.cache_clear()
    monkeypatch.setenv("RITORNO_UNSTATED", "accept")
    with pytest.raises(ValueError, match="one tenant"):
        people.allowed()


def test_a_list_without_a_sign_in_is_refused(secrets):
    secrets({})
    with pytest.raises(ValueError, match="no secrets file"):
        people.allowed()


def test_a_secrets_file_that_cannot_be_read_is_refused_and_not_taken_for_none(secrets, tmp_path, monkeypatch):
    secrets({})
    monkeypatch.delenv("RITORNO_ALLOWED")
    assert people.allowed() is None
    people.allowed.cache_clear()
    (tmp_path / "secrets.toml").write_text("[auth", "utf-8")
    secrets_singleton._secrets = None
    with pytest.raises(ValueError, match="cannot be read"):
        people.allowed()


def test_the_list_is_the_hosts(secrets):
    secrets(AUTH, "example.com, eve@other.it")
    assert people.allowed() == allowed_in({"RITORNO_ALLOWED": "example.com, eve@other.it"})
    assert people.secure()
