"""Report: a snapshot is saved, and opened on the sales that are loaded."""

from datetime import date

import pytest

from retention.snapshot import dump
from retention.study import Study
from retention.text import LANGUAGES, since as said
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
