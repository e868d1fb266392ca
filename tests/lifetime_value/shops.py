"""Shops to test on: the published one, and simulated ones that follow the models' own story."""

from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from retention import aggregate
from retention.errors import InputError
from retention.lifetime_value import (
    HeldBack,
    PurchaseModel,
    SpendModel,
    calibration_end,
    expected_spend,
    fit_purchases,
    fit_spend,
)
from retention.lifetime_value.models.identifiability import Cautions
from retention.lifetime_value.models.season import Season
from retention.lifetime_value.models.when_asked import WhenAsked
from retention.lifetime_value.value import predictions
from retention.orders import Orders
from retention.periods import Window

CALIBRATION_END = date(1997, 9, 30)
HOLDOUT_END = date(1998, 6, 30)


def cdnow(until: date = CALIBRATION_END) -> Orders:
    """CDNOW's 2,357 customers; their few orders worth nothing are kept, as in the published results."""
    (package,) = find_spec("lifetimes").submodule_search_locations
    rows = pd.read_csv(
        Path(package) / "datasets" / "CDNOW_sample.txt",
        sep=r"\s+",
        names=["master_id", "customer_id", "date", "items", "value"],
        dtype={"customer_id": str, "date": str},
    )
    rows = rows.assign(date=pd.to_datetime(rows["date"], format="%Y%m%d"), order_id=None, kind="purchase")
    rows = rows[rows["date"].dt.date <= until]
    columns = ["customer_id", "order_id", "date", "value", "kind"]
    return Orders(rows[columns].reset_index(drop=True), Window(date(1997, 1, 1), until))


def hold_back(orders: Orders, until: date | None = None) -> HeldBack:
    """The small tables of orders held back from a day on."""
    end, made = calibration_end(orders.window, until), aggregate.prepare(orders)
    return HeldBack(
        window=orders.window,
        until=end,
        outcomes=aggregate.held_back(made, end),
        spend=aggregate.spend(aggregate.customers(made.until(end))),
        repeats=aggregate.repeats_by_day(made, end),
    )


def purchase_model(r, alpha, third, fourth, unit="week", log_sd=1e-6, kind="bg_nbd") -> PurchaseModel:
    """A model with given parameters, known as well as `log_sd` says."""
    spread = np.eye(4) * log_sd**2
    return PurchaseModel(kind, (r, alpha, third, fourth), 0.0, spread, WhenAsked(Cautions), unit, 1)


def unsure(model, *alternatives) -> PurchaseModel:
    """The model where other parameters fit nearly as well."""
    return replace(model, cautions=WhenAsked(lambda: Cautions((), np.array(alternatives).reshape(-1, 4))))


def season(model, index, last, log_sd=0.0) -> Season:
    """A season of given index, known as well as `log_sd` says, apart from the model's parameters."""
    spread = np.eye(16) * log_sd**2
    spread[:4, :4] = model.covariance
    return Season(tuple(index), date(last.year - 2, 1, 1), last, spread, 0.2, 0.0, 0.0, 5.0)


def spend_model(p, q, gamma, log_sd=1e-6, observed_mean=1.0) -> SpendModel:
    return SpendModel(p, q, gamma, 0.0, np.eye(3) * log_sd**2, observed_mean, None, None, 1)


def with_parameters(model, **parameters):
    return replace(model, **parameters)


def live(chance, rate, leaves, days):
    """Purchase times in [0, days] of one customer, told step by step: buy, then perhaps leave for good."""
    times, now = [], 0.0
    while True:
        now += chance.exponential(1.0 / rate)
        if now > days:
            return times
        times.append(now)
        if chance.random() < leaves:
            return times


def simulated_people(chance, customers, oldest, r, alpha, a, b, *, youngest=None, p=4.0, q=4.0, gamma=15.0):
    """A base that follows BG/NBD (α in days) and Gamma-Gamma; a = 0 for a shop nobody leaves."""
    people = []
    for _ in range(customers):
        age = oldest if youngest is None else int(chance.integers(youngest, oldest + 1))
        leaves = chance.beta(a, b) if a > 0 else 0.0
        times = live(chance, chance.gamma(r) / alpha + 1e-12, leaves, age)
        days = sorted({int(np.ceil(time)) for time in times})
        each = chance.gamma(p, size=len(days)) / (chance.gamma(q) / gamma)
        mean = float(each.mean()) if days else None
        people.append((len(days), days[-1] if days else 0, age, mean))
    return pd.DataFrame(people, columns=["x", "t_x", "T", "m_x"]).astype({"m_x": float})


def fitted_or_refused(states, spend):
    """Both models, or the code with which the library says that it cannot."""
    try:
        return fit_purchases(states), fit_spend(spend)
    except InputError as error:
        return error.code


def expected_money(people, purchases, spend, days) -> float:
    """Σ E[M] · E[Y] customer by customer."""
    bought = predictions.expected_purchases(purchases, people["x"], people["t_x"], people["T"], days)
    mean = people["m_x"].to_numpy(dtype=float, na_value=np.nan)
    return float(bought @ expected_spend(spend, people["x"], mean))
