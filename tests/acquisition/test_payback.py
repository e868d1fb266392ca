from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.acquisition import realised_value
from retention.acquisition.payback import cumulative_value, first_year_draws, payback
from retention.periods import DAYS_PER_MONTH, Window

LAST = date(2024, 12, 31)
WINDOW = Window(date(2023, 1, 1), LAST)


def day(months, extra=0):
    """First day of customers observed for just so many months."""
    return (LAST - timedelta(days=int(-(-months * DAYS_PER_MONTH // 1)) - 1 + extra)).toordinal()


def group(rows):
    """Rows of first day, customers, and what they brought together in each month of age."""
    value = [(first, age, float(money), 0.0) for first, _, months in rows for age, money in enumerate(months)]
    starts = pd.DataFrame(
        [(first, customers) for first, customers, _ in rows], columns=["first_day", "customers"]
    )
    columns = ["first_day", "month", "revenue", "refunds"]
    return realised_value(pd.DataFrame(value, columns=columns), starts, WINDOW, margin=1.0)


# 40 customers observed for three months, who bring 20, 10 and 6 each; 60 for one, who bring 30 each
TWO = [(day(3), 40, [800, 400, 240]), (day(1), 60, [1800])]


def test_the_curve_by_hand():
    # first month (800 + 1800) / 100 = 26; then only the forty: 10 and 6. At a margin of a half: 13, 18, 21
    found = payback(cumulative_value(group(TWO)), cac=15.0, margin=0.5)
    assert found.curve["months"].tolist() == [0, 1, 2, 3]
    assert found.curve["balance"].tolist() == pytest.approx([-15, -2, 3, 6])
    assert found.curve["customers"].tolist() == [100, 100, 40, 40]
    assert found.curve["most"].tolist() == [True, True, False, False]
    assert (found.won, found.months, found.observed, found.balance) == (100, 2, 3, pytest.approx(6))


def test_two_first_days_are_too_few_for_an_interval():
    found = payback(cumulative_value(group(TWO)), cac=15.0, margin=0.5)
    assert (found.soonest, found.latest) == (None, None)
    assert found.curve["low"].iloc[1:].isna().all()


def test_a_curve_is_read_while_thirty_customers_are_observed_so_long():
    rows = [(day(3), 29, [290, 290, 290]), (day(2), 5, [50, 50])]
    assert payback(cumulative_value(group(rows)), cac=1.0, margin=1.0).observed == 2
    assert (
        payback(cumulative_value(group(rows[:1])), cac=1.0, margin=1.0).observed == 3
    )  # all of a smaller group


def test_not_paid_back_within_what_is_observed():
    found = payback(cumulative_value(group(TWO)), cac=50.0, margin=1.0)
    assert (found.months, found.balance) == (None, pytest.approx(26 + 10 + 6 - 50))
    (warning,) = found.warnings
    assert warning.code == "not_paid_back"
    assert warning.details == {"cac": 50.0, "reached": pytest.approx(42), "months": 3}
    assert payback(cumulative_value(group(TWO)), cac=42.0, margin=1.0).warnings == ()


def test_nobody_observed_for_a_month():
    found = payback(cumulative_value(group([(LAST.toordinal(), 50, [100])])), cac=5.0, margin=1.0)
    assert (found.won, found.observed, found.months, found.balance) == (50, 0, None, -5.0)


def test_a_margin_of_nothing_never_pays_back():
    found = payback(cumulative_value(group(TWO)), cac=5.0, margin=0.0)
    assert found.months is None
    assert found.curve["balance"].tolist() == [-5.0] * 4


def spread(days, customers, seed, months=4):
    """Customers of independent worth each month, won on so many days and all observed for the months."""
    worth = np.random.default_rng(seed).gamma(0.5, 20.0, (days, customers, months))
    rows = [(day(months, extra), customers, worth[extra].sum(axis=0)) for extra in range(days)]
    return worth.reshape(-1, months), group(rows)


def test_the_band_is_as_wide_as_the_spread_between_customers():
    worth, value = spread(150, 20, seed=3)
    curve = payback(cumulative_value(value), cac=0.0, margin=1.0).curve.iloc[1:5]
    so_far = worth.cumsum(axis=1)
    assert curve["balance"].to_numpy() == pytest.approx(so_far.mean(axis=0))
    error = so_far.std(axis=0, ddof=1) / np.sqrt(len(so_far))
    assert (curve["high"] - curve["low"]).to_numpy() == pytest.approx(2 * 1.96 * error, rel=0.12)


def test_the_interval_of_the_months_holds_the_true_month():
    # 10 a month expected: a CAC of 25 is paid back after three
    found = [payback(cumulative_value(spread(40, 10, seed)[1]), cac=25.0, margin=1.0) for seed in range(60)]
    assert all(one.soonest <= one.months <= (one.latest or 99) for one in found if one.months)
    assert np.mean([one.soonest <= 3 <= (one.latest or 99) for one in found]) >= 0.9
    assert {one.months for one in found} >= {3}


def test_an_end_of_the_interval_beyond_what_is_observed_is_left_open():
    _, value = spread(40, 10, seed=1)
    mean = float(cumulative_value(value).cumulative[-1])
    found = payback(cumulative_value(value), cac=mean * 0.999, margin=1.0)
    assert found.months == 4
    assert found.soonest is not None
    assert found.latest is None


@settings(max_examples=25)
@given(cac=st.floats(0.1, 100), margin=st.floats(0.01, 1), dearer=st.floats(1, 3))
def test_a_dearer_customer_pays_back_no_sooner(cac, margin, dearer):
    one = cumulative_value(group(TWO))
    cheap, dear = payback(one, cac, margin), payback(one, cac * dearer, margin)
    assert (dear.months or 99) >= (cheap.months or 99)
    assert (dear.curve["balance"] <= cheap.curve["balance"] + 1e-9).all()


def test_the_first_years_draws_scatter_about_its_value():
    worth, value = spread(300, 10, seed=5, months=12)
    draws = first_year_draws(value)
    assert draws.mean() == pytest.approx(value.at(12).margin.value, rel=0.01)
    assert draws.std() == pytest.approx(worth.sum(axis=1).std() / np.sqrt(len(worth)), rel=0.15)
    assert first_year_draws(spread(9, 20, seed=5, months=12)[1]).size == 0


def test_what_is_lacking_by_hand():
    # 26, 10 and 6 in three months: 42 of 50
    found = payback(cumulative_value(group(TWO)), cac=50.0, margin=1.0)
    assert (found.how, found.lacking.value, found.lacking.ends) == ("not_yet", pytest.approx(8.0), None)
    assert payback(cumulative_value(group(TWO)), cac=15.0, margin=0.5).how == "paid"
    assert payback(cumulative_value(group([(day(0), 5, [])])), cac=15.0, margin=0.5).how == "unobserved"


def test_what_is_lacking_has_the_ends_of_the_balance_and_is_never_below_nothing():
    days = [(day(1, extra=n), 40, [40 * (10 + n)]) for n in range(12)]  # 10 to 21 each: 15.5 on average
    found = payback(cumulative_value(group(days)), cac=16.0, margin=1.0)
    last = found.curve.iloc[-1]
    assert last["low"] < found.balance < 0 < last["high"]
    assert found.lacking.value == pytest.approx(0.5)
    assert found.lacking.ends == (0.0, -last["low"])
