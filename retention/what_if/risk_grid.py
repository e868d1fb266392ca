"""Rates of leaving gathered on one grid of risks, so that every draw of the parameters shares the points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from retention.lifetime_value import LeavingRates

Numbers = NDArray[np.float64]

RISKS = np.concatenate([[0.0], np.geomspace(1e-4, 1e2, 48)])  # per period
_NEIGHBOURS = 4  # of a cubic


@dataclass(frozen=True)
class Spread:
    """How one customer of each cell, and their purchases of a period, lie on the grid of risks: (c, m)."""

    customers: Numbers
    purchases: Numbers

    def of(self, here: Numbers, money: Numbers) -> Numbers:
        """Customers, money of a period and purchases at each risk: (3, m)."""
        return np.array([here @ self.customers, money @ self.purchases, here @ self.purchases])


def spread(rates: LeavingRates, units: float | Numbers) -> Spread:
    """Rates gathered on the grid of risks, each split over four neighbours.

    Between nobody leaving and the least risk it is a straight line. Beyond the grid customers leave at once,
    and only what they buy until then matters.

    Parameters
    ----------
    units : of time in a period, one for all or one for each cell, (c, 1)
    """
    risk = rates.leaves * units
    bought = rates.weight * rates.buys * units * np.minimum(1.0, RISKS[-1] / np.maximum(risk, RISKS[1]))
    first, share = _neighbours(risk)
    where = (first + np.arange(len(risk))[:, None] * RISKS.size).ravel()
    some = np.minimum(risk / RISKS[1], 1.0)
    share[0] *= some
    below = 1.0 - some
    found = [_gathered(weight, where, share, below) for weight in (rates.weight, bought)]
    return Spread(*found)


def _gathered(weight: Numbers, where: NDArray[np.int64], share: list[Numbers], below: Numbers) -> Numbers:
    """Weights of points at each risk of the grid, by row: (c, m).

    Parameters
    ----------
    weight : (c, points)
    where : (c·points,) place of the first of four neighbours in the flattened table
    share : of each neighbour
    below : share of each point that counts as no risk at all
    """
    shape = len(weight), RISKS.size
    found = np.zeros(shape)
    for place, part in enumerate(share):
        table = np.bincount(where, (part * weight).ravel(), found.size).reshape(shape)
        found[:, place:] += table[:, : RISKS.size - place]
    found[:, 0] += (weight * below).sum(axis=1)
    return found


def _neighbours(risk: Numbers) -> tuple[NDArray[np.int64], list[Numbers]]:
    """First of four points of the grid around each risk, and weights of the cubic in its logarithm."""
    ratio = np.log(RISKS[2] / RISKS[1])
    where = np.log(np.clip(risk / RISKS[1], 1.0, RISKS[-1] / RISKS[1])) / ratio
    first = np.clip(where.astype(np.int64) - 1, 0, RISKS.size - 1 - _NEIGHBOURS)
    u = where - first
    u1, u2, u3 = u - 1.0, u - 2.0, u - 3.0
    outer, inner = u * u3, u1 * u2
    sixth, half = inner * (1.0 / 6.0), outer * 0.5
    return first + 1, [-sixth * u3, half * u2, -half * u1, sixth * u]
