"""The terms a customer's value is asked in: which payments count, the discount, the uplift of retention."""

from __future__ import annotations

from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from retention.periods import PER_YEAR, Period

Form = Literal["first_payment_now", "without_first", "period_end"]
UpliftKind = Literal["points", "relative"]

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


def discount_per_period(annual: float, period: Period) -> float:
    """Effective rate per period, (1 + annual)^(1/n) − 1 with n periods in a year.

    Raises
    ------
    ValueError
        If the annual rate is negative.

    Examples
    --------
    >>> round(discount_per_period(0.10, "month"), 6)
    0.007974
    """
    if not annual >= 0:
        raise ValueError("the discount rate must be 0 or more")
    return float(np.expm1(np.log1p(annual) / PER_YEAR[period]))


def uplifted(retention: Numbers, uplift: Numbers | float, kind: UpliftKind) -> Numbers:
    """Retention after an uplift of percentage points or of a percentage of itself, never above 1.

    Examples
    --------
    >>> round(uplifted(0.80, 0.05, "points"), 4), round(uplifted(0.80, 0.05, "relative"), 4)
    (0.85, 0.84)
    """
    raised = retention + uplift if kind == "points" else retention * (1.0 + uplift)
    if isinstance(raised, np.ndarray):
        return np.minimum(raised, 1.0)
    return min(raised, 1.0)
