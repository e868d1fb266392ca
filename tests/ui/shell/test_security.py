"""What browsers are told with each answer, and which addresses the server does not answer."""

import base64
import hashlib
from pathlib import Path

import pytest
import streamlit

from retention.ui.parts import address, alive, remembered
from retention.ui.shell import security
from tests.loops import done


async def _app(scope, receive, send):
    await send({"type": f"{scope['type']}.response.start", "status": 200, "headers": []})
    await send({"type": f"{scope['type']}.response.body", "body": b"here", "headers": []})


def answered(wrapped, path="/", kind="http"):
    """The messages an answer is made of: each with its type, status and headers."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": "GET", "headers": []}
    done(wrapped(scope, None, send))
    return [
        (
            message["type"],
            message.get("status"),
            {n.decode(): v.decode() for n, v in message.get("headers", [])},
        )
        for message in sent
    ]


def test_every_answer_over_http_carries_the_headers_once():
    (start, status, headers), (_, _, none) = answered(security.Headers(_app))
    assert (start, status) == ("http.response.start", 200)
    assert headers == {
        "content-security-policy": security.content_security_policy(),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
    }
    assert none == {}


def test_a_websocket_is_passed_on_as_it_is():
    assert all(headers == {} for _, _, headers in answered(security.Headers(_app), kind="websocket"))


def test_scripts_come_from_the_server_alone_and_the_index_by_its_hashes():
    policy = dict(part.strip().split(" ", 1) for part in security.content_security_policy().split(";"))
    assert policy["default-src"] == "'none'"
    allowed = policy["script-src"].split()
    assert allowed[0] == "'self'"
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = [part.split("</script>")[0] for part in index.split("<script>")[1:]]
    own = [address.SCRIPT, alive.SCRIPT, remembered.SCRIPT]
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in inline + own]
    assert len(inline) >= 1
    assert allowed[1:] == [f"'sha256-{each}'" for each in hashes]


def test_a_page_that_shows_a_report_may_run_its_scripts_besides_and_frame_it():
    usual, there = (
        security.content_security_policy(),
        security.content_security_policy("'sha256-a' 'sha256-b'"),
    )
    assert there == usual.replace("; style-src", " 'sha256-a' 'sha256-b'; style-src").replace(
        "; base-uri", "; frame-src blob:; base-uri"
    )
    assert "frame-src" not in usual


def test_an_answer_that_has_a_policy_keeps_it():
    async def app(scope, receive, send):
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-security-policy", b"own")]}
        )

    ((_, _, headers),) = answered(security.Headers(app))
    assert headers["content-security-policy"] == "own"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_stcore/metrics", 404),
        ("/_stcore/agent", 404),
        ("/behind/_stcore/agent/x", 404),
        ("/_stcore/health", 200),
        ("/", 200),
    ],
)
def test_what_tells_strangers_about_the_server_is_not_answered(path, status):
    assert answered(security.ClosedPaths(_app), path)[0][1] == status


def test_only_requests_over_http_are_refused():
    assert answered(security.ClosedPaths(_app), "/_stcore/agent", "websocket")[0][1] == 200


@pytest.fixture
def embedding(monkeypatch):
    """What a host names, looked at anew."""

    def named(text):
        monkeypatch.setenv(security.EMBED, text)
        _forget()

    yield named
    _forget()


def _forget():
    security.embedders.cache_clear()
    security.content_security_policy.cache_clear()


def ancestors(**given):
    policy = dict(part.strip().split(" ", 1) for part in security.content_security_policy(**given).split(";"))
    return policy["frame-ancestors"]


def test_shared_pages_alone_are_shown_by_the_origins_a_host_names(embedding):
    embedding("https://intranet.example.com, http://localhost:8080 HTTPS://B.example:8443")
    named = "https://intranet.example.com http://localhost:8080 https://b.example:8443"
    assert ancestors(shown=True) == named
    assert ancestors() == "'none'"


@pytest.mark.parametrize("text", ["", "  ", ","])
def test_where_none_is_named_none_shows_them(embedding, text):
    embedding(text)
    assert ancestors(shown=True) == "'none'"


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "https:",
        "https://*",
        "https://*.example.com",
        "http://intranet.example.com",
        "http://127.0.0.1:80",
        "https://intranet.example.com/",
        "https://intranet.example.com/page",
        "https://user@intranet.example.com",
        "intranet.example.com",
        "https://a.example; script-src *",
        "'self'",
        "https://a.example:port",
    ],
)
def test_what_is_no_origin_by_https_is_refused(embedding, text):
    embedding(text)
    with pytest.raises(ValueError, match=security.EMBED):
        security.embedders()
