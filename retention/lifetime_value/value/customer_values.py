"""Customer lifetime value: the expected, discounted margin of purchases after the observation end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from retention.aggregate import customers_of, total_of
from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.models.arrays import distinct_rows
from retention.lifetime_value.value import predictions
from retention.lifetime_value.value.discounting import Terms
from retention.lifetime_value.value.predictive_intervals import predictive_interval
from retention.statistics import concentration

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.errors import DataWarning
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.customer_base import Effect


@dataclass(frozen=True)
class CustomerValues:
    """What the customers of today are expected to bring, each and together.

    Attributes
    ----------
    table : the customers given, with `p_alive`, `expected_purchases` (purchase days within the horizon),
        `expected_spend` (a purchase, gross) and `clv` (discounted margin)
    total : Σ clv, in the file's currency
    undiscounted_total : the same without discounting
    expected_purchases : purchase days of all within the horizon
    top_20_percent_share : share of `total` the best 20 % of customers hold, None where the total is 0.
        Expected values are shrunk towards the mean: what is realised will be more concentrated
    horizon_months : how far ahead
    low, high : 95 % predictive interval of the discounted margin these customers will really bring within
        the horizon. It covers how well the data pins the parameters down and the chance in who buys how
        often and for how much. It does not cover a model that is wrong or a shop that changes: the
        holdout shows that. Where ``dropout_not_identified`` it spans every account of the drop-out that
        fits nearly as well. None where no bound can be given
    warnings : the models' own, and ``interval_not_available``
    """

    table: pd.DataFrame
    total: float
    undiscounted_total: float
    expected_purchases: float
    top_20_percent_share: float | None
    horizon_months: int
    low: float | None
    high: float | None
    warnings: tuple[DataWarning, ...] = ()

    @property
    def customers(self) -> int:
        """How many customers they are."""
        return int(customers_of(self.table).sum())

    def at_margin(self, margin: float) -> CustomerValues:
        """The same at a margin, where these are of revenue: every sum of money is in proportion to it."""
        return replace(
            self,
            table=self.table.assign(clv=margin * self.table["clv"]),
            total=margin * self.total,
            undiscounted_total=margin * self.undiscounted_total,
            top_20_percent_share=self.top_20_percent_share if margin > 0 else None,
            low=None if self.low is None else margin * self.low,
            high=None if self.high is None else margin * self.high,
        )


def customer_values(
    people: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    *,
    horizon_months: int = 12,
    discount_rate: float = 0.10,
    margin: float = 1.0,
    net_share: float = 1.0,
    interval: bool = True,
    effect: Effect | None = None,
) -> CustomerValues:
    """Value of each customer: Σ_j margin · E[M] · (E[Y(t_j)] − E[Y(t_{j−1})]) / (1 + d)^((j − ½)/12).

    Parameters
    ----------
    people : x, t_x, T in days and m_x, a customer a row: the table `retention.aggregate.customers` makes; or
        a row for customers alike, with ``customers``, as `retention.aggregate.alike` makes it
    horizon_months : months of 30.4375 days
    discount_rate : a year
    margin : share of revenue that is margin
    net_share : net over gross revenue
    interval : whether to simulate `low` and `high`, which takes longer than all the rest
    effect : as of `predictive_intervals`

    Raises
    ------
    InputError
        ``setting_out_of_range`` with `name`, `value`, `lowest`, `highest`.
    """
    terms = Terms(horizon_months, discount_rate, margin, net_share)
    x, t_x, age = (people[name].to_numpy() for name in ("x", "t_x", "T"))
    alive, expected, present = _purchases_to_come(purchases, (x, t_x, age), terms)
    each = gamma_gamma.expected_spend(spend, x, people["m_x"].to_numpy(dtype=float, na_value=np.nan))
    clv = terms.kept * each * present
    total, number = total_of(people, clv), customers_of(people)
    values = CustomerValues(
        table=people.assign(p_alive=alive, expected_purchases=expected, expected_spend=each, clv=clv),
        total=total,
        undiscounted_total=float(terms.kept * (each @ (number * expected))),
        expected_purchases=total_of(people, expected),
        top_20_percent_share=concentration(clv, number).share_of_best(0.2) if total > 0 else None,
        horizon_months=horizon_months,
        low=None,
        high=None,
        warnings=(*purchases.warnings, *spend.warnings),
    )
    return with_interval(values, purchases, spend, terms, effect) if interval else values


def with_interval(
    values: CustomerValues,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    effect: Effect | None = None,
) -> CustomerValues:
    """The same with the interval of the total, simulated: see `customer_values`.

    Parameters
    ----------
    values : by these models, on these terms, without one
    """
    low, high, noted = predictive_interval(values.table, purchases, spend, terms, values.total, effect)
    return replace(values, low=low, high=high, warnings=(*values.warnings, *noted))


def by_own_spend(
    table: pd.DataFrame, spend: SpendModel, *, told: Sequence[str] = (), worth: Sequence[str] = ()
) -> pd.DataFrame:
    """What is expected of customers alike, so that each one's own mean spend can be put in.

    Parameters
    ----------
    table : as `CustomerValues.table`, of customers alike
    told : its columns that are the same of all who are alike, besides those below
    worth : its columns of money that go by what a customer spends, besides `clv`

    Returns
    -------
    The columns of `retention.aggregate.places`, p_alive, expected_purchases, those told; and of
    expected_spend, clv and the others a column with _base and one with _slope after its name: each is
    base + slope · m_x
    """
    x = table["x"].to_numpy()
    base = gamma_gamma.expected_spend(spend, x, np.zeros(x.size))
    slope = gamma_gamma.expected_spend(spend, x, np.ones(x.size)) - base
    each = table["expected_spend"].to_numpy()
    found = table[["x", "month", "won", "lately", "p_alive", "expected_purchases", *told]]
    found = found.assign(expected_spend_base=base, expected_spend_slope=slope)
    for name in ("clv", *worth):
        ratio = np.divide(table[name].to_numpy(), each, out=np.zeros(x.size), where=each > 0)
        found = found.assign(**{f"{name}_base": ratio * base, f"{name}_slope": ratio * slope})
    return found


def _purchases_to_come(
    purchases: PurchaseModel, state: tuple[NDArray[np.int64], ...], terms: Terms
) -> tuple[Array, Array, Array]:
    """P(alive), purchases expected within the horizon, and their present value, of each customer: (n,) each.

    Computed for each state that somebody is in, and what follows on being alive for all alike in that.
    """
    (x, t_x, age), state_of_each = distinct_rows(*state)
    kinds, kind_of_each = predictions.alike_ahead(purchases, x, t_x, age)
    while_alive = predictions.expected_while_alive(purchases, *kinds, terms.ends)
    alive = predictions.probability_alive(purchases, x, t_x, age)
    expected, present = (
        alive * column[kind_of_each] for column in (while_alive[:, -1], terms.discounted(while_alive))
    )
    return alive[state_of_each], expected[state_of_each], present[state_of_each]


def new_customer_value(
    purchases: PurchaseModel,
    spend: SpendModel,
    first_value: float,
    *,
    horizon_months: int = 12,
    discount_rate: float = 0.10,
    margin: float = 1.0,
    net_share: float = 1.0,
) -> float:
    """Value of a customer won today: margin of the first purchase and discounted margin of the repeats.

    Parameters
    ----------
    first_value : value of a first purchase, gross, in the file's currency
    horizon_months, discount_rate, margin, net_share : as in `customer_values`
    """
    terms = Terms(horizon_months, discount_rate, margin, net_share)
    repeats = predictions.expected_purchases_of_new(purchases, terms.ends)
    present = float(terms.discounted(repeats[None, :])[0])
    return terms.kept * (first_value + gamma_gamma.mean_spend(spend) * present)
