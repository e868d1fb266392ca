"""BG/CNBD-k and MBG/CNBD-k against sums over rates, chances to leave, phases and events, one by one."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.special import gammaincc, gammaln, roots_genlaguerre, roots_jacobi
from scipy.stats import poisson

from retention.lifetime_value.models.beta_geometric import BetaGeometric
from retention.lifetime_value.models.condensed import CondensedBetaGeometric
from retention.lifetime_value.models.histories import Histories
from tests.lifetime_value.sloped import bent

PARAMETERS = r, alpha, a, b = 0.8, 5.0, 1.3, 2.5
X = np.array([0, 0, 1, 4, 9, 4])
T_X = np.array([0.0, 0.0, 3.0, 18.0, 20.0, 18.0])
AGE = np.array([20.0, 0.0, 20.0, 20.0, 20.0, 31.0])
AHEAD = np.array([0.0, 5.0, 30.0])
EVENTS = np.arange(400)  # hidden ones in the longest time: more have no chance

from_first = pytest.mark.parametrize("from_first", [False, True])
every_k = pytest.mark.parametrize("k", [1, 2, 3, 4])


def rates(shape, rate):
    """Points and weights that stand for Gamma(shape, rate), by Gauss's rule for it."""
    points, weights = roots_genlaguerre(80, shape - 1.0)
    return points / rate, weights / weights.sum()


def leaving(left, stayed):
    """Points and weights that stand for Beta(left, stayed), by Gauss's rule for it."""
    points, weights = roots_jacobi(80, stayed - 1.0, left - 1.0)
    return (1.0 + points) / 2.0, weights / weights.sum()


def ends(k, x, t_x, age, *, from_first):
    """Likelihood of a history that ends alive, and of one that ended at the last purchase.

    But for the days between purchases: of each Erlang density, λ^k·t^(k−1)·e^(−λt)/Γ(k), without t^(k−1).
    """
    (buys, of_buys), (leaves, of_leaves) = rates(r, alpha), leaving(a, b)
    chances = x + from_first
    bought = of_buys * buys ** (k * x) * np.exp(-buys * t_x - x * gammaln(k))
    alive = np.sum(bought * gammaincc(k, buys * (age - t_x))) * np.sum(of_leaves * (1 - leaves) ** chances)
    if chances == 0:
        return alive, 0.0
    return alive, np.sum(bought) * np.sum(of_leaves * leaves * (1 - leaves) ** (chances - 1))


@from_first
@every_k
def test_the_likelihood_and_who_is_alive(k, from_first):
    family = CondensedBetaGeometric(from_first, k)
    both = np.array([ends(k, *row, from_first=from_first) for row in zip(X, T_X, AGE, strict=True)])
    assert family.log_likelihood(PARAMETERS, X, T_X, AGE) == pytest.approx(np.log(both.sum(axis=1)), rel=1e-6)
    alive = pytest.approx(both[:, 0] / both.sum(axis=1), rel=1e-6)
    assert family.alive(PARAMETERS, X, T_X, AGE) == alive
    assert family.alive_each(np.array([PARAMETERS, PARAMETERS]), X, T_X, AGE)[1] == alive


@from_first
@every_k
def test_without_drop_out_only_the_waiting_counts(k, from_first):
    nobody_leaves = CondensedBetaGeometric(from_first, k).log_likelihood((r, alpha, 0.0, 1.0), X, T_X, AGE)
    buys, weight = rates(r, alpha)
    for found, x, t_x, age in zip(nobody_leaves, X, T_X, AGE, strict=True):
        bought = buys ** (k * x) * np.exp(-buys * t_x - x * gammaln(k)) * gammaincc(k, buys * (age - t_x))
        assert found == pytest.approx(np.log(weight @ bought), rel=1e-6)


def future(k, x, t_x, age, ahead, *, from_first):
    """Chance of each number of purchases, and of no drop-out, of a customer who is alive at `age`.

    Every rate is weighed by what has been seen, each phase by its hidden events since the last purchase; then
    come so many more events, and after every k-th of them a chance to leave.
    """
    buys, weight = rates(r + k * x, alpha + age)
    by_phase = weight * np.array([(buys * (age - t_x)) ** j / np.exp(gammaln(j + 1)) for j in range(k)])
    events = by_phase @ poisson.pmf(EVENTS[:, None], buys * ahead).T / by_phase.sum()
    possible = np.zeros(EVENTS.size)
    for phase in range(k):
        np.add.at(possible, (EVENTS + phase) // k, events[phase])
    leaves, of_leaves = leaving(a, b + x + from_first)
    stayed = (1 - leaves) ** EVENTS[:, None] @ of_leaves  # by how many chances to leave
    left_at = (leaves * (1 - leaves) ** (EVENTS[1:, None] - 1)) @ of_leaves
    bought = possible * stayed
    bought[1:] += left_at * possible[::-1].cumsum()[::-1][1:]
    return bought, possible @ stayed


@from_first
@every_k
def test_what_is_bought_and_who_stays(k, from_first):
    family = CondensedBetaGeometric(from_first, k)
    bought = family.while_alive(PARAMETERS, X, T_X, AGE, AHEAD)
    staying = family.still_alive(PARAMETERS, X, T_X, AGE, AHEAD)
    assert bought[:, 0] == pytest.approx(np.zeros(X.size))
    for column, ahead in enumerate(AHEAD):
        counts = family.counts(PARAMETERS, X, T_X, AGE, np.full(X.size, ahead), 12)
        first = family.counts(PARAMETERS, X, T_X, AGE, np.full(X.size, ahead), 0)
        assert first[:, 0] == pytest.approx(counts[:, 0])
        for row, state in enumerate(zip(X, T_X, AGE, strict=True)):
            chances, stays = future(k, *state, ahead, from_first=from_first)
            assert chances.sum() == pytest.approx(1.0)
            assert bought[row, column] == pytest.approx(EVENTS @ chances, rel=1e-7, abs=1e-12)
            assert staying[row, column] == pytest.approx(stays, rel=1e-7)
            assert counts[row] == pytest.approx(chances[:13], rel=1e-7, abs=1e-12)


def test_who_waits_longer_since_the_last_purchase_buys_sooner():
    # no phase is known of who has just bought; the longer ago, the more hidden events have gone by
    x, ages = np.full(3, 4), np.full(3, 20.0)
    last = np.array([20.0, 18.0, 12.0])
    bought = CondensedBetaGeometric(True, 3).while_alive(PARAMETERS, x, last, ages, np.array([1.0]))[:, 0]
    assert bought[0] < bought[1] < bought[2]
    alike = CondensedBetaGeometric(True, 1).while_alive(PARAMETERS, x, last, ages, np.array([1.0]))[:, 0]
    assert alike == pytest.approx(np.full(3, alike[0]))


@from_first
@every_k
def test_each_of_several_parameters_by_itself(k, from_first):
    family = CondensedBetaGeometric(from_first, k)
    several = np.array([PARAMETERS, (0.3, 9.0, 0.6, 0.9)])
    together = family.while_alive_each(several, X, T_X, AGE, AHEAD)
    for parameters, found in zip(several, together, strict=True):
        assert found == pytest.approx(family.while_alive(tuple(parameters), X, T_X, AGE, AHEAD), rel=1e-12)


@from_first
@every_k
def test_the_sum_over_customers_its_slope_and_its_information(k, from_first):
    family = CondensedBetaGeometric(from_first, k)
    customers = np.array([5.0, 2.0, 3.0, 1.0, 4.0, 2.0])
    known = Histories.of(X, T_X, AGE, customers)

    def total(logarithms):
        return float(customers @ family.log_likelihood(tuple(np.exp(logarithms)), X, T_X, AGE))

    at = np.log(PARAMETERS)
    value, slope, matrix = family.curved(PARAMETERS, known)
    assert value == pytest.approx(total(at), rel=1e-12)
    numerical = [(total(at + step) - total(at - step)) / 2e-5 for step in 1e-5 * np.eye(4)]
    assert slope == pytest.approx(numerical, rel=1e-6, abs=1e-6)
    assert matrix == pytest.approx(
        bent(lambda at: family.curved(tuple(np.exp(at)), known), at), rel=1e-6, abs=1e-5
    )


parameters_at_random = st.tuples(*[st.floats(-3, 4)] * 4)
histories_at_random = st.tuples(st.integers(0, 60), st.floats(0, 1), st.floats(0.5, 200), st.floats(0.1, 300))


@from_first
@settings(max_examples=60)
@given(logarithms=parameters_at_random, history=histories_at_random)
def test_with_one_event_to_a_purchase_it_is_the_plain_model(from_first, logarithms, history):
    plain, condensed = BetaGeometric(from_first), CondensedBetaGeometric(from_first, 1)
    parameters, (x, share, age, ahead) = tuple(np.exp(logarithms)), history
    state = np.array([x]), np.array([share * age if x else 0.0]), np.array([age])
    until = np.array([ahead])

    def same(found, expected):
        assert found == pytest.approx(np.asarray(expected), rel=1e-9, abs=1e-9)

    same(condensed.log_likelihood(parameters, *state), plain.log_likelihood(parameters, *state))
    same(condensed.alive(parameters, *state), plain.alive(parameters, *state))
    for name in ("while_alive", "still_alive"):
        same(*(getattr(family, name)(parameters, *state, until) for family in (condensed, plain)))
    same(*(family.counts(parameters, *state, until, 5) for family in (condensed, plain)))
    known = Histories.of(*state, np.array([3.0]))
    for found, expected in zip(
        condensed.curved(parameters, known), plain.curved(parameters, known), strict=True
    ):
        same(found, expected)


@every_k
@settings(max_examples=60)
@given(
    logarithms=st.tuples(*[st.floats(-11, 11)] * 4),
    x=st.integers(0, 10_000),
    share=st.floats(0, 1),
    age=st.floats(0.1, 1500),
    ahead=st.floats(0.1, 500),
    from_first=st.booleans(),
)
def test_everything_is_finite_and_in_range_everywhere(k, logarithms, x, share, age, ahead, from_first):
    family, parameters = CondensedBetaGeometric(from_first, k), tuple(np.exp(logarithms))
    state = np.array([x]), np.array([share * age if x else 0.0]), np.array([age])
    alive = family.alive(parameters, *state)[0]
    staying = family.still_alive(parameters, *state, np.array([ahead]))[0, 0]
    bought = family.while_alive(parameters, *state, np.array([ahead]))[0, 0]
    counts = family.counts(parameters, *state, np.array([ahead]), 3)[0]
    events = (parameters[0] + k * x + k - 1) * ahead / (parameters[1] + age)
    assert 0.0 <= alive <= 1.0
    assert 0.0 <= staying <= 1.0
    assert 0.0 <= bought <= ((events + k - 1) / k) * (1 + 1e-9)
    assert (counts >= 0.0).all()
    assert counts.sum() <= 1.0 + 1e-9
    value, slope, _ = family.curved(parameters, Histories.of(*state, np.array([2.0])))
    assert value == pytest.approx(2.0 * family.log_likelihood(parameters, *state)[0], rel=1e-9, abs=1e-6)
    assert np.isfinite([value, *slope]).all()
