"""The customers of a cohort curve: risks of leaving that stand for them, today's and those to be won."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, betaln

from retention.lifetime_value import beta_nodes
from retention.what_if.mixture import Mixture

Numbers = NDArray[np.float64]

_NODES = 48  # of the risk: with c = 1 exact up to age plus horizon of 95 periods, and good far beyond
_SPREAD_NODES = 40  # with another c: some millionths of the customers off at any age
_AHEAD = 120  # periods beyond today's oldest: the longest horizon; whoever is older keeps that risk
_RARE = 1e-10  # of customers, whose risk is taken for that of the next
_TINY = 1e-300
_NEVER, _AT_ONCE = np.log(1e-10), np.log(40.0)  # of −ln(1 − θ): no age is so high, no period so short


def people(shape: Numbers, mix: Numbers) -> Mixture:
    """Customers who stay by a curve, under each of 1 + k parameters in turn.

    Parameters
    ----------
    shape : (3, 1 + k) α, β and c; with c = 1 throughout a customer's risk is the same at every age
    mix : (ages, 1 + k) share of today's customers at each age
    """
    return _unchanging(shape, mix) if np.all(shape[2] == 1.0) else _ageing(shape, mix)


def _unchanging(shape: Numbers, mix: Numbers) -> Mixture:
    """A customer of age n who is still there has θ ~ Beta(α, β + n)."""
    risk, weight = beta_nodes(shape[0], shape[1], _NODES)
    today = np.zeros_like(weight)
    for age, share in enumerate(mix):
        today += share * _still_there(weight, (1.0 - risk) ** age)
    return Mixture(risk, today[None], weight[None], (mix[0] * weight)[None])


def _ageing(shape: Numbers, mix: Numbers) -> Mixture:
    """A customer of age n is there a period later with the chance (1 − θ)^((n + 1)^c − n^c)."""
    rate, weight = _spread_nodes(shape[0], shape[1])
    passed = np.arange(len(mix) + _AHEAD + 1.0)[:, None] ** shape[2]
    risk = -np.expm1(-np.diff(passed, axis=0)[:, None, :] * rate)
    today, won, young = np.zeros((3, *risk.shape))
    for age, share in enumerate(mix):
        today[age] = share * _still_there(weight, np.exp(-passed[age] * rate))
    won[0], young[0] = weight, today[0]
    draws = shape.shape[1]
    today, won, young = (part.reshape(1, -1, draws) for part in (today, won, young))
    return Mixture(risk.reshape(-1, draws), today, won, young, ages=len(risk))


def _still_there(weight: Numbers, kept: Numbers) -> Numbers:
    """How customers who reached an age are spread over the risks: adding up to 1, or to 0 of nobody."""
    left = weight * kept
    total = left.sum(axis=0)
    return np.asarray(np.divide(left, total, out=np.zeros_like(left), where=total > 0))


def _spread_nodes(alpha: Numbers, beta: Numbers) -> tuple[Numbers, Numbers]:
    """Points and weights for −ln(1 − θ), θ ~ Beta(α, β), even in their logarithm: (nodes, k) each.

    Powers of 1 − θ as high as t^c need many points near θ = 0, which Gauss's have not. The trapezoid rule on
    a smooth density is exact but for e^(−π²/step); what lies beyond the ends is added to them.
    """
    least = -np.log1p(-np.minimum(betaincinv(alpha, beta, _RARE), 1.0 - 1e-16))
    most = -np.log(np.maximum(betaincinv(beta, alpha, _RARE), _TINY))
    low, high = (np.clip(np.log(np.maximum(end, _TINY)), _NEVER, _AT_ONCE) for end in (least, most))
    step = np.maximum(high - low, 1e-9) / (_SPREAD_NODES - 1)
    place = low + step * np.arange(_SPREAD_NODES)[:, None]
    rate = np.exp(place)
    weight = step * np.exp(
        (alpha - 1.0) * np.log(-np.expm1(-rate)) - beta * rate + place - betaln(alpha, beta)
    )
    weight[0] += betainc(alpha, beta, -np.expm1(-np.exp(place[0] - step / 2.0)))
    weight[-1] += betainc(beta, alpha, np.exp(-np.exp(place[-1] + step / 2.0)))
    return rate, weight / weight.sum(axis=0)
