"""Forecasts that need no model: what a model must beat to be worth its trouble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from retention.lifetime_value.arrays import Array

Naive = Literal["same_rate", "mean_of_all", "zero"]


@dataclass(frozen=True)
class Errors:
    """How far forecasts of single customers are off, in purchase days.

    Attributes
    ----------
    rmse : root of the mean squared error, which weighs large misses most
    mean_absolute_error : kind to forecasts that are too low, as most customers buy nothing
    """

    rmse: float
    mean_absolute_error: float


def errors(forecast: Array, actual: Array, customers: Array) -> Errors:
    """Errors of a forecast, each row counted `customers` times."""
    off = forecast - actual
    return Errors(
        rmse=float(np.sqrt(np.average(off**2, weights=customers))),
        mean_absolute_error=float(np.average(np.abs(off), weights=customers)),
    )


def forecasts(x: Array, age: Array, customers: Array, horizon: float) -> dict[Naive, Array]:
    """Purchase days within the horizon by three simple rules.

    Parameters
    ----------
    x : (n,) repeat purchase days; `age` : (n,) time known, in the horizon's unit; `customers` : (n,) counts

    Returns
    -------
    same_rate : as often as each has bought so far, x / T; nothing of who was won on the last day, with T = 0
    mean_of_all : everybody at the rate of all together, Σx / ΣT
    zero : nothing
    """
    known = float(customers @ age)
    rate = float(customers @ x) / known if known > 0 else 0.0
    own = np.divide(x, age, out=np.zeros(x.shape), where=age > 0)
    return {
        "same_rate": own * horizon,
        "mean_of_all": np.full(x.shape, rate * horizon),
        "zero": np.zeros(x.shape),
    }
