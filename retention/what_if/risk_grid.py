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


def spread(rates: LeavingRates, units: float) -> Spread:
    """Rates gathered on the grid of risks, each split over four neighbours.

    Beyond the grid customers leave at once, and only what they buy until then matters.
    """
    risk = rates.leaves * units
    bought = rates.weight * rates.buys * units * np.minimum(1.0, RISKS[-1] / np.maximum(risk, RISKS[1]))
    first, share = _neighbours(np.minimum(risk, RISKS[-1]))
    where = (first + np.arange(len(risk))[:, None] * RISKS.size).ravel()
    found = np.zeros((2, risk.shape[0] * RISKS.size))
    for place, part in enumerate(share):
        for row, weight in enumerate((rates.weight, bought)):
            found[row] += np.bincount(where + place, (part * weight).ravel(), found.shape[1])
    customers, purchases = found.reshape(2, *risk.shape[:1], RISKS.size)
    return Spread(customers, purchases)


def _neighbours(risk: Numbers) -> tuple[NDArray[np.int64], list[Numbers]]:
    """First of four points of the grid around each risk, and weights of the cubic in its logarithm.

    Between nobody leaving and the least risk it is a straight line.
    """
    least, ratio = np.log(RISKS[1]), np.log(RISKS[2] / RISKS[1])
    where = (np.log(np.maximum(risk, RISKS[1])) - least) / ratio
    first = np.clip(np.floor(where).astype(np.int64) - 1, 0, RISKS.size - 1 - _NEIGHBOURS)
    u = where - first
    u1, u2, u3 = u - 1, u - 2, u - 3
    share = [-u1 * u2 * u3 / 6, u * u2 * u3 / 2, -u * u1 * u3 / 2, u * u1 * u2 / 6]
    low = risk < RISKS[1]
    part = risk[low] / RISKS[1]
    for weight, straight in zip(share, (1.0 - part, part, 0.0, 0.0), strict=True):
        weight[low] = straight
    return np.where(low, 0, first + 1), share
