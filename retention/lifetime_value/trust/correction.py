"""What forecasts missed from several earlier days, put right in the one made now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.statistics import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.lifetime_value.trust.origins import Pooled
    from retention.lifetime_value.value.customer_values import CustomerValues


@dataclass(frozen=True)
class Missed:
    """How many times as much came as was expected: 1.5 where forecasts were a third too low.

    Attributes
    ----------
    factor : from all days together
    least, most : from single days
    """

    factor: float
    least: float
    most: float

    def corrected(self, value: float, low: float | None, high: float | None) -> Estimate:
        """A forecast of the same kind with its interval, put right.

        The ends go as far as the days differ beyond the forecast's own: from each of them, what it printed
        would have held what came.

        Examples
        --------
        >>> Missed(1.5, 1.25, 2.0).corrected(100.0, 90.0, 120.0)
        Estimate(value=150.0, low=112.5, high=240.0, method='origins')
        """
        if low is None or high is None:
            return Estimate(self.factor * value)
        return Estimate(self.factor * value, self.least * low, self.most * high, "origins")


@dataclass(frozen=True)
class Correction:
    """What a model missed in one direction from every one of several earlier days.

    Attributes
    ----------
    purchases : in purchase days
    money : in what was spent; as purchases, where the spend model told nothing from one of the days
    origins : how many days
    """

    purchases: Missed
    money: Missed
    origins: int

    def of(self, values: CustomerValues) -> Corrected:
        """What customers will bring together, put right."""
        return Corrected(
            self.money.corrected(values.total, values.low, values.high),
            self.purchases.factor * values.expected_purchases,
        )

    @property
    def too_low(self) -> bool:
        """Whether the forecasts were too low."""
        return self.purchases.factor > 1.0


@dataclass(frozen=True)
class Corrected:
    """Totals put right. Single customers, and groups of them, keep what the model says of them.

    Attributes
    ----------
    total : discounted margin of all within the horizon
    expected_purchases : their purchase days
    """

    total: Estimate
    expected_purchases: float


def correction(found: Pooled) -> Correction | None:
    """What to put right; None where forecasts missed both ways, or are known from one day alone.

    Whether it is called for is another matter: see `retention.lifetime_value.trust.verdict.verdict`.
    """
    if not found.one_sided:
        return None
    purchases = _missed(found.bias, found.biases, found.origins)
    if purchases is None:
        return None
    money = _missed(found.money_bias, found.money_biases, found.origins)
    return Correction(purchases, money or purchases, found.origins)


def _missed(bias: float | None, biases: Sequence[float], origins: int) -> Missed | None:
    """None where it is not known from each of the days, or where nothing was expected from one."""
    if bias is None or len(biases) < origins or min(biases) <= -1.0:
        return None
    return Missed(1.0 / (1.0 + bias), 1.0 / (1.0 + max(biases)), 1.0 / (1.0 + min(biases)))
