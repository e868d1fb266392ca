"""What the next days' figures will ask for and today's do not, counted before, for a store to keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from retention import buying_again, lifetime_value
from retention.metrics import left_truncated_days
from retention.what_if import last_span

if TYPE_CHECKING:
    from retention.periods import Period, Window
    from retention.study.study import Study

_AHEAD = timedelta(days=7)


def foresee(study: Study, period: Period, horizon: float) -> None:
    """Count the tables that are asked for once a month is over, or W is a day longer or shorter.

    Where customers are told one by one nothing is counted: it takes seconds when it is asked for.

    Parameters
    ----------
    period, horizon : of the figures; days ahead that models are held against
    """
    if study.tables.one_by_one():
        return
    today, soon = study.window, replace(study.window, last=study.window.last + _AHEAD)
    for window in (today, soon):
        _active(study, window, period)
    if soon.whole_months() != today.whole_months():
        _held_back(study, soon.whole_months(), horizon)
        _complete(study, soon, period)


def _active(study: Study, window: Window, period: Period) -> None:
    """What hangs on W, the days after which a customer is no longer active."""
    usual = study.shop.active_days()
    if usual is None:
        return
    for days in (usual - 1, usual, usual + 1):
        looked_at = buying_again.days_looked_at(window, days)
        if looked_at:
            study.tables.buying_again(looked_at, days, buying_again.WITHIN)
        known = study.since(window.first + timedelta(days=left_truncated_days(days, window)))
        if not known.purchases.empty:
            known.tables.cells(period)
            known.tables.gaps()


def _held_back(study: Study, window: Window, horizon: float) -> None:
    """What models are tried on, from the days one stands on once the month is over."""
    tables = study.tables
    days = lifetime_value.origins(window)
    spans = {(day, lifetime_value.looked_ahead(window, day, horizon)) for day in days}
    spans |= {(day, window.last) for day in days}
    regular = any(variant.k > 1 for variant in study.models.compared(horizon).found)
    for until, through in sorted(spans):
        tables.held_back(until, through)
        tables.spend_until(until)
        for last in (through, until):
            tables.repeats_by_day(until, last)
        if lifetime_value.knows_a_year_before(replace(window, last=through), until):
            tables.a_year_before(until, through)
        if regular:
            tables.gaps_on(until)
            tables.gaps_by_day(until)


def _complete(study: Study, window: Window, period: Period) -> None:
    """What is counted of complete periods, and of those before the last year."""
    periods = window.complete(period)
    if periods:
        study.tables.steadiness(period, periods[0], periods[-1])
    span = last_span(window, period)
    if span is None:
        return
    tables = study.until(span.until).tables
    tables.steadiness(period)
    tables.flows(period)
    tables.order_values(period)
    tables.gaps("day")
    tables.people()
    tables.spend()
    tables.patterns(period)
    tables.repeats_by_day(span.until, span.until)
