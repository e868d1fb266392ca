"""Models as well as the data knows them: drawn from the asymptotic normal of their logarithms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.arrays import purchase_parameters
from retention.lifetime_value.models.fitted import PARAMETERS
from retention.lifetime_value.models.likelihood import moved_by
from retention.statistics import SEED, normal_steps

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

DROP_OUT = [2, 3]  # ln a and ln b, or ln s and ln β: what the data does not always tell


def known_spread(purchases: PurchaseModel) -> Array:
    """Covariance to draw the logarithms from, of the parameters and of the months where there is a season.

    Where drop-out is unknown it holds still, and the others vary around it.

    Returns
    -------
    (4, 4) or, with a season, (4 + 12, 4 + 12)
    """
    spread = purchases.covariance if purchases.season is None else purchases.season.covariance
    if not len(purchases.alternatives):
        return spread
    of_drop_out = np.linalg.solve(spread[np.ix_(DROP_OUT, DROP_OUT)], spread[DROP_OUT])
    found = spread - spread[:, DROP_OUT] @ of_drop_out
    found[DROP_OUT] = found[:, DROP_OUT] = 0.0
    return np.asarray(found)


def drawn_steps(purchases: PurchaseModel, chance: np.random.Generator, draws: int) -> Array:
    """How far the logarithms of `known_spread` may be off: (draws, 4) or, with a season, (draws, 4 + 12)."""
    spread = known_spread(purchases)
    place = np.arange(len(spread))
    varying = place[(place < PARAMETERS) | (np.diag(spread) > 0)]  # a month never observed does not
    steps = np.zeros((draws, len(spread)))
    steps[:, varying] = normal_steps(spread[np.ix_(varying, varying)], chance, draws)
    return steps


def model_draws(purchases: PurchaseModel, draws: int) -> list[PurchaseModel]:
    """The model as well as the data knows it, so many times, from the asymptotic normal of its logarithms.

    Where drop-out is not identified only r, α and the season are drawn so; what goes with them are, in turn,
    the fitted parameters and every alternative that fits nearly as well.
    """
    around = [purchases, *beside(purchases)]
    steps = drawn_steps(purchases, np.random.default_rng(SEED), draws)
    return [around[place % len(around)].moved(step) for place, step in enumerate(steps)]


def beside(purchases: PurchaseModel) -> list[PurchaseModel]:
    """The models of other parameters that fit nearly as well."""
    return [replace(purchases, parameters=purchase_parameters(one)) for one in purchases.alternatives]


def drawn_parameters(estimate: Array, covariance: Array, chance: np.random.Generator, draws: int) -> Array:
    """Parameters from the asymptotic normal of their logarithms, (draws, parameters)."""
    return moved_by(estimate, normal_steps(covariance, chance, draws))
