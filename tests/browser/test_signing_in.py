"""Who is let in by a sign-in service on this machine, who is not, and what a link opens for whom."""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from retention.text import LANGUAGES, Words
from retention.ui.state import links
from tests.browser.servers import Server
from tests.browser.signing_in import asking, knows, service as running_service
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
ANNA, BRUNO, EVE, MARIO = "anna@example.com", "bruno@example.com", "eve@other.it", "mario@example.com"
EN = Words("en")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("signing_in")


@pytest.fixture(scope="module")
def service(folder):
    with running_service(folder / "service.txt") as url:
        for address in (ANNA, ANNA.upper(), BRUNO, EVE):
            knows(url, address, email_verified=True)
        knows(url, MARIO, email_verified=False)
        yield url


@pytest.fixture(scope="module")
def server(folder, service):
    with asking(folder / "log.txt", service, "example.com") as running:
        yield running


@contextmanager
def tab_of(browser, locale="en-GB"):
    """The tab of a browser nobody has used before, and all it asks for."""
    context = browser.new_context(locale=locale)
    tab = context.new_page()
    tab.asked = []
    tab.on("request", lambda request: tab.asked.append((request.url, request.post_data or "")))
    yield tab
    context.close()


def identify(tab, address):
    """Say who one is, at the sign-in service."""
    tab.wait_for_url("**/oauth2/authorize?**")
    tab.locator("input[name=sub]").fill(address)
    tab.get_by_role("button", name="Authorize").click()


def sign_in(tab, server, address):
    """Go in by the door."""
    tab.goto(server.url)
    way(tab, "door.sign_in").click()
    identify(tab, address)
    tab.wait_for_url(f"{server.url}/**")


def way(tab, key, words=EN):
    return tab.get_by_role("link", name=words.say(key), exact=True)


def as_read(key, address, words=EN):
    """A sentence of a page that names an address: it is kept from becoming a link by a sign without width."""
    return words.say(key, address=address.replace("@", "\u2060@"))


@contextmanager
def somebody(browser, server, address):
    """A visitor who has signed in."""
    with visiting(browser, server) as visitor:
        tab = visitor.tab.context.new_page()
        sign_in(tab, server, address)
        expect(tab.get_by_test_id("stSidebar")).to_contain_text(as_read("frame.signed_in", address))
        tab.close()
        yield visitor


def shared(owner, title, kind="study", *, colleagues):
    """The link somebody makes of what they see."""
    owner.open("report", sample="shop").unfold("share.section").rested()
    owner.choose("share_kind", owner.words.say(f"share.kind.{kind}")).rested()
    owner.widget("share_title").locator("input").fill(title)
    if not colleagues:
        owner.widget("share_colleagues").locator("label").first.click()
        owner.rested()
    owner.widget("share_make").get_by_role("button").click()
    code = owner.main.get_by_test_id("stCode")
    expect(code).to_be_visible()
    return code.inner_text().strip()


@pytest.fixture(scope="module")
def made(browser, server):
    """Links Anna made, by what they lead to and for whom."""
    with somebody(browser, server, ANNA) as owner:
        yield {
            (kind, colleagues): shared(owner, f"{kind} {colleagues}", kind, colleagues=colleagues)
            for kind in ("study", "report")
            for colleagues in (True, False)
        }


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cohorts",
        "/static/index.html",
        "/_stcore/stream",
        "/_stcore/script-health-check",
        "/media/x",
        "/_stcore/upload_file/x/y",
        "//",
        "/s/",
    ],
)
def test_a_stranger_is_answered_by_the_door_alone(server, path):
    status, headers, text = server.answer(path)
    assert (status, text) == (401, "Not signed in")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/_stcore/health", "/_stcore/host-config", "/s", "/s/study.js", "/r", "/r/sealed.js"]
)
def test_the_doors_of_links_answer_everybody(server, path):
    assert server.answer(path)[0] == 200


def test_no_visit_begins_for_a_stranger(browser, server):
    with tab_of(browser) as tab:
        tab.goto(f"{server.url}/s")
        place = "location.origin.replace('http', 'ws') + '/_stcore/stream'"
        opened = f"new Promise(done => {{ const s = new WebSocket({place});"
        assert (
            tab.evaluate(f"{opened} s.onopen = () => done('open'); s.onerror = () => done('refused') }})")
            == "refused"
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_allowed_arrives_where_they_wanted_to_go(browser, server, language):
    words = Words(language)
    with tab_of(browser, f"{language}-XX") as tab:
        answer = tab.goto(f"{server.url}/cohorts?lang={language}&sample=shop&period=quarter")
        assert answer.status == 401
        expect(tab.get_by_role("status")).to_have_text(words.say("door.signed_out"))
        way(tab, "door.sign_in", words).click()
        identify(tab, ANNA.upper())
        expect(tab.locator("h1")).to_have_text(words.say("cohorts.title"))
        assert "period=quarter" in tab.url
        assert "_streamlit_user_tokens" not in {cookie["name"] for cookie in tab.context.cookies()}
        expect(tab.get_by_test_id("stSidebar")).to_contain_text(as_read("frame.signed_in", ANNA, words))


def test_who_signs_out_stands_before_the_door(browser, server):
    with tab_of(browser) as tab:
        sign_in(tab, server, ANNA)
        tab.get_by_test_id("stSidebar").locator(".st-key-sign_out button").click()
        tab.wait_for_url("**/oauth2/end_session?**")
        assert tab.goto(server.url).status == 401
        expect(tab.get_by_role("status")).to_have_text(EN.say("door.signed_out"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("address", "why"), [(EVE, "stranger"), (MARIO, "unverified")])
def test_who_is_not_allowed_is_told_so_and_can_sign_out(browser, server, language, address, why):
    words = Words(language)
    with tab_of(browser, f"{language}-XX") as tab:
        tab.goto(server.url)
        way(tab, "door.sign_in", words).click()
        identify(tab, address)
        expect(tab.get_by_role("status")).to_have_text(words.say(f"door.{why}", address=address))
        assert tab.goto(f"{server.url}/overview?sample=shop").status == 403
        assert tab.get_by_role("link").count() == 1
        way(tab, "door.sign_out", words).click()
        tab.wait_for_url("**/oauth2/end_session?**")
        tab.goto(server.url)
        expect(tab.get_by_role("status")).to_have_text(words.say("door.signed_out"))


def test_who_declines_at_the_service_is_told_that_it_did_not_work(browser, server):
    with tab_of(browser) as tab:
        tab.goto(f"{server.url}/overview?sample=shop")
        way(tab, "door.sign_in").click()
        tab.get_by_role("button", name="Deny").click()
        expect(tab.get_by_role("status")).to_have_text(EN.say("door.failed"))
        way(tab, "door.again").click()
        identify(tab, ANNA)
        expect(tab.locator("h1")).to_have_text(EN.say("overview.title"))


@pytest.mark.parametrize("to", ["//evil.net", "https://evil.net", "\\\\evil.net", "/evil", "x:y", "a//b?\\"])
def test_signing_in_leads_nowhere_else(browser, server, to):
    with tab_of(browser) as tab:
        tab.goto(f"{server.url}/s")
        tab.evaluate("to => { location.href = '/sign-in?to=' + encodeURIComponent(to) }", to)
        identify(tab, ANNA)
        expect(tab.locator("h1")).to_have_text(EN.say("data.title"))
        assert urlsplit(tab.url)[:3] == (*urlsplit(server.url)[:2], "/")


def test_a_study_for_colleagues_asks_a_stranger_to_sign_in_and_opens(browser, server, made):
    link = made["study", True]
    secret = link.partition("#")[2]
    with tab_of(browser) as tab:
        tab.goto(link)
        expect(tab.get_by_role("status")).to_contain_text(EN.say("error.share_for_colleagues"))
        assert links.GIVEN not in {cookie["name"] for cookie in tab.context.cookies()}
        way(tab, "door.sign_in").click()
        identify(tab, BRUNO)
        expect(tab.get_by_test_id("stMain")).to_contain_text("study True")
        assert all(secret not in url for url, _ in tab.asked if not url.startswith(link))
        assert [body for url, body in tab.asked if secret in body and not url.endswith("/s/open")] == []
        assert tab.evaluate("sessionStorage.length") == 0
        assert secret not in server.log


def test_it_opens_for_a_colleague_and_for_nobody_whom_the_host_does_not_allow(browser, server, made):
    link = made["study", True]
    with somebody(browser, server, BRUNO) as colleague:
        colleague.tab.goto(link)
        colleague.arrived("data").sees("study True")
    with tab_of(browser) as tab:
        sign_in(tab, server, EVE)
        tab.goto(link)
        expect(tab.get_by_role("status")).to_contain_text(EN.say("door.stranger", address=EVE))
        assert links.GIVEN not in {cookie["name"] for cookie in tab.context.cookies()}


def test_a_list_made_narrower_holds_for_who_is_signed_in(browser, folder, service, server, made):
    with tab_of(browser) as tab:
        sign_in(tab, server, BRUNO)
        cookies = tab.context.cookies()
    with asking(folder / "narrower.txt", service, ANNA) as narrower, tab_of(browser) as tab:
        tab.context.add_cookies(cookies)  # cookies do not tell ports apart
        said = EN.say("door.stranger", address=BRUNO)
        assert tab.goto(narrower.url).status == 403
        expect(tab.get_by_role("status")).to_have_text(said)
        tab.goto(made["study", True].replace(server.url, narrower.url))
        expect(tab.get_by_role("status")).to_contain_text(said)
        tab.goto(made["report", True].replace(server.url, narrower.url))
        expect(tab.get_by_role("status")).to_contain_text(said)


def test_a_study_for_all_makes_a_guest_who_sees_it_and_brings_nothing(browser, server, made):
    with visiting(browser, server) as guest:
        guest.tab.goto(made["study", False])
        guest.arrived("data").sees("study False")
        assert EN.say("frame.guest") in guest.sidebar.inner_text()
        expect(guest.main.locator("[data-testid=stFileUploaderDropzoneInput]").first).to_be_disabled()
        for page in ("overview", "cohorts", "report"):
            guest.go(page)
        assert guest.main.get_by_text(EN.say("share.section")).count() == 0
        put = "fetch('/_stcore/upload_file/a/b', {method: 'PUT', body: 'x'}).then(answer => answer.status)"
        assert guest.tab.evaluate(put) == 401
        guest.faults.clear()
        guest.tab.goto(f"{server.url}/cohorts?sample=shop")
        expect(guest.main).to_contain_text(EN.say("door.link_over"))
        expect(way(guest.main, "door.sign_in")).to_be_visible()
        assert guest.main.get_by_test_id("stVegaLiteChart").count() == 0


@pytest.mark.parametrize("colleagues", [True, False])
def test_a_sealed_report_opens_for_whom_it_is_made(browser, made, colleagues):
    link = made["report", colleagues]
    key = link.rpartition(".")[2]
    with tab_of(browser) as tab:
        tab.goto(link)
        if colleagues:
            expect(tab.get_by_role("status")).to_contain_text(EN.say("error.share_for_colleagues"))
            assert tab.locator("iframe").count() == 0
            way(tab, "door.sign_in").click()
            identify(tab, BRUNO)
        expect(tab.frame_locator("iframe").locator(".chart[data-drawn]").first).to_be_attached()
        assert [each for each in tab.asked if key in repr(each) and not each[0].startswith(link)] == []
        assert tab.evaluate("sessionStorage.length") == 0


@pytest.mark.usefixtures("made")
def test_what_somebody_shared_is_theirs_on_any_browser_and_nobody_elses(browser, server):
    with somebody(browser, server, ANNA) as again:
        again.open("report", sample="shop").unfold("share.section").sees("report False")
        again.sees(as_read("share.person", ANNA)).sees(EN.say("share.one.colleagues"))
        assert links.OWNER not in {cookie["name"] for cookie in again.tab.context.cookies()}
    with somebody(browser, server, BRUNO) as other:
        other.open("report", sample="shop").unfold("share.section").sees(EN.say("share.make"))
        assert other.main.get_by_text("report False").count() == 0


@pytest.mark.parametrize(
    ("allowed", "auth", "said"),
    [
        ("", True, "RITORNO_ALLOWED must name"),
        ("example.com", False, "no secrets file"),
        ("*", True, "not '*'"),
    ],
)
def test_a_server_that_is_closed_by_halves_does_not_start(folder, service, allowed, auth, said):
    place = Path(tempfile.mkdtemp(dir=folder))
    if auth:
        running = asking(place / "log.txt", service, allowed)
    else:
        running = Server(place / "log.txt", environment={"RITORNO_ALLOWED": allowed})
    with pytest.raises(RuntimeError, match=re.escape(said)), running:
        pass
