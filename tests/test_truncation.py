"""When figures say that old customers were taken for new, on figures made up for it."""

from types import SimpleNamespace

import pandas as pd
import pytest

from retention.statistics import Estimate
from retention.truncation import cohort_warnings, dropoff_warnings


def cohorts(rate, *, low=0.4, age=1):
    return SimpleNamespace(
        pooled=pd.DataFrame({"age": [age, age + 1], "rate": [rate, 0.9], "low": [low, 0.0]})
    )


def test_a_retention_that_falls_below_its_interval_without_them_is_told():
    (warning,) = cohort_warnings(cohorts(0.45), cohorts(0.39), 45, 30)
    assert warning.code == "left_truncated"
    assert warning.details == {"customers": 45, "days": 30, "rate": 0.45, "rate_without": 0.39}


@pytest.mark.parametrize(
    "others",
    [cohorts(0.4), cohorts(0.6), cohorts(0.39, age=2), SimpleNamespace(pooled=cohorts(0.39).pooled.iloc[:0])],
)
def test_a_retention_within_its_interval_or_of_another_age_is_not(others):
    assert cohort_warnings(cohorts(0.45), others, 45, 30) == ()
    nobody = SimpleNamespace(pooled=cohorts(0.45).pooled.iloc[:0])
    assert cohort_warnings(nobody, others, 45, 30) == ()


def steps(value, *, day=60):
    within = None if value is None else Estimate(value, value - 0.1, value + 0.1)
    return SimpleNamespace(day=day, steps=[SimpleNamespace(within=within), SimpleNamespace(within=None)])


@pytest.mark.parametrize("without", [0.25, 0.55])
def test_a_first_step_that_leaves_its_interval_without_them_is_told(without):
    (warning,) = dropoff_warnings(steps(0.4), steps(without), 45, 30)
    assert warning.code == "left_truncated_dropoff"
    told = {"customers": 45, "days": 30, "within": 60, "rate": 0.4, "rate_without": without}
    assert warning.details == told


@pytest.mark.parametrize(
    ("everybody", "others"),
    [
        (steps(0.4), steps(0.45)),
        (steps(0.4), steps(0.2, day=90)),
        (steps(0.4, day=None), steps(0.2, day=None)),
        (steps(None), steps(0.2)),
        (steps(0.4), steps(None)),
    ],
)
def test_a_first_step_within_its_interval_or_unknown_is_not(everybody, others):
    assert dropoff_warnings(everybody, others, 45, 30) == ()


def test_of_a_few_early_customers_no_word_is_made():
    # One customer fewer of ten moves a retention past its interval, and says nothing of the shop
    assert cohort_warnings(cohorts(0.45), cohorts(0.1), 29, 30) == ()
    assert dropoff_warnings(steps(0.4), steps(0.1), 29, 30) == ()
    assert len(cohort_warnings(cohorts(0.45), cohorts(0.1), 30, 30)) == 1
    assert len(dropoff_warnings(steps(0.4), steps(0.1), 30, 30)) == 1
