"""What a customer won today is expected to bring, and how sure that is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.drawing import beside, drawn_parameters, drawn_steps
from retention.lifetime_value.value.customer_values import new_customer_value
from retention.statistics import SEED

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.discounting import Terms

DRAWS = 200  # enough for the ends of an interval of a mean: each is a fit's worth of formulas


@dataclass(frozen=True)
class NewCustomer:
    """Margin of the first purchase and discounted margin of the repeats within the horizon.

    Attributes
    ----------
    value : money
    draws : (k,) the same with the models' parameters and the mean first purchase drawn; empty where the mean
        spend is not known well enough. They tell how sure the mean is, not how customers differ
    """

    value: float
    draws: Array = field(repr=False)

    def scaled(self, margin: float) -> NewCustomer:
        """The same at another margin."""
        return NewCustomer(margin * self.value, margin * self.draws)


def new_customer(
    purchases: PurchaseModel,
    spend: SpendModel,
    first_values: pd.Series,
    terms: Terms,
    draws: int = DRAWS,
    customers: Array | None = None,
) -> NewCustomer:
    """Value of a customer won today with the draws of the models' parameters.

    Where drop-out is not identified, the parameters that fit nearly as well move the draws as well.

    Parameters
    ----------
    first_values : value of each customer's first purchase, gross
    customers : how many have each value; one by default
    """
    first, error = _mean(first_values, customers)
    value = new_customer_value(purchases, spend, first, **asdict(terms))
    if not spend.has_mean or any(note.code == "spend_not_identified" for note in spend.warnings):
        return NewCustomer(value, np.empty(0))
    chance = np.random.default_rng(SEED)
    drawn = zip(
        [purchases.moved(step) for step in drawn_steps(purchases, chance, draws)],
        drawn_parameters(np.array(spend.parameters), spend.covariance, chance, draws),
        chance.normal(first, error, draws),
        strict=True,
    )
    values = np.array([_value(one, spend, other, bought, terms) for one, other, bought in drawn])
    along = [_value(other, spend, None, first, terms) - value for other in beside(purchases)]
    if along:
        values += np.resize(along, draws)
    return NewCustomer(value, values if np.isfinite(values).all() else np.empty(0))


def _mean(values: pd.Series, customers: Array | None) -> tuple[float, float]:
    """The mean over customers and its standard error."""
    if customers is None:
        count = len(values)
        return float(values.mean()), float(values.std(ddof=1)) / count**0.5 if count > 1 else 0.0
    number, mean = float(customers.sum()), float(np.average(values, weights=customers))
    spread = float(np.average((values - mean) ** 2, weights=customers))
    return mean, (spread / max(number - 1.0, 1.0)) ** 0.5


def _value(
    purchases: PurchaseModel, spend: SpendModel, other: Array | None, first: float, terms: Terms
) -> float:
    """Value under other parameters of spend; infinite where they leave no mean spend."""
    p, q, gamma = spend.parameters if other is None else other.tolist()
    if q <= 1.0:
        return float("inf")
    return new_customer_value(purchases, replace(spend, p=p, q=q, gamma=gamma), first, **asdict(terms))
