"""The part of the future no model can foresee: who buys how often and for how much, simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.base import CustomerBase
    from retention.lifetime_value.models import PurchaseModel, SpendModel

_MOST_CUSTOMERS = 3000
_TINY = 1e-300


def realised_deviations(
    base: CustomerBase, purchases: PurchaseModel, spend: SpendModel, chance: np.random.Generator, draws: int
) -> Array:
    """Realised minus expected discounted margin of all customers, in simulated futures: (draws,).

    Simulated rather than taken from a formula, because the variance of spend is infinite where q ≤ 2
    and a few customers may carry the total: the sum then is far from normal. Of a large base a sample is
    simulated, evenly across states, and its deviation scaled by the square root of the sampling ratio.
    """
    state, ratio = _sample(base)
    x, mean_spent = base.x[state], base.spent[state] / base.customers[state]
    alive = purchases.family.alive(purchases.parameters, x, base.t_x[state], base.T[state])
    worth = base.kept * _discount(base, purchases)[state]
    expected = spend.p * (spend.gamma + mean_spent) / (spend.p * x + spend.q - 1.0)
    mean = base.kept * float(np.sum(alive * base.present[state] * expected))
    family, realised = purchases.family, np.empty(draws)
    for k in range(draws):
        bought = family.simulate(purchases.parameters, x, base.T[state], base.horizon, chance)
        bought *= chance.random(x.size) < alive
        rate = np.maximum(chance.gamma(spend.p * x + spend.q), _TINY) / (spend.gamma + mean_spent)
        realised[k] = np.sum(worth * chance.gamma(spend.p * bought) / rate)
    return (realised - mean) * float(np.sqrt(ratio))


def _sample(base: CustomerBase) -> tuple[NDArray[np.int64], float]:
    """States of the customers to simulate, and how many real ones each stands for."""
    last = np.cumsum(base.customers)
    size = int(min(last[-1], _MOST_CUSTOMERS))
    ratio = last[-1] / size
    state = np.searchsorted(last, (np.arange(size) + 0.5) * ratio)
    return state.astype(np.int64), float(ratio)


def _discount(base: CustomerBase, purchases: PurchaseModel) -> Array:
    """Give the present value of a purchase within the horizon, on average, in each state."""
    bought = purchases.family.while_alive(purchases.parameters, base.x, base.T, np.array([base.horizon]))
    return base.present / bought[:, 0]
