"""The footing of a purchase model: the uplift as a lower drop-out, through to purchases and their value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retention.aggregate import CUSTOMERS, customers_of, total_of
from retention.errors import DataWarning
from retention.lifetime_value import (
    grouped_states,
    leaving_rates,
    leaving_rates_of_new,
    mean_spend,
    model_draws,
)
from retention.lifetime_value.models.arrays import sum_by
from retention.lifetime_value.models.pareto import Pareto
from retention.periods import PER_YEAR
from retention.what_if.footing import Footing
from retention.what_if.mixture import Mixture
from retention.what_if.plan import Base, Doubt
from retention.what_if.risk_grid import RISKS, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from retention.lifetime_value import LeavingRates, PurchaseModel, SpendModel
    from retention.periods import Period

Numbers = NDArray[np.float64]

MODEL_DRAWS = 200  # of the parameters of the purchase model
_AGE_STEP = 0.1  # of ln(α + T), within which customers count as of one age
_EXACT = 12  # purchases up to which customers are told apart by their number; beyond by twelfths of it
_TINY = 1e-12
_DAYS_PER_YEAR = PER_YEAR["day"]
_HARDLY = 0.01  # of today's customers leaving in a year: then there is nothing to gain from keeping them


@dataclass(frozen=True)
class _Cells:
    """Customers much alike.

    Attributes
    ----------
    x, young : (c,) purchases on average, and whether they were won within the last period
    of, share : (n,) in which cell every state is, and how much of it
    """

    x: Numbers
    young: NDArray[np.bool_]
    of: NDArray[np.int64]
    share: Numbers

    def mean(self, values: Numbers) -> Numbers:
        """Mean of a value of each state, in each cell: (n,) → (c,)."""
        return sum_by(self.of, self.share * values, self.x.size)

    def phases(self, model: PurchaseModel, states: _States, past: tuple[Numbers, Numbers]) -> Numbers:
        """Share of each cell in each phase, if alive: (k, c)."""
        found = model.family.phases(model.parameters, states.x, *past)
        return np.array([self.mean(share) for share in found])


@dataclass(frozen=True)
class _States:
    """Customers by what is seen of them.

    Attributes
    ----------
    x, t_x, T, customers : (n,) states, in days, and customers in each
    worth : (n,) what their purchases are expected to be worth, added up; value : one of a new customer's
    share_of_year : how long a period is
    cells : those much alike together
    """

    x: Numbers
    t_x: Numbers
    T: Numbers
    customers: Numbers
    worth: Numbers
    value: float
    share_of_year: float
    cells: _Cells


def purchase_footing(
    people: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    *,
    period: Period,
    won_per_period: float,
    net_share: float = 1.0,
    draws: int = MODEL_DRAWS,
) -> tuple[Base, Footing] | None:
    """Today's customers and new ones by a purchase model; None where it expects nothing of anybody.

    Customers alive leave at the rate p·λ, or μ in the Pareto/NBD, and a programme multiplies it. Of regular
    buyers that rate goes with the time since the last purchase, and the programme stretches its course: what
    it gains comes out a few per cent (k = 2) to a tenth (k = 4) higher than if it lowered p alone. A purchase
    is worth what each customer's past suggests, E[M | x, m_x], and the first one of a new customer what first
    purchases were worth; both less refunds. The draws are of the purchase model's parameters.

    Parameters
    ----------
    people : x, t_x, T in days, m_x and first_value, a customer a row; or as `retention.aggregate.alike` has
        them
    won_per_period : new customers a period
    net_share : net over gross revenue

    Returns
    -------
    base : `active` those expected to be alive, `revenue_per_active` what one of them is expected to bring in
        the next period, net
    footing : with the models' warnings and ``hardly_any_dropout`` (``leaving``, of today's customers within a
        year), where there is next to nothing to gain
    """
    if people.empty:
        return None
    states = _states(people, purchases, spend, 1.0 / PER_YEAR[period], net_share)
    models = [purchases, *model_draws(purchases, draws)]
    today, young = _there(states, models)
    won, lost = _won(states, models)
    active = float(today[0, :, 0].sum())
    pays = Mixture(RISKS[:, None], today, won, young, leaves="any_time").transition(np.ones(1)).pays[:, 0]
    revenue = float(today[1, :, 0] @ pays) / active if active > 0 else 0.0
    if revenue <= 0:
        return None
    first = total_of(people, people["first_value"]) / float(customers_of(people).sum())
    of_one = np.array([1.0, 1.0 / revenue, 1.0])[:, None, None]
    mixture = Mixture(
        RISKS[:, None],
        today * of_one / active,
        won * of_one,
        young * of_one / active,
        leaves="any_time",
        at_once=(
            net_share * first / revenue,
            1.0,
        ),
        lost_at_once=None if lost is None else lost * of_one,
    )
    footing = Footing("purchases", mixture, warnings=(*purchases.warnings, *spend.warnings))
    doubt = _doubt(states, purchases, people)
    return Base(period, active, won_per_period, revenue, doubt), _with_warning(footing, PER_YEAR[period])


def _doubt(states: _States, purchases: PurchaseModel, people: pd.DataFrame) -> Doubt:
    """What the draws of the model leave out: who of today's is there, and what purchases are worth."""
    alive = purchases.family.alive(purchases.parameters, states.x, states.t_x, states.T)
    there = float(states.customers @ alive)
    mean, spread, repeaters = _spent(people)
    known = repeaters > 1 and mean > 0
    return Doubt(
        active=float(np.sqrt(states.customers @ (alive * (1.0 - alive)))) / there,
        revenue=spread / mean / repeaters**0.5 if known else 0.0,
    )


def _spent(people: pd.DataFrame) -> tuple[float, float, float]:
    """Mean and standard deviation of what repeat purchases were worth, and how many customers have any."""
    again = people[people["x"] > 0]
    spent, number = again["m_x"].to_numpy(dtype=float), customers_of(again)
    repeaters = float(number.sum())
    if repeaters <= 1:
        return 0.0, 0.0, repeaters
    if CUSTOMERS not in people:
        return float(spent.mean()), float(spent.std(ddof=1)), repeaters
    mean = float(number @ spent) / repeaters
    squares = float(number @ again["m_x_squared"].to_numpy(dtype=float)) / repeaters
    return mean, (max(squares - mean**2, 0.0) * repeaters / (repeaters - 1.0)) ** 0.5, repeaters


def _with_warning(footing: Footing, periods_per_year: float) -> Footing:
    leaving = 1.0 - float(footing.retention[0]) ** periods_per_year
    if leaving >= _HARDLY:
        return footing
    noted = DataWarning("hardly_any_dropout", {"leaving": leaving})
    return replace(footing, warnings=(*footing.warnings, noted))


def _there(states: _States, models: Sequence[PurchaseModel]) -> tuple[Numbers, Numbers]:
    """Today's customers, and the young among them, under each of d models of one kind.

    Each is customers, money of a period and purchases at each risk: (3, m, d).
    """
    cells, found, family = states.cells, [], models[0].family
    pasts = [model.clock.past(states.t_x, states.T) for model in models]
    ages = np.array([cells.mean(age) for _, age in pasts])
    phases = np.array([cells.phases(model, states, past) for model, past in zip(models, pasts, strict=True)])
    rates_of_each = leaving_rates(family, _parameters(models), cells.x, ages, phases)
    for model, past, rates in zip(models, pasts, rates_of_each, strict=True):
        alive = family.alive(model.parameters, states.x, *past)
        here = sum_by(cells.of, alive * states.customers, cells.x.size)
        money = sum_by(cells.of, alive * states.worth, cells.x.size)
        old = spread(rates, _length(model, states))
        found.append((old.of(here, money), old.of(here * cells.young, money * cells.young)))
    today, young = (np.stack(parts, axis=2) for parts in zip(*found, strict=True))
    return today, young


def _parameters(models: Sequence[PurchaseModel]) -> Numbers:
    return np.array([model.parameters for model in models])


def _length(model: PurchaseModel, states: _States) -> float:
    """A period of a usual year, on the model's clock."""
    return states.share_of_year * float(model.clock.ahead(_DAYS_PER_YEAR))


def _won(states: _States, models: Sequence[PurchaseModel]) -> tuple[Numbers, Numbers | None]:
    """One new customer likewise, and the part of them lost right after the first purchase, if any."""
    family = models[0].family
    rates = leaving_rates_of_new(family, _parameters(models))
    length = np.array([[_length(model, states)] for model in models])
    won = _of_one(rates, states.value, length)
    if isinstance(family, Pareto) or not family.from_first:
        return won, None
    return won, _of_one(replace(rates, weight=rates.weight * rates.last), states.value, length)


def _of_one(rates: LeavingRates, value: float, length: Numbers) -> Numbers:
    found = spread(rates, length)
    customers, purchases = found.customers.T, found.purchases.T
    return np.array([customers, value * purchases, purchases])


def _states(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, share_of_year: float, net_share: float
) -> _States:
    """Customers by state, with periods of such a share of a year."""
    x, t_x, lived, customers, spent, each = grouped_states(people)
    past = purchases.clock.past(t_x, lived)
    there = purchases.family.alive(purchases.parameters, x, *past) * customers
    young = lived < share_of_year * _DAYS_PER_YEAR
    return _States(
        x=x,
        t_x=t_x,
        T=lived,
        customers=each * customers,
        worth=net_share * each * _expected_money(spend, x, customers, spent),
        value=net_share * mean_spend(spend),
        share_of_year=share_of_year,
        cells=_cells(x, past[1], there, purchases.parameters[1], young),
    )


def _cells(x: Numbers, age: Numbers, there: Numbers, alpha: float, young: NDArray[np.bool_]) -> _Cells:
    """Customers with as many purchases and much of an age, however many states there are.

    Parameters
    ----------
    there : (n,) customers of each state expected to be alive, by whom a cell's means are weighed
    """
    bought = np.where(x <= _EXACT, x, np.round(_EXACT * np.log(np.maximum(x, 1.0) / _EXACT)) + _EXACT)
    lived = np.floor(np.log(alpha + age) / _AGE_STEP)
    kinds, of = np.unique(np.stack([bought, lived, young]), axis=1, return_inverse=True)
    of, size = np.ravel(of), kinds.shape[1]
    weight = there + _TINY  # even where nobody is left
    share = weight / sum_by(of, weight, size)[of]
    return _Cells(sum_by(of, share * x, size), kinds[2] > 0, of, share)


def _expected_money(spend: SpendModel, x: Numbers, customers: Numbers, spent: Numbers) -> Numbers:
    """E[M | x, m_x] of the customers of each state, added up."""
    if not spend.has_mean:
        return np.where(x > 0, spent / np.maximum(x, 1.0), customers * spend.observed_mean)
    return np.asarray(spend.p * (spend.gamma * customers + spent) / (spend.p * x + spend.q - 1.0))
