"""The Lifetime value page's tables: the holdout's, and the models' parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.charts.lifetime_value.holdout import frequency
from retention.lifetime_value import trust_in

if TYPE_CHECKING:
    from retention.lifetime_value import Errors, Holdout, Holdouts, PurchaseModel, SpendModel
    from retention.text import Words

_ORIGIN = pd.Timestamp("1970-01-01").toordinal()


def weeks(found: Holdout) -> pd.DataFrame:
    """Repeat purchase days by week and up to its end, made and expected."""
    named = {
        "actual": "week_actual",
        "expected": "week_expected",
        "cumulative_actual": "actual_so_far",
        "cumulative_expected": "expected_so_far",
    }
    rows = found.tracked.assign(date=pd.to_datetime(found.tracked["ends"] - _ORIGIN, unit="D").dt.date)
    return (
        rows[["week", "date", *named]]
        .rename(columns=named)
        .astype({"week_actual": int, "actual_so_far": int})
    )


def frequencies(found: Holdout, words: Words) -> pd.DataFrame:
    """Mean purchase days by how often customers had bought before, and what chance allows."""
    named = {
        "expected": "mean_expected",
        "low": "mean_expected_low",
        "high": "mean_expected_high",
        "actual": "mean_actual",
    }
    rows = found.by_frequency
    return pd.DataFrame(
        {
            "repeats_before": [frequency(int(number), words) for number in rows["frequency"]],
            "customers": rows["customers"],
            **{heading: rows[name] for name, heading in named.items()},
        }
    )


def scores(found: Holdouts, here: Holdout, words: Words) -> pd.DataFrame:
    """Every model and every simple guess: total, bias, errors, verdict."""
    models = [
        {
            "forecast_by": words.say(f"setting.purchase_kind.{kind}"),
            "total_expected": each.expected,
            "bias": each.bias,
            **_errors(each.errors),
            "mape": each.mape,
            "trust": words.say(f"trust.{trust_in(each)}"),
        }
        for kind, each in found.found.items()
    ]
    guesses = [
        {"forecast_by": words.say(f"naive.{name}"), **_errors(each)} for name, each in here.naive.items()
    ]
    return pd.DataFrame([*models, *guesses]).fillna({"trust": ""})


def _errors(found: Errors) -> dict[str, float]:
    return {"rmse": found.rmse, "mean_absolute_error": found.mean_absolute_error}


def parameters(purchases: PurchaseModel, spend: SpendModel, words: Words) -> pd.DataFrame:
    """Both models' parameters with their 95 % intervals, and how well they fit."""
    named = (
        (words.say(f"setting.purchase_kind.{purchases.kind}"), purchases),
        ("Gamma-Gamma", spend),
    )
    rows = []
    for model, fitted in named:
        for name, ends in fitted.intervals.items():
            figures = {"estimate": fitted.named[name], "interval_from": ends[0], "interval_to": ends[1]}
            figures["standard_error"] = fitted.standard_errors[name]
            rows.append({"model": model, "parameter": name, **_exact(figures, words)})
        fit = {"log-likelihood": fitted.log_likelihood, "AIC": fitted.aic, "BIC": fitted.bic}
        rows += [
            {"model": model, "parameter": name, **_exact({"estimate": value}, words)}
            for name, value in fit.items()
        ]
    return pd.DataFrame(rows).fillna("")


def _exact(figures: dict[str, float], words: Words) -> dict[str, str]:
    return {name: words.say("value.exact", value=value) for name, value in figures.items()}
