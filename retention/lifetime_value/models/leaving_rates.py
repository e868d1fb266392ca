"""At which rates customers leave who are still there, and buy: a purchase model as points with weights.

Given λ, and p or μ, a customer of any of the models who is alive leaves at a constant rate: p·λ in BG/NBD and
MBG/NBD, where each purchase may be the last, and μ in the Pareto/NBD. A change of that rate changes the
future in a way the models' closed forms do not give, and the points do.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.beta_geometric import BetaGeometric
from retention.lifetime_value.models.quadrature import beta_nodes, gamma_nodes

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array, Parameters
    from retention.lifetime_value.models.fitted import Family

_POINTS = 8  # in each direction, of today's customers, whose past narrows what they may be
_MORE_POINTS = 32  # of new ones, of whom nothing is known


@dataclass(frozen=True)
class LeavingRates:
    """Points that stand for what customers may be.

    Attributes
    ----------
    leaves, buys : (n, points) rates of leaving and of buying, per unit of the model's time
    weight : (n, points) adding up to 1 in each row
    last : (n, points) chance that a purchase is the last; 0 where leaving does not wait for a purchase
    """

    leaves: Array
    buys: Array
    weight: Array
    last: Array


def leaving_rates(
    family: Family, parameters: Parameters, x: Array, T: Array, points: int = _POINTS
) -> LeavingRates:
    """Rates of customers who are alive at T.

    Given that, λ ~ Gamma(r + x, α + T), and p ~ Beta(a, b + the purchases survived) or μ ~ Gamma(s, β + T).

    Parameters
    ----------
    x : (n,) repeat purchases
    T : (n,) age, in the unit of the parameters
    """
    if isinstance(family, BetaGeometric):
        return _leaving_after_purchases(parameters, x, T, int(family.from_first), points)
    r, alpha, s, beta = parameters
    risk, weight = gamma_nodes(np.array([s]), points)
    leaves = risk.T / (beta + T[:, None])
    buys = np.repeat(((r + x) / (alpha + T))[:, None], points, axis=1)
    return LeavingRates(leaves, buys, np.repeat(weight.T, x.size, axis=0), np.zeros_like(leaves))


def leaving_rates_of_new(family: Family, parameters: Parameters) -> LeavingRates:
    """Rates of customers about to make their first purchase, after which some leave at once by MBG/NBD."""
    nothing = np.zeros(1)
    if isinstance(family, BetaGeometric):
        return _leaving_after_purchases(parameters, nothing, nothing, 0, _MORE_POINTS)
    return leaving_rates(family, parameters, nothing, nothing, _MORE_POINTS)


def _leaving_after_purchases(
    parameters: Parameters, x: Array, age: Array, first: int, points: int
) -> LeavingRates:
    """Every pair of a point for λ and one for p, computed once for customers with as many purchases.

    Parameters
    ----------
    first : 1 where they survived their first purchase too, 0 where that was no risk or is to come
    """
    r, alpha, a, b = parameters
    counts, each = np.unique(x, return_inverse=True)
    buys, of_buying = gamma_nodes(r + counts, points)
    last, of_last = beta_nodes(np.full(counts.size, a), b + (counts + first), points)
    pairs = points * points
    rate = np.repeat(buys.T[:, :, None], points, axis=2).reshape(-1, pairs)
    chance = np.repeat(last.T[:, None, :], points, axis=1).reshape(-1, pairs)[each]
    weight = (of_buying.T[:, :, None] * of_last.T[:, None, :]).reshape(-1, pairs)
    buying = rate[each] / (alpha + age[:, None])
    return LeavingRates(chance * buying, buying, weight[each], chance)
