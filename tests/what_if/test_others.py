"""What other ways of reckoning say beside the one that answers, by hand."""

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
