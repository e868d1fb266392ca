"""BG/CNBD-k and MBG/CNBD-k against customers told purchase by purchase, whose fate is known."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from retention.lifetime_value.models.condensed import CondensedBetaGeometric
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.models.likelihood import Likelihood, covariance, maximise

PARAMETERS = 0.9, 6.0, 0.8, 2.0
AGE, AHEAD = 60.0, 40.0
SIZE = 60_000

every_kind = pytest.mark.parametrize(("k", "from_first"), [(2, False), (2, True), (3, False), (4, True)])


@dataclass(frozen=True)
class Told:
    """What customers did until AGE, by how many of them it is to be trusted, and afterwards.

    Attributes
    ----------
    x, t_x : (n,) repeat purchases, and when the last was
    stays, later, still : (n,) there at AGE; purchases in AHEAD after it; there at its end
    """

    x: NDArray[np.int64]
    t_x: NDArray[np.float64]
    stays: NDArray[np.bool_]
    later: NDArray[np.int64]
    still: NDArray[np.bool_]


def told(k, from_first, size, chance, parameters=PARAMETERS, ahead=AHEAD):
    """Customers who buy at Erlang-k times, and may leave after each purchase."""
    r, alpha, a, b = parameters
    rate, leaves = chance.standard_gamma(r, size) / alpha, chance.beta(a, b, size)
    x, later, t_x, now = np.zeros(size, dtype=int), np.zeros(size, dtype=int), np.zeros(size), np.zeros(size)
    left_at = np.where(from_first & (chance.random(size) < leaves), 0.0, np.inf)
    buying = np.flatnonzero(np.isinf(left_at))
    while buying.size:
        now[buying] += chance.standard_gamma(k, buying.size) / np.maximum(rate[buying], 1e-300)
        buying = buying[now[buying] <= AGE + ahead]
        known = now[buying] <= AGE
        x[buying] += known
        later[buying] += ~known
        t_x[buying[known]] = now[buying[known]]
        gone = chance.random(buying.size) < leaves[buying]
        left_at[buying[gone]] = now[buying[gone]]
        buying = buying[~gone]
    return Told(x, t_x, left_at > AGE, later, left_at > AGE + ahead)


def agree(seen, expected, groups):
    """Within four standard errors of a mean, in each group."""
    for group in groups:
        off = seen[group] - expected[group]
        assert abs(off.mean()) < 4.0 * off.std() / np.sqrt(off.size) + 1e-12


@every_kind
def test_who_is_alive_what_they_buy_and_who_stays(k, from_first):
    family, shop = CondensedBetaGeometric(from_first, k), told(k, from_first, SIZE, np.random.default_rng(k))
    age, ahead = np.full(SIZE, AGE), np.array([AHEAD])
    state = PARAMETERS, shop.x, shop.t_x, age
    alive = family.alive(*state)
    groups = [
        np.flatnonzero((shop.x >= low) & (shop.x < high) & (late == (shop.t_x > 2.0 / 3.0 * AGE)))
        for low, high in ((0, 1), (1, 2), (2, 4), (4, 8), (8, 500))
        for late in (False, True)
    ]
    groups = [group for group in groups if group.size > 200]
    assert len(groups) >= 8
    agree(shop.stays, alive, groups)
    agree(shop.later, alive * family.while_alive(*state, ahead)[:, 0], groups)
    agree(shop.still, alive * family.still_alive(*state, ahead)[:, 0], groups)
    there = np.flatnonzero(shop.stays)
    rows = *(column[there] for column in (shop.x, shop.t_x, age)), np.full(there.size, AHEAD)
    counts = family.counts(PARAMETERS, *rows, 6)
    for number in range(7):
        agree(shop.later[there] == number, counts[:, number], [np.arange(there.size)])


@every_kind
def test_numbers_of_purchases_add_up_to_all_and_to_their_mean(k, from_first):
    family = CondensedBetaGeometric(from_first, k)
    state = np.array([0, 2, 7]), np.array([0.0, 41.0, 59.0]), np.full(3, AGE)
    counts = family.counts(PARAMETERS, *state, np.full(3, AHEAD), 400)
    assert counts.sum(axis=1) == pytest.approx(np.ones(3), rel=1e-9)
    expected = family.while_alive(PARAMETERS, *state, np.array([AHEAD]))[:, 0]
    assert counts @ np.arange(401) == pytest.approx(expected, rel=1e-8)


@every_kind
def test_parameters_a_shop_was_simulated_with_are_found_again(k, from_first):
    shop = told(k, from_first, 6_000, np.random.default_rng(10 + k), ahead=0.0)
    customers = np.ones(shop.x.size)
    known = Histories.of(shop.x, shop.t_x / AGE, np.ones(shop.x.size), customers)
    family = CondensedBetaGeometric(from_first, k)
    likelihood = Likelihood(lambda at: family.curved(tuple(np.exp(at)), known), known.total)
    best = maximise(likelihood, [np.log([0.3, 0.2, 0.8, 2.5])])
    truth = np.log(PARAMETERS) - np.array([0.0, np.log(AGE), 0.0, 0.0])
    off = np.linalg.solve(np.linalg.cholesky(covariance(best.matrix)), best.at - truth)
    assert off @ off < 18.5  # 99.9 % point of χ² with four degrees of freedom
