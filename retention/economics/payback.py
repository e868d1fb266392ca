"""How long a customer takes to earn back what winning them cost, and how many times over they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.economics.change import Interval, quantiles
from retention.errors import DataWarning

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.economics.realised import RealisedValue

# The usual marks of a sound business, e.g. Skok, "SaaS metrics 2.0", forentrepreneurs.com
HEALTHY_MULTIPLE = 3.0
HEALTHY_MONTHS = 12


@dataclass(frozen=True)
class Payback:
    """When the margin of an average customer reaches the CAC.

    Attributes
    ----------
    months : completed months of age at which the cumulative margin first reaches the CAC; None where it does
        not within the months observed, or there is no CAC
    reached : cumulative margin per customer there, or at the last age observed; None without observed months
    observed : months the curve covers
    customers : how many stand behind `reached`
    within_a_year : whether `months` is under 12; None where that is not observed yet
    balance : ``months`` (0, 1 …), ``balance`` (cumulative margin − CAC per customer, money), empty without
        CAC
    warnings : ``not_paid_back`` (``cac``, ``reached``, ``months`` observed)
    """

    months: int | None
    reached: float | None
    observed: int
    customers: int
    within_a_year: bool | None
    balance: pd.DataFrame
    warnings: tuple[DataWarning, ...] = ()


@dataclass(frozen=True)
class Multiple:
    """Lifetime value over CAC.

    Attributes
    ----------
    ratio : None where either is missing
    healthy : whether it is at least 3
    interval : 95 %, where both are drawn
    """

    ratio: float | None
    healthy: bool | None
    interval: Interval | None = None


def payback(cac: float | None, value: RealisedValue) -> Payback:
    """Months until an average customer has brought the CAC in margin.

    Parameters
    ----------
    cac : money per new customer; None where it cannot be computed
    value : margin per customer by age
    """
    curve = value.curve
    cumulative = curve["cumulative"].to_numpy(dtype=float)
    hits = np.flatnonzero(cumulative >= cac) if cac is not None else np.empty(0, dtype=int)
    months = int(curve["months"].iloc[hits[0]]) if hits.size else None
    observed = len(curve)
    row = (months or observed) - 1
    reached = float(cumulative[row]) if observed else None
    missed = {"cac": cac, "reached": reached, "months": observed}
    return Payback(
        months=months,
        reached=reached,
        observed=observed,
        customers=int(curve["customers"].iloc[row]) if observed else 0,
        within_a_year=_within_a_year(cac, months, observed),
        balance=_balance(cac, cumulative),
        warnings=(DataWarning("not_paid_back", missed),) if cac is not None and months is None else (),
    )


def ltv_to_cac(
    value: float | None,
    cac: float | None,
    value_draws: NDArray[np.float64] | None = None,
    cac_draws: NDArray[np.float64] | None = None,
) -> Multiple:
    """How many times over a customer's value pays for winning them.

    Parameters
    ----------
    value : margin over a customer's life, or the part of it observed, money
    cac : money per new customer
    value_draws, cac_draws : (k,) and (n,) draws of both, of one another independent

    Examples
    --------
    >>> ltv_to_cac(90.0, 30.0)
    Multiple(ratio=3.0, healthy=True, interval=None)
    """
    if value is None or cac is None or cac <= 0:
        return Multiple(None, None)
    return Multiple(value / cac, value / cac >= HEALTHY_MULTIPLE, _interval(value_draws, cac_draws))


def _interval(above: NDArray[np.float64] | None, below: NDArray[np.float64] | None) -> Interval | None:
    if above is None or below is None or not above.size or not below.size:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        return quantiles(np.resize(above, below.size) / below)


def _within_a_year(cac: float | None, months: int | None, observed: int) -> bool | None:
    if cac is None:
        return None
    if months is not None:
        return months < HEALTHY_MONTHS
    return False if observed >= HEALTHY_MONTHS - 1 else None


def _balance(cac: float | None, cumulative: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pd.DataFrame:
    if cac is None:
        return pd.DataFrame({"months": np.empty(0, dtype=np.int64), "balance": np.empty(0)})
    so_far = np.concatenate([[0.0], cumulative])
    return pd.DataFrame({"months": np.arange(so_far.size), "balance": so_far - cac})
