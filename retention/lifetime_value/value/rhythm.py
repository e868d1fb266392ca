"""A customer's own rhythm: the days that usually lie between purchases, and how rare so long a silence is."""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models import purchase_counts

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel


def usual_days(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Days between purchases at the mean rate of a customer who has bought so often in so long.

    λ ~ Gamma(r + k·x, α + t_x) at the last purchase, so that k·(α + t_x) / (r + k·x) lie between two; of who
    bought once it is what the model expects of anybody.

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days

    Returns
    -------
    (n,) days where months run at their usual speed
    """
    r, alpha, *_ = model.parameters
    bought = np.asarray(x, dtype=float)
    last, _ = model.clock.past(t_x, T)
    return np.asarray(model.days_per_unit * model.k * (alpha + last) / (r + model.k * bought))


def chance_of_silence(model: PurchaseModel, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Array:
    """Chance that a customer who has not left buys nothing for as long as this one has: (n,) each → (n,).

    Parameters
    ----------
    x : (n,) repeat purchase days
    t_x, T : (n,) age at the last purchase and at the observation end, in days
    """
    r, alpha, *_ = model.parameters
    bought = np.asarray(x, dtype=float)
    last, age = model.clock.past(t_x, T)
    shape, reach = r + model.k * bought, (age - last) / (alpha + last)
    return np.asarray(purchase_counts.every_kth(model.k, 0, shape, reach, 0)[0][:, 0])
