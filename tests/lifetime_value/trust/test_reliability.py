from datetime import date

import pandas as pd
import pytest

from retention.errors import DataWarning
from retention.lifetime_value import reliability
from retention.periods import Window
from retention.study import Study
from tests.lifetime_value import shops

LAST = date(2024, 6, 28)
HALF_A_YEAR = Window(date(2024, 1, 1), LAST)  # 180 days: 2024 is a leap year


def people(customers=500, most=3, last=LAST):
    return pd.DataFrame({"x": [most - 1] + [0] * (customers - 1), "last_day": [last.toordinal()] * customers})


def test_just_enough_is_enough():
    assert HALF_A_YEAR.days == 180
    assert reliability(people(), HALF_A_YEAR, date(2024, 7, 28)) == ()


def test_published_sample_is_enough_on_its_last_day():
    assert Study(shops.cdnow()).models.reliability(shops.CALIBRATION_END) == ()


@pytest.mark.parametrize(
    ("table", "window", "reference", "expected"),
    [
        (people(499), HALF_A_YEAR, LAST, DataWarning("too_few_customers", {"customers": 499, "needed": 500})),
        (
            people(),
            Window(date(2024, 1, 2), LAST),
            LAST,
            DataWarning("too_short_history", {"days": 179, "needed": 180}),
        ),
        (
            people(),
            HALF_A_YEAR,
            date(2024, 7, 29),
            DataWarning("no_recent_purchase", {"days": 31, "allowed": 30}),
        ),
        (people(most=2), HALF_A_YEAR, LAST, DataWarning("nobody_with_three_purchases", {"most": 2})),
    ],
)
def test_each_shortfall_is_named_with_its_numbers(table, window, reference, expected):
    assert reliability(table, window, reference) == (expected,)


def test_nobody_at_all_falls_short_in_every_way_but_time():
    codes = [warning.code for warning in reliability(people(1).iloc[:0], HALF_A_YEAR, LAST)]
    assert codes == ["too_few_customers", "no_recent_purchase", "nobody_with_three_purchases"]
