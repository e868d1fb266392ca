"""What retention is worth and costs: lost customers, what if, winning against keeping, the next euro."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention import acquisition, lifetime_value, what_if
from retention.acquisition import HEALTHY_MONTHS, plain_acquisition, plain_next_euro
from retention.flows import measured_retention
from retention.plain import plain, records
from retention.statistics import Estimate, value_of
from retention.summary import groups
from retention.what_if import plain_what_if

if TYPE_CHECKING:
    import pandas as pd

    from retention.acquisition import AcquisitionCosts
    from retention.flows import Flows
    from retention.orders import Orders
    from retention.summary.question import Question
    from retention.summary.spent import Spent
    from retention.summary.valued import Valued

_COUNTED = ("new_customers", "retained_customers")


def economics_of(
    orders: Orders,
    people: pd.DataFrame,
    monthly: Flows,
    known: Valued | None,
    question: Question,
    spent: Spent | None,
) -> dict[str, Any]:
    """Every part, None where what it needs is not there.

    Parameters
    ----------
    known : what the lifetime value models say, None where they cannot be fitted
    """
    costs = spent.found.costs if spent else None
    won = None if spent is None else _acquisition(people, known, question, spent)
    return {
        **_averages(costs),
        "lost_customer": None if known is None else _lost(people, known, costs),
        "value_at_risk": None if known is None else _at_risk(orders, known, question),
        "what_if": _what_if(orders, people, known, question),
        "acquisition": won,
        "next_euro": None
        if costs is None or won is None
        else _next_euro(costs, won, orders, monthly, question),
    }


def _averages(spent: AcquisitionCosts | None) -> dict[str, Any]:
    """Cost of winning and of keeping, over the months with both spend and complete data."""
    found = {name: getattr(spent, name, None) for name in ("cac", "retention_cost", "ratio")}
    ratios = {name: value_of(figure) for name, figure in found.items()}
    return ratios | {name: getattr(spent, name, None) for name in _COUNTED}


def _lost(people: pd.DataFrame, known: Valued, spent: AcquisitionCosts | None) -> dict[str, Any]:
    """Value of a lost customer were they still active, and what replacing one costs with a known CAC."""
    risk, cac = known.risk, value_of(spent.cac) if spent else None
    replaced = None
    if risk.each is not None and cac is not None:
        new = lifetime_value.new_customer_value(
            known.leaving, known.spend, float(people["first_value"].mean()), **vars(known.terms)
        )
        net = plain(lifetime_value.replacement(risk.each, cac, new))
        replaced = {**net, "cac": cac, "new_customer_value": new}
    return {
        **plain(risk.each or Estimate(float("nan"))),
        "customers_lost": risk.lost,
        "model": known.leaving.kind,
        "horizon_months": known.terms.horizon_months,
        "replacement": replaced,
        "warnings": plain(risk.warnings),
    }


def _at_risk(orders: Orders, known: Valued, question: Question) -> dict[str, Any]:
    """Value lost with customers who have perhaps left, in all and where it lies."""
    risk = known.risk
    people = known.worth.table.assign(p_alive=risk.table["p_alive"])

    def table(group: pd.Series) -> pd.DataFrame:
        return lifetime_value.at_risk_by_group(people, risk, group, known.leaving, known.spend, known.terms)

    ends = lifetime_value.BANDS
    fifths = records(table(lifetime_value.bands(people["p_alive"])))
    return {
        "total": risk.total.value,
        "low": risk.total.low,
        "high": risk.total.high,
        "if_active": risk.if_active,
        "by_p_alive": [{"from": ends[k := row.pop("group")], "to": ends[k + 1], **row} for row in fifths],
        "by_cohort": groups.by_cohort(people, orders, question.period, table),
        "by_segment": groups.by_segment(people, orders, table),
    }


def _what_if(
    orders: Orders, people: pd.DataFrame, known: Valued | None, question: Question
) -> dict[str, Any]:
    """What is asked of monthly retention, on every footing."""
    purchases, spend = (known.purchases, known.spend) if known else (None, None)
    return plain_what_if(orders, people, purchases, spend, question.plan)


def _acquisition(
    people: pd.DataFrame, known: Valued | None, question: Question, spent: Spent
) -> dict[str, Any]:
    expected = None
    if known is not None:
        terms = replace(known.terms, horizon_months=HEALTHY_MONTHS)
        expected = lifetime_value.new_customer(known.purchases, known.spend, people["first_value"], terms)
    read = spent.read
    return {
        "rows": read.rows,
        "rows_used": read.rows_used,
        "rows_set_aside": read.set_aside,
        "amount_set_aside": read.amount_set_aside,
        **plain_acquisition(spent.found, margin=question.margin, expected=expected, moved=spent.moved),
    }


def _next_euro(
    spent: AcquisitionCosts, won: dict[str, Any], orders: Orders, monthly: Flows, question: Question
) -> dict[str, Any] | None:
    """A customer won brings what those observed for a year have brought, or else what is expected."""
    worth, base = won["break_even_cac"], what_if.measured_base(monthly)
    values = [worth[name]["value"] for name in ("realised", "expected") if worth[name]]
    kept = None
    if base is not None:
        kept = acquisition.retained_value(
            base.revenue_per_active, question.margin, measured_retention(orders, "month")
        )
    return plain_next_euro(spent, value_won=next(filter(None, values), None), kept=kept)
