"""What keeping a customer brings: counted over as many months as a customer won is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.economics.multiple import HEALTHY_MONTHS

if TYPE_CHECKING:
    from retention.economics.plan import Base
    from retention.flows import Retention


@dataclass(frozen=True)
class KeptValue:
    """Margin of a customer kept in a month, who may stay after it.

    Attributes
    ----------
    one_month : margin of the month alone, money: the least a customer kept can be worth
    months : counted, the month itself among them
    retention : share of customers there a month later, 0 to 1; None where one month alone is counted
    """

    one_month: float
    months: int = 1
    retention: float | None = None

    @property
    def value(self) -> float:
        """Margin expected over the months: one_month · Σ r^i, i = 0 … months − 1.

        Examples
        --------
        >>> KeptValue(10.0, months=3, retention=0.5).value
        17.5
        """
        stay = self.retention or 0.0
        return self.one_month * sum(stay**i for i in range(self.months))


def kept_value(base: Base, margin: float, measured: Retention | None) -> KeptValue:
    """Margin a customer kept brings over the 12 months a customer won is counted with.

    Parameters
    ----------
    base : the shop by month
    margin : share of net revenue left as profit, 0 to 1
    measured : retention by month, of which the textbook's counts, at most 1, as where the simulation starts;
        None where it cannot be measured: then the month alone counts
    """
    one_month = margin * base.revenue_per_active
    if measured is None:
        return KeptValue(one_month)
    return KeptValue(one_month, HEALTHY_MONTHS, min(measured.textbook.rate.value, 1.0))
