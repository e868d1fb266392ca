"""The footing of a purchase model: the uplift as a lower drop-out, through to purchases and their value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retention.errors import DataWarning
from retention.lifetime_value import (
    grouped_states,
    leaving_rates,
    leaving_rates_of_new,
    mean_spend,
    parameter_draws,
)
from retention.lifetime_value.models.arrays import purchase_parameters, sum_by
from retention.lifetime_value.models.beta_geometric import BetaGeometric
from retention.periods import PER_YEAR
from retention.what_if.footing import Footing
from retention.what_if.mixture import Mixture
from retention.what_if.plan import Base, Doubt
from retention.what_if.risk_grid import RISKS, spread

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import LeavingRates, PurchaseModel, SpendModel
    from retention.lifetime_value.models.fitted import Family
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
    """Customers much alike: (c,) each, and in which cell every state is."""

    x: Numbers
    age: Numbers
    young: NDArray[np.bool_]
    of: NDArray[np.int64]


@dataclass(frozen=True)
class _States:
    """Customers by what is seen of them, in the model's unit of time.

    Attributes
    ----------
    x, t_x, T, customers : (n,) states, and customers in each
    worth : (n,) what their purchases are expected to be worth, added up; value : one of a new customer's
    length : of a period
    cells : those much alike together
    """

    x: Numbers
    t_x: Numbers
    T: Numbers
    customers: Numbers
    worth: Numbers
    value: float
    length: float
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

    Customers alive leave at the rate p·λ, or μ in the Pareto/NBD, and a programme multiplies it. A purchase
    is worth what each customer's past suggests, E[M | x, m_x], and the first one of a new customer what first
    purchases were worth; both less refunds. The draws are of the purchase model's parameters.

    Parameters
    ----------
    people : x, t_x, T in days, m_x and first_value, a customer a row
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
    length = _DAYS_PER_YEAR / PER_YEAR[period]
    states = _states(people, purchases, spend, length, net_share)
    drawn = np.concatenate([[purchases.parameters], parameter_draws(purchases, draws)])
    today, young = _there(states, purchases.family, drawn)
    won, lost = _won(states, purchases.family, drawn)
    active = float(today[0, :, 0].sum())
    pays = Mixture(RISKS[:, None], today, won, young, leaves="any_time").transition(np.ones(1)).pays[:, 0]
    revenue = float(today[1, :, 0] @ pays) / active if active > 0 else 0.0
    if revenue <= 0:
        return None
    of_one = np.array([1.0, 1.0 / revenue, 1.0])[:, None, None]
    mixture = Mixture(
        RISKS[:, None],
        today * of_one / active,
        won * of_one,
        young * of_one / active,
        leaves="any_time",
        at_once=(net_share * float(people["first_value"].mean()) / revenue, 1.0),
        lost_at_once=None if lost is None else lost * of_one,
    )
    footing = Footing("purchases", mixture, warnings=(*purchases.warnings, *spend.warnings))
    doubt = _doubt(states, purchases, people)
    return Base(period, active, won_per_period, revenue, doubt), _with_warning(footing, PER_YEAR[period])


def _doubt(states: _States, purchases: PurchaseModel, people: pd.DataFrame) -> Doubt:
    """What the draws of the model leave out: who of today's is there, and what purchases are worth."""
    alive = purchases.family.alive(purchases.parameters, states.x, states.t_x, states.T)
    there = float(states.customers @ alive)
    spent = people.loc[people["x"] > 0, "m_x"].to_numpy(dtype=float)
    known = spent.size > 1 and spent.mean() > 0
    return Doubt(
        active=float(np.sqrt(states.customers @ (alive * (1.0 - alive)))) / there,
        revenue=float(spent.std(ddof=1) / spent.mean() / np.sqrt(spent.size)) if known else 0.0,
    )


def _with_warning(footing: Footing, periods_per_year: float) -> Footing:
    leaving = 1.0 - float(footing.retention[0]) ** periods_per_year
    if leaving >= _HARDLY:
        return footing
    noted = DataWarning("hardly_any_dropout", {"leaving": leaving})
    return replace(footing, warnings=(*footing.warnings, noted))


def _there(states: _States, family: Family, drawn: Numbers) -> tuple[Numbers, Numbers]:
    """Today's customers, and the young among them, under each of d parameters.

    Each is customers, money of a period and purchases at each risk: (3, m, d).
    """
    cells, found = states.cells, []
    for parameters, rates in zip(drawn, leaving_rates(family, drawn, cells.x, cells.age), strict=True):
        alive = family.alive(purchase_parameters(parameters), states.x, states.t_x, states.T)
        here = sum_by(cells.of, alive * states.customers, cells.x.size)
        money = sum_by(cells.of, alive * states.worth, cells.x.size)
        old = spread(rates, states.length)
        found.append((old.of(here, money), old.of(here * cells.young, money * cells.young)))
    today, young = (np.stack(parts, axis=2) for parts in zip(*found, strict=True))
    return today, young


def _won(states: _States, family: Family, drawn: Numbers) -> tuple[Numbers, Numbers | None]:
    """One new customer likewise, and the part of them lost right after the first purchase, if any."""
    rates = leaving_rates_of_new(family, drawn)
    won = _of_one(rates, states)
    if not isinstance(family, BetaGeometric) or not family.from_first:
        return won, None
    return won, _of_one(replace(rates, weight=rates.weight * rates.last), states)


def _of_one(rates: LeavingRates, states: _States) -> Numbers:
    found = spread(rates, states.length)
    customers, purchases = found.customers.T, found.purchases.T
    return np.array([customers, states.value * purchases, purchases])


def _states(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, days: float, net_share: float
) -> _States:
    """Customers by state, in the model's unit of time; `days` of a period."""
    x, t_x, lived, customers, spent, each = grouped_states(people)
    unit = purchases.days_per_unit
    there = purchases.family.alive(purchases.parameters, x, t_x / unit, lived / unit) * customers
    return _States(
        x=x,
        t_x=t_x / unit,
        T=lived / unit,
        customers=each * customers,
        worth=net_share * each * _expected_money(spend, x, customers, spent),
        value=net_share * mean_spend(spend),
        length=days / unit,
        cells=_cells(x, lived / unit, there, purchases.parameters[1], lived < days),
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
    total = sum_by(of, weight, size)
    mean_x, mean_age = (sum_by(of, weight * values, size) / total for values in (x, age))
    return _Cells(mean_x, mean_age, kinds[2] > 0, of)


def _expected_money(spend: SpendModel, x: Numbers, customers: Numbers, spent: Numbers) -> Numbers:
    """E[M | x, m_x] of the customers of each state, added up."""
    if not spend.has_mean:
        return np.where(x > 0, spent / np.maximum(x, 1.0), customers * spend.observed_mean)
    return np.asarray(spend.p * (spend.gamma * customers + spent) / (spend.p * x + spend.q - 1.0))
