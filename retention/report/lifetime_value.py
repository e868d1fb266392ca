"""The models, what customers are worth by them, and how far to trust it, as plain data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention.lifetime_value import BANDS, FAMILIES, Variant
from retention.periods import DAYS_PER_MONTH, key, number_of
from retention.report.holdout import corrected, holdout, named, origins
from retention.report.plain import plain, records
from retention.statistics import Estimate

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import PurchaseModel, SpendModel
    from retention.periods import Period
    from retention.study import Settings, Study, Value

_TOTALS = ("total", "low", "high", "expected_purchases", "top_20_percent_share")
_OF_SEASON = ("index", "low", "high", "from", "to", "log_likelihood", "plain_log_likelihood")
_BY_GROUP = {"p_alive": "expected_active", "clv": "total"}


def lifetime_value(study: Study, value: Value | None, settings: Settings) -> dict[str, Any]:
    """The models, what today's customers are worth, in which groups, how far to trust it.

    Parameters
    ----------
    value : on the settings' terms; None where the models cannot be fitted
    """
    out: dict[str, Any] = {
        "time_unit": settings.time_unit,
        **dict.fromkeys(FAMILIES),
        "gamma_gamma": None,
        "horizon_months": settings.horizon_months,
        **dict.fromkeys((*_TOTALS, "month_shocks", "corrected", "by_cohort", "by_segment")),
        **_trust(study, settings),
        "validity": plain(study.models.validity()),
    }
    if value is None:
        return out
    out |= {kind: _model(study.models.purchases(Variant(kind), settings.time_unit)) for kind in FAMILIES}
    out["season"] |= _season(study, value)
    spend, customers = value.spend, value.customers
    out["gamma_gamma"] = _model(spend) | {"correlation": spend.correlation, "spearman": spend.spearman}
    out |= {name: plain(getattr(customers, name)) for name in _TOTALS}
    shocks = value.purchases.shocks
    as_of = settings.as_of or study.window.last
    trust = study.models.verdict(value.variant, as_of, value.terms.days, settings.holdout)
    return out | {
        "month_shocks": None if shocks is None else {"sd": shocks.sd, "months": shocks.month.size},
        "corrected": corrected(trust.correction, customers),
        "by_cohort": _cohorts(_groups(value.by_group("cohort", settings.period)), value, settings.period),
        "by_segment": _segments(study, {c: _groups(value.by_group(c)) for c in study.segments.values()}),
    }


def lost_customer(value: Value, cac: float | None) -> dict[str, Any]:
    """Value of a lost customer had they stayed, and what replacing one costs with a known CAC."""
    risk = value.at_risk
    replaced = None if cac is None else value.replacement(cac)
    return {
        **plain(risk.each or Estimate(float("nan"))),
        "customers_lost": risk.lost,
        "model": value.variant.kind,
        "horizon_months": value.terms.horizon_months,
        "replacement": None
        if replaced is None
        else {
            **plain(replaced.net),
            "cac": replaced.cac,
            "new_customer_value": replaced.new_customer_value,
        },
        "warnings": plain(risk.warnings),
    }


def value_at_risk(study: Study, value: Value, finest: Period) -> dict[str, Any]:
    """Value lost with customers who have perhaps left, in all and where it lies."""
    risk = value.at_risk
    fifths = records(value.risk_by_group("p_alive"))
    return {
        "total": risk.total.value,
        "low": risk.total.low,
        "high": risk.total.high,
        "if_active": risk.if_active,
        "by_p_alive": [{"from": BANDS[k := row.pop("group")], "to": BANDS[k + 1], **row} for row in fifths],
        "by_cohort": _cohorts(value.risk_by_group("cohort", finest), value, finest),
        "by_segment": _segments(study, {c: value.risk_by_group(c) for c in study.segments.values()}),
    }


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns=_BY_GROUP)


def _cohorts(rows: pd.DataFrame, value: Value, finest: Period) -> list[dict[str, Any]]:
    period = value.cohort_period(finest)
    return [{"cohort": key(row.pop("group"), period), **row} for row in records(rows)]


def _segments(study: Study, tables: dict[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """A row a segment, null for customers without one, by the file's name of the segment's column."""
    return {
        name: records(tables[column].rename(columns={"group": "segment"}))
        for name, column in study.segments.items()
    }


def _trust(study: Study, settings: Settings) -> dict[str, Any]:
    """The holdout, the verdict with its reasons, and what stands against relying on the forecast."""
    until = study.models.calibration_end(settings.holdout)
    as_of = settings.as_of or study.window.last
    used, horizon = study.models.chosen(settings.model), DAYS_PER_MONTH * settings.horizon_months
    trust = study.models.verdict(used, as_of, horizon, settings.holdout)
    tried = study.models.compared(horizon, used.kind)
    return {
        **named(used),
        "season": {"on": used.season, **dict.fromkeys(_OF_SEASON)},
        "origins": origins(tried),
        "proposed": None if tried.proposed is None else named(tried.proposed),
        "holdout": holdout(study.models.holdouts(until), study.models.holdout(used, until)),
        "trust": trust.trust,
        "reliable": not study.models.reliability(as_of),
        "reasons": [plain(reason) for reason in trust.reasons],
    }


def _season(study: Study, value: Value) -> dict[str, Any]:
    """The season of the shop by the model used, whether it is used or not; nothing where it can know none."""
    if not value.variant.may_know_seasons:
        return {}
    season = study.models.purchases(replace(value.variant, season=True), value.unit).season
    if season is None:
        return {}
    first, last = (key(number_of(day, "month"), "month") for day in (season.first, season.last))
    ends = {"low": season.low.tolist(), "high": season.high.tolist(), "from": first, "to": last}
    told = {name: getattr(season, name) for name in ("log_likelihood", "plain_log_likelihood")}
    return {"index": list(season.index), **ends, **told}


def _model(model: PurchaseModel | SpendModel) -> dict[str, Any]:
    return {
        **model.named,
        "log_likelihood": model.log_likelihood,
        "aic": model.aic,
        "bic": model.bic,
        "standard_errors": plain(model.standard_errors),
        "intervals": plain(model.intervals),
    }
