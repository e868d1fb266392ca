"""A forecast made as of an earlier day, held against what the same customers then did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value import gamma_gamma, naive, predict
from retention.lifetime_value.foreseen import foreseen
from retention.lifetime_value.tracking import mean_absolute_percentage_error, tracking

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.lifetime_value.arrays import Array
    from retention.lifetime_value.hold_back import HeldBack
    from retention.lifetime_value.models import PurchaseKind, PurchaseModel, SpendModel
    from retention.lifetime_value.naive import Errors, Naive

MOST_FREQUENT = 7  # repeat purchases from which on customers are taken together, as in the published plots


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
    low, high : 95 % predictive interval of `actual`, were the model right
    bias : expected / actual − 1, None where nobody bought
    errors : of the forecast of each customer, in purchase days
    naive : those of forecasts that need no model
    by_frequency : frequency (repeat purchase days before, the last row 7 or more), customers, expected and
        actual purchase days each, low and high: 95 % predictive interval of the actual mean
    money : None where the spend model cannot be fitted
    tracked : the table `tracking` makes
    mape : mean absolute percentage error of the cumulative curve over the week ends held back
    """

    model: PurchaseModel
    until: date
    days: int
    weeks: float
    customers: int
    actual: int
    expected: float
    low: float
    high: float
    bias: float | None
    errors: Errors
    naive: dict[Naive, Errors]
    by_frequency: pd.DataFrame
    money: Money | None
    tracked: pd.DataFrame
    mape: float | None

    @property
    def kind(self) -> PurchaseKind:
        """Which model."""
        return self.model.kind

    @property
    def beaten_by(self) -> tuple[Naive, ...]:
        """Naive forecasts whose RMSE is no worse."""
        return tuple(name for name, found in self.naive.items() if found.rmse <= self.errors.rmse)


def holdout(held: HeldBack, model: PurchaseModel, spend: SpendModel | None = None) -> Holdout:
    """Score a model on what it has not seen, of the customers won by then.

    Parameters
    ----------
    model, spend : as fitted to what was known; without `spend`, nothing is said of money
    """
    x, t_x, age, later, customers = (
        held.outcomes[name].to_numpy(dtype=float) for name in ("x", "t_x", "T", "later", "customers")
    )
    forecast = predict.expected_purchases(model, x, t_x, age, held.days)
    by_frequency, (low, high) = _by_frequency(model, held, forecast)
    expected = float(forecast @ customers)
    rules = naive.forecasts(x, age, customers, held.days)
    tracked = tracking(model, held)
    return Holdout(
        model=model,
        until=held.until,
        days=held.days,
        weeks=held.weeks,
        customers=held.customers,
        actual=held.purchases,
        expected=expected,
        low=low,
        high=high,
        bias=_bias(expected, held.purchases),
        errors=naive.errors(forecast, later, customers),
        naive={name: naive.errors(rule, later, customers) for name, rule in rules.items()},
        by_frequency=by_frequency,
        money=None if spend is None else _money(held, forecast, spend),
        tracked=tracked,
        mape=mean_absolute_percentage_error(tracked),
    )


def _bias(expected: float, actual: float) -> float | None:
    return expected / actual - 1.0 if actual > 0 else None


def _by_frequency(
    model: PurchaseModel, held: HeldBack, forecast: Array
) -> tuple[pd.DataFrame, tuple[float, float]]:
    """Compare means by calibration frequency, with their predictive intervals and that of the total."""
    rows = held.outcomes.assign(
        frequency=held.outcomes["x"].clip(upper=MOST_FREQUENT),
        expected=forecast * held.outcomes["customers"],
        actual=held.outcomes["later"] * held.outcomes["customers"],
    )
    found = rows.groupby("frequency", as_index=False)[["customers", "expected", "actual"]].sum()
    states = held.states
    unit = model.days_per_unit
    low, high = foreseen(
        model,
        (states["x"].to_numpy(dtype=float), states["t_x"].to_numpy() / unit, states["T"].to_numpy() / unit),
        states["customers"].to_numpy(dtype=float),
        np.searchsorted(found["frequency"], states["x"].clip(upper=MOST_FREQUENT)),
        held.days / unit,
    )
    ends = {"low": low[:-1], "high": high[:-1]}
    means = found.assign(**ends)[["expected", "actual", "low", "high"]].div(found["customers"], axis=0)
    return found[["frequency", "customers"]].join(means), (float(low[-1]), float(high[-1]))


def _money(held: HeldBack, forecast: Array, spend: SpendModel) -> Money:
    """Σ E[M] · E[Y] against what was spent; E[M] is linear in the mean spend, so states are enough."""
    rows = held.outcomes
    x, customers = rows["x"].to_numpy(), rows["customers"].to_numpy()
    repeats = x * customers
    mean = np.divide(rows["spent"].to_numpy(), repeats, out=np.zeros(len(rows)), where=repeats > 0)
    expected = float(np.sum(gamma_gamma.expected_spend(spend, x, mean) * forecast * customers))
    actual = float(rows["value"].sum())
    return Money(actual, expected, _bias(expected, actual))
