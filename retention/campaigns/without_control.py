"""A campaign without anybody held back: against what a model fitted before expected of these very people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value import expected_purchases, purchase_intervals
from retention.statistics import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value import PurchaseModel

    Array = NDArray[np.float64]
    States = tuple[Array, Array, Array]  # x, t_x, T


@dataclass(frozen=True)
class Foreseen:
    """Purchases of some people in some days, expected and made.

    Attributes
    ----------
    people : how many
    days : how long
    expected : purchase days, with the 95 % predictive interval
    made : purchase days
    """

    people: int
    days: int
    expected: Estimate
    made: int

    @property
    def within_chance(self) -> bool:
        """Whether chance alone may have brought what was made."""
        return not self.expected.excludes(self.made)


@dataclass(frozen=True)
class WithoutControl:
    """What came beside what was expected, and whether that expectation held before.

    Attributes
    ----------
    before : all customers in as many days before the campaign, by a model fitted before those; None where the
        data does not reach back so far. It is all of them, as who is written to because of a silence was
        silent in those very days, whatever the model
    after : the days of the campaign
    """

    before: Foreseen | None
    after: Foreseen

    @property
    def can_be_judged(self) -> bool:
        """Whether the model foresaw the days before; where it did not, it says nothing of those after."""
        return self.before is not None and self.before.within_chance

    @property
    def more(self) -> Estimate:
        """Purchase days beyond what was expected."""
        low, high = self.after.expected.bounds
        return Estimate(
            self.after.made - self.after.expected.value,
            self.after.made - high,
            self.after.made - low,
            self.after.expected.method,
        )

    @property
    def works(self) -> bool | None:
        """Whether more or less came than expected; None where by chance, or nothing can be said."""
        if not self.can_be_judged or self.after.within_chance:
            return None
        return self.more.value > 0


def foreseen(model: PurchaseModel, states: States, customers: Array, days: int, made: int) -> Foreseen:
    """What a model fitted to what was known on a day expects of people in the days that followed.

    Parameters
    ----------
    states : x, t_x and T on that day, in days: (n,) each
    customers : (n,) how many share each
    made : purchase days they made
    """
    x, t_x, age = (values.astype(float) for values in states)
    together = np.zeros(x.size, dtype=np.int64)
    low, high = purchase_intervals(model, (x, t_x, age), customers, together, float(days))
    expected = float(customers @ expected_purchases(model, x, t_x, age, days))
    return Foreseen(
        int(customers.sum()),
        days,
        Estimate.of(expected, float(low[-1]), float(high[-1]), "predictive"),
        made,
    )
