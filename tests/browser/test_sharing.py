"""A study is shared in one browser and opened in another; every other way to it is closed, in words."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from retention import ingest
from retention.sharing import SharedStudy, Shares, Source, owner_of
from retention.sharing.limits import Limits
from retention.sharing.place import place
from retention.sharing.store import Store
from retention.text import Words
from retention.ui.state import links
from tests.browser.servers import Server
from tests.browser.visitor import visiting

pytestmark = pytest.mark.browser
ASKED = {"margin": "45.0", "horizon": "6", "period": "quarter"}
KNOWN = "Mario-Rossi-0001"  # a customer's name
SALES = "customer,date,amount\n" + "".join(
    f"{KNOWN if n == 7 else f'Anna-Bianchi-{n % 90:04}'},2024-{1 + n % 12:02}-{1 + n % 28:02},{20 + n % 50}\n"
    for n in range(600)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sharing")


@pytest.fixture(scope="module")
def server(folder):
    """One whose log and store nobody else writes to."""
    with Server(folder / "log.txt") as running:
        yield running


def shared(owner, title, kind="study"):
    """The link a visitor makes of what they see."""
    owner.go("report").unfold("share.section").rested()
    owner.choose("share_kind", owner.words.say(f"share.kind.{kind}")).rested()
    owner.widget("share_title").locator("input").fill(title)
    with owner.tab.expect_response(f"{owner.server.url}/s/keep") as kept:
        owner.widget("share_make").get_by_role("button").click()
    assert kept.value.ok
    owner.rested()
    return owner.main.get_by_test_id("stCode").inner_text().strip()


def opened(reader, link):
    """Follow a link to the page it leads to; every address that was asked for."""
    asked = []
    reader.tab.on("request", lambda request: asked.append(request.url))
    reader.tab.on("framenavigated", lambda frame: asked.append(frame.url) if frame.url != link else None)
    reader.tab.goto(link)
    reader.arrived("data")
    return asked


@contextmanager
def refused(browser, link, locale="en-GB"):
    """What stands on the page of a link that opens nothing."""
    context = browser.new_context(locale=locale)
    tab = context.new_page()
    tab.goto(link)
    yield tab, tab.get_by_role("status")
    context.close()


def figures(somebody, page):
    somebody.go(page)
    return somebody.headline.inner_text(), somebody.tab.get_by_test_id("stMetricValue").all_inner_texts()


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("it-IT", "it")])
def test_another_browser_sees_the_same_figures_and_the_address_keeps_no_secret(
    browser, server, locale, language
):
    with visiting(browser, server) as owner:
        owner.words = Words(language)
        owner.open("overview", sample="shop", lang=language, **ASKED)
        link = shared(owner, "Spring")
        path, _, token = link.partition("#")
        assert path == f"{server.url}/s"
        with visiting(browser, server, language, locale=locale) as reader:
            asked = opened(reader, link)
            assert all(token not in each for each in asked)
            assert token not in reader.tab.evaluate("document.documentElement.outerHTML")
            assert token not in reader.tab.url
            assert all(f"{name}={value}" in reader.tab.url for name, value in ASKED.items())
            for page in ("overview", "lifetime_value"):
                assert figures(reader, page) == figures(owner, page)
            assert token not in reader.tab.url
        assert token not in server.log


def test_a_file_of_ones_own_is_shared_without_its_customers(browser, server):
    with visiting(browser, server) as owner, visiting(browser, server) as reader:
        owner.open().upload("rossi-e-figli.csv", SALES.encode())
        owner.sees(owner.words.say("data.change"))
        link = shared(owner, "Year")
        opened(reader, link)
        reader.sees("read-only").sees("Year")
        for page in ("data", "customers", "cohorts"):
            reader.go(page)
            read = reader.tab.evaluate("document.documentElement.outerHTML")
            assert KNOWN not in read
            assert "rossi-e-figli" not in read
        for secret in (KNOWN, "rossi-e-figli", link.partition("#")[2]):
            assert secret not in server.log


def test_a_link_opens_one_visit_and_again_from_the_start(browser, server):
    with visiting(browser, server) as owner, visiting(browser, server) as reader:
        link = shared(owner.open("overview", sample="shop"), "Quartz")
        opened(reader, link)
        assert links.GIVEN not in {cookie["name"] for cookie in reader.tab.context.cookies()}
        reader.open("data")  # typed anew: nothing is left of it
        reader.sees(reader.words.say("data.upload"))
        assert reader.main.get_by_text("Quartz").count() == 0
        opened(reader, link)
        reader.sees("Quartz")


def test_cookies_are_for_the_server_alone(browser, server):
    with visiting(browser, server) as owner:
        shared(owner.open("overview", sample="shop"), "Mine")
        (kept,) = [cookie for cookie in owner.tab.context.cookies() if cookie["name"] == links.OWNER]
        assert kept["httpOnly"]
        assert kept["sameSite"] == "Strict"
        assert links.OWNER not in owner.tab.evaluate("document.cookie")
        owner.open("report", sample="shop").unfold("share.section").sees("Mine")


def test_what_is_revoked_is_refused_at_once(browser, server):
    with visiting(browser, server) as owner:
        link = shared(owner.open("overview", sample="shop"), "Gone")
        owner.tab.locator("[class*=st-key-share_revoke_]").first.get_by_role("button").click()
        owner.rested()
        expect(owner.main.get_by_test_id("stCode")).to_have_count(0)
        for locale, language in (("en-GB", "en"), ("it-IT", "it")):
            with refused(browser, link, locale) as (tab, said):
                expect(said).to_have_text(Words(language).say("error.share_unknown"))
                assert tab.url == f"{server.url}/s"


def test_a_wrong_link_is_refused_and_another_in_its_place_opens(browser, server):
    with visiting(browser, server) as owner:
        link = shared(owner.open("overview", sample="shop"), "Right")
    with refused(browser, f"{server.url}/s#{'x' * 43}") as (tab, said):
        expect(said).to_have_text(Words("en").say("error.share_unknown"))
        assert tab.url == f"{server.url}/s"
        tab.goto(link)  # the same page with another fragment
        expect(tab.locator("h1")).to_have_text(Words("en").say("data.title.loaded"))


def test_an_expired_one_says_when(browser, server, folder):
    store = Store(place({"RITORNO_DATA": str(folder)}), Limits())
    then = datetime.now(tz=UTC) - timedelta(days=2)
    raw = ingest.open_sample("shop")
    study = SharedStudy("Old", Source("Old"), ingest.to_orders(raw, ingest.guess(raw).mapping))
    published = Shares(store, lambda: then).publish(study, owner_of("o" * 43), days=1)
    with refused(browser, f"{server.url}/s#{published.token.text}", "it-IT") as (_, said):
        expired = published.terms.last_moment.date()
        expect(said).to_have_text(Words("it").say("error.share_expired", expired=expired))


def test_a_server_that_has_gone_is_said(browser, tmp_path):
    context = browser.new_context(locale="en-GB")
    tab = context.new_page()
    with Server(tmp_path / "log.txt") as running:
        tab.goto(f"{running.url}/s")
        expect(tab.get_by_role("status")).to_have_text(Words("en").say("error.share_unknown"))
    tab.evaluate("location.hash = 'x'")
    expect(tab.get_by_role("status")).to_have_text(Words("en").say("link.away"))
    context.close()


@pytest.fixture(scope="module")
def report(browser, folder, tmp_path_factory):
    """A link to a report, made at a server that has gone; and one that came after it, on the same store."""
    environment = {"RITORNO_DATA": str(folder)}
    with Server(tmp_path_factory.mktemp("before") / "log.txt", environment=environment) as before:
        with visiting(browser, before) as owner:
            owner.open("report", sample="shop")
            link = shared(owner, "Board", "report")
        secret = link.partition("#")[2]
        assert secret.partition(".")[2] not in before.log
    with Server(tmp_path_factory.mktemp("after") / "log.txt", environment=environment) as after:
        yield f"{after.url}/r#{secret}", after


@contextmanager
def reading(browser, link, locale="en-GB", before=None):
    """A reader's tab at a report, and all that was asked for meanwhile."""
    context = browser.new_context(locale=locale)
    tab = context.new_page()
    asked = []
    tab.on("request", lambda request: asked.append((request.url, request.headers, request.post_data or "")))
    if before is not None:
        before(tab)
    tab.goto(link)
    yield tab, asked
    context.close()


def framed(tab):
    """The report in its frame, drawn."""
    frame = tab.frame_locator("iframe")
    expect(frame.locator(".chart[data-drawn]").first).to_be_attached()
    return frame


def test_a_report_opens_after_a_restart_and_its_key_is_in_no_request(browser, report):
    link, server = report
    key = link.rpartition(".")[2]
    with reading(browser, link, "it-IT") as (tab, asked):
        frame = framed(tab)
        expect(frame.locator("section")).not_to_have_count(0)
        undrawn = frame.locator(".chart:not([data-drawn])")
        expect(undrawn).to_have_count(0)
        assert tab.url == f"{server.url}/r"
        assert len(key) == 43
        assert [each for each in asked if key in repr(each)] == []
        assert {url.partition("/r")[0] for url, _, _ in asked if not url.startswith("blob:")} == {server.url}
        expect(tab.get_by_role("status")).to_contain_text("Si apre fino al")
        assert key not in server.log


def test_what_runs_in_a_report_reaches_nothing_outside(browser, report):
    with reading(browser, report[0]) as (tab, _):
        framed(tab)
        inside = tab.frames[-1]
        assert inside.evaluate("origin") == "null"
        assert inside.evaluate(
            "(() => { try { return parent.document.title } catch (e) { return e.name } })()"
        ) == ("SecurityError")
        assert inside.evaluate("fetch('/r').then(() => 'sent', () => 'kept')") == "kept"
        ran = "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        assert inside.evaluate(f"{ran} document.body.append(s); return window.ran ?? 0 }})()") == 0


def test_its_contents_lead_to_its_parts_and_it_can_be_saved(browser, report):
    with reading(browser, report[0]) as (tab, _):
        frame = framed(tab)
        frame.locator("nav a").last.click()
        assert tab.frames[-1].evaluate("scrollY") > 500
        with tab.expect_download() as saved:
            tab.get_by_role("link", name=Words("en").say("link.save")).click()
        assert saved.value.suggested_filename == "report.html"
        assert b"<!doctype html>" in Path(saved.value.path()).read_bytes()


@pytest.mark.parametrize("change", [lambda link: link[:-4] + "AAAA", lambda link: link.rpartition(".")[0]])
def test_a_report_does_not_open_with_another_key(browser, report, change):
    with reading(browser, change(report[0])) as (tab, _):
        expect(tab.get_by_role("status")).to_have_text(Words("en").say("error.share_unknown"))
        assert tab.locator("iframe").count() == 0


def test_charts_that_may_not_run_here_are_told(browser, report):
    def of_another_version(tab):
        def answer(route):
            found = route.fetch()
            route.fulfill(
                response=found, body=found.text().replace('data-scripts="', 'data-scripts="sha256-x ')
            )

        tab.route(lambda url: url.partition("#")[0].endswith("/r"), answer)

    with reading(browser, report[0], before=of_another_version) as (tab, _):
        expect(tab.get_by_role("status")).to_contain_text(Words("en").say("link.older"))


def test_without_https_the_browser_says_what_is_wanting(browser, report):
    def plain(tab):
        tab.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")

    with reading(browser, report[0], before=plain) as (tab, asked):
        expect(tab.get_by_role("status")).to_have_text(Words("en").say("link.insecure"))
        assert not [url for url, _, _ in asked if url.endswith("/open")]
