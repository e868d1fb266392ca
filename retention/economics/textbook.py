"""What one customer is worth by the textbook: a constant margin, retention and discount, without end."""

from __future__ import annotations

from typing import Literal, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from retention.periods import PER_YEAR, Period

Form = Literal["first_payment_now", "without_first", "period_end"]
UpliftKind = Literal["points", "relative"]

Numbers = TypeVar("Numbers", float, NDArray[np.float64])


@overload
def customer_value(margin: float, retention: float, discount: float, form: Form) -> float: ...
@overload
def customer_value(
    margin: NDArray[np.float64], retention: float, discount: float, form: Form
) -> NDArray[np.float64]: ...
@overload
def customer_value(
    margin: float | NDArray[np.float64], retention: NDArray[np.float64], discount: float, form: Form
) -> NDArray[np.float64]: ...
def customer_value(
    margin: float | NDArray[np.float64],
    retention: float | NDArray[np.float64],
    discount: float,
    form: Form,
) -> float | NDArray[np.float64]:
    """Present value of all margins of a customer who is retained with the same probability each period.

    Parameters
    ----------
    margin : money per period in which the customer is there; one number or an array
    retention : probability of still being there in the next period, 0 to 1; one number or an array
    discount : rate per period, 0 or more
    form : which payments count and when, with m, r, d for the three numbers

        - ``first_payment_now`` : the first is paid today and counts, m(1 + d)/(1 + d − r)
        - ``without_first`` : only those still to be retained for, mr/(1 + d − r)
        - ``period_end`` : the first counts and each is booked at its period's end, m/(1 + d − r)

    Raises
    ------
    ValueError
        If a retention is outside 0 to 1, the discount is negative, or the value has no bound (r = 1, d = 0).

    Notes
    -----
    The geometric series of Berger and Nasr (1998), "Customer lifetime value: marketing models and
    applications", Journal of Interactive Marketing 12(1).

    Examples
    --------
    >>> round(customer_value(100, 0.80, 0.10, "without_first"), 2)
    266.67
    """
    _check(retention, discount)
    loss = (1.0 - retention) + discount  # 1 + d − r, without losing a small d beside the 1
    if form == "first_payment_now":
        return margin * (1.0 + discount) / loss
    if form == "without_first":
        return margin * retention / loss
    return margin / loss


def elasticity(retention: Numbers, discount: float, form: Form) -> Numbers:
    """Percent by which the value of `customer_value` rises when retention rises by one percent of itself.

    (1 + d)/(1 + d − r) without the first payment, r/(1 + d − r) in the other two forms.

    Raises
    ------
    ValueError
        As `customer_value`.

    Examples
    --------
    >>> round(elasticity(0.80, 0.10, "without_first"), 4)
    3.6667
    """
    _check(retention, discount)
    loss = (1.0 - retention) + discount  # 1 + d − r, without losing a small d beside the 1
    if form == "without_first":
        return (1.0 + discount) / loss
    return retention / loss


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


def _check(retention: float | NDArray[np.float64], discount: float) -> None:
    """Refuse what the geometric series has no value for, not-a-number included."""
    if not np.all((np.asarray(retention) >= 0) & (np.asarray(retention) <= 1)):
        raise ValueError("retention must lie between 0 and 1")
    if not discount >= 0:
        raise ValueError("the discount rate must be 0 or more")
    if discount == 0 and np.any(np.asarray(retention) == 1):
        raise ValueError("a customer who never leaves has no finite value without a discount rate")
