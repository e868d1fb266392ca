"""What customers are still worth, and how far that forecast is to be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import charts
from retention.errors import InputError
from retention.lifetime_value import Holdout
from retention.story import forecast, tables
from retention.story.message import MOST_LINES, Figure, Message, Native, Table, Untold
from retention.text.formats import about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.lifetime_value import CustomerValues, Pooled, Verdict
    from retention.story.telling import Telling
    from retention.study import Value
    from retention.text import Words

_GROUPS = {"p_alive": "active_expected", "mean": "clv_mean", "low": "clv_low", "high": "clv_high"}
_COLUMNS = ["cohort", "customers", "clv", "clv_low", "clv_high", "clv_mean"]
_WEEKS = ["date", "actual_so_far", "expected_so_far"]


def lifetime_value(told: Telling) -> Message | Untold:
    """The headline of lifetime value with its verdict, four figures, value by cohort."""
    words, plain, subject = told.words, told.plain, told.words.say("lifetime_value.page")
    try:
        value, said = told.value, told.verdict
    except InputError as refused:
        return Untold("lifetime_value", subject, words.error(refused))
    rows = tables.named_groups(value.by_group("cohort"), "cohort", value.cohort_period(), plain)
    shown = tables.largest_groups(rows, "cohort", "clv")
    first = shown.nlargest(1, "clv").iloc[0]
    names = {name: first[name] for name in ("group", "customers", "clv", "low", "high", "mean")}
    return Message(
        "lifetime_value",
        subject,
        headline(value, said, words),
        tuple(_lines(told))[:MOST_LINES],
        figures(value, said, plain),
        charts.lifetime_value.groups(shown, plain),
        plain.say("lifetime_value.groups.alt", n=len(rows), **names),
        Table(
            rows.rename(columns={"group": "cohort", **_GROUPS})[_COLUMNS],
            Native("bars", "cohort", ("clv",), plain.say("chart.value_group.axis")),
        ),
        words.say("lifetime_value.definition"),
        told.trust,
        {"total": value.customers.total, "low": value.customers.low, "high": value.customers.high},
    )


def headline(value: Value, said: Verdict, words: Words) -> str:
    """What today's customers are still worth; greyed where that is poor, beside what the past makes of it."""
    found, correction = value.customers, said.correction
    told = of_total(found)
    if correction is not None:
        right = correction.of(found).total
        told |= {"total": right.value, "low": right.low, "high": right.high}
        told |= {"model": found.total, "n": correction.origins}
    kind = "corrected" if correction else "poor" if said.trust == "poor" else "plain"
    bounded = "" if told["low"] is None else ".interval"
    return words.say(f"lifetime_value.headline.{kind}{bounded}", **told)


def of_total(found: CustomerValues) -> dict[str, Any]:
    """What sentences say of the total."""
    return {
        "customers": found.customers,
        "total": found.total,
        "low": found.low,
        "high": found.high,
        "months": found.horizon_months,
    }


def figures(value: Value, said: Verdict, words: Words) -> tuple[Figure, ...]:
    """Value to come, expected purchases, customers likely active, share of the best.

    A poor total that nothing puts right is no figure to take away: it stands greyed in the headline alone.
    """
    found, correction = value.customers, said.correction
    names, total, purchases = ("total", "purchases"), found.total, found.expected_purchases
    if correction is not None:
        right = correction.of(found)
        total, purchases = right.total.value, right.expected_purchases
        names = "total_corrected", "purchases_corrected"
    best, active = found.top_20_percent_share, value.at_risk.active
    totals = [
        _figure(names[0], words.say("value.about", value=total), total, "money", words),
        _figure(names[1], words.count(about(purchases)), purchases, "count", words),
    ]
    return (
        *([] if said.trust == "poor" and correction is None else totals),
        _figure("alive", words.count(active), active, "count", words),
        _figure("best", words.say("value.percent", value=best), best, "share", words),
    )


def trust(told: Telling) -> Message | Untold:
    """How the forecast did on days it had not seen."""
    words, plain, subject = told.words, told.plain, told.words.say("report.trust")
    try:
        value = told.value
    except InputError as refused:
        return Untold("trust", subject, words.error(refused))
    models = told.study.models
    found = models.holdout(value.variant, models.holdout_day(told.asked.holdout))
    if not isinstance(found, Holdout):
        return Untold("trust", subject, words.warning(found))
    figures = {name: getattr(found, name) for name in _TOLD}
    return Message(
        "trust",
        subject,
        _said(told, found),
        (words.say("holdout.told", **figures), *_reasons(told))[:MOST_LINES],
        (),
        charts.lifetime_value.holdout.cumulative(found, plain),
        plain.say("holdout.alt", **figures),
        Table(
            tables.weeks(found)[_WEEKS],
            Native(
                "line",
                "date",
                ("actual_so_far", "expected_so_far"),
                plain.say("chart.holdout.cumulative.axis"),
            ),
        ),
        words.say("holdout.definition"),
        "",
        {"expected": found.expected, "actual": found.actual, "bias": found.bias},
    )


_TOLD = ("until", "days", "customers", "expected", "low", "high", "actual", "bias", "mape")


def _said(told: Telling, found: Holdout) -> str:
    """The verdict, and by how much it was off."""
    said = forecast.tested(_pooled(told) or found, told.words)
    return f"**{forecast.in_words(told.forecast, told.words)}.** {said}".strip()


def _pooled(told: Telling) -> Pooled | None:
    if told.asked.holdout is not None:
        return None
    return told.study.models.pooled(told.value.variant, told.value.terms.days)


def _reasons(told: Telling) -> Iterator[str]:
    """What it is good for, or what speaks against relying on it."""
    good_for = forecast.use(told.forecast, told.words)
    if good_for:
        yield good_for
    yield from (told.words.warning(doubt) for doubt in told.forecast.doubts)


def _lines(told: Telling) -> Iterator[str]:
    """By how much it was off, what it is good for, and what else a reader of the total must know."""
    words, value = told.words, told.value
    models = told.study.models
    until = models.holdout_day(told.asked.holdout)
    yield from (words.warning(doubt) for doubt in told.forecast.doubts[:1])
    if told.study.tables.one_by_one():
        yield from (words.warning(each) for each in told.study.subscriptions.warnings())
    if models.no_holdout(until) is None:
        found = _pooled(told) or models.holdout(value.variant, until)
        yield " ".join(filter(None, [forecast.tested(found, words), forecast.use(told.forecast, words)]))
    if told.verdict.correction is not None:
        yield words.say("lifetime_value.corrected", model=value.customers.total)
    yield from (words.warning(each) for each in value.customers.warnings)


def _figure(name: str, written: str, value: float | None, kind: Any, words: Words) -> Figure:
    return Figure(name, words.say(f"lifetime_value.{name}"), written, value, kind)
