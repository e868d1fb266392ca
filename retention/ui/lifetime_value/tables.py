"""The Lifetime value page's tables, as they are read and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from retention.charts.lifetime_value.holdout import frequency
from retention.story.tables import dates
from retention.text.model_names import model_name

if TYPE_CHECKING:
    from retention.lifetime_value import (
        Errors,
        Holdout,
        Holdouts,
        Origins,
        Pooled,
        PurchaseModel,
        Quantity,
        SpendModel,
    )
    from retention.text import Words

VALUED = ("customer_id", "clv", "clv_low", "clv_high", "value_at_risk", "p_alive", "expected_purchases")
# What is in sight of tables that are wider than a screen
GROUPS_SHOWN = ("p_alive_band", "cohort", "segment", "customers", "active_expected", *VALUED[1:4], "clv_mean")
AT_RISK_SHOWN = (
    "p_alive_band",
    "cohort",
    "segment",
    "customers",
    "likely_gone",
    "value_at_risk",
    "at_risk_low",
    "at_risk_high",
)
ORIGINS_SHOWN = ("forecast_by", "known_until", "total_expected", "total_made", "bias", "interval_held")
_ENDS = ("purchases_low", "purchases_high", "expected_spend")
_BOUGHT = ("orders", "revenue_net", "first_bought", "last_bought")
_VALUE_OF_GROUP = {"p_alive": "active_expected", "mean": "clv_mean", "low": "clv_low", "high": "clv_high"}
_RISK_OF_GROUP = {
    "lost": "likely_gone",
    "share": "share_at_risk",
    "low": "at_risk_low",
    "high": "at_risk_high",
}
_GROUP = {"p_alive": "p_alive_band", "cohort": "cohort"}


def spread(curves: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Shares of value by shares of customers, of every curve."""
    behind = curves[curves["behind"]]
    named = behind.assign(curve=[words.say(f"chart.{name}") for name in behind["which"]])
    return named[["curve", "share_of_customers", "share_of_value"]]


def groups(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Value still to come by group, whose names are those a reader knows."""
    return rows.rename(columns={"group": _GROUP.get(by, "segment"), **_VALUE_OF_GROUP})


def at_risk(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Value at risk by group, whose names are those a reader knows."""
    return rows.rename(columns={"group": _GROUP.get(by, "segment"), **_RISK_OF_GROUP})


def matrix(cells: pd.DataFrame, quantity: Quantity) -> pd.DataFrame:
    """What the model says of each frequency and recency, those of the most customers first."""
    fullest = cells.sort_values(["customers", "x", "t_x"], ascending=[False, True, True])
    return fullest.rename(columns={"value": quantity})


def bought(days: pd.DataFrame) -> pd.DataFrame:
    """A customer's purchase days."""
    return days.assign(date=dates(days["day"]))[["date", "orders", "value"]]


def customers(rows: pd.DataFrame, ends: pd.DataFrame | None, forecast: str) -> pd.DataFrame:
    """Customers in reading order, with their intervals where there are any, and the forecast's verdict."""
    table = rows.assign(first_bought=dates(rows["first_day"]), last_bought=dates(rows["last_day"]))
    table = (table if ends is None else table.join(ends)).assign(forecast=forecast)
    segments = [name for name in table.columns if str(name).startswith("segment")]
    names = [*VALUED, *_ENDS, *_BOUGHT, *segments, "forecast"]
    return table[[name for name in names if name in table]]


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
            "trust": words.say(f"trust.{each.trust}"),
        }
        for kind, each in found.found.items()
    ]
    guesses = [
        {"forecast_by": words.say(f"naive.{name}"), **_errors(each)} for name, each in here.naive.items()
    ]
    return pd.DataFrame([*models, *guesses]).fillna({"trust": ""})


def season(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The index of each month with its interval."""
    return pd.DataFrame(
        {
            "month_of_year": [words.say(f"month_of_year.{month}") for month in rows["month"]],
            "season_index": rows["index"],
            "interval_from": rows["low"],
            "interval_to": rows["high"],
        }
    )


def origins(tried: Origins, words: Words) -> pd.DataFrame:
    """Every model from all days together, then from each."""
    rows = []
    for variant, by_day in tried.found.items():
        name, pooled = model_name(variant, words), tried.pooled(variant)
        inside = words.say("origins.inside", n=pooled.covered, all=pooled.origins)
        together = {"known_until": words.say("origins.all"), "interval_held": inside}
        rows.append({"forecast_by": name, **together, **_tracked(pooled), "rmse": pooled.rmse})
        for day, found in by_day.items():
            held = words.say(f"origins.held.{'yes' if found.within_chance else 'no'}")
            alone = {"known_until": words.text(day), "interval_held": held}
            rows.append({"forecast_by": name, **alone, **_tracked(found), "rmse": found.errors.rmse})
    return pd.DataFrame(rows)


def _tracked(found: Holdout | Pooled) -> dict[str, Any]:
    names = {"expected": "total_expected", "actual": "total_made", "bias": "bias"}
    return {heading: getattr(found, name) for name, heading in names.items()} | {
        "tracking_error": found.tracking_error
    }


def _errors(found: Errors) -> dict[str, float]:
    return {"rmse": found.rmse, "mean_absolute_error": found.mean_absolute_error}


def parameters(purchases: PurchaseModel, spend: SpendModel, words: Words) -> pd.DataFrame:
    """Both models' parameters with their 95 % intervals, and how well they fit."""
    named = (
        (model_name(purchases, words), purchases),
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
