"""What a campaign can show: the smallest effect it would find, and how many people a smaller one takes."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from retention.campaigns.assignment import strata_of
from retention.lifetime_value import expected_purchases, most_purchases, purchase_chances
from retention.statistics import Z_95

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from retention.lifetime_value import PurchaseModel

POWER = 0.8
_CUSTOMERS = 1_000  # of whom the spread is told, evenly by what is expected of them


@dataclass(frozen=True)
class Spread:
    """How much the purchases of people differ within some days.

    Attributes
    ----------
    mean : purchase days expected a person
    plain : standard deviation between people of one stratum of those `assign` draws in
    unexplained : what is left of it beside what the model expects of each
    """

    mean: float
    plain: float
    unexplained: float


def spread_of(
    model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, days: float, share: float
) -> Spread:
    """Spread of the purchases of some customers, as a purchase model has it.

    The variance of each, averaged, is what no expectation explains; that of the expectations within a stratum
    comes on top.

    Parameters
    ----------
    x, t_x, T : (n,) their states, in days
    days : of the campaign
    share : of the customers held back
    """
    bought, last, age = (np.asarray(values) for values in (x, t_x, T))
    mean = expected_purchases(model, bought, last, age, days)
    if mean.size > _CUSTOMERS:
        some = np.argsort(mean, kind="stable")[np.linspace(0, mean.size - 1, _CUSTOMERS).astype(np.int64)]
        bought, last, age, mean = bought[some], last[some], age[some], mean[some]
    most = int(most_purchases(model, bought.astype(float), age.astype(float), days).max())
    chances = purchase_chances(model, bought, last, age, days, most=most)
    each = chances @ np.arange(most + 1.0) ** 2 - mean**2
    unexplained = float(np.maximum(each, 0.0).mean())
    stratum = strata_of(mean, share * mean.size)
    between = [mean[stratum == part].var() * np.mean(stratum == part) for part in range(stratum.max() + 1)]
    return Spread(float(mean.mean()), float(np.sqrt(unexplained + sum(between))), float(np.sqrt(unexplained)))


def smallest_effect(spread: float, contacted: int, control: int) -> float:
    """The least difference a person that is found four times out of five, at 5 % two-sided.

    Parameters
    ----------
    spread : standard deviation between people: the plain one, or what is left beside what was expected

    Returns
    -------
    in the unit of the spread, ∞ where a group is empty
    """
    if min(contacted, control) == 0:
        return float("inf")
    return float((Z_95 + ndtri(POWER)) * spread * np.sqrt(1.0 / contacted + 1.0 / control))


def people_needed(spread: float, effect: float, share: float) -> int:
    """People, of both groups, to find an effect as often.

    Parameters
    ----------
    effect : difference a person, other than 0
    share : of them held back
    """
    return int(np.ceil(((Z_95 + ndtri(POWER)) * spread / effect) ** 2 / (share * (1.0 - share))))
