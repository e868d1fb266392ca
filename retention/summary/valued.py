"""The models, what customers are worth by them, and how far to trust it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from retention import aggregate, lifetime_value
from retention.lifetime_value import HeldBack, Terms
from retention.multiples import with_value_to_come
from retention.plain import plain
from retention.resampling import Estimate
from retention.summary import groups

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pandas as pd

    from retention.errors import DataWarning
    from retention.flows import Flows
    from retention.lifetime_value import (
        CustomerValues,
        PurchaseKind,
        PurchaseModel,
        SpendModel,
        ValueAtRisk,
    )
    from retention.orders import Orders
    from retention.summary.question import Question

_TOTALS = ("total", "low", "high", "expected_purchases", "top_20_percent_share")
_BY_GROUP = {"p_alive": "expected_active", "clv": "total"}


@dataclass(frozen=True)
class Valued:
    """What was fitted to the orders and follows from it.

    Attributes
    ----------
    models : every kind of purchase model
    purchases : the one asked for
    leaving : the one that says who is lost: the one asked for, or MBG/NBD where that is BG/NBD, for which
        everybody with one purchase is still there
    spend : the spend model
    worth : of every customer
    risk : what is lost with customers who have perhaps left
    terms : on which all is valued
    """

    models: Mapping[PurchaseKind, PurchaseModel]
    purchases: PurchaseModel
    leaving: PurchaseModel
    spend: SpendModel
    worth: CustomerValues
    risk: ValueAtRisk
    terms: Terms


def value_customers(people: pd.DataFrame, by_period: Flows, question: Question) -> Valued:
    """Fit every model and value every customer.

    Raises
    ------
    InputError
        If a model cannot be fitted.
    """
    states = aggregate.states(people)
    models = {
        kind: lifetime_value.fit_purchases(states, question.time_unit, kind)
        for kind in lifetime_value.FAMILIES
    }
    spend = lifetime_value.fit_spend(aggregate.spend(people))
    terms = Terms(question.horizon_months, question.discount_rate, question.margin, by_period.net_share())
    purchases = models[question.purchase_kind]
    leaving = models["mbg_nbd"] if purchases.kind == "bg_nbd" else purchases
    return Valued(
        models=models,
        purchases=purchases,
        leaving=leaving,
        spend=spend,
        worth=lifetime_value.customer_values(people, purchases, spend, **asdict(terms)),
        risk=lifetime_value.value_at_risk(people, leaving, spend, terms),
        terms=terms,
    )


def plain_lifetime_value(
    orders: Orders, people: pd.DataFrame, monthly: Flows, found: Valued | None, question: Question
) -> tuple[dict[str, Any], tuple[DataWarning, ...]]:
    """The models, what today's customers are worth, in which groups, how far to trust it.

    None where the models cannot be fitted. With it come the warnings of the trial.
    """
    trusted, noted = _trust(orders, people, question)
    out: dict[str, Any] = {
        "time_unit": question.time_unit,
        "model": question.purchase_kind,
        **dict.fromkeys(lifetime_value.FAMILIES),
        "gamma_gamma": None,
        "horizon_months": question.horizon_months,
        **dict.fromkeys((*_TOTALS, "by_cohort", "by_segment")),
        **trusted,
        "validity": plain(_validity(orders, people, monthly)),
    }
    if found is None:
        return out, noted
    out |= {kind: _model(model) for kind, model in found.models.items()}
    out["gamma_gamma"] = _model(found.spend) | {
        "correlation": found.spend.correlation,
        "spearman": found.spend.spearman,
    }
    out |= {name: plain(getattr(found.worth, name)) for name in _TOTALS}
    return out | _by_group(orders, found, question), (*noted, *found.worth.warnings)


def hold_back(orders: Orders, until: date | None = None) -> HeldBack:
    """The small tables of what was known up to a day, by default the middle one, and of what followed.

    Raises
    ------
    InputError
        ``holdout_outside_data``, see `lifetime_value.calibration_end`.
    """
    end = lifetime_value.calibration_end(orders.window, until)
    known = aggregate.customers(aggregate.until(orders, end))
    return HeldBack(
        window=orders.window,
        until=end,
        outcomes=aggregate.held_back(orders, end),
        spend=aggregate.spend(known),
        repeats=aggregate.repeats_by_day(orders, end),
    )


def quoted(orders: Orders, found: Valued | None) -> dict[str, Estimate | None]:
    """What the claims quote of lifetime value."""
    if found is None:
        return {}
    best = found.worth.top_20_percent_share
    return {
        "best_future": None if best is None else Estimate(best),
        "lost_customer": found.risk.each,
        "multiple_to_come": with_value_to_come(orders, found.worth.table),
    }


def _by_group(orders: Orders, found: Valued, question: Question) -> dict[str, Any]:
    people = found.worth.table.assign(p_alive=found.risk.table["p_alive"])

    def table(group: pd.Series) -> pd.DataFrame:
        rows = lifetime_value.value_by_group(people, group, found.purchases, found.spend, found.terms)
        return rows.rename(columns=_BY_GROUP)

    return {
        "by_cohort": groups.by_cohort(people, orders, question.period, table),
        "by_segment": groups.by_segment(people, orders, table),
    }


def _validity(orders: Orders, people: pd.DataFrame, monthly: Flows) -> tuple[DataWarning, ...]:
    return lifetime_value.validity(
        monthly.table,
        aggregate.flows(orders, "day"),
        aggregate.gaps(orders, "year", unit="day"),
        people,
        orders.window,
    )


def _trust(
    orders: Orders, people: pd.DataFrame, question: Question
) -> tuple[dict[str, Any], tuple[DataWarning, ...]]:
    """The holdout, the verdict with its reasons, and what stands against relying on the forecast."""
    gate = lifetime_value.reliability(people, orders.window, question.as_of or orders.window.last)
    found = lifetime_value.holdouts(hold_back(orders, question.holdout))
    verdict = lifetime_value.verdict(found.of(question.purchase_kind), gate)
    told = {
        "holdout": lifetime_value.plain_holdout(found, question.purchase_kind),
        "trust": verdict.trust,
        "reliable": not gate,
        "reasons": [plain(reason) for reason in verdict.reasons],
    }
    return told, (*gate, *([found.missing] if found.missing else []))


def _model(model: PurchaseModel | SpendModel) -> dict[str, Any]:
    return {
        **model.named,
        "log_likelihood": model.log_likelihood,
        "aic": model.aic,
        "bic": model.bic,
        "standard_errors": plain(model.standard_errors),
        "intervals": plain(model.intervals),
    }
