"""The figures of how many come back, side by side, on a shop whose figures are worked by hand."""

import pytest

from retention.periods import number_of
from retention.study import Study
from tests.conftest import shop

# Won in January a, b, d, of whom a and d buy in February; in February c, who buys in March as a and b do
ROWS = (
    ("a", "2024-01-01", 10),
    ("b", "2024-01-15", 40),
    ("d", "2024-01-20", 70),
    ("a", "2024-02-10", 20),
    ("d", "2024-02-11", 80),
    ("c", "2024-02-20", 60),
    ("a", "2024-03-05", 30),
    ("c", "2024-03-10", 5),
    ("b", "2024-03-31", 50),
)


def found(rows, first, last):
    study = Study(shop(rows, first, last))
    return study, {each.kind: each for each in study.overview.coming_back()}


def test_each_has_its_own_definition():
    study, told = found(ROWS, "2024-01-01", "2024-03-31")
    shares = {kind: each.share and each.share.value for kind, each in told.items()}
    assert shares["cohorts"] == pytest.approx(3 / 4)  # a, d, c of a, b, d, c
    assert shares["strict"] == pytest.approx(2 / 3)  # a, c of a, d, c
    assert shares["two_orders"] == 1.0
    assert shares["with_pauses"] == pytest.approx(5 / 6)  # a, d; then a, c and b after a pause; of 3 and 3
    assert shares["second_purchase"] is None  # of four customers
    assert told["strict"].month == number_of(study.window.last, "month")
    assert told["repeat_rate"].days == study.overview.usual_days()
    assert told["two_orders"].share.ends is None


def test_what_the_data_does_not_tell_is_left_open():
    _, told = found(ROWS[:2], "2024-01-01", "2024-01-20")
    shares = {kind: each.share for kind, each in told.items()}
    assert shares.pop("two_orders").value == 0.0
    assert set(shares.values()) == {None}
