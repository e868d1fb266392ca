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
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
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


def leaving_rates(family: Family, parameters: Array, x: Array, T: Array) -> Iterator[LeavingRates]:
    """Rates of customers who are alive at T, under each of d parameters in turn: (d, 4).

    Given that, λ ~ Gamma(r + x, α + T), and p ~ Beta(a, b + the purchases survived) or μ ~ Gamma(s, β + T).

    Parameters
    ----------
    x : (n,) repeat purchases
    T : (n,) age, in the unit of the parameters
    """
    if not isinstance(family, BetaGeometric):
        for one in parameters[:, None, :]:
            yield _leaving_any_time(one, x, T, _POINTS)
        return
    counts, each = np.unique(x, return_inverse=True)
    nodes = _nodes(parameters, counts, int(family.from_first), _POINTS)
    for alpha, one in zip(parameters[:, 1], np.split(nodes, len(parameters), axis=2), strict=True):
        yield _leaving_after_purchases(one, each, alpha + T)


def leaving_rates_of_new(family: Family, parameters: Array) -> LeavingRates:
    """Rates of a customer about to make the first purchase, after which some leave at once by MBG/NBD.

    Parameters
    ----------
    parameters : (d, 4), of which each has its row
    """
    nothing = np.zeros(len(parameters))
    if not isinstance(family, BetaGeometric):
        return _leaving_any_time(parameters, nothing, nothing, _MORE_POINTS)
    nodes = _nodes(parameters, np.zeros(1), 0, _MORE_POINTS)
    return _leaving_after_purchases(nodes, np.arange(len(parameters)), parameters[:, 1])


def _leaving_any_time(parameters: Array, x: Array, age: Array, points: int) -> LeavingRates:
    """Rates under the parameters of each row, or of one for all: (n, 4) or (1, 4)."""
    r, alpha, s, beta = np.hsplit(parameters, 4)
    risk, weight = (part.T for part in gamma_nodes(s[:, 0], points))
    leaves = risk / (beta + age[:, None])
    buys = (r + x[:, None]) / (alpha + age[:, None])
    return LeavingRates(
        leaves,
        np.broadcast_to(buys, leaves.shape),
        np.broadcast_to(weight, leaves.shape),
        np.zeros_like(leaves),
    )


def _nodes(parameters: Array, counts: Array, first: int, points: int) -> Array:
    """Points and weights for λ·(α + T) and for p of customers with so many purchases: (4, points, d·counts).

    Parameters
    ----------
    first : 1 where they survived their first purchase too, 0 where that was no risk or is to come
    """
    r, _, a, b = np.hsplit(parameters, 4)
    buying = gamma_nodes(np.ravel(r + counts), points)
    return np.stack([*buying, *beta_nodes(np.repeat(a, counts.size), np.ravel(b + (counts + first)), points)])


def _leaving_after_purchases(nodes: Array, each: NDArray[np.int64], since: Array) -> LeavingRates:
    """Every pair of a point for λ and one for p.

    Parameters
    ----------
    each : (n,) which of the nodes are a customer's
    since : (n,) α + T
    """
    buys, of_buying, last, of_last = (part.T for part in nodes)
    rows, points = buys.shape
    rate = np.repeat(buys, points, axis=1)
    chance = np.tile(last, points)[each]
    weight = (of_buying[:, :, None] * of_last[:, None, :]).reshape(rows, -1)[each]
    buying = rate[each] / since[:, None]
    return LeavingRates(chance * buying, buying, weight, chance)
