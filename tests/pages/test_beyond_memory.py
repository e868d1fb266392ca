"""Sources an engine counts: every page, what is not asked of them, what is said where the engine fails."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from retention.study import study as study_module
from retention.text import LANGUAGES
from tests.pages import beyond
from tests.pages.beyond import opened
from tests.pages.visit import PAGES, unescaped


@pytest.fixture
def sales(tmp_path):
    return beyond.written(tmp_path / "sales")


@pytest.fixture
def shelf(sales, monkeypatch):
    return beyond.host_names(monkeypatch, sales)


def held(visit):
    return visit.app.session_state["source"].held


def says(visit, key, **values):
    return visit.words.say(key, **values) in " ".join([*visit.texts, *visit.errors])


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_says_of_the_same_files_in_memory(language):
    there, here = opened(language), opened(language, "small")
    assert held(there) is not None
    for page in ("lifetime_value", *PAGES):  # which decides what others may quote
        assert there.open(page).failures == there.errors == [], page
        here.open(page)
        assert there.headline == here.headline, page
        assert there.metrics == here.metrics, page
    assert there.open("data").rows() == here.open("data").rows()


@pytest.mark.usefixtures("shelf")
def test_what_needs_every_pair_of_rows_is_not_offered_and_that_is_said():
    visit = opened()
    for switch in ("drop_duplicates", "drop_reversed"):
        with pytest.raises(KeyError):
            visit.app.get_by_key(switch)
    assert says(visit, "account.beyond")
    assert says(visit, "warning.not_looked_over")
    assert not any(button.key == "download_set_aside" for button in visit.app.get("download_button"))


@pytest.mark.usefixtures("shelf")
def test_another_column_or_option_has_the_orders_formed_anew():
    visit = opened()
    before = visit.headline
    visit.set("until", pd.Timestamp("2023-12-31").date())
    assert visit.headline != before
    assert "2023" in visit.headline
    visit.set("map_segment", None)
    assert visit.app.session_state["source"].held is not None
    assert visit.failures == visit.errors == []


@pytest.mark.usefixtures("shelf")
def test_its_orders_are_not_shared_and_its_report_is():
    visit = opened().open("report")
    assert visit.app.get_by_key("share_kind").options == [visit.words.say("share.kind.report")]
    assert says(visit, "share.no_study")
    visit.press("share.make")
    assert visit.failures == visit.errors == []
    assert "#" in visit.app.main.code[0].value
    visit.press("share.delete_all")


@pytest.mark.usefixtures("shelf")
def test_the_address_opens_it_again():
    link = opened().link
    assert link["source"] == "large"
    assert "visit" not in link
    again = opened(source="large")
    assert again.app.session_state["source"].kept_at == "large"
    assert again.failures == []


@pytest.mark.usefixtures("shelf")
def test_it_is_called_by_when_it_was_read_and_how_many_rows_there_are():
    visit = opened()
    read = visit.app.session_state["source"].raw.read.astimezone()
    told = {"day": read, "time": f"{read:%H:%M}", "rows": 17_497}
    assert visit.words.say("source.when", **told) in [
        unescaped(text.value) for text in visit.app.sidebar.caption
    ]


@pytest.mark.usefixtures("shelf")
def test_who_looks_at_the_same_has_one_engine_and_one_set_of_results():
    visits = [opened().open("cohorts") for _ in range(2)]
    assert held(visits[0]) is held(visits[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_that_went_are_said_and_what_is_there_works_on(sales, shelf, language):  # noqa: ARG001
    visit = opened(language)
    shutil.rmtree(sales)
    visit.set("keep_zero", True)
    assert visit.errors == [visit.words.say("error.here.source_not_there")] * len(visit.errors) != []
    assert str(sales) not in " ".join([*visit.texts, *visit.errors])
    visit.open("cohorts")
    assert visit.failures == []
    visit.open("data").set("keep_zero", False)
    assert visit.failures == visit.errors == []
    assert visit.open("cohorts").headline


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("page", ["overview", "cohorts", "lifetime_value", "audit", "customers"])
def test_an_engine_that_fails_in_the_middle_of_a_page_is_a_sentence(page):
    visit = opened()
    visit.set("until", pd.Timestamp(2024, 11, 1 + len(page)).date())  # nobody else's results
    engine = held(visit)._engine
    for (table,) in engine.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
        engine.connection.execute(f"DROP TABLE {table}").fetchall()
    visit.open(page)
    assert visit.failures == []
    assert visit.words.say("error.here.engine_failed") in visit.errors
    visit.open("data")
    visit.app.button(key="source_again").click()
    visit.run()
    assert visit.failures == visit.errors == []
    assert visit.open(page).errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_that_cannot_be_written_is_said(sales, tmp_path, monkeypatch, language):
    made = tmp_path / "made"
    made.mkdir()
    beyond.host_names(monkeypatch, sales, temporary=str(made))
    made.rmdir()
    visit = opened(language)
    assert visit.errors == [visit.words.say("error.here.cannot_write")]
    assert "source" not in visit.app.session_state


def test_a_full_disk_is_said(sales, monkeypatch):
    beyond.host_names(monkeypatch, sales)
    visit = opened()
    engine = held(visit)._engine
    for setting in ("max_temp_directory_size = '4MB'", "memory_limit = '1MB'"):
        engine.connection.execute(f"SET {setting}").fetchall()
    visit.set("until", pd.Timestamp("2024-10-31").date())
    codes = ("engine_out_of_memory", "engine_out_of_disk")
    assert set(visit.errors) & {visit.words.say(f"error.here.{code}") for code in codes}
    assert visit.failures == []


@pytest.mark.usefixtures("shelf")
def test_what_is_called_off_is_said_and_not_begun_again_by_itself(monkeypatch):
    visit = opened()
    monkeypatch.setattr("retention.ui.parts.connected.loaded.to_form", lambda: pytest.fail("begun again"))
    visit.app.session_state["until"] = pd.Timestamp("2024-09-30").date()
    visit.app.session_state["orders_given_up"] = ("", None)
    monkeypatch.setattr("retention.ui.parts.connected.loaded.given_up", beyond.called_off)
    monkeypatch.setattr("retention.ui.state.loaded.given_up", beyond.called_off)
    visit.run()
    assert visit.words.say("error.orders_called_off") in visit.errors
    assert visit.failures == []


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_that_are_called_off_are_said_so_and_there_once_the_page_is_opened_again(language):
    visit = opened(language)
    visit.set("until", pd.Timestamp(2024, 9, 10 + len(language)).date())  # nobody else's results
    for page in ("cohorts", "lifetime_value", "customers"):
        visit.app.session_state["asking_called_off"] = True
        visit.open(page)
        assert set(visit.errors) == {visit.words.say("error.figures_called_off")}
        assert visit.failures == []
        assert visit.open(page).errors == []
        assert visit.headline


@pytest.fixture
def _too_many(monkeypatch):
    """As if the sample shop's customers were too many to be told one by one."""
    monkeypatch.setattr(study_module, "MOST_ONE_BY_ONE", 100)


too_many = pytest.mark.usefixtures("shelf", "_too_many")


@too_many
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_on_too_many_customers_and_says_what_is_left_out(language):
    visit = opened(language)
    visit.open("customers").set("contacts", 50)
    where = {page for page in PAGES if says(visit.open(page), "one_by_one.not", customers=4800, most=100)}
    assert where == {"dropoff", "cohorts", "subscriptions", "lifetime_value", "customers"}
    for page in PAGES:
        assert visit.open(page).failures == visit.errors == [], page
    for page in ("lifetime_value", "customers", "simulator", "reality"):
        days = visit.open(page).words.say("warning.customers_alike", customers=4800, most=100, days=1)
        assert days in " ".join(visit.texts)
    assert visit.open("overview").headline
    assert visit.open("lifetime_value").headline


def ids(visit):
    heading = visit.words.heading("customer_id")
    found = [table.value for table in visit.app.dataframe if heading in table.value]
    return found[0][heading].tolist()


@too_many
def test_customers_are_paged_sorted_and_looked_for():
    visit = opened().open("lifetime_value")
    first = ids(visit)
    assert len(first) == 100
    assert says(visit, "lifetime_value.paged.shown", first=1, last=100, customers=4800)
    visit.set("customers_page", 48)
    assert says(visit, "lifetime_value.paged.shown", first=4701, last=4800, customers=4800)
    assert not set(ids(visit)) & set(first)
    visit.set(
        "customers_by", "orders" if "orders" in visit.app.get_by_key("customers_by").options else "p_alive"
    )
    assert says(visit, "lifetime_value.paged.shown", first=1, last=100, customers=4800)
    visit.set("search_customer", first[3])
    assert ids(visit) == [first[3]]
    visit.set("search_customer", "nobody is called that")
    assert says(visit, "lifetime_value.search.nobody")
    assert visit.failures == visit.errors == []


@too_many
def test_lists_are_shown_and_name_the_best():
    visit = opened().open("customers").set("contacts", 50).set("occasion", "loyalty")
    assert visit.failures == visit.errors == []
    assert len(ids(visit)) == 50
    visit.set("contacts", 1000)
    (said,) = visit.errors  # how many they would be is the list's to know
    assert said.endswith(visit.words.say("error.here.list_too_long", customers=1, most=100)[-60:])
    assert visit.failures == []
    visit.set("contacts", 50)
    assert visit.errors == []
