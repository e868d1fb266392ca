"""How many times over a customer earns back what winning them cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.statistics import Estimate, middle_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The usual marks of a sound business, e.g. Skok, "SaaS metrics 2.0", forentrepreneurs.com
HEALTHY_MONTHS = 12


def ltv_to_cac(
    value: float | None,
    cac: float | None,
    value_draws: NDArray[np.float64] | None = None,
    cac_draws: NDArray[np.float64] | None = None,
) -> Estimate | None:
    """How many times over a customer's value pays for winning them.

    Parameters
    ----------
    value : margin over a customer's life, or the part of it observed, money
    cac : money per new customer
    value_draws, cac_draws : (k,) and (n,) draws of both, of one another independent

    Returns
    -------
    None where either is missing; without an interval where one has no draws

    Examples
    --------
    >>> ltv_to_cac(90.0, 30.0)
    Estimate(value=3.0, low=None, high=None, method=None)
    """
    if value is None or cac is None or cac <= 0:
        return None
    if value_draws is None or cac_draws is None or not value_draws.size or not cac_draws.size:
        return Estimate(value / cac)
    with np.errstate(divide="ignore", invalid="ignore"):
        return middle_of(value / cac, np.resize(value_draws, cac_draws.size) / cac_draws, "drawn")
