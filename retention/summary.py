"""Every figure of one file as plain data: what the command line writes as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from retention import aggregate, claims, lifetime_value, overview, truncation
from retention.cohorts import cohort_table, plain_cohorts
from retention.dropoff import plain_steps
from retention.economics import costs
from retention.errors import DataWarning, InputError
from retention.flows import flows, measured_retention
from retention.lifetime_value import Terms
from retention.metrics import active_days, metrics
from retention.multiples import with_value_to_come
from retention.periods import key
from retention.plain import plain, records
from retention.resampling import Estimate

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.flows import Flows
    from retention.ingest import Guess, Intake, Mapping
    from retention.lifetime_value import CustomerValues, PurchaseKind, PurchaseModel, SpendModel, TimeUnit
    from retention.orders import Orders
    from retention.periods import Period


_PLAN_YEARS = 3.0  # of the simulated rise in retention, as on the What if page


@dataclass(frozen=True)
class Question:
    """What is asked of a file.

    Attributes
    ----------
    period : of cohorts, flows and retention
    time_unit : of the purchase model's parameters
    purchase_kind : which purchase model values customers
    horizon_months, discount_rate (a year), margin : of lifetime value
    holdout : last day of the part of the data the models are tried on, by default the middle one
    as_of : the day the forecast starts from, by default the observation end
    leave_out_left_truncated : whether pooled retention, order values and drop-off leave out possible old
        customers

    Raises
    ------
    InputError
        ``setting_out_of_range`` for the horizon, the discount rate or the margin.
    """

    period: Period = "month"
    time_unit: TimeUnit = "week"
    purchase_kind: PurchaseKind = "bg_nbd"
    horizon_months: int = 12
    discount_rate: float = 0.10
    margin: float = 1.0
    holdout: date | None = None
    as_of: date | None = None
    leave_out_left_truncated: bool = False

    def __post_init__(self) -> None:
        lifetime_value.Terms(self.horizon_months, self.discount_rate, self.margin)


def summarise(
    intake: Intake, mapping: Mapping, guess: Guess, question: Question, spend: pd.DataFrame | None = None
) -> dict[str, Any]:
    """All figures of a file; what cannot be computed is None and says why among the warnings.

    Parameters
    ----------
    spend : marketing spend as `retention.ingest.read_spend` reads it; some claims need it

    Returns
    -------
    Nested dicts and lists of numbers, text and None, ready for JSON
    """
    orders, people = intake.orders, aggregate.customers(intake.orders)
    by_period = flows(orders, question.period)
    valued, trouble, quoted = _lifetime_value(orders, people, by_period, question)
    bent = (*truncation.warnings(orders, question.period), *truncation.drop_off_warnings(orders))
    found = (*intake.warnings, *bent, *trouble)
    return {
        "input": _input(intake, mapping, guess),
        "metrics": _metrics(orders, people, question) | overview.described(orders, question.period),
        "flows": _flows(by_period),
        "cohorts": _cohorts(orders, question),
        "dropoff": plain_steps(truncation.counted(orders, leave_out=question.leave_out_left_truncated)),
        "claims": _claims(orders, people, question, spend, quoted),
        "lifetime_value": valued,
        "warnings": [plain(warning) for warning in found],
    }


def _input(intake: Intake, mapping: Mapping, guess: Guess) -> dict[str, Any]:
    account, window = intake.account, intake.orders.window
    return {
        "rows": account.rows,
        "rows_read": account.rows_read,
        "not_data": dict(account.not_data),
        "rows_used": account.rows_used,
        "set_aside": {reason: rows for reason, (rows, _) in account.set_aside.items()},
        "customers": account.customers,
        "orders": account.purchases,
        "refunds": account.refunds,
        "zero_orders": account.zero_orders,
        "first_date": window.first.isoformat(),
        "last_date": window.last.isoformat(),
        "after_until": account.after_until,
        "cancelled": account.cancelled,
        "overlap": account.overlap,
        "left_out": {switch: rows for switch, (rows, _) in account.left_out.items()},
        "duplicate_rows": account.duplicate_rows,
        "customers_without_purchase": account.customers_without_purchase,
        "left_truncated_customers": truncation.left_truncated(intake.orders),
        "mapping": {str(role): column for role, column in mapping.columns.items()},
        "platform": guess.platform,
        "currency": intake.orders.currency,
    }


def _metrics(orders: Orders, people: pd.DataFrame, question: Question) -> dict[str, Any]:
    found = asdict(metrics(orders, question.period, people))
    if question.leave_out_left_truncated:
        later = truncation.without_left_truncated(orders)
        others = metrics(later, question.period, aggregate.customers(later))
        found["first_order_value"] = others.first_order_value
        found["repeat_order_value"] = others.repeat_order_value
    return {name: plain(value) for name, value in found.items()}


def _flows(found: Flows) -> list[dict[str, Any]]:
    rows = records(found.table)
    return [{**row, "period": key(row["period"], found.period)} for row in rows]


def _cohorts(orders: Orders, question: Question) -> dict[str, Any]:
    everybody = cohort_table(orders, question.period)
    counted = (
        cohort_table(truncation.without_left_truncated(orders), question.period)
        if question.leave_out_left_truncated
        else everybody
    )
    return plain_cohorts(orders, everybody, counted, active_days(orders))


def _claims(
    orders: Orders,
    people: pd.DataFrame,
    question: Question,
    spend: pd.DataFrame | None,
    quoted: dict[str, Estimate | None],
) -> list[dict[str, Any]]:
    monthly, measured = flows(orders, "month"), measured_retention(orders, "month")
    terms = {"margin": question.margin, "discount_rate": question.discount_rate, "years": _PLAN_YEARS}
    known = claims.Evidence(
        bought=claims.bought(orders, people),
        lift=claims.lift(monthly, measured.textbook if measured else None, **terms),
        costs=None if spend is None else costs(spend, monthly.table),
        prospects=None if spend is None else claims.prospects(spend, monthly),
        **quoted,
    )
    return claims.as_records(claims.check(known))


def _lifetime_value(
    orders: Orders, people: pd.DataFrame, by_period: Flows, question: Question
) -> tuple[dict[str, Any], tuple[DataWarning, ...], dict[str, Estimate | None]]:
    """The models, how far to trust them, and what today's customers are worth; None where not to be had.

    Last comes what the claims quote of it.
    """
    out: dict[str, Any] = {
        "time_unit": question.time_unit,
        "model": question.purchase_kind,
        **dict.fromkeys(lifetime_value.FAMILIES),
        "gamma_gamma": None,
        "horizon_months": question.horizon_months,
        **dict.fromkeys(("total", "low", "high", "expected_purchases", "top_20_percent_share")),
    }
    checked, noted = _trust(orders, people, question)
    out |= checked
    try:
        states = aggregate.states(people)
        models = {
            kind: lifetime_value.fit_purchases(states, question.time_unit, kind)
            for kind in lifetime_value.FAMILIES
        }
        out |= {kind: _model(model) for kind, model in models.items()}
        spend = lifetime_value.fit_spend(aggregate.spend(people))
        out["gamma_gamma"] = _model(spend) | {"correlation": spend.correlation, "spearman": spend.spearman}
    except InputError as error:
        return out, (*noted, DataWarning(error.code, error.details)), {}
    terms = Terms(question.horizon_months, question.discount_rate, question.margin, by_period.net_share())
    values = lifetime_value.customer_values(people, models[question.purchase_kind], spend, **asdict(terms))
    # By BG/NBD everybody with one purchase is still there.
    leaving = models["mbg_nbd" if question.purchase_kind == "bg_nbd" else question.purchase_kind]
    named = ("total", "low", "high", "expected_purchases", "top_20_percent_share")
    out |= {name: plain(getattr(values, name)) for name in named}
    return out, (*noted, *values.warnings), _quoted(orders, values, leaving, spend, terms)


def _trust(
    orders: Orders, people: pd.DataFrame, question: Question
) -> tuple[dict[str, Any], tuple[DataWarning, ...]]:
    """The holdout, the verdict with its reasons, and what stands against relying on the forecast."""
    gate = lifetime_value.reliability(people, orders.window, question.as_of or orders.window.last)
    found = lifetime_value.holdouts(orders, question.holdout)
    verdict = lifetime_value.verdict(found, question.purchase_kind, gate)
    told = {
        "holdout": lifetime_value.plain_holdout(found, question.purchase_kind),
        "trust": verdict.trust,
        "reliable": not gate,
        "reasons": [plain(reason) for reason in verdict.reasons],
    }
    return told, (*gate, *([found.missing] if found.missing else []))


def _quoted(
    orders: Orders, values: CustomerValues, leaving: PurchaseModel, spend: SpendModel, terms: Terms
) -> dict[str, Estimate | None]:
    """What the claims quote of lifetime value; `leaving` is the model that says who is lost."""
    best = values.top_20_percent_share
    return {
        "best_future": None if best is None else Estimate(best),
        "lost_customer": lifetime_value.lost_customer(values.table, leaving, spend, terms),
        "multiple_to_come": with_value_to_come(orders, values.table),
    }


def _model(model: PurchaseModel | SpendModel) -> dict[str, Any]:
    return {
        **model.named,
        "log_likelihood": model.log_likelihood,
        "aic": model.aic,
        "bic": model.bic,
        "standard_errors": plain(model.standard_errors),
        "intervals": plain(model.intervals),
    }
