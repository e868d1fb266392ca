"""At which rates customers leave who are still there, and buy: a purchase model as points with weights.

Given λ, and p or μ, a customer of any of the models who is alive leaves at a constant rate: p·λ in BG/NBD and
MBG/NBD, where each purchase may be the last, and μ in the Pareto/NBD. A change of that rate changes the
future in a way the models' closed forms do not give, and the points do.

Of regular buyers only every k-th hidden event may be the last purchase: the rate changes with the phase. How
many of them are left is a sum of exponentials in time, the slowest of which, 1 − (1−p)^(1/k), soon is all of
it. So points stand for them too, some of which count as negative.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.pareto import Pareto
from retention.lifetime_value.models.quadrature import beta_nodes, gamma_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import Family, LeavingAfterPurchases

_POINTS = 8  # in each direction, of today's customers, whose past narrows what they may be
_MORE_POINTS = 32, 32  # for λ and for p of new ones, of whom nothing is known
_OF_REGULAR = 48, 16  # the same of regular buyers, whose phase those with a large λ have soon forgotten
# Rates, in hidden events, that stand for the phase being forgotten. What a regular buyer has bought by any
# moment comes out to .001 purchases for k = 2, .01 for 3 and .04 for 4, had all the same λ and p.
_FORGETTING = np.array([1.2, 1.7, 2.4, 3.4])
_SURELY = 1e-12  # a chance of leaving no farther than that from 0 or 1


@dataclass(frozen=True)
class LeavingRates:
    """Points that stand for what customers may be.

    Attributes
    ----------
    leaves, buys : (n, points) rates of leaving and of buying, per unit of the model's time
    weight : (n, points) adding up to 1 in each row; below 0 for some of regular buyers
    last : (n, points) chance that a purchase is the last; 0 where leaving does not wait for a purchase
    """

    leaves: Array
    buys: Array
    weight: Array
    last: Array


def leaving_rates(
    family: Family, parameters: Array, x: Array, T: Array, phases: Array
) -> Iterator[LeavingRates]:
    """Rates of customers who are alive at T, under each of d parameters in turn: (d, 4).

    Given that, λ ~ Gamma(r + x, α + T), and p ~ Beta(a, b + the purchases survived) or μ ~ Gamma(s, β + T).
    Of regular buyers λ ~ Gamma(r + kx + j, α + T) in the phase j.

    Parameters
    ----------
    x : (n,) repeat purchases
    T : (n,) age, in the unit of the parameters; or one under each of them, (d, n)
    phases : (d, k, n) share of customers in each phase, as `Family.phases` gives
    """
    ages = np.broadcast_to(T, (len(parameters), x.size))
    if isinstance(family, Pareto):
        for one, age in zip(parameters[:, None, :], ages, strict=True):
            yield _leaving_any_time(one, x, age, _POINTS)
        return
    counts, each = np.unique(x, return_inverse=True)
    nodes = _Nodes.of(family, parameters, counts, int(family.from_first), _POINTS, _POINTS)
    for alpha, age, shares, one in zip(
        parameters[:, 1], ages, phases, nodes.split(len(parameters)), strict=True
    ):
        yield one.rates(each, alpha + age, shares)


def leaving_rates_of_new(family: Family, parameters: Array) -> LeavingRates:
    """Rates of a customer about to make the first purchase, after which some leave at once by MBG/NBD.

    Parameters
    ----------
    parameters : (d, 4), of which each has its row
    """
    rows = len(parameters)
    if isinstance(family, Pareto):
        return _leaving_any_time(parameters, np.zeros(rows), np.zeros(rows), _MORE_POINTS[1])
    nodes = _Nodes.of(family, parameters, np.zeros(1), 0, *(_MORE_POINTS if family.k == 1 else _OF_REGULAR))
    just_bought = np.repeat(np.eye(family.k)[:, :1], rows, axis=1)
    return nodes.rates(np.arange(rows), parameters[:, 1], just_bought)


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


@dataclass(frozen=True)
class _Nodes:
    """Points and weights for λ·(α + T) and for p of customers with so many purchases.

    Attributes
    ----------
    buying, of_buying : (c, points) λ·(α + T) and its weight
    in_phase : (c, k, points) how many times as likely it is in each phase
    last, of_last : (c, points) p and its weight
    slowness : (c, points, rates) rates of leaving by an event of the hidden process
    there : (c, points, k, rates) what part of those in each phase leaves at each
    """

    buying: Array
    of_buying: Array
    in_phase: Array
    last: Array
    of_last: Array
    slowness: Array
    there: Array

    @classmethod
    def of(
        cls,
        family: LeavingAfterPurchases,
        parameters: Array,
        counts: Array,
        first: int,
        points: int,
        points_of_last: int,
    ) -> _Nodes:
        """Under each of d parameters, (d, 4), one after another: c = d · counts.

        Parameters
        ----------
        first : 1 where they survived their first purchase too, 0 where that was no risk or is to come
        """
        r, _, a, b = np.hsplit(parameters, 4)
        shape = np.ravel(r + family.k * counts)
        buying, of_buying = (part.T for part in gamma_nodes(shape, points))
        beta = np.repeat(a, counts.size), np.ravel(b + (counts + first))
        last, of_last = (part.T for part in beta_nodes(*beta, points_of_last))
        last = np.clip(last, _SURELY, 1.0 - _SURELY)
        slowness, there = leaving_by_phase(family.k, last)
        in_phase = np.ones((shape.size, family.k, points))
        for phase in range(1, family.k):  # λ^j / E[λ^j]
            in_phase[:, phase] = in_phase[:, phase - 1] * buying / (shape + (phase - 1))[:, None]
        return cls(buying, of_buying, in_phase, last, of_last, slowness, there)

    def split(self, parts: int) -> Iterator[_Nodes]:
        """Those under each of so many parameters."""
        columns = {name: np.split(values, parts) for name, values in vars(self).items()}
        return (_Nodes(**{name: column[part] for name, column in columns.items()}) for part in range(parts))

    def rates(self, each: NDArray[np.int64], since: Array, phases: Array) -> LeavingRates:
        """Every pair of a point for λ and one for p, with each rate of leaving.

        Parameters
        ----------
        each : (n,) which of the nodes are a customer's
        since : (n,) α + T
        phases : (k, n) share in each phase
        """
        rows = each.size
        events = self.buying[each] / since[:, None]
        leaves = events[:, :, None, None] * self.slowness[each][:, None]
        last = np.broadcast_to(self.last[each][:, None, :, None], leaves.shape)
        in_phase = self.of_buying[each][:, None] * self.in_phase[each] * phases.T[:, :, None]
        weight = np.einsum("njl,np,npjs->nlps", in_phase, self.of_last[each], self.there[each], optimize=True)
        found = (part.reshape(rows, -1) for part in (leaves, leaves / last, weight, last))
        return LeavingRates(*found)


def leaving_by_phase(k: int, last: Array) -> tuple[Array, Array]:
    """Rates at which regular buyers leave, and how many do so at each, where hidden events come at rate 1.

    The purchases of a customer in the phase j come with a density that has the Laplace transform
    u^(k−j) / (1 − q·u^k) at u = 1 / (1 + s), with q = 1 − p. It is drawn as near as can be, in squares, to by
    Σ d·e^(−st) at some rates s; who is there then is Σ (p·d/s)·e^(−st), all at the beginning.

    Parameters
    ----------
    last : (…) p, between 0 and 1

    Returns
    -------
    (…, rates) s, and (…, k, rates) p·d/s, which add up to 1
    """
    p = last[..., None]
    if k == 1:
        return p, np.ones((*p.shape, 1))
    q, slowest = 1.0 - p, -np.expm1(np.log1p(-p) / k)
    s = np.concatenate([slowest, np.broadcast_to(_FORGETTING, (*last.shape, _FORGETTING.size))], axis=-1)
    size, u = np.sqrt(2.0 * s), 1.0 / (1.0 + s)
    whole = size * p / s
    wanted = np.stack([size * u ** (k - phase) / (1.0 - q * u**k) for phase in range(k)], axis=-1)
    alike = size[..., :, None] * size[..., None, :] / (s[..., :, None] + s[..., None, :])
    near = np.linalg.solve(alike, np.concatenate([wanted, whole[..., None]], axis=-1))
    near, along = near[..., :-1], near[..., -1:]
    missing = 1.0 - np.einsum("...s,...sj->...j", whole, near)
    near = (
        near + along * (missing / np.einsum("...s,...s->...", whole, along[..., 0])[..., None])[..., None, :]
    )
    return s, np.swapaxes(whole[..., None] * near, -1, -2)
