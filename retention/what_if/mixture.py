"""Customers who differ in their risk of leaving, followed period by period under one multiple of that risk.

Every footing of the simulation is such a mixture: the textbook has one risk for all, a cohort curve many, a
purchase model many at which customers leave at any moment rather than between two periods. A programme
multiplies everybody's risk by one factor, so that where nobody leaves there is nothing to gain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Numbers = NDArray[np.float64]
LEAST = 1e-9  # chance of leaving in a period, or of staying
_FARTHEST, _HALVINGS = 80.0, 60  # of a logarithm of odds; enough for any to a ten-thousandth of a millionth
_NEAR = 1e-5  # of an exponent, under which a series is exact and the closed form is not
_ROUNDS = 60  # of Newton's method for a factor; a handful is usual


class Transition(NamedTuple):
    """What becomes of a customer within a period, by risk: (m, 1 + k) each.

    `stays` and `pays` of those there at its beginning: their share at its end, and the share of a whole
    period's payments they make; `joins` and `adds` the same of those who join in it.
    """

    stays: Numbers
    pays: Numbers
    joins: Numbers
    adds: Numbers


@dataclass(frozen=True)
class Mixture:
    """Risks of leaving and how many customers bear each.

    Attributes
    ----------
    risk : (m, 1) or (m, 1 + k) per period, 0 or more; the estimate in the first column, then k draws of it
    today, won : (q, m, 1 + k) what one of today's customers, and one who joins, adds at each risk: to the
        customers, then to the money of a period and to the purchases where these do not simply follow
        them. Money is in units of today's revenue per customer and period
    young : (q, m, 1 + k) the part of `today` that joined in the last period
    leaves : whether customers leave between periods, at a probability, or at any moment, at a rate
    at_once : money of the first purchase, and purchases, of one who joins, on top of `won`
    lost_at_once : (q, m, 1 + k) the part of `won` that is lost right after the first purchase; None for none
    ages : into how many ages the m rows fall, the youngest first, of equally many rows each; customers move
        on to the next age with every period, and stay in the last
    """

    risk: Numbers
    today: Numbers
    won: Numbers
    young: Numbers
    leaves: Literal["between", "any_time"] = "between"
    at_once: tuple[float, float] = (0.0, 0.0)
    lost_at_once: Numbers | None = None
    ages: int = 1

    @property
    def columns(self) -> int:
        """The estimate and its draws: 1 + k."""
        return int(np.broadcast_shapes(self.risk.shape, self.won.shape[1:])[-1])

    def estimate(self) -> Mixture:
        """The same without draws."""
        lost = None if self.lost_at_once is None else self.lost_at_once[:, :, :1]
        today, won, young = (part[:, :, :1] for part in (self.today, self.won, self.young))
        return replace(self, risk=self.risk[:, :1], today=today, won=won, young=young, lost_at_once=lost)

    def within(self, periods: int) -> Mixture:
        """The same without ages that nobody reaches in so many periods."""
        if self.ages == 1:
            return self
        rows = len(self.risk) // self.ages
        oldest = int(np.flatnonzero(self.today.any(axis=(0, 2))).max(initial=0)) // rows
        ages = min(oldest + periods + 1, self.ages)
        today, won, young = (part[:, : ages * rows] for part in (self.today, self.won, self.young))
        return replace(self, risk=self.risk[: ages * rows], today=today, won=won, young=young, ages=ages)

    def at_retention(self, who: Numbers, target: Numbers) -> Mixture:
        """The same people had some of them (m, 1) another retention: one column for each target, (n,).

        Everybody's odds of leaving in a period are so many times as high, which reaches any retention
        without a step where it passes today's. A risk of nothing counts as the least there is.
        """
        now = self.retention(who, np.ones(1))
        leaving = self.risk if self.leaves == "between" else -np.expm1(-self.risk)
        odds = logit(np.clip(leaving, LEAST, 1.0 - LEAST))
        share = who / who.sum(axis=0)
        low, high = np.full(target.shape, -_FARTHEST), np.full(target.shape, _FARTHEST)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2.0
            too_few = (share * expit(-odds - middle)).sum(axis=0) < target
            low, high = np.where(too_few, low, middle), np.where(too_few, middle, high)
        leaving = expit(odds + (low + high) / 2.0)
        moved = leaving if self.leaves == "between" else -np.log1p(-np.minimum(leaving, 1.0 - LEAST))
        return replace(self, risk=np.where(target == now, self.risk, moved))

    def leaving(self, factor: Numbers) -> Mixture:
        """The same people did they leave so many times as fast, without draws: one column for each, (n,)."""
        lost = None if self.lost_at_once is None else np.minimum(self.lost_at_once * factor, self.won)
        return replace(self, risk=self.risk * factor, lost_at_once=lost)

    def transition(self, factor: Numbers) -> Transition:
        """One period under a multiple of the risk, (1 + k,)."""
        exponent = self.risk * factor
        if self.leaves == "between":
            stays = 1.0 - np.minimum(exponent, 1.0)
            return Transition(stays, stays, np.ones_like(stays), np.ones_like(stays))
        within = _mean_of_decay(exponent)
        return Transition(np.exp(-exponent), within, within, _mean_of_means(exponent))

    def retention(self, who: Numbers, factor: Numbers) -> Numbers:
        """Share of some customers (m, 1 + k) that is there a period later: (1 + k,)."""
        there = who.sum(axis=0)
        kept: Numbers = (who * self.transition(factor).stays).sum(axis=0)
        found: Numbers = np.divide(kept, there, out=np.ones_like(kept), where=there > 0)
        return found

    def factor(self, who: Numbers, target: Numbers) -> Numbers:
        """Multiple of the risk at which some customers' retention is the target: (1 + k,).

        Where nobody leaves it is 1: there is nothing to multiply.
        """
        now = self.retention(who, np.ones(1))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(now < 1.0, (1.0 - target) / (1.0 - now), 1.0)
        if self.leaves == "between":
            return found
        return np.where(target == now, 1.0, _root(self.risk, who, target, found))


def _mean_of_decay(z: Numbers) -> Numbers:
    """Mean of e^(−zs) over s from 0 to 1."""
    safe = np.where(z < _NEAR, 1.0, z)
    return np.where(z < _NEAR, 1.0 - z / 2.0, -np.expm1(-safe) / safe)


def _mean_of_means(z: Numbers) -> Numbers:
    """Mean over moments of joining u of ∫₀^(1−u) e^(−zs) ds: a half where nobody leaves."""
    safe = np.where(z < _NEAR, 1.0, z)
    return np.where(z < _NEAR, 0.5 - z / 6.0, (1.0 - _mean_of_decay(safe)) / safe)


def _root(risk: Numbers, who: Numbers, target: Numbers, start: Numbers) -> Numbers:
    """Factor c with Σ who·e^(−c·risk) = target·Σ who, by Newton's method on a falling, convex function."""
    share = who / who.sum(axis=0)
    factor = start
    for _ in range(_ROUNDS):
        kept = share * np.exp(-risk * factor)
        slope = (kept * risk).sum(axis=0)
        missed = kept.sum(axis=0) - target
        step = np.divide(missed, slope, out=-factor, where=slope > 0)  # from far beyond, back to the start
        factor = np.maximum(factor + step, 0.0)
        if np.all(np.abs(step) <= 1e-13 * (1.0 + factor)):
            break
    return factor
