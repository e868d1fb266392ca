"""The fitted models, as values: parameters, how well they are known, and what to be careful about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from retention.errors import DataWarning

Array = NDArray[np.float64]
Parameters = tuple[float, float, float, float]  # r, α, a, b
SpendParameters = tuple[float, float, float]  # p, q, γ
TimeUnit = Literal["day", "week", "month"]
DAYS_PER_UNIT: dict[TimeUnit, float] = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH}


@dataclass(frozen=True)
class PurchaseModel:
    """BG/NBD: purchases Poisson(λ), λ ~ Gamma(r, α); after each, drop-out with p ~ Beta(a, b).

    Attributes
    ----------
    r, alpha, a, b : parameters; `alpha` is in `unit`, the others have no dimension
    standard_errors : of r, alpha, a, b, by name
    log_likelihood : summed over customers, on time measured in `unit`; comparable within one unit only
    covariance : (4, 4) of (ln r, ln α, ln a, ln b), symmetric and positive definite
    alternatives : (k, 4) other (r, α, a, b) that fit nearly as well: the profiles along b and along a,
        within 1.92 of the best log-likelihood. Empty where the data tells how customers drop out
    unit : the unit of time
    customers : how many the model was fitted on
    warnings : ``no_dropout_visible``, ``dropout_not_identified``
    """

    r: float
    alpha: float
    a: float
    b: float
    standard_errors: dict[str, float]
    log_likelihood: float
    covariance: Array
    alternatives: Array
    unit: TimeUnit
    customers: int
    warnings: tuple[DataWarning, ...] = ()

    @property
    def parameters(self) -> Parameters:
        """(r, α, a, b)."""
        return self.r, self.alpha, self.a, self.b

    @property
    def days_per_unit(self) -> float:
        """Days in one unit of time."""
        return DAYS_PER_UNIT[self.unit]


@dataclass(frozen=True)
class SpendModel:
    """Gamma-Gamma: a purchase is worth Gamma(p, ν), and ν ~ Gamma(q, γ) differs between customers.

    Attributes
    ----------
    p, q, gamma : parameters; `gamma` is in the file's currency, the others have no dimension
    standard_errors : of p, q, gamma, by name
    log_likelihood : summed over customers with repeat purchases
    covariance : (3, 3) of (ln p, ln q, ln γ), symmetric and positive definite
    observed_mean : mean over customers of their mean repeat value; stands in where q ≤ 1
    correlation, spearman : of the number of repeat purchases with their mean value, None where either
        does not vary
    customers : how many the model was fitted on
    warnings : ``spend_infinite_mean``, ``spend_depends_on_frequency``, ``spend_not_identified``
    """

    p: float
    q: float
    gamma: float
    standard_errors: dict[str, float]
    log_likelihood: float
    covariance: Array
    observed_mean: float
    correlation: float | None
    spearman: float | None
    customers: int
    warnings: tuple[DataWarning, ...] = ()

    @property
    def parameters(self) -> SpendParameters:
        """(p, q, γ)."""
        return self.p, self.q, self.gamma

    @property
    def has_mean(self) -> bool:
        """Whether the mean spend of the population exists."""
        return self.q > 1.0


def four(values: Array) -> Parameters:
    """Unpack (r, α, a, b)."""
    r, alpha, a, b = values.tolist()
    return r, alpha, a, b


def three(values: Array) -> SpendParameters:
    """Unpack (p, q, γ)."""
    p, q, gamma = values.tolist()
    return p, q, gamma
