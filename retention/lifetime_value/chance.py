"""The part of the future no model can foresee: who buys how often and for how much, simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.arrays import added, one_by_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.base import CustomerBase
    from retention.lifetime_value.models import PurchaseModel, SpendModel

_MOST, _LEAST = 3_000, 500  # customers simulated: in all, of each group
_TINY = 1e-300


def realised_deviations(
    base: CustomerBase, purchases: PurchaseModel, spend: SpendModel, chance: np.random.Generator, draws: int
) -> Array:
    """Realised minus expected discounted margin of groups, in simulated futures: (draws, groups).

    Simulated rather than taken from a formula, because the variance of spend is infinite where q ≤ 2
    and a few customers may carry the total: the sum then is far from normal. Of a large group a sample is
    simulated, evenly across states, and its deviation scaled by the square root of the sampling ratio.
    """
    state, ratio = _sample(base)
    x, mean_spent = base.x[state], base.spent[state] / base.customers[state]
    alive = purchases.family.alive(purchases.parameters, x, base.t_x[state], base.T[state])
    worth = base.kept * _discount(base, purchases)[state]
    expected = spend.p * (spend.gamma + mean_spent) / (spend.p * x + spend.q - 1.0)
    group = base.group[state]
    mean = base.kept * added(group, alive * base.present[state] * expected, base.groups)
    family, realised = purchases.family, np.empty((draws, base.groups))
    for k in range(draws):
        here = np.flatnonzero(chance.random(x.size) < alive)
        bought = family.simulate(purchases.parameters, x[here], base.T[state[here]], base.horizon, chance)
        again, bought = here[bought > 0], bought[bought > 0]
        rate = np.maximum(chance.gamma(spend.p * x[again] + spend.q), _TINY)
        spent = chance.gamma(spend.p * bought) * (spend.gamma + mean_spent[again]) / rate
        realised[k] = added(group[again], worth[again] * spent, base.groups)
    return np.asarray((realised - mean) * np.sqrt(ratio))


def _sample(base: CustomerBase) -> tuple[NDArray[np.int64], Array]:
    """States of the customers to simulate, and how many real ones each stands for, by group: (groups,)."""
    most = max(_MOST // base.groups, _LEAST)
    taken = [_of_group(base, one, most) for one in range(base.groups)]
    each = np.array([base.each[states[0]] for states, _ in taken])
    return np.concatenate([states for states, _ in taken]), each * np.array([ratio for _, ratio in taken])


def _of_group(base: CustomerBase, group: int, most: int) -> tuple[NDArray[np.int64], float]:
    states = np.flatnonzero(base.group == group)
    rows, ratio = one_by_one(base.customers[states], most)
    return states[rows], ratio


def _discount(base: CustomerBase, purchases: PurchaseModel) -> Array:
    """Give the present value of a purchase within the horizon, on average, in each state."""
    bought = purchases.family.while_alive(purchases.parameters, base.x, base.T, np.array([base.horizon]))
    return base.present / bought[:, 0]
