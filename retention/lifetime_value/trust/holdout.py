"""A forecast made as of an earlier day, held against what the same customers then did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.errors import DataWarning, InputError
from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.models.fit_purchases import fit_purchases, unfit
from retention.lifetime_value.models.fit_spend import fit_spend
from retention.lifetime_value.models.when_asked import WhenAsked
from retention.lifetime_value.trust.holdout_tables import (
    ahead,
    by_frequency,
    cumulative_error,
    mean_absolute_percentage_error,
    tracking,
)
from retention.lifetime_value.trust.verdict import trust_in
from retention.lifetime_value.value import predictions
from retention.lifetime_value.value.month_shocks import with_shocks

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseKind, PurchaseModel, SpendModel
    from retention.lifetime_value.trust.held_back import HeldBack
    from retention.lifetime_value.trust.holdout_tables import ByChance
    from retention.lifetime_value.trust.verdict import Trust

Naive = Literal["same_rate", "mean_of_all", "zero", "same_as_last_year"]


@dataclass(frozen=True)
class Errors:
    """How far forecasts of single customers are off, in purchase days.

    Attributes
    ----------
    expected : the forecasts' sum
    rmse : root of the mean squared error, which weighs large misses most
    mean_absolute_error : kind to forecasts that are too low, as most customers buy nothing
    """

    expected: float
    rmse: float
    mean_absolute_error: float


def errors(forecast: Array, actual: Array, customers: Array) -> Errors:
    """Errors of a forecast, each row counted `customers` times."""
    off = forecast - actual
    return Errors(
        expected=float(forecast @ customers),
        rmse=float(np.sqrt(np.average(off**2, weights=customers))),
        mean_absolute_error=float(np.average(np.abs(off), weights=customers)),
    )


def naive_forecasts(x: Array, age: Array, customers: Array, horizon: float) -> dict[Naive, Array]:
    """Purchase days within the horizon by three simple rules.

    Parameters
    ----------
    x : (n,) repeat purchase days; `age` : (n,) time known, in the horizon's unit; `customers` : (n,) counts

    Returns
    -------
    same_rate : as often as each has bought so far, x / T; nothing of who was won on the last day, with T = 0
    mean_of_all : everybody at the rate of all together, Σx / ΣT
    zero : nothing
    """
    known = float(customers @ age)
    rate = float(customers @ x) / known if known > 0 else 0.0
    own = np.divide(x, age, out=np.zeros(x.shape), where=age > 0)
    return {
        "same_rate": own * horizon,
        "mean_of_all": np.full(x.shape, rate * horizon),
        "zero": np.zeros(x.shape),
    }


@dataclass(frozen=True)
class Money:
    """Gross spend in the days held back, in the file's currency: expected, and as it was.

    Attributes
    ----------
    bias : expected / actual − 1, None where nothing was spent
    """

    actual: float
    expected: float
    bias: float | None


@dataclass(frozen=True)
class Holdout:
    """How one kind of model, fitted on the first part of the data, foresaw the rest.

    Attributes
    ----------
    model : as fitted on the first part
    until : its last day; `days` held back after it, `weeks` the same, unrounded
    customers : won by then; all figures are theirs alone
    actual, expected : their purchase days in the days held back
    bias : expected / actual − 1, None where nobody bought
    errors : of the forecast of each customer, in purchase days
    naive : those of forecasts that need no model
    by_chance : where chance alone may put what was made, simulated when asked for
    money : None where the spend model cannot be fitted
    tracked : the table `tracking` makes
    tracking_error : mean |expected / actual − 1| of the cumulative curve from the cut on, over its weeks
    mape : mean absolute percentage error of the cumulative curve over the week ends held back
    """

    model: PurchaseModel
    until: date
    days: int
    weeks: float
    customers: int
    actual: int
    expected: float
    bias: float | None
    errors: Errors
    naive: dict[Naive, Errors]
    by_chance: WhenAsked[ByChance]
    money: Money | None
    tracked: pd.DataFrame
    tracking_error: float | None
    mape: float | None

    @property
    def kind(self) -> PurchaseKind:
        """Which model."""
        return self.model.kind

    @property
    def money_bias(self) -> float | None:
        """Bias of the money, None where nothing is said of it."""
        return self.money.bias if self.money else None

    @property
    def beaten_by(self) -> tuple[Naive, ...]:
        """Naive forecasts whose RMSE is no worse."""
        return tuple(name for name, found in self.naive.items() if found.rmse <= self.errors.rmse)

    @property
    def low(self) -> float:
        """Lower end of the 95 % predictive interval of `actual`, where the model is right but for months."""
        return self.by_chance.value.low

    @property
    def high(self) -> float:
        """Its upper end."""
        return self.by_chance.value.high

    @property
    def by_frequency(self) -> pd.DataFrame:
        """The table of `ByChance`."""
        return self.by_chance.value.by_frequency

    @property
    def within_chance(self) -> bool:
        """Whether what happened lies where chance alone might put it."""
        return self.low <= self.actual <= self.high

    @property
    def trust(self) -> Trust:
        """What the holdout alone says of the forecast."""
        return trust_in(self)


def no_holdout(held: HeldBack) -> DataWarning | None:
    """Why no model can be fitted to what was known and scored on what followed; None where each can.

    Returns
    -------
    ``no_holdout`` with `until` and `reason`: "too_short", "nobody_acquired", "too_few_customers",
    "nobody_repeats" or "nobody_bought" in the days held back
    """
    reason = _impossible(held)
    return None if reason is None else DataWarning("no_holdout", {"reason": reason, "until": held.until})


def known_spend(held: HeldBack) -> SpendModel | None:
    """The spend model of what was known, the same for each kind of purchase model; None where it has none."""
    try:
        return fit_spend(held.spend)
    except InputError:
        return None


def holdout(held: HeldBack, kind: PurchaseKind, spend: SpendModel | None = None) -> Holdout:
    """Fit one kind of model to what was known, and score it on what followed.

    Parameters
    ----------
    spend : what `known_spend` gives; without it nothing is said of money

    Raises
    ------
    InputError
        ``cannot_fit_purchases``, see `fit_purchases`; never where `no_holdout` finds no reason.
    """
    return score(held, fit_purchases(held.states, "week", kind), spend)


def score(held: HeldBack, model: PurchaseModel, spend: SpendModel | None = None) -> Holdout:
    """Score a model on what it has not seen, of the customers won by then.

    Parameters
    ----------
    model, spend : as fitted to what was known; without `spend`, nothing is said of money
    """
    model = with_shocks(model, held.states, held.repeats, held.until)
    x, t_x, age, later, customers = (
        held.outcomes[name].to_numpy(dtype=float) for name in ("x", "t_x", "T", "later", "customers")
    )
    forecast = predictions.expected_purchases(model, x, t_x, age, held.days)
    errors_of = errors(forecast, later, customers)
    rules = naive_forecasts(x, age, customers, held.days)
    naive = {name: errors(rule, later, customers) for name, rule in rules.items()}
    tracked = tracking(model, held)
    return Holdout(
        model=model,
        until=held.until,
        days=held.days,
        weeks=held.weeks,
        customers=held.customers,
        actual=held.purchases,
        expected=errors_of.expected,
        bias=_bias(errors_of.expected, held.purchases),
        errors=errors_of,
        naive=naive | _last_year(held),
        by_chance=WhenAsked(lambda: by_frequency(model, held, forecast)),
        money=None if spend is None else _money(held, forecast, spend),
        tracked=tracked,
        tracking_error=cumulative_error(ahead(model, held)),
        mape=mean_absolute_percentage_error(tracked),
    )


def _last_year(held: HeldBack) -> dict[Naive, Errors]:
    """As often as each customer bought in the same days a year before, where the data knows them."""
    if held.year_before is None:
        return {}
    before, later, customers = (
        held.year_before[name].to_numpy(dtype=float) for name in ("before", "later", "customers")
    )
    return {"same_as_last_year": errors(before, later, customers)}


def _bias(expected: float, actual: float) -> float | None:
    return expected / actual - 1.0 if actual > 0 else None


def _money(held: HeldBack, forecast: Array, spend: SpendModel) -> Money:
    """Σ E[M] · E[Y] against what was spent; E[M] is linear in the mean spend, so states are enough."""
    rows = held.outcomes
    x, customers = rows["x"].to_numpy(), rows["customers"].to_numpy()
    repeats = x * customers
    mean = np.divide(rows["spent"].to_numpy(), repeats, out=np.zeros(len(rows)), where=repeats > 0)
    expected = float(np.sum(gamma_gamma.expected_spend(spend, x, mean) * forecast * customers))
    actual = float(rows["value"].sum())
    return Money(actual, expected, _bias(expected, actual))


def _impossible(held: HeldBack) -> str | None:
    if held.days < 1:
        return "too_short"
    if held.customers == 0:
        return "nobody_acquired"
    if held.purchases == 0:
        return "nobody_bought"
    error = unfit(held.states)
    return error.details["reason"] if error else None
