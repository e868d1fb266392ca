"""A source of the host's in a browser: opened, looked at, found again by its link; a long one called off."""

from __future__ import annotations

import time

import psycopg
import pytest
from playwright.sync_api import expect
from psycopg import sql

from retention import ingest
from retention.text import LANGUAGES
from tests.browser.length import length
from tests.browser.servers import Server
from tests.browser.test_accessibility import ours
from tests.browser.test_page_length import MOST_WORDS
from tests.browser.visitor import visiting
from tests.sharing.servers import postgresql
from tests.sources.servers import mariadb

pytestmark = pytest.mark.browser
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ritorno' AND state = 'active'"


@pytest.fixture(scope="module")
def database():
    """One that holds the sample shop, as the file has it."""
    shop = ingest.open_sample("shop").table
    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(name)) for name in shop)
    with postgresql() as server:
        with psycopg.connect(server.address()) as connection:
            connection.execute(sql.SQL("CREATE TABLE sales ({})").format(columns))
            with connection.cursor().copy("COPY sales FROM STDIN") as copied:
                for row in shop.astype(object).where(shop.notna(), None).itertuples(index=False):
                    copied.write_row(row)
        yield server


@pytest.fixture(scope="module")
def server(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    address = database.address().replace("ritorno@", "ritorno:geheim@")
    told = f"""
[sources.shop]
name = "Shop orders"
address = "{address}"
table = "sales"
currency = "EUR"
[sources.slow]
name = "All tills"
address = "{address}"
query = "SELECT *, pg_sleep(0.01) FROM sales, generate_series(1, 1000)"
seconds = 600
[sources.closed]
name = "For the board"
address = "{address}"
table = "sales"
who = "example.com"
"""  # noqa: S608  a host's, not ours
    (folder / "secrets.toml").write_text(told)
    environment = {"STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml")}
    with Server(folder / "log.txt", environment=environment) as running:
        yield running


def press(visitor, key):
    visitor.tab.locator(f".st-key-{key} button:visible").first.click()
    return visitor


def waited(visitor):
    """What is said while the page waits, and the button that calls it off."""
    return visitor.tab.locator("[class*=st-key-waited_]")


def calls_off(visitor):
    waited(visitor).get_by_role("button").click()
    return visitor


def running(database):
    with psycopg.connect(database.address()) as connection:
        return connection.execute(RUNNING).fetchone()[0]


def soon(holds):
    """Wait until something holds: a page says what it asks for before a database is at it."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it does not come to hold")


def test_a_source_is_opened_looked_at_and_found_again_by_its_link(browser, server):
    with visiting(browser, server) as visitor:
        press(visitor.open(lang="en"), "source_shop").sees("Shop orders", where=visitor.sidebar)
        visitor.sees("17,560").go("cohorts")
        headline = visitor.rested().headline.inner_text()
        address = visitor.tab.url
        assert "source=shop" in address
        with visiting(browser, server) as other:
            other.tab.goto(address)
            other.arrived("cohorts").sees("Shop orders", where=other.sidebar)
            expect(other.headline).to_have_text(headline)
    assert "geheim" not in server.log
    assert "[sources.closed] says who may see it, but nobody signs in" in server.log


def test_a_long_query_is_called_off_here_and_there(browser, server, database):
    with visiting(browser, server) as visitor:
        press(visitor.open(lang="en"), "source_slow").sees("All tills", where=waited(visitor))
        soon(lambda: running(database) == 1)
        calls_off(visitor)
        visitor.rested()
        expect(waited(visitor)).to_have_count(0)
        visitor.sees(visitor.words.say("frame.nothing_loaded"), where=visitor.sidebar)
        soon(lambda: not running(database))
        press(visitor, "source_shop").sees("Shop orders", where=visitor.sidebar)


def test_who_leaves_the_page_has_the_query_ended(browser, server, database):
    with visiting(browser, server) as visitor:
        press(visitor.open(lang="en"), "source_slow").sees("All tills", where=waited(visitor))
        soon(lambda: running(database) == 1)
        visitor.tab.close()
        soon(lambda: not running(database))


def test_a_mysql_is_opened_and_a_long_query_of_it_called_off_there(browser, tmp_path):
    running = "SELECT id FROM information_schema.processlist WHERE user = 'ritorno' AND info LIKE '%sleep%'"
    with mariadb() as database:
        name = database.new_database()
        database.run(
            "CREATE TABLE sales AS SELECT concat('c', seq % 90) AS customer,"
            " '2024-01-01' + INTERVAL seq DAY AS day, 10.5 AS amount FROM seq_1_to_600",
            name=name,
        )
        told = f'address = "{database.address(name)}"\ncurrency = "EUR"'
        (tmp_path / "secrets.toml").write_text(f"""
[sources.shop]
name = "Shop orders"
table = "sales"
{told}
[sources.slow]
name = "All tills"
query = "SELECT *, sleep(0.01), repeat('x', 9000) FROM sales, seq_1_to_1000"
seconds = 600
{told}
""")  # noqa: S608  a host's, not ours
        environment = {"STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml")}
        with Server(tmp_path / "log.txt", environment=environment) as server:
            with visiting(browser, server) as visitor:
                reading = waited(visitor.open(lang="en"))
                press(visitor, "source_slow").sees("All tills", where=reading)
                soon(lambda: len(database.run(running)) == 1)
                calls_off(visitor).rested()
                expect(reading).to_have_count(0)
                soon(lambda: database.run(running) == ())
                press(visitor, "source_shop").sees("Shop orders", where=visitor.sidebar)
                visitor.sees("600").go("cohorts").rested()
            assert "geheim" not in server.log
            assert str(database.port) not in server.log


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stays_short_and_keeps_nobody_out(browser, server, language):
    with visiting(browser, server, language) as visitor:
        visitor.open(lang=language)
        assert length(visitor).words <= MOST_WORDS
        assert ours(visitor.tab) == []
        assert not visitor.main.get_by_text("For the board").count()
        press(visitor, "source_shop").sees("17.560" if language == "it" else "17,560")
        assert length(visitor.rested()).words <= MOST_WORDS
        assert ours(visitor.tab) == []
