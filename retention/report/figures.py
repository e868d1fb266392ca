"""Every figure of one file as plain data: what the command line writes as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention.errors import DataWarning, InputError
from retention.lifetime_value import Wanted
from retention.periods import DAYS_PER_MONTH
from retention.report import file, shop
from retention.report.claims import claims
from retention.report.cohorts import cohorts
from retention.report.complaints import complaints, left_out
from retention.report.customers import customers
from retention.report.dropoff import steps
from retention.report.economics import economics
from retention.report.lifetime_value import lifetime_value
from retention.report.overview import overview
from retention.report.plain import plain
from retention.report.products import products
from retention.report.reconciled import reconciled
from retention.report.subscriptions import subscriptions
from retention.study import five_points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.ingest import Complaints, Guess, Intake, RawTable, Spend
    from retention.study import Settings, Study, Value
    from retention.study.products import Products


def figures(
    study: Study,
    raw: RawTable,
    guess: Guess,
    intake: Intake,
    settings: Settings,
    spend: Spend | None = None,
    complained: Complaints | None = None,
) -> dict[str, Any]:
    """All figures of a file; what cannot be computed is None and says why among the warnings.

    Parameters
    ----------
    study : of the orders of `intake`; where its customers are too many to be told one by one, `customers` and
        `subscriptions` are None and a warning says so
    guess : what the columns are; none is missing
    spend : marketing spend as `retention.ingest.read_spend` reads it; some claims need it
    complained : complaints as `retention.ingest.read_complaints` reads them; other claims need these

    Returns
    -------
    Nested dicts and lists of numbers, text and None, ready for JSON

    Raises
    ------
    Unanswered
        Where whoever holds the rows gave no answer to some of it.
    """
    with study.memo.whole():
        return _figures(study, raw, guess, intake, settings, spend, complained)


def _figures(
    study: Study,
    raw: RawTable,
    guess: Guess,
    intake: Intake,
    settings: Settings,
    spend: Spend | None,
    complained: Complaints | None,
) -> dict[str, Any]:
    one_by_one = study.tables.one_by_one()
    settings = _with_best_model(study, settings)
    leave_out = settings.leave_out_left_truncated
    counted = study.counted(leave_out_left_truncated=leave_out)
    back = study.counting_back(settings.returned)
    value, refused = _valued(study, settings)
    spent = None if spend is None else study.acquisition(spend.table)
    winning = None if spent is None else spent.winning(leave_out_left_truncated=leave_out)
    heard = None if complained is None else study.complaints(complained.table).heard()
    plan = settings.plan
    asked = five_points(
        "month", plan.discount_rate, plan.years, wanted=settings.model, unit=settings.time_unit
    )
    return {
        "input": file.read(raw, guess, intake, study.shop.left_truncated()),
        "metrics": shop.metrics(study, settings.period, leave_out_left_truncated=leave_out)
        | overview(study, settings.period),
        "flows": shop.flows(study.shop.flows(settings.period)),
        "cohorts": cohorts(back, settings.period, leave_out_left_truncated=leave_out),
        "dropoff": steps(back.counted(leave_out_left_truncated=leave_out).dropoff.steps()),
        "returned": plain(settings.returned),
        "reconciled": reconciled(study, settings.period),
        "products": products(_products(counted, settings), counted, value),
        "claims": claims(study.claims.findings(study.claims.lift(asked), winning, value, heard)),
        "complaints": complaints(complained, heard),
        "subscriptions": subscriptions(study) if one_by_one else None,
        "lifetime_value": lifetime_value(study, value, settings),
        "customers": customers(study, value) if one_by_one else None,
        "economics": economics(study, value, settings, spend),
        "warnings": [
            plain(warning)
            for warning in (
                *intake.warnings,
                *back.cohorts.warnings(settings.period),
                *back.dropoff.warnings(),
                *_of_forecast(study, value, settings),
                *refused,
                *left_out(complained, heard),
                *(study.subscriptions.warnings() if one_by_one else ()),
                *study.tables.warnings(),
                *(() if spend is None or winning is None else (*spend.warnings, *winning.costs.warnings)),
            )
        ],
    }


def _products(study: Study, settings: Settings) -> Products:
    """The products but for what is none by the call."""
    if study.lines is None:
        return study.products()
    return study.products(study.products().but_for(settings.no_products, fees_too=not settings.keep_fees))


def _with_best_model(study: Study, settings: Settings) -> Settings:
    """The same with the purchase model that did best, of those that are as asked, for every figure."""
    best = study.models.best(settings.model, DAYS_PER_MONTH * settings.horizon_months)
    return replace(settings, model=Wanted.exactly(best))


def _valued(study: Study, settings: Settings) -> tuple[Value | None, tuple[DataWarning, ...]]:
    """What the models make of the customers, or why they cannot be fitted."""
    value = study.value(
        settings.model,
        settings.time_unit,
        horizon_months=settings.horizon_months,
        discount_rate=settings.discount_rate,
        margin=settings.margin,
    )
    try:
        value.fit()
    except InputError as error:
        return None, (DataWarning(error.code, error.details),)
    return value, ()


def _of_forecast(study: Study, value: Value | None, settings: Settings) -> Iterable[DataWarning]:
    """What stands against relying on the forecast, and what the models themselves warn of."""
    missing = study.models.no_holdout(study.models.calibration_end(settings.holdout))
    return (
        *study.models.reliability(settings.as_of or study.window.last),
        *([missing] if missing else []),
        *(value.customers.warnings if value else ()),
    )
