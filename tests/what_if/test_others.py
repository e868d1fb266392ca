"""What other ways of reckoning say beside the one that answers, by hand."""

from types import SimpleNamespace as Some

import pytest

from retention.statistics import Estimate
from retention.what_if import others

ANSWER = Estimate(86.0, 69.0, 99.0)


@pytest.mark.parametrize(
    ("gains", "told", "agree"),
    [
        ({"cohorts": 86.0, "purchases": 36.0}, (36.0,), False),
        ({"cohorts": 86.0, "purchases": 70.0}, (70.0,), True),
        ({"cohorts": 86.0, "purchases": 99.0, "constant": 69.0}, (69.0, 99.0), True),
        ({"cohorts": 86.0, "purchases": 99.1, "constant": 80.0}, (80.0, 99.1), False),
        ({"cohorts": 86.0, "purchases": 99.1}, (99.1,), False),
        ({"cohorts": 86.0, "purchases": 36.0, "constant": 68.9}, (36.0, 68.9), False),
        ({"cohorts": 86.0, "purchases": 36.0, "constant": 70.0}, (36.0, 70.0), False),
        ({"cohorts": 86.0}, (), True),
        ({"purchases": 36.0}, (36.0,), False),  # the answer was chosen by hand and missed the last year
    ],
)
def test_the_others_are_told_without_the_answer_and_agree_within_its_interval(gains, told, agree):
    found = others(gains, "cohorts", ANSWER)
    assert (found.gains, found.agree) == (told, agree)


def test_where_nothing_holds_there_is_nothing_to_tell():
    assert others({}, "cohorts", ANSWER) is None


def test_without_an_interval_only_the_same_figure_agrees():
    assert others({"cohorts": 86.0, "purchases": 86.0}, "cohorts", Estimate(86.0)).agree
    assert not others({"cohorts": 86.0, "purchases": 85.0}, "cohorts", Estimate(86.0)).agree


@pytest.mark.parametrize(
    ("gains", "budget"),
    [
        ({"cohorts": 80.0, "purchases": 40.0}, 15.0),  # half the gain pays for half the budget
        ({"cohorts": 80.0, "purchases": 40.0, "constant": 20.0}, 7.5),
        ({"cohorts": 80.0, "purchases": 20.0, "constant": 90.0}, 7.5),
        ({"cohorts": 80.0, "purchases": 80.0}, None),
        ({"cohorts": 80.0, "purchases": 90.0}, None),
        ({"cohorts": 80.0}, None),
    ],
)
def test_the_least_gain_says_what_pays_by_every_method(gains, budget):
    answer = Some(present=Some(firm=Some(absolute=Estimate(80.0))), break_even_budget=30.0)
    assert others(gains, "cohorts", Estimate(80.0)).budget_by_all(answer) == budget


def test_from_the_least_to_the_most_of_all_methods_the_answer_is_one_of_them():
    found = others({"cohorts": 86.0, "purchases": 36.0, "constant": 68.9}, "cohorts", ANSWER)
    assert found.span(86.0) == (36.0, 86.0)
    assert found.span(50.0) == (36.0, 68.9)
