"""Every figure of one file as plain data: what the command line writes as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import aggregate, claims, overview, truncation
from retention.dropoff import plain_steps
from retention.errors import DataWarning, InputError
from retention.flows import flows
from retention.report.plain import plain
from retention.summary.economics import economics_of
from retention.summary.evidence import claims_of
from retention.summary.figures import cohorts_of, plain_flows, plain_input, plain_metrics
from retention.summary.question import Question
from retention.summary.spent import spent_of
from retention.summary.valued import plain_lifetime_value, quoted, value_customers

if TYPE_CHECKING:
    import pandas as pd

    from retention.flows import Flows
    from retention.ingest import Guess, Intake, Mapping, Spend
    from retention.summary.valued import Valued

__all__ = ["Question", "summarise"]


def summarise(
    intake: Intake, mapping: Mapping, guess: Guess, question: Question, spend: Spend | None = None
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
    by_period, monthly = flows(orders, question.period), flows(orders, "month")
    worth, refused = _valued(people, by_period, question)
    lifetime_value, doubts = plain_lifetime_value(orders, people, monthly, worth, question)
    spent = None if spend is None else spent_of(orders, people, spend, question)
    economics = economics_of(orders, people, monthly, worth, question, spent)
    bent = (*truncation.warnings(orders, question.period), *truncation.drop_off_warnings(orders))
    found = (*intake.warnings, *bent, *doubts, *refused, *(spent.warnings if spent else ()))
    return {
        "input": plain_input(intake, mapping, guess),
        "metrics": plain_metrics(orders, people, question) | overview.described(orders, question.period),
        "flows": plain_flows(by_period),
        "cohorts": cohorts_of(orders, question),
        "dropoff": plain_steps(truncation.counted(orders, leave_out=question.leave_out_left_truncated)),
        "claims": claims.as_records(
            claims_of(orders, people, monthly, question, spent, quoted(orders, worth))
        ),
        "lifetime_value": lifetime_value,
        "economics": economics,
        "warnings": [plain(warning) for warning in found],
    }


def _valued(
    people: pd.DataFrame, by_period: Flows, question: Question
) -> tuple[Valued | None, tuple[DataWarning, ...]]:
    """What the models make of the customers, or why they cannot be fitted."""
    try:
        return value_customers(people, by_period, question), ()
    except InputError as error:
        return None, (DataWarning(error.code, error.details),)
