from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from retention.charts import dropoff
from retention.dropoff import drop_off
from retention.statistics import Estimate
from retention.study import Study
from retention.text import LANGUAGES, Words
from tests.charts.reading import layers, rows
from tests.charts.test_cohorts import rows_of
from tests.keyed import ENGLISH as KEYED
from tests.simulated import simulated_shop

ENGLISH = Words("en")


@pytest.fixture(scope="module")
def study():
    return Study(simulated_shop(seed=1))


@pytest.fixture(scope="module")
def found(study):
    return study.dropoff.steps()


def test_the_steps_say_what_is_reached_and_lost(found):
    drawn = rows_of(dropoff.steps(found, ENGLISH))
    points = {row["purchase"]: row["label"] for row in drawn if "purchase" in row}
    assert points[1] == "100%"
    assert points[2] == ENGLISH.whole_percent(found.steps[0].within.value)
    losses = {row["from"]: row for row in drawn if "from" in row}
    assert losses[1]["mark"] == ENGLISH.say("chart.drop_off.first", loss=1 - found.steps[0].within.value)
    assert losses[3]["mark"] == ENGLISH.say("chart.drop_off.later", loss=1 - found.steps[2].within.value)
    assert losses[2]["mark"] == ""
    assert losses[2]["label"] == "−" + ENGLISH.whole_percent(1 - found.steps[1].within.value)


def test_the_curve_ends_where_it_can_be_read_and_marks_the_trigger_day(found):
    step = found.steps[2]
    drawn = rows_of(dropoff.waiting(step, ENGLISH))
    assert max(row["day"] for row in drawn if "sentence" in row) == step.read_at_day
    labels = {row["label"] for row in drawn if "label" in row}
    assert ENGLISH.say("chart.trigger", day=step.trigger_day) in labels
    assert ENGLISH.say("chart.median", day=step.median_days) in labels


def test_a_step_nobody_takes_still_draws():
    waits = pd.DataFrame({"purchase": [1], "days": [300], "followed": [False], "count": [50]})
    found = drop_off(waits, 301)
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
    table = pd.DataFrame(
        {
            "group": ["a"],
            "outcome": ["gone"],
            "sentence": ["s"],
            "difference": [-0.091],
            "difference_low": [-0.132],
            "difference_high": [-0.05],
            "real": [True],
        }
    )
    (row,) = [row for row in rows_of(dropoff.differences(table, ENGLISH)["gone"]) if "group" in row]
    assert (row["difference"], row["label"]) == (pytest.approx(-9.1), "−9.1")


def step(number, reached, lost=0.5, within=0.5):
    return SimpleNamespace(
        purchase=number,
        next_purchase=number + 1,
        customers=100 // number,
        reached=reached and Estimate(reached, reached - 0.1, reached + 0.1, "log-log"),
        lost=lost and Estimate(lost),
        within=within and Estimate(within, within - 0.25, within + 0.25, "log-log"),
    )


def drop(steps, worst=1, later=None):
    named = {step.purchase: step for step in steps}
    return SimpleNamespace(compared=steps, day=90, worst=named.get(worst), later_point=named.get(later))


def test_the_losses_between_the_steps():
    found = drop([step(1, 0.5), step(2, 0.4, 0.2), step(3, 0.2, 0.5), step(4, 0.1, 0.5)], 1, 3)
    drawing = dropoff.steps(found, KEYED)
    assert rows(drawing, 0, "purchase", "share", "low", "high") == [
        (1, 1, 1, 1),
        (2, 0.5, 0.4, 0.6),
        (3, 0.4, pytest.approx(0.3), 0.5),
        (4, 0.2, pytest.approx(0.1), pytest.approx(0.3)),
        (5, 0.1, 0, 0.2),
    ]
    assert rows(drawing, 0, "label", "sentence")[1] == (
        "50%",
        "chart.reached.sentence number=2 share=0.5 low=0.4 high=0.6",
    )
    between = rows(drawing, 5, "from", "to", "middle", "share", "next", "at", "label", "side")
    assert between == [
        (1, 2, 1.5, 1.0, 0.5, 0.75, "−50%", "left"),
        (2, 3, 2.5, 0.5, 0.4, 0.45, "−20%", "left"),
        (3, 4, 3.5, 0.4, 0.2, pytest.approx(0.3), "−50%", "right"),
        (4, 5, 4.5, 0.2, 0.1, pytest.approx(0.15), "−50%", "right"),
    ]
    first, later = "chart.drop_off.first loss=0.5", "chart.drop_off.later loss=0.5"
    assert rows(drawing, 5, "mark") == [first, "", later, ""]
    assert rows(drawing, 2, "mark") == [first, later]
    assert rows(drawing, 5, "sentence")[1] == (
        "chart.step number=2 next=3 customers=50 within=90 share=0.5 low=0.25 high=0.75"
    )


def test_a_step_that_is_not_known_is_left_out():
    found = drop([step(1, 0.5, within=None), step(2, None), step(3, 0.2, lost=None), step(4, 0.1)], None)
    drawing = dropoff.steps(found, KEYED)
    assert rows(drawing, 0, "purchase") == [1, 2, 4, 5]
    assert rows(drawing, 5, "from", "share") == [(1, 1), (4, 0.5)]
    assert rows(drawing, 5, "sentence")[0] == ""


def test_only_as_many_steps_as_a_screen_holds():
    drawing = dropoff.steps(drop([step(n, 0.5) for n in range(1, 15)]), KEYED)
    assert rows(drawing, 0, "purchase")[-1] == 13
    assert rows(drawing, 5, "from", "side")[5:] == [(6, "left"), *((n, "right") for n in range(7, 13))]


def test_of_many_steps_the_first_two_and_the_last_keep_their_share_on_a_narrow_screen():
    drawing = dropoff.steps(drop([step(n, 0.9**n) for n in range(1, 6)]), KEYED)
    kept = rows(drawing, 0, "purchase", "kept")
    assert kept == [(1, True), (2, True), (3, False), (4, False), (5, False), (6, True)]


def test_the_chart_of_the_steps_reads():
    drawing = dropoff.steps(drop([step(1, 0.5), step(2, 0.4)]), KEYED)
    x = (
        "x=purchase:Q(axis(format=d grid=False values[1, 2, 3]) "
        "scale(domain[0.7, 3.3] nice=False zero=False) title=chart.purchase)"
    )
    y = (
        "y=share:Q(axis(format=.0% values[0, 0.25, 0.5, 0.75, 1]) scale(domain[0, 1.1] nice=False) "
        "title=chart.reached)"
    )
    said, middle, mark = "tooltip=sentence:N", "x=middle:Q y=at:Q", "color=average text=mark:N"
    tight = "opacity=(condition(test=width / 3 < 48 value=0) value=1)"
    narrow = "opacity=(condition(test=!datum.kept && width / 3 < 32 value=0) value=1)"
    assert layers(drawing) == [
        f"area color=accent {said} {x} y=low:Q y2=high",
        f"line color=accent {said} {x} {y}",
        f"rule color=average {said} x=from:Q x2=to y=share:Q y2=next",
        f"point color=accent filled=True {said} {x} {y}",
        f"text align=left {narrow} text=label:N {said} {x} y=share:Q",
        f"text [datum.mark == ''] {tight} text=label:N {said} {middle}",
        f"text [datum.mark != '' && datum.side == 'left'] align=left {mark} {said} {middle}",
        f"text [datum.mark != '' && datum.side == 'right'] align=right {mark} {said} {middle}",
    ]


def waited(days=(1, 5, 9), low=(0.8, np.nan, 0.1), **changed):
    curve = SimpleNamespace(
        days=np.array(days),
        waiting=np.array([0.9, 0.5, 0.2])[: len(days)],
        low=np.array(low)[: len(days)],
        high=np.array([1.0, np.nan, 0.3])[: len(days)],
    )
    known = {"purchase": 2, "curve": curve, "read_at_day": 5, "naive": 0.4}
    return SimpleNamespace(**(known | {"median_days": 2, "trigger_day": 4} | changed))


def test_the_wait_from_day_nought_to_the_last_day_it_is_read_at():
    drawing = dropoff.waiting(waited(), KEYED)
    near = pytest.approx
    assert rows(drawing, 0, "day", "share", "low", "high") == [
        (0, 0, 0, 0),
        (1, near(0.1), near(0), near(0.2)),
        (5, 0.5, 0.5, 0.5),
    ]
    assert rows(drawing, 0, "sentence")[1] == "chart.by_day day=1 share=0.1 low=0 high=0.2"
    assert rows(drawing, 3, "share", "label") == [(0.4, "chart.naive share=0.4")]
    assert rows(drawing, 5, "day", "label") == [(2, "chart.median day=2")]
    assert rows(drawing, 7, "day", "label") == [(4, "chart.trigger day=4")]


def test_a_curve_known_from_day_nought_gets_no_other_start_and_one_never_read_at_is_flat():
    assert rows(dropoff.waiting(waited(days=(0, 5, 9)), KEYED), 0, "day") == [0, 5]
    flat = dropoff.waiting(waited(read_at_day=None, median_days=None, trigger_day=None), KEYED)
    assert rows(flat, 0, "day", "share") == [(0, 0)]
    assert flat.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]
    assert len(layers(flat)) == 5


def test_the_chart_of_the_wait_reads():
    x = "x=day:Q(scale(domain[0, 5] nice=False) title=chart.waited n=2)"
    y = "y=share:Q(axis(format=.0%) title=chart.gone_on)"
    step_after, said = "color=accent interpolate=step-after", "tooltip=sentence:N"
    assert layers(dropoff.waiting(waited(), KEYED)) == [
        f"area {step_after} {said} {x} y=low:Q y2=high",
        f"line {step_after} {said} {x} {y}",
        f"point {said} {x} {y}",
        "rule color=comparison y=share:Q",
        "text align=right text=label:N x=(value(expr=width)) y=share:Q",
        "rule color=comparison x=day:Q",
        "text align=right color=comparison text=label:N x=at:Q y=(value(expr=height - 14))",
        "rule color=average x=day:Q",
        "text align=right color=average text=label:N x=at:Q y=(value(expr=height - 32))",
    ]


def test_both_days_are_labelled_where_no_line_of_theirs_crosses():
    late, early = dropoff.waiting(waited(), KEYED), dropoff.waiting(waited(trigger_day=2), KEYED)
    first, last = ([rows(each, layer, "day", "at")[0] for layer in (6, 8)] for each in (late, early))
    days = sorted(day for day, _ in first)
    assert {at for _, at in first} == {days[0]}  # to the left of the earlier
    assert {at for _, at in last} == {max(day for day, _ in last)}  # to the right of the later
    assert "align=left" in layers(early)[6]


def compared(count=2):
    return pd.DataFrame(
        {
            "group": ["a", "b", "none"][: count + 1],
            "customers": [30, 20, 5][: count + 1],
            "followed_to_day": [28, 19, 3][: count + 1],
            "within": [0.5, 0.4, np.nan][: count + 1],
            "within_low": [0.4, np.nan, np.nan][: count + 1],
            "within_high": [0.6, np.nan, np.nan][: count + 1],
        }
    )


def test_one_step_in_each_group_that_is_known():
    drawing = dropoff.groups(compared(), 0.45, KEYED)
    assert rows(drawing, 0, "within") == [0.45]
    assert rows(drawing, 1, "group", "within", "low", "high", "label") == [
        ("a", 0.5, 0.4, 0.6, "50%"),
        ("b", 0.4, 0.4, 0.4, "40%"),
    ]
    assert rows(drawing, 1, "sentence") == [
        "chart.group name=a customers=30 followed=28 share=0.5 low=0.4 high=0.6",
        "chart.group name=b customers=20 followed=19 share=0.4 low=– high=–",
    ]
    x = "x=within:Q(axis(format=.0%) scale(zero=False) title=chart.gone_on)"
    y = "y=group:N(axis(domain=False ticks=False) sort[a, b])"
    assert layers(drawing) == [
        f"rule color=average {x}",
        f"rule color=accent tooltip=sentence:N x=low:Q x2=high {y}",
        f"point color=accent filled=True tooltip=sentence:N {x} {y}",
        f"text align=left text=label:N tooltip=sentence:N x=within:Q {y}",
    ]


def test_the_chart_of_who_leaves_reads_and_holds_no_more_than_a_screen():
    table = pd.DataFrame(
        {
            "group": [f"n{k}" for k in range(13)],
            "outcome": ["gone"] * 2 + ["repeated"] * 11,
            "sentence": "s",
            "difference": 0.05,
            "difference_low": -0.01,
            "difference_high": [0.1] * 12 + [0.3],
            "real": False,
        }
    )
    drawn = dropoff.differences(table.assign(difference_low=[-0.01, -0.2] + [-0.01] * 11), KEYED)
    assert list(drawn) == ["gone", "repeated"]
    assert rows(drawn["gone"], 1, "group") == ["n0", "n1"]
    drawing = drawn["repeated"]
    assert rows(drawing, 1, "group", "difference", "difference_low", "difference_high", "label")[0] == (
        "n2",
        pytest.approx(5),
        pytest.approx(-1),
        pytest.approx(10),
        "chart.points points=0.05",
    )
    assert len(rows(drawing, 1)) == 6
    assert rows(drawing, 0, "none") == [0]
    y = f"y=group:N(axis(domain=False ticks=False) sort[{', '.join(f'n{k}' for k in range(2, 8))}])"
    # Both outcomes on one scale, as wide as the widest interval drawn
    axis = (
        "axis(labelExpr=datum.value ? format(datum.value, '+d') : '0') scale(domain[-20, 20] nice=True) "
        "title=chart.difference"
    )
    real = "color=(condition(test=datum.real value=accent) value=comparison)"
    assert layers(drawing) == [
        "rule color=rule x=none:Q",
        f"rule {real} tooltip=sentence:N x=difference_low:Q x2=difference_high {y}",
        f"point filled=True {real} tooltip=sentence:N x=difference:Q({axis}) {y}",
        f"text text=label:N x=difference:Q {y}",
    ]
