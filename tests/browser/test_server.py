"""What the server answers to anyone: its headers, and the doors that are closed."""

from __future__ import annotations

import pytest

from tests.browser.servers import Server, uvicorn_options

pytestmark = pytest.mark.browser
PATHS = ("/", "/s", "/r", "/cohorts", "/_stcore/health", "/nothing/of/the/kind", "/_stcore/metrics")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_tells_the_browser_what_to_refuse(server, path):
    _, headers, _ = server.answer(path)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self'" in policy
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert "*" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/cohorts/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/",
        "/_stcore/%6detrics",
        "/_stcore//metrics",
    ],
)
def test_strangers_learn_nothing_of_the_server_or_its_visitors(server, path):
    status, _, text = server.answer(path)
    found = status == 200 and "<!doctype html>" in text.lower()  # the page itself, which knows nothing
    assert status == 404 or found
    assert "active_sessions" not in text
    assert '"openapi":' not in text


def test_the_server_says_that_it_is_well(server):
    status, _, text = server.answer("/_stcore/health")
    assert (status, text) == (200, "ok")


def test_uvicorn_serves_the_app_likewise(tmp_path):
    with Server(tmp_path / "log.txt", ("uvicorn", "app:app"), uvicorn_options) as running:
        assert running.answer("/_stcore/health")[2] == "ok"
        assert running.answer("/_stcore/metrics")[0] == 404
        assert running.answer("/")[1]["X-Content-Type-Options"] == "nosniff"
        assert "Traceback" not in running.log
