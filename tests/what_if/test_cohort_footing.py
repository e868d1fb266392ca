import numpy as np
import pandas as pd
import pytest
from scipy.special import beta as beta_function

from retention.study import Study
from retention.what_if import retention_by_age, without_increases
from tests.conftest import shop

ROWS = [
    *((c, f"2024-0{m}-10", 5) for c, months in {"a": "123", "b": "13", "c": "1"}.items() for m in months),
    *(("d", f"2024-0{m}-20", 5) for m in "23"),
    ("e", "2024-03-05", 5),
    ("a", "2024-04-02", 5),
]


def curve_of(orders):
    return Study(orders).what_if.curve("month")


def test_steps_by_hand():
    # January's a, b, c: 3 then 1 (a) then 2 (a, b); February's d: 1 then 1; April is incomplete
    curve = curve_of(shop(ROWS, "2024-01-01", "2024-04-10"))
    assert curve.steps[["age", "before", "after"]].to_numpy().tolist() == [[1, 4, 2], [2, 1, 2]]
    assert curve.today["customers"].tolist() == [1, 1, 2, 0]
    assert curve.mix[:, 0] == pytest.approx([0.25, 0.25, 0.5, 0])
    assert [w.code for w in curve.warnings] == ["season_hides_leaving"]
    assert curve.warnings[0].details == {"steps": 1, "of": 2}


def test_today_is_averaged_over_the_ages_of_its_customers():
    # Beta(α, β) of those won now, Beta(α, β + 1) and Beta(α, β + 2) of the others
    curve = curve_of(shop(ROWS, "2024-01-01", "2024-04-10"))
    alpha, beta = curve.alpha.value, curve.beta.value
    kept = [1 - beta_function(alpha + 1, beta + n) / beta_function(alpha, beta + n) for n in range(3)]
    assert curve.footing.retention[0] == pytest.approx(np.dot([0.25, 0.25, 0.5], kept))
    assert curve.footing.first_retention[0] == pytest.approx(kept[0])
    assert curve.footing.age == pytest.approx(1.25)


def test_one_step_alone_takes_all_customers_for_alike():
    rows = [("a", "2024-01-10", 5), ("b", "2024-01-10", 5), ("a", "2024-02-10", 5)]
    curve = curve_of(shop(rows, "2024-01-01", "2024-02-29"))
    assert [w.code for w in curve.warnings] == ["curve_not_identified"]
    assert retention_by_age(*curve.draws[:2, :1], 5)[:, 0] == pytest.approx(np.full(5, 0.5), abs=1e-3)


def test_which_steps_hide_leaving_is_what_the_data_says_and_no_draw():
    before, after = np.array([[10.0, 12, 8], [6, 5, 7]]), np.array([[8.0, 13, 6], [7, 5, 6]])
    assert without_increases(before, after).tolist() == [[8, 13, 6], [6, 5, 7]]


def test_chance_gains_do_not_push_the_draws_off_the_estimate():
    # customers who buy in one month of seven: now and then there are more of them than the month before
    chance = np.random.default_rng(0)
    rows = []
    for customer in range(120):
        month, leaves = int(chance.integers(1, 7)), chance.beta(0.5, 6.0)
        rows.append((str(customer), f"2023-{month:02d}-15", 5))
        while month < 12 and chance.random() > leaves:
            month += 1
            if chance.random() < 0.15:
                rows.append((str(customer), f"2023-{month:02d}-15", 5))
    curve = curve_of(shop(rows, "2023-01-01", "2023-12-31"))
    assert [warning.code for warning in curve.warnings] == ["season_hides_leaving"]
    for drawn in (*curve.draws[:2], curve.footing.retention):
        assert 0.4 < float((drawn[1:] < drawn[0]).mean()) < 0.6


def test_without_a_complete_step_there_is_no_curve():
    assert curve_of(shop([("a", "2024-01-10", 5)], "2024-01-01", "2024-01-31")) is None


def test_neither_names_nor_the_order_of_rows_matter():
    names = dict(zip("abcde", "zyxwv", strict=True))
    one = curve_of(shop(ROWS, "2024-01-01", "2024-04-10"))
    other = curve_of(shop([(names[c], *row) for c, *row in ROWS[::-1]], "2024-01-01", "2024-04-10"))
    assert np.array_equal(one.draws, other.draws)


def test_draws_are_fits_to_resampled_customers():
    chance = np.random.default_rng(3)
    rows = []
    for customer in range(400):
        stays = chance.random(11) < 1 - chance.beta(0.7, 1.9)
        lived = 1 + int(np.argmin(stays)) if not stays.all() else 12
        rows += [(str(customer), f"2023-{month:02d}-15", 5) for month in range(1, lived + 1)]
    curve = curve_of(shop(rows, "2023-01-01", "2023-12-31"))
    kept = curve.footing.retention
    errors = np.sqrt(kept[0] * (1 - kept[0]) / curve.today["customers"].sum())
    assert curve.draws.shape == (3, 201)
    assert 0.1 * errors < kept[1:].std() < 2 * errors
    assert curve.alpha.low < curve.alpha.value < curve.alpha.high
    assert curve.alpha.low < 0.7 < curve.alpha.high


def won_each_month(shape, customers, months, seed=4):
    """A shop whose customers buy every month until they leave, there after t months with (1 − θ)^(t^c)."""
    chance, (alpha, beta, c), rows = np.random.default_rng(seed), shape, []
    days = pd.date_range("2022-01-15", periods=months, freq="MS") + pd.Timedelta(days=14)
    for start in range(months):
        rate = -np.log1p(-chance.beta(alpha, beta, customers))
        lives = np.ceil((chance.exponential(size=customers) / rate) ** (1 / c)).astype(int)
        for number, life in enumerate(np.minimum(lives, months - start)):
            rows += [(f"{start}-{number}", str(day.date()), 5) for day in days[start : start + life]]
    return shop(rows, "2022-01-01", str((days[-1] + pd.offsets.MonthEnd(0)).date()))


def test_where_their_own_risk_rises_the_other_curve_stands_under_the_footing():
    curve = curve_of(won_each_month((0.7, 3.0, 1.6), customers=150, months=18))
    assert (curve.kind, curve.own_risk) == ("bdw", "rises")
    assert curve.c.low < 1.6 < curve.c.high
    assert curve.c.low > 1.0
    alpha, beta, c = curve.draws[:, 0]
    ages = np.arange(len(curve.mix))
    kept = beta_function(alpha, beta + (ages + 1) ** c) / beta_function(alpha, beta + ages**c)
    assert curve.footing.retention[0] == pytest.approx(curve.mix[:, 0] @ kept, abs=1e-5)
    assert curve.footing.first_retention[0] == pytest.approx(kept[0], abs=1e-5)
    assert curve.steps["fitted"].to_numpy() == pytest.approx(kept[: len(curve.steps)])
    assert curve.footing.curve is curve
    low, high = np.quantile(curve.footing.retention[1:], [0.025, 0.975])
    assert low < curve.footing.retention[0] < high


def test_where_nobody_changes_the_simpler_curve_stands_and_says_so():
    curve = curve_of(won_each_month((0.7, 3.0, 1.0), customers=60, months=18))
    assert (curve.kind, curve.own_risk, curve.c.value, curve.c.ends) == ("sbg", "same", 1.0, None)
    assert (curve.draws[2] == 1.0).all()
    # of 17 cohorts with n = 17 … 1 steps, 2n/3 rounded down are fitted to: held back are steps 1 to 17
    assert curve.held_back.steps == 17


def test_with_few_ages_nothing_is_tried():
    curve = curve_of(shop(ROWS, "2024-01-01", "2024-04-10"))
    assert (curve.held_back, curve.kind, curve.own_risk) == (None, "sbg", "untried")
