"""How many times over a customer earns back what winning them cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.economics.change import Interval, quantiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The usual marks of a sound business, e.g. Skok, "SaaS metrics 2.0", forentrepreneurs.com
HEALTHY_MULTIPLE = 3.0
HEALTHY_MONTHS = 12


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
