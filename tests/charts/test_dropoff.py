import pandas as pd
import pytest

from retention.charts import dropoff
from retention.dropoff import drop_off
from retention.study import Study
from retention.text import LANGUAGES, Words
from tests.charts.test_cohorts import rows_of
from tests.simulated import simulated_shop

ENGLISH = Words("en")


@pytest.fixture(scope="module")
def study():
    return Study(simulated_shop(seed=1))


@pytest.fixture(scope="module")
def found(study):
    return study.dropoff.steps()


def test_the_steps_say_what_is_reached_and_lost(found):
    rows = rows_of(dropoff.steps(found, ENGLISH))
    points = {row["purchase"]: row["label"] for row in rows if "purchase" in row}
    assert points[1] == "100%"
    assert points[2] == ENGLISH.whole_percent(found.steps[0].within.value)
    losses = {row["from"]: row for row in rows if "from" in row}
    assert losses[1]["mark"] == ENGLISH.say("chart.drop_off.first", loss=1 - found.steps[0].within.value)
    assert losses[3]["mark"] == ENGLISH.say("chart.drop_off.later", loss=1 - found.steps[2].within.value)
    assert losses[2]["mark"] == ""
    assert losses[2]["label"] == "−" + ENGLISH.whole_percent(1 - found.steps[1].within.value)


def test_the_curve_ends_where_it_can_be_read_and_marks_the_trigger_day(found):
    step = found.steps[2]
    rows = rows_of(dropoff.waiting(step, ENGLISH))
    assert max(row["day"] for row in rows if "sentence" in row) == step.read_at_day
    labels = {row["label"] for row in rows if "label" in row}
    assert ENGLISH.say("chart.trigger", day=step.trigger_day) in labels
    assert ENGLISH.say("chart.median", day=step.median_days) in labels


def test_a_step_nobody_takes_still_draws():
    waits = pd.DataFrame({"purchase": [1], "days": [300], "followed": [False], "count": [50]})
    found = drop_off(waits)
    assert dropoff.steps(found, ENGLISH).to_dict()["layer"]
    assert dropoff.waiting(found.steps[0], ENGLISH).to_dict()["layer"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_draws_in_both_languages(study, found, language):
    words = Words(language)
    cohorts = study.dropoff.by_cohort(1, found.day)
    named = cohorts.assign(group=cohorts["group"].astype(str))
    assert dropoff.steps(found, words).to_dict()["layer"]
    assert dropoff.waiting(found.steps[0], words).to_dict()["layer"]
    drawn = rows_of(dropoff.groups(named, found.steps[0].within.value, words))
    assert {row["group"] for row in drawn if "group" in row} == set(named.dropna(subset="within")["group"])


def test_differences_are_drawn_in_points():
    rows = pd.DataFrame(
        {
            "name": ["a"],
            "sentence": ["s"],
            "difference": [-0.091],
            "difference_low": [-0.132],
            "difference_high": [-0.05],
            "real": [True],
        }
    )
    (row,) = [row for row in rows_of(dropoff.differences(rows, ENGLISH)) if "name" in row]
    assert (row["difference"], row["label"]) == (pytest.approx(-9.1), "-9.1")
