"""A shared page is shown inside another site's page where the host says so, and no other page is."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from retention.sharing import owner_of, seal_anew, shares_in
from retention.text import Words
from tests.browser.servers import Server, free_port
from tests.browser.signing_in import asking, knows, service
from tests.browser.test_signing_in import identify, way

pytestmark = pytest.mark.browser
EN = Words("en")
ANNA = "anna@example.com"


PAGE = b"""<!doctype html><link rel="icon" href="data:,"><iframe width="900" height="500"></iframe><script>
document.querySelector("iframe").src = decodeURIComponent(location.search.slice(1))</script>"""


class Intranet(BaseHTTPRequestHandler):
    """A page with another in a frame: what stands in its query."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def intranet():
    """The port of another site: its origin on localhost is one the host names, on 127.0.0.1 none."""
    port = free_port()
    running = ThreadingHTTPServer(("127.0.0.1", port), Intranet)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield port
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("embedding")


@pytest.fixture(scope="module")
def server(folder, intranet):
    named = {"RITORNO_EMBED_ORIGINS": f"https://intranet.example.com, http://localhost:{intranet}"}
    with Server(folder / "log.txt", environment=named) as running:
        yield running


def report(folder, *, colleagues=False):
    """What stands behind # in the link of a report."""
    shares, owner = shares_in({"RITORNO_DATA": str(folder)}), owner_of("o" * 43)
    terms = shares.promise_report(owner, colleagues_only=colleagues)
    key, sealed = seal_anew(b"<!doctype html><h1>Figures</h1>", terms.bound)
    shares.put_report(owner, terms, "Board", sealed)
    return f"{terms.id}.{key}"


@contextmanager
def framed(browser, intranet, address, host="localhost"):
    """A tab at the other site's page, with an address of ours in its frame."""
    context = browser.new_context(locale="en-GB")
    tab = context.new_page()
    tab.said = []
    tab.on("console", lambda message: tab.said.append(message.text))
    tab.goto(f"http://{host}:{intranet}/?{address.replace('#', '%23')}")
    yield tab, tab.frame_locator("iframe")
    context.close()


def refused(tab):
    return any("frame-ancestors" in text or "refused to connect" in text for text in tab.said)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])  # of one site with the other's, and of another
def test_a_report_is_shown_in_the_page_of_an_origin_the_host_names(browser, server, intranet, folder, host):
    link = f"{server.url.replace('localhost', host)}/r#{report(folder)}"
    with framed(browser, intranet, link) as (tab, frame):
        expect(frame.frame_locator("iframe").locator("h1")).to_have_text("Figures")
        assert not refused(tab)


def test_it_is_not_in_that_of_another(browser, server, intranet, folder):
    link = f"{server.url}/r#{report(folder)}"
    with framed(browser, intranet, link, "127.0.0.1") as (tab, _):
        tab.wait_for_timeout(500)
        assert refused(tab)
        assert tab.frames[1].url.startswith("chrome-error:")


@pytest.mark.parametrize("path", ["/", "/cohorts?sample=shop", "/sign-in", "/_stcore/health"])
def test_no_other_page_is(browser, server, intranet, path):
    with framed(browser, intranet, f"{server.url}{path}") as (tab, _):
        tab.wait_for_timeout(500)
        assert refused(tab)
    assert "frame-ancestors 'none'" in server.answer(path)[1]["Content-Security-Policy"]


def test_a_study_leads_to_a_tab_of_its_own(browser, server, intranet):
    with framed(browser, intranet, f"{server.url.replace('localhost', '127.0.0.1')}/s#{'x' * 43}") as (
        tab,
        frame,
    ):
        with tab.context.expect_page() as opened:
            frame.get_by_role("link", name=EN.say("link.tab")).click()
        expect(opened.value.get_by_role("status")).to_have_text(EN.say("error.share_unknown"))


def test_a_report_for_colleagues_is_opened_in_a_tab_of_its_own(browser, folder, intranet, tmp_path):
    named = {"RITORNO_EMBED_ORIGINS": f"http://localhost:{intranet}", "RITORNO_DATA": str(folder)}
    with (
        service(tmp_path / "service.txt") as url,
        asking(tmp_path / "log.txt", url, "example.com", **named) as server,
    ):
        knows(url, ANNA, email_verified=True)
        link = f"{server.url}/r#{report(folder, colleagues=True)}"
        with framed(browser, intranet, link) as (tab, frame):
            expect(frame.get_by_role("status")).to_contain_text(EN.say("error.share_for_colleagues"))
            with tab.context.expect_page() as opened:
                frame.get_by_role("link", name=EN.say("link.tab")).click()
            way(opened.value, "door.sign_in").click()
            identify(opened.value, ANNA)
            expect(opened.value.frame_locator("iframe").locator("h1")).to_have_text("Figures")


def test_without_a_list_nothing_is_shown(tmp_path):
    with Server(tmp_path / "log.txt") as running:
        for path in ("/s", "/r"):
            assert "frame-ancestors 'none'" in running.answer(path)[1]["Content-Security-Policy"]


def test_a_list_that_cannot_be_used_keeps_the_server_from_starting(tmp_path):
    running = Server(
        tmp_path / "log.txt", environment={"RITORNO_EMBED_ORIGINS": "http://intranet.example.com"}
    )
    with pytest.raises(RuntimeError, match="RITORNO_EMBED_ORIGINS must hold origins"), running:
        pass
