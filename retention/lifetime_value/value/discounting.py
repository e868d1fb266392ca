"""The CLV formula's terms: months ahead, what a purchase in each is worth today, what of it is margin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array

_RANGES = {
    "horizon_months": (1, 120),
    "discount_rate": (0.0, 10.0),
    "margin": (0.0, 1.0),
    "net_share": (0.0, 1.0),
}


@dataclass(frozen=True)
class Terms:
    """On what terms the future is valued.

    Attributes
    ----------
    horizon_months : how far ahead, in months of 30.4375 days
    discount_rate : a year, 0.10 for 10 %
    margin : share of revenue that is margin
    net_share : net over gross revenue, for the refunds to come

    Raises
    ------
    InputError
        ``setting_out_of_range`` with `name`, `value`, `lowest`, `highest`.
    """

    horizon_months: int = 12
    discount_rate: float = 0.10
    margin: float = 1.0
    net_share: float = 1.0

    def __post_init__(self) -> None:
        for name, (lowest, highest) in _RANGES.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise InputError(
                    "setting_out_of_range", name=name, value=value, lowest=lowest, highest=highest
                )

    @property
    def kept(self) -> float:
        """What stays of each unit of gross revenue."""
        return self.margin * self.net_share

    @property
    def ends(self) -> Array:
        """Ends of the months, in days from the observation end."""
        return np.arange(1.0, self.horizon_months + 1) * DAYS_PER_MONTH

    @property
    def days(self) -> float:
        """The horizon in days."""
        return DAYS_PER_MONTH * self.horizon_months

    def discounted(self, cumulative: Array) -> Array:
        """Present value of one unit per purchase, from the purchases expected up to each month's end.

        Every purchase is discounted from the middle of its month: ``(1 + d)^−((j − ½)/12)``.

        Parameters
        ----------
        cumulative : (n, months)

        Returns
        -------
        (n,)
        """
        monthly = np.diff(cumulative, axis=1, prepend=0.0)
        return np.asarray(monthly @ self.discounts(self.horizon_months))

    def parts(self, parts: int) -> Array:
        """Ends of so many equal parts of the horizon, in days from the observation end."""
        return np.asarray(self.days * np.arange(1, parts + 1) / parts)

    def discounts(self, parts: int) -> Array:
        """Present value of one unit in the middle of each of so many equal parts of the horizon."""
        years = self.horizon_months / 12.0 * (np.arange(1, parts + 1) - 0.5) / parts
        return np.asarray(np.power(1.0 + self.discount_rate, -years), dtype=np.float64)
