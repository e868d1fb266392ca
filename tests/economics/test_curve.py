import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import minimize
from scipy.special import beta as beta_function

from retention.economics import cohort_curve, fit_curve, step_rates, without_gains
from retention.lifetime_value import beta_nodes, gamma_nodes
from tests.conftest import shop

REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]


def fitted(survivors):
    before, after = (np.array(part, dtype=float)[:, None] for part in (survivors[:-1], survivors[1:]))
    return [float(found[0]) for found in fit_curve(before, without_gains(before, after))]


@pytest.mark.parametrize(("survivors", "published"), [(REGULAR, (0.704, 1.182)), (HIGH_END, (0.668, 3.806))])
def test_the_published_cohorts_have_their_published_parameters(survivors, published):
    assert fitted(survivors) == pytest.approx(published, abs=0.0005)


def test_it_is_the_multinomial_maximum_of_the_published_recursion():
    # P(1) = α/(α+β), P(t) = P(t−1)(β+t−2)/(α+β+t−1); the last term is who is still there
    left = -np.diff(REGULAR)

    def cost(logs):
        alpha, beta = np.exp(logs)
        chance = [alpha / (alpha + beta)]
        for t in range(2, len(REGULAR)):
            chance.append(chance[-1] * (beta + t - 2) / (alpha + beta + t - 1))
        return -(left @ np.log(chance) + REGULAR[-1] * np.log(1 - sum(chance)))

    found = minimize(cost, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    assert fitted(REGULAR) == pytest.approx(np.exp(found.x), rel=1e-5)


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_what_the_curve_made_it_finds_again(log_alpha, log_beta):
    alpha, beta = np.exp([[log_alpha], [log_beta]])
    rates = step_rates(alpha, beta, 12)
    survivors = 1000 * np.concatenate([np.ones((1, 1)), np.cumprod(rates, axis=0)])
    found = fit_curve(survivors[:-1], survivors[1:])
    assert step_rates(*found, 12) == pytest.approx(rates, abs=1e-5)


def test_many_at_once_are_each_alone():
    both = np.array([REGULAR, HIGH_END]).T
    together = np.array(fit_curve(both[:-1], both[1:]))
    assert together == pytest.approx(np.array([fitted(REGULAR), fitted(HIGH_END)]).T)


@pytest.mark.parametrize(
    ("survivors", "rates"),
    [
        ([100, 100, 100], [1, 1]),  # nobody leaves
        ([100, 0, 0], [0, None]),  # all do
        ([100, 50, 25, 12.5], [0.5, 0.5, 0.5]),  # all alike
        ([100, 24, 26, 30], [0.24, 1, 1]),  # a season brings more than before: nobody has left
    ],
)
def test_curves_at_the_edge_are_followed(survivors, rates):
    found = step_rates(*(np.array([p]) for p in fitted(survivors)), len(survivors) - 1)[:, 0]
    for rate, expected in zip(found, rates, strict=True):
        assert expected is None or rate == pytest.approx(expected, abs=2e-3)


@given(st.floats(-8, 8), st.floats(-8, 8), st.integers(1, 60))
def test_nodes_of_a_beta_distribution_have_its_moments(log_alpha, log_beta, t):
    alpha, beta = np.exp([log_alpha]), np.exp([log_beta])
    points, weights = beta_nodes(alpha, beta, 48)
    expected = np.prod([(beta[0] + k) / (alpha[0] + beta[0] + k) for k in range(t)])
    assert float((weights * (1 - points) ** t).sum()) == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_nodes_of_a_gamma_distribution_have_its_transform():
    points, weights = gamma_nodes(np.array([0.6, 5.0]), 32)
    assert (weights * np.exp(-0.7 * points)).sum(axis=0) == pytest.approx(1.7 ** -np.array([0.6, 5.0]))


ROWS = [
    *((c, f"2024-0{m}-10", 5) for c, months in {"a": "123", "b": "13", "c": "1"}.items() for m in months),
    *(("d", f"2024-0{m}-20", 5) for m in "23"),
    ("e", "2024-03-05", 5),
    ("a", "2024-04-02", 5),
]


def test_steps_by_hand():
    # January's a, b, c: 3 then 1 (a) then 2 (a, b); February's d: 1 then 1; April is incomplete
    curve = cohort_curve(shop(ROWS, "2024-01-01", "2024-04-10"), "month")
    assert curve.steps[["age", "before", "after"]].to_numpy().tolist() == [[1, 4, 2], [2, 1, 2]]
    assert curve.today["customers"].tolist() == [1, 1, 2, 0]
    assert curve.mix[:, 0] == pytest.approx([0.25, 0.25, 0.5, 0])
    assert [w.code for w in curve.warnings] == ["season_hides_leaving"]
    assert curve.warnings[0].details == {"steps": 1, "of": 2}


def test_today_is_averaged_over_the_ages_of_its_customers():
    # Beta(α, β) of those won now, Beta(α, β + 1) and Beta(α, β + 2) of the others
    curve = cohort_curve(shop(ROWS, "2024-01-01", "2024-04-10"), "month")
    alpha, beta = curve.alpha.value, curve.beta.value
    kept = [1 - beta_function(alpha + 1, beta + n) / beta_function(alpha, beta + n) for n in range(3)]
    assert curve.footing.retention[0] == pytest.approx(np.dot([0.25, 0.25, 0.5], kept))
    assert curve.footing.first_retention[0] == pytest.approx(kept[0])
    assert curve.footing.age == pytest.approx(1.25)


def test_one_step_alone_takes_all_customers_for_alike():
    rows = [("a", "2024-01-10", 5), ("b", "2024-01-10", 5), ("a", "2024-02-10", 5)]
    curve = cohort_curve(shop(rows, "2024-01-01", "2024-02-29"), "month")
    assert [w.code for w in curve.warnings] == ["curve_not_identified"]
    assert step_rates(*curve.draws[:, :1], 5)[:, 0] == pytest.approx(np.full(5, 0.5), abs=1e-3)


def test_which_steps_hide_leaving_is_what_the_data_says_and_no_draw():
    before, after = np.array([[10.0, 12, 8], [6, 5, 7]]), np.array([[8.0, 13, 6], [7, 5, 6]])
    assert without_gains(before, after).tolist() == [[8, 13, 6], [6, 5, 7]]


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
    curve = cohort_curve(shop(rows, "2023-01-01", "2023-12-31"), "month")
    assert [warning.code for warning in curve.warnings] == ["season_hides_leaving"]
    for drawn in (*curve.draws, curve.footing.retention):
        assert 0.4 < float((drawn[1:] < drawn[0]).mean()) < 0.6


def test_without_a_complete_step_there_is_no_curve():
    assert cohort_curve(shop([("a", "2024-01-10", 5)], "2024-01-01", "2024-01-31"), "month") is None


def test_neither_names_nor_the_order_of_rows_matter():
    names = dict(zip("abcde", "zyxwv", strict=True))
    one = cohort_curve(shop(ROWS, "2024-01-01", "2024-04-10"), "month")
    other = cohort_curve(
        shop([(names[c], *row) for c, *row in ROWS[::-1]], "2024-01-01", "2024-04-10"), "month"
    )
    assert np.array_equal(one.draws, other.draws)


def test_draws_are_fits_to_resampled_customers():
    chance = np.random.default_rng(3)
    rows = []
    for customer in range(400):
        stays = chance.random(11) < 1 - chance.beta(0.7, 1.9)
        lived = 1 + int(np.argmin(stays)) if not stays.all() else 12
        rows += [(str(customer), f"2023-{month:02d}-15", 5) for month in range(1, lived + 1)]
    curve = cohort_curve(shop(rows, "2023-01-01", "2023-12-31"), "month")
    kept = curve.footing.retention
    errors = np.sqrt(kept[0] * (1 - kept[0]) / curve.today["customers"].sum())
    assert curve.draws.shape == (2, 201)
    assert 0.1 * errors < kept[1:].std() < 2 * errors
    assert curve.alpha.low < curve.alpha.value < curve.alpha.high
    assert curve.alpha.low < 0.7 < curve.alpha.high
