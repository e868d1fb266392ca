"""Sources of the host's: who sees them, what choosing one gives, and what stays as it was when it fails."""

from __future__ import annotations

import logging
import pickle
import time

import pytest
import streamlit as st

from retention.allowed import allowed_in
from retention.errors import InputError
from retention.sources import sources_in
from retention.text import LANGUAGES
from retention.ui.parts import connected
from retention.ui.state import links, people, sources
from tests.pages.visit import PAGES, ROWS, Visit, csv, unescaped
from tests.sharing.servers import postgresql
from tests.sources.conftest import run
from tests.sources.servers import mariadb

ANNA, BRUNO, EVE = "anna@example.com", "bruno@example.com", "eve@example.com"
NAME = "Shop *orders*"


@pytest.fixture(scope="module")
def server():
    with postgresql() as started:
        yield started


@pytest.fixture
def database(server):
    """Address of a database with the rows of the other tests; its password is asked for by nobody here."""
    address = server.new_database()
    values = ", ".join(f"('{who}', '{day}', {money})" for who, day, money in ROWS)
    run(server, address, "CREATE TABLE sales (customer text, date date, amount numeric(10, 2))")
    run(server, address, f"INSERT INTO sales VALUES {values}")  # noqa: S608  ours
    return address.replace("ritorno@", "ritorno:geheim@")


@pytest.fixture(scope="module")
def of_mysql():
    """Address of a MariaDB with the same rows, which does ask for the password; the name of its database."""
    with mariadb() as started:
        name = started.new_database()
        started.run("CREATE TABLE sales (customer text, date date, amount decimal(10, 2))", name=name)
        for who, day, money in ROWS:
            started.run(f"INSERT INTO sales VALUES ('{who}', '{day}', {money})", name=name)  # noqa: S608  ours
        yield started.address(name)


@pytest.fixture
def configured(database, monkeypatch):
    """Have a host name a source."""

    def as_told(**told):
        told = {"name": NAME, "address": database, "currency": "EUR", **told}
        if not told.keys() & {"table", "query"}:
            told["table"] = "sales"
        found = sources_in({"sales": told})
        monkeypatch.setattr(sources, "configured", lambda: found)

    return as_told


@pytest.fixture
def _asked(monkeypatch):
    """People sign in here."""
    monkeypatch.setattr(people, "allowed", lambda: allowed_in({"RITORNO_ALLOWED": "example.com"}))


def signed(address):
    return {"is_logged_in": True, "email": address, "email_verified": True, "iat": time.time()}


def offered(visit):
    return any(button.key == "source_sales" for button in visit.app.button)


def opened(visit):
    visit.app.button(key="source_sales").click()
    return visit.run()


def beside(visit):
    return [unescaped(text.value) for text in visit.app.sidebar.caption]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_of_a_source_what_it_says_of_the_same_file(configured, language):
    configured(currency="USD")
    of_source = opened(Visit(language))
    of_file = Visit(language).upload("sales.csv", csv(ROWS)).set("stated_currency", "USD")
    for page in PAGES:
        assert of_source.open(page).failures == []
        assert of_source.errors == of_file.open(page).errors
        assert of_source.headline == of_file.headline, page
        assert of_source.metrics == of_file.metrics, page
    rows, say = of_file.open("data").rows(), of_file.words.say
    assert rows.pop(say("account.not_data.heading")) == 1  # which a table has beside its rows
    assert of_source.open("data").rows() == {**rows, say("account.read"): len(ROWS)}


def test_a_source_stands_with_its_name_and_when_it_was_read(configured):
    configured()
    visit = opened(Visit("en"))
    read = visit.app.session_state["source"].raw.read.astimezone()
    told = {"day": read, "time": f"{read:%H:%M}", "rows": len(ROWS)}
    assert visit.words.say("source.when", **told) in beside(visit)
    assert f"**{NAME}**" in [unescaped(text.value) for text in visit.app.sidebar.markdown]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_none_is_configured_nothing_is_said_of_any(language, monkeypatch):
    monkeypatch.setattr(sources, "configured", dict)
    visit = Visit(language)
    assert not visit.says("data.source")
    assert not offered(visit)


@pytest.mark.usefixtures("_asked")
def test_a_list_says_who_sees_a_source(configured):
    configured(who=[ANNA])
    assert offered(Visit("en", user=signed(ANNA)))
    assert not offered(Visit("en", user=signed(BRUNO)))


def test_a_list_where_nobody_signs_in_closes_a_source_and_the_host_is_told(configured, caplog):
    configured(who="example.com")
    assert not offered(Visit("en"))
    with caplog.at_level(logging.WARNING):
        sources.check()
    assert "[sources.sales]" in caplog.text
    assert "nobody signs in" in caplog.text


@pytest.mark.usefixtures("_asked")
def test_where_people_sign_in_a_host_is_told_nothing(configured, caplog):
    configured(who="example.com")
    sources.check()
    assert caplog.text == ""


@pytest.mark.usefixtures("_asked")
def test_who_may_not_see_it_is_not_given_what_another_has_read(configured):
    configured(who=[ANNA])
    assert opened(Visit("en", user=signed(ANNA))).app.session_state["source"].kept_at == "sales"
    other = Visit("en", user=signed(BRUNO))
    other.app.session_state["source_wanted"] = connected.Wish("sales")
    assert "source" not in other.run().app.session_state
    assert "source" not in Visit("en", user=signed(BRUNO), source="sales").app.session_state


@pytest.mark.usefixtures("_asked")
def test_a_guest_sees_no_source(configured, cookies):
    owner = Visit("en", user=signed(ANNA), sample="shop").open("report").set("share_colleagues", False)
    owner.press("share.make")
    token = owner.app.main.code[0].value.partition("#")[2]
    configured()
    cookies[links.GIVEN] = links.tickets().issue(links.GIVEN, token, 60)
    guest = Visit("en")
    cookies.clear()
    assert guest.app.session_state["source"].kept_at is None
    assert not offered(guest)
    guest.app.session_state["source_wanted"] = connected.Wish("sales")
    assert guest.run().app.session_state["source"].kept_at is None
    owner.press("share.delete_all")


def test_a_link_opens_the_same_source(configured):
    configured()
    link = opened(Visit("en")).link
    assert link["source"] == "sales"
    assert "file" not in link
    again = Visit("en", source="sales")
    assert again.app.session_state["source"].kept_at == "sales"
    assert again.failures == []


@pytest.mark.parametrize("asked", ["nothing", "'; DROP TABLE sales; --", "postgresql://x"])
def test_a_link_to_what_is_none_asks_for_a_file(configured, asked):
    configured()
    visit = Visit("en", source=asked)
    assert "source" not in visit.app.session_state
    assert visit.failures == []
    assert visit.app.session_state["shared"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_is_said_and_leaves_what_was_there(configured, language):
    visit = Visit(language).upload("before.csv", csv(ROWS))
    configured(table="nothing")
    opened(visit.run())
    assert visit.errors == [visit.words.say("error.source_no_table", name=NAME)]
    assert visit.app.session_state["source"].name == "before.csv"
    assert visit.open("cohorts").failures == visit.errors == []
    configured()
    assert opened(visit.open("data")).app.session_state["source"].name == NAME
    assert visit.errors == []


def test_that_a_file_could_not_be_kept_is_not_said_of_a_source(configured):
    configured()
    visit = Visit("en")
    visit.app.session_state["visit_not_kept"] = InputError("visit_no_room_to_keep")
    opened(visit)
    assert visit.app.session_state["visit_not_kept"] is None
    assert visit.words.say("frame.source") in beside(visit)


def test_a_column_the_host_names_that_is_not_there_is_said(configured):
    configured(columns={"customer": "buyer"})
    visit = opened(Visit("en"))
    assert len(visit.errors) == 1
    assert "buyer" in visit.errors[0]
    assert "source" not in visit.app.session_state


def test_reading_again_takes_what_is_there_now(configured, server, database):
    configured()
    visit = opened(Visit("en"))
    address = database.replace("ritorno:geheim@", "ritorno@")
    run(server, address, "UPDATE sales SET amount = amount * 2")  # which its version does not tell
    assert opened(Visit("en")).purchases() == visit.purchases()
    before = visit.purchases()
    visit.app.button(key="source_again").click()
    visit.run()
    assert visit.purchases() == 2 * before


def test_who_looks_at_the_same_computes_together(configured):
    configured()
    visits = [opened(Visit("en")).open("cohorts") for _ in range(2)]
    keys = {visit.app.session_state["source"].content for visit in visits}
    assert len(keys) == 1
    assert all(visit.app.session_state["source"].common for visit in visits)
    own = Visit("en").upload("sales.csv", csv(ROWS))
    assert not own.app.session_state["source"].common


def test_neither_page_nor_state_nor_link_nor_log_holds_an_address(configured, database, caplog):
    for told in ({}, {"table": "nothing"}, {"query": "SELECT customer::int FROM sales"}):
        configured(**told)
        visit = opened(Visit("en"))
        held = b"".join(pickle.dumps(value) for value in dict(visit.app.session_state.items()).values())
        said = " ".join([*visit.texts, *beside(visit), str(visit.link), caplog.text])
        for secret in ("geheim", database.rpartition("@")[2]):
            assert secret.encode() not in held
            assert secret not in said


def test_a_mysql_is_a_source_like_any_other_and_as_discreet(configured, of_mysql, caplog):
    for told in ({}, {"table": "nothing"}, {"query": "SELECT nothing FROM sales"}):
        configured(address=of_mysql, **told)
        visit = opened(Visit("en"))
        assert visit.failures == []
        assert len(visit.errors) == len(told)
        assert told or len(visit.app.session_state["source"].raw.table) == len(ROWS)
        held = b"".join(pickle.dumps(value) for value in dict(visit.app.session_state.items()).values())
        said = " ".join([*visit.texts, *beside(visit), str(visit.link), caplog.text])
        for secret in ("geheim", of_mysql.rpartition("@")[2]):
            assert secret.encode() not in held
            assert secret not in said


HOSTILE = """
SELECT '=HYPERLINK("http://evil.example")' AS customer, DATE '2024-01-01' AS date, 10 AS amount, 1 AS amount,
    '<script>alert(1)</script>' AS "<b>note</b>", repeat('long ', 2000) AS "# [x](http://evil.example)"
UNION ALL SELECT '=HYPERLINK("http://evil.example")', '2024-02-01', 20, 2, '$x$ **y**', ''
UNION ALL SELECT 'b', '2024-02-01', 20, 2, '', ''
"""


def test_a_hostile_table_is_read_as_a_hostile_file_is(configured):
    configured(query=HOSTILE)
    visit = opened(Visit("en"))
    assert list(visit.app.session_state["source"].raw.table.columns)[2:4] == ["amount", "amount (2)"]
    for page in PAGES:
        assert visit.open(page).failures == []
        assert not any("<script>" in text or "](http" in text for text in visit.formatted)


@pytest.mark.parametrize("told", [{"query": "SELECT *, pg_sleep(0.1) FROM sales"}, {"table": "tills"}])
def test_one_that_takes_a_while_is_waited_for(configured, server, database, told):
    asked = "BEGIN PERFORM pg_sleep(0.1); RETURN name; END"
    run(
        server,
        database,
        f"CREATE FUNCTION slowly(name text) RETURNS text STABLE LANGUAGE plpgsql AS '{asked}'",
        "CREATE VIEW tills AS SELECT customer, date, amount, slowly(customer) AS till FROM sales",
    )
    configured(**told)
    visit = opened(Visit("en"))
    assert visit.failures == visit.errors == []
    assert len(visit.app.session_state["source"].raw.table) == len(ROWS)
    assert not any((button.key or "").startswith("call_off_") for button in visit.app.button)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_without_rows_is_said(configured, language):
    configured(query="SELECT * FROM sales WHERE false")
    visit = opened(Visit(language))
    assert visit.errors == [visit.words.say("error.source_empty", name=NAME)]


def test_what_is_called_off_is_not_wanted_any_more():
    st.session_state["source_wanted"] = connected.Wish("sales")
    connected._call_off()
    assert st.session_state["source_wanted"] is None
