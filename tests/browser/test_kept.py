"""A visit survives a reload, a restart, a lost connection; ended, refused or over, nothing is left of it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack, closing, contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from retention.text import Words
from retention.ui.state import kept
from tests.browser.servers import Server, free_port
from tests.browser.visitor import visiting
from tests.sharing.leaking import files, found_in
from tests.sharing.servers import postgresql

pytestmark = pytest.mark.browser
KNOWN = "Mario-Rossi-0001"
SALES = (
    "customer,date,amount\n"
    + "".join(
        f"{KNOWN if n == 7 else f'Anna-Re-{n % 90:04}'},2024-{1 + n % 12:02}-{1 + n % 28:02},{20 + n % 50}\n"
        for n in range(600)
    )
).encode()
OTHER = SALES.replace(b"Anna", b"Emma")[: len(SALES) // 2].rpartition(b"\n")[0]
NAME = "rossi-e-figli.csv"
# A function: Playwright reads a bare expression anew at every look, which the page's policy forbids
HELD = "() => window.ritornoKept"


class Store:
    """What of visits a server keeps in SQLite, as who has its file sees it."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "store.sqlite"
        self.environment = {"RITORNO_DATABASE_URL": f"sqlite:///{self.path}"}

    def run(self, statement):
        with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            return connection.execute(statement).fetchall()

    @property
    def count(self):
        ((count,),) = self.run("SELECT count(*) FROM ritorno_visits")
        return count


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return Store(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def server(store):
    """One that keeps visits in a file."""
    with Server(store.folder / "log.txt", environment=store.environment) as running:
        yield running


@contextmanager
def asked(somebody):
    """What the browser asks before a page is left; yes is answered."""
    heard = []

    def answer(dialog):
        heard.append(dialog.type)
        dialog.accept()

    somebody.tab.on("dialog", answer)
    yield heard
    somebody.tab.remove_listener("dialog", answer)


def loads(somebody, name=NAME, content=SALES, **query):
    """Load a file and wait until the browser holds its key."""
    somebody.open(lang="en", **query).upload(name, content).sees(name, where=somebody.sidebar).rested()
    somebody.tab.wait_for_function(HELD)
    return somebody


def figures(somebody, *pages):
    found = []
    for page in pages:
        somebody.go(page)
        found.append(
            (somebody.headline.inner_text(), somebody.tab.get_by_test_id("stMetricValue").all_inner_texts())
        )
    return found


def reloads(somebody, page):
    somebody.tab.reload()
    return somebody.arrived(page)


def cookies(somebody):
    return [each for each in somebody.tab.context.cookies() if each["name"].startswith(kept.COOKIE)]


def ends(somebody):
    """Press what ends the visit."""
    somebody.sidebar.get_by_role("button", name=somebody.words.say("visit.title")).click()
    with somebody.tab.expect_navigation(url="**ended=yes"):
        somebody.tab.get_by_role("button", name=somebody.words.say("visit.end")).click()
    somebody.arrived("data").sees(somebody.words.say("visit.ended").replace("**", ""))
    return somebody


def holds_nothing(somebody):
    somebody.sees(somebody.words.say("frame.nothing_loaded"), where=somebody.sidebar)
    expect(somebody.sidebar).not_to_contain_text(NAME)


def test_a_reload_finds_the_same_figures_and_is_not_asked_about(browser, server):
    with visiting(browser, server) as owner, asked(owner) as heard:
        loads(owner)
        owner.choose("stated_currency", "$ USD").rested()
        before = figures(owner, "overview", "lifetime_value", "cohorts")
        owner.choose("period", owner.words.say("setting.period.quarter")).rested()
        owner.tab.wait_for_url("**period=quarter**")
        owner.sees("following quarter")
        quarterly = owner.rested().headline.inner_text()
        reloads(owner, "cohorts").sees(NAME, where=owner.sidebar)
        expect(owner.headline).to_have_text(quarterly)
        owner.choose("period", owner.words.say("setting.period.month")).rested()
        assert figures(owner, "overview", "lifetime_value", "cohorts") == before
        assert "$" in "".join(before[1][1])
        assert heard == []
        (cookie,) = cookies(owner)
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
        assert 0 < cookie["expires"] - time.time() <= 30 * 60


def test_another_browser_with_the_same_address_finds_nothing(browser, server):
    with visiting(browser, server) as owner, visiting(browser, server) as other:
        loads(owner)
        assert "visit" in parse_qs(urlsplit(owner.tab.url).query)
        other.tab.goto(owner.tab.url)
        holds_nothing(other.arrived("data"))
        other.sees("opened in another browser")
        reloads(owner, "data").sees(NAME, where=owner.sidebar)


def test_the_link_that_is_copied_does_not_name_the_visit(browser, server):
    with visiting(browser, server) as owner:
        loads(owner).sidebar.get_by_role("button", name=owner.words.say("frame.link")).click()
        link = owner.tab.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text()
        assert "file=own" in link
        assert "visit" not in link


def test_each_tab_finds_its_own_file(browser, server):
    with visiting(browser, server) as one:
        two = type(one)(one.tab.context, server, "en")
        one.open(lang="en")
        two.open(lang="en")  # both are there before either has a cookie
        loads(one)
        loads(two, "other.csv", OTHER)
        assert len(cookies(one)) == 2
        reloads(one, "data").sees(NAME, where=one.sidebar)
        reloads(two, "data").sees("other.csv", where=two.sidebar)
        two.unharmed()


def test_what_was_chosen_and_typed_is_found_as_well(browser, server):
    with visiting(browser, server) as owner:
        loads(owner).unfold("data.change").rested()
        owner.choose("map_decimal", owner.words.say("data.map_decimal..")).rested()
        owner.go("acquisition").unfold("spend.title").rested()
        owner.upload(
            "spend.csv",
            b"month,channel,purpose,amount\n2024-03,Google,acquisition,900\n2024-04,Google,acquisition,400\n",
        )
        expect(owner.metric("acquisition.cac")).not_to_have_text("–")
        cac = owner.metric("acquisition.cac").inner_text()
        owner.go("data")
        reloads(owner, "data").unfold("data.change").rested()
        expect(owner.button("map_decimal", owner.words.say("data.map_decimal.."))).to_be_checked()
        owner.go("acquisition")
        expect(owner.metric("acquisition.cac")).to_have_text(cac)


def test_neither_store_nor_log_says_who_bought(browser, server, store):
    with visiting(browser, server) as owner:
        loads(owner)
        reloads(owner, "data").sees(NAME, where=owner.sidebar)
        (cookie,) = cookies(owner)
        secret = [KNOWN.encode(), NAME.encode(), cookie["value"].encode()]
        assert store.count > 0
        assert found_in(files(store.folder), secret) == set()
        assert found_in([OTHER + NAME.encode() + SALES], secret[:2]) == set(secret[:2])  # where they are


@pytest.mark.parametrize("language", ["en", "it"])
def test_an_ended_visit_leaves_nothing(browser, server, store, language):
    before = store.count
    with visiting(browser, server, language) as owner, asked(owner) as heard:
        owner.open(lang=language).upload(NAME, SALES).sees(NAME, where=owner.sidebar).rested()
        owner.tab.wait_for_function(HELD)
        address = owner.tab.url
        assert store.count == before + 1
        ends(owner)
        assert store.count == before
        assert cookies(owner) == []
        holds_nothing(owner)
        owner.tab.goto(address)
        holds_nothing(owner.arrived("data"))
        assert heard == []


def test_an_ended_visits_pictures_and_files_are_gone_from_the_server(browser, server):
    nobody_elses = SALES.replace(b"2024-12", b"2025-01")  # what another visit holds too would still be there
    with visiting(browser, server) as owner:
        path = urlsplit(loads(owner, content=nobody_elses).go("cohorts").downloaded("cohorts").url).path
        assert server.answer(path)[0] == 200  # who knows the hash of its content has it
        ends(owner)
        assert server.answer(path)[0] == 404


def test_who_wants_nothing_kept_leaves_nothing_and_is_asked(browser, server, store):
    before = store.count
    with visiting(browser, server) as owner, asked(owner) as heard:
        loads(owner)
        owner.sidebar.get_by_role("button", name=owner.words.say("visit.title")).click()
        owner.widget(kept.UNKEPT).locator("label").click()
        owner.tab.wait_for_url("**keep=no**")
        owner.sees(owner.words.say("frame.privacy"), where=owner.sidebar).rested()
        assert store.count == before
        reloads(owner, "data")
        assert heard == ["beforeunload"]
        holds_nothing(owner)
        owner.upload(NAME, SALES).sees(NAME, where=owner.sidebar).rested()  # the wish outlives the reload
        assert store.count == before
        assert cookies(owner) == []


def test_what_is_over_is_not_found(browser, server, store):
    with visiting(browser, server) as owner:
        loads(owner)
        store.run("UPDATE ritorno_visits SET expires = 1")
        reloads(owner, "data").sees(owner.words.say("shared.gone").split("**")[1])
        holds_nothing(owner)


def test_what_was_changed_in_the_store_is_refused_in_a_sentence(browser, server, store):
    with visiting(browser, server) as owner:
        loads(owner)
        store.run("UPDATE ritorno_visit_files SET files = substr(files, 2)")
        reloads(owner, "data").sees(owner.words.say("error.visit_tampered"))
        holds_nothing(owner)


def _restarts(browser, folder, environment, again):
    """A server stops and another takes its place while somebody looks at a page.

    Parameters
    ----------
    again : what they do once it is back
    """
    port = free_port()
    with ExitStack() as open_tab:
        with Server(folder / "before.txt", environment=environment, port=port) as before:
            owner = open_tab.enter_context(visiting(browser, before))
            loads(owner).go("cohorts")
            headline = owner.rested().headline.inner_text()
        with Server(folder / "after.txt", environment=environment, port=port):
            again(owner)
            expect(owner.headline).to_have_text(headline)
            ends(owner)
            owner.faults.clear()  # that the server was away


def test_a_restart_on_sqlite_loses_nothing(browser, tmp_path):
    _restarts(browser, tmp_path, Store(tmp_path).environment, lambda owner: reloads(owner, "cohorts"))


def test_a_restart_on_postgresql_loses_nothing(browser, tmp_path):
    with postgresql() as database:
        kept_there = {"RITORNO_DATABASE_URL": database.new_database()}
        _restarts(browser, tmp_path, kept_there, lambda owner: reloads(owner, "cohorts"))


def _by_itself(owner):
    """Without a reload: once there is a connection again, another page can be chosen."""
    owner.sidebar.locator("a[href$='/overview']:not([disabled])").first.wait_for()
    owner.go("overview").sees(NAME, where=owner.sidebar).go("cohorts")


def test_a_page_whose_server_comes_back_finds_its_file_by_itself(browser, tmp_path):
    """As one whose connection was lost for longer than Streamlit keeps a session."""
    _restarts(browser, tmp_path, Store(tmp_path).environment, _by_itself)


def test_where_there_is_no_room_a_sentence_says_so_and_a_reload_is_asked_about(browser, tmp_path):
    with (
        Server(tmp_path / "log.txt", environment={"RITORNO_KEPT_VISITS": "1"}) as small,
        visiting(browser, small) as one,
        visiting(browser, small) as two,
        asked(two) as heard,
    ):
        loads(one)
        two.open(lang="en").upload(NAME, SALES).sees(NAME, where=two.sidebar)
        two.sees(two.words.say("error.visit_no_room_to_keep"), where=two.sidebar).rested()
        reloads(two, "data")
        assert heard == ["beforeunload"]
        holds_nothing(two)


def test_a_full_server_says_so_and_takes_the_next_once_somebody_has_ended(browser, tmp_path):
    full = Words("en").say("error.server_full", limit=1)
    with (
        Server(tmp_path / "log.txt", environment={"RITORNO_VISITORS": "1"}) as small,
        visiting(browser, small) as one,
        visiting(browser, small) as two,
    ):
        loads(one)
        two.open("cohorts", lang="en", sample="shop").sees(full)
        two.go("data").upload(NAME, SALES).sees(full)
        holds_nothing(two)
        ends(one)
        two.upload(NAME, SALES).sees(NAME, where=two.sidebar)


def test_a_host_can_keep_nothing(browser, tmp_path):
    with (
        Server(tmp_path / "log.txt", environment={"RITORNO_KEEP_MINUTES": "0"}) as forgetful,
        visiting(browser, forgetful) as owner,
        asked(owner) as heard,
    ):
        owner.open(lang="en").upload(NAME, SALES).sees(NAME, where=owner.sidebar)
        owner.sees(owner.words.say("frame.privacy"), where=owner.sidebar).rested()
        reloads(owner, "data")
        assert heard == ["beforeunload"]
        holds_nothing(owner)
