"""Report: a snapshot is saved, and opened on the sales that are loaded."""

from datetime import date

import pandas as pd
import pytest

from retention.resources import resource
from retention.snapshot import dump
from retention.study import Study
from retention.text import LANGUAGES, since as said
from tests.pages.sentences import said_by
from tests.pages.visit import Visit, unescaped

CUT = date(2024, 6, 30)


@pytest.fixture(scope="module")
def kept(samples):
    """The sample shop's snapshot of half a year before its end."""
    _, intake = samples["shop"]
    return Study(intake.orders).until(CUT).snapshots.taken("shop *1*.csv", date(2024, 7, 2))


def opened(language, content, **query):
    """The page with a file dropped where snapshots are opened; the logo's place comes first."""
    page = Visit(language, sample="shop", **query).open("report")
    return page.upload("snapshot.json", content, place=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_changed_and_whether_the_forecast_held(language, kept, samples):
    page = opened(language, dump(kept))
    assert not page.failures
    assert not page.errors
    _, intake = samples["shop"]
    found = Study(intake.orders).snapshots.since(kept)
    read = [unescaped(text).replace("**", "") for text in page.formatted]
    words = page.words
    for line in (*said.changed(found, words), *said.notes(found, words), said.forecast(found, words)):
        assert any(line.replace("**", "") in text for text in read), line
    frame = next(each for each in page.frames if words.heading("result") in each)
    assert frame[words.heading("expected")].tolist() == [row["expected"] for row in said.rows(found, words)]
    assert frame[words.heading("result")].tolist() == [row["result"] for row in said.rows(found, words)]


def test_the_name_in_it_is_shown_as_it_is(kept):
    page = opened("en", dump(kept))
    assert page.says("since.of", made=kept.made, name="shop *1*.csv", end=CUT)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"a,b\n1,2\n", "not_json"), (b"{}", "other_content"), (b"\xff" * 10, "not_json")]
)
def test_another_file_is_refused_in_words(content, reason):
    page = opened("it", content)
    assert page.errors == [page.words.say("error.not_a_snapshot", reason=reason)]


def test_todays_is_offered_once_it_is_made():
    page = Visit("en", sample="shop").open("report")
    labels = [button.label for button in page.app.get("download_button")]
    assert page.words.say("since.download") not in labels
    page.press("since.keep")
    assert not page.failures
    labels = [button.label for button in page.app.get("download_button")]
    assert page.words.say("since.download") in labels


# Two files of one visit, from the sample shop's own: up to half a year before its end, and the whole
OLDER, NEWER = "shop *June*.csv", "shop December.csv"


def rows_until(day, **changed):
    """The sample shop's file up to a day, some columns changed."""
    rows = pd.read_csv(resource("sample_data/negozio.csv"), sep=";", dtype=str, keep_default_na=False)
    days = pd.to_datetime(rows["Data ordine"], format="%d/%m/%Y", errors="coerce")
    return rows[days <= pd.Timestamp(day)].assign(**changed)


def written(rows):
    return rows.to_csv(index=False, sep=";").encode()


@pytest.fixture(scope="module")
def contents():
    return {OLDER: written(rows_until(CUT)), NEWER: written(rows_until(date(2024, 12, 31)))}


def loaded(contents, language="en", names=(OLDER, NEWER)):
    """The Data page after one file took another's place."""
    page = Visit(language)
    for name in names:
        page.upload(name, contents[name])
        assert not page.errors
    return page


def led(page):
    """Report, after the line on Data was pressed; AppTest goes where the app leads for one run only."""
    (line,) = [button for button in page.app.button if button.key == "to_since"]
    line.click()
    page.run()
    assert page.says("report.question")
    return page.open("report")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_file_of_a_visit_is_compared_with_the_newer_one(language, contents, samples):
    page = loaded(contents, language)
    assert page.says("earlier.leads_to", name=OLDER, end=CUT)
    page = led(page)
    assert not page.failures
    assert not page.errors
    assert page.says("earlier.of", name=OLDER, end=CUT)
    _, intake = samples["shop"]
    study = Study(intake.orders)
    found = study.snapshots.since(study.until(CUT).snapshots.taken(OLDER, CUT))
    read = [unescaped(text).replace("**", "") for text in page.formatted]
    words = page.words
    for line in (*said.changed(found, words), *said.notes(found, words), said.forecast(found, words)):
        assert any(line.replace("**", "") in text for text in read), line
    frame = next(each for each in page.frames if words.heading("result") in each)
    assert frame[words.heading("result")].tolist() == [row["result"] for row in said.rows(found, words)]


def test_a_file_whose_forecast_is_sealed_holds_no_customer_any_more(contents):
    page = led(loaded(contents))
    (kept,) = page.app.session_state["earlier_files"]
    assert kept.study is None
    assert kept.snapshot.sealed
    assert kept.snapshot.name == OLDER


def test_only_the_last_files_are_kept_each_once(contents):
    third = {"shop July.csv": written(rows_until(date(2024, 7, 31)))}
    fourth = {"shop August.csv": written(rows_until(date(2024, 8, 31)))}
    every = contents | third | fourth
    page = loaded(every, names=(OLDER, NEWER, OLDER, NEWER, *third, *fourth))
    assert [file.name for file in page.app.session_state["earlier_files"]] == [*third, NEWER]


def test_of_an_older_one_it_offers_the_one_that_can_be_compared(contents):
    july, august = date(2024, 7, 31), date(2024, 8, 31)
    every = contents | {"July.csv": written(rows_until(july)), "August.csv": written(rows_until(august))}
    page = loaded(every, names=("July.csv", NEWER, "August.csv"))
    assert page.says("earlier.leads_to", name="July.csv", end=july)
    page.open("report").set("since_file", page.app.session_state["earlier_files"][0].content)
    (error,) = page.errors
    assert said_by(error, "en", "earlier") == {"earlier.snapshot_not_newer"}
    assert NEWER in error


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("snapshot_currency", lambda: rows_until(date(2024, 12, 31), Valuta="USD")),
        ("snapshot_not_newer", lambda: rows_until(date(2024, 5, 31))),
        ("snapshot_starts_later", lambda: rows_until(date(2024, 12, 31)).iloc[3000:]),
        ("snapshot_other_past", lambda: rows_until(date(2024, 12, 31)).iloc[[0, *range(1, 9000, 2), -1]]),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_compared_is_said_in_words(code, rows, language, contents):
    page = loaded(contents | {"other.csv": written(rows())}, language, (OLDER, "other.csv"))
    assert not [button for button in page.app.button if button.key == "to_since"]
    told = [text for text in map(unescaped, page.formatted) if said_by(text, language, "earlier")]
    assert [said_by(text, language, "earlier") for text in told] == [{f"earlier.{code}"}]
    page.open("report").set("since_file", page.app.session_state["earlier_files"][0].content)
    assert not page.failures
    assert page.errors == told


def test_the_same_file_again_is_said_to_be_the_same(contents):
    page = loaded(contents, names=(OLDER, OLDER))
    assert page.says("earlier.same")
    assert "earlier_files" not in page.app.session_state


def test_a_sample_is_nobodys_earlier_file(contents):
    page = Visit("en", sample="shop").upload(OLDER, contents[OLDER])
    assert "earlier_files" not in page.app.session_state
    assert not page.says("earlier.same")
    assert "since_file" not in page.open("report").app.session_state
