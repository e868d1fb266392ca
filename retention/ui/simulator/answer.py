"""The What if page's answer: in words, in four figures, and as it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.statistics import named_ends
from retention.ui.parts import forecast, screen
from retention.ui.parts.cached import cached
from retention.ui.simulator import last_year, tables
from retention.ui.state import settings

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.study import Start, Study
    from retention.what_if import Gain, LastYear, Others, Tried

_NOTHING = 0.0005  # reads as 0.0%
_RISEN = "season_hides_leaving"  # a doubt that the last year, well foreseen, speaks against


def headline(
    start: Start, year: LastYear | None = None, tried: Tried | None = None, others: Others | None = None
) -> None:
    """What the uplift is worth and may cost; then how far that is to be trusted, and what is left of it.

    Parameters
    ----------
    year : how every footing would have foreseen the last year; None where that cannot be tried
    tried : how its own did; one that missed it by too much does not answer
    others : the other footings that foresaw it well enough
    """
    if tried is not None and not tried.holds:
        _missed(start, tried)
    else:
        _answered(start, others)
    _left(start)
    holds = tried is None or tried.holds
    beside = _spread(start, others) if holds else _instead(start, others)
    said = [*_rates(start, tried), *_foreseen(year, tried), *beside, *_later(start, tried)]
    if said:
        screen.paragraph(*said)


def verdict(study: Study | None, start: Start) -> None:
    """How far the purchase model is to be trusted, where the answer rests on it."""
    if study is not None and start.footing.code == "purchases":
        forecast.line(study.value(settings.wanted()))


def _answered(start: Start, others: Others | None) -> None:
    """What the rise earns, and what may be spent on it by every way of reckoning that holds."""
    said = [_earned(start, others)]
    if _may_spend(start):
        most = start.answer.break_even_budget
        least = None if others is None else others.budget_by_all(start.answer)
        apart = least is not None and about(least) != about(most)
        said.append(screen.say(f"simulator.spend{'.apart' if apart else ''}", least=least, most=most))
    st.markdown(f"## {' '.join(said)}")


def _earned(start: Start, others: Others | None) -> str:
    """What the rise earns: from one method to the other where they do not agree, else with its interval."""
    told = _told(start)
    if others is None or others.agree or not _may_spend(start):
        return screen.say(f"simulator.headline{_kind(start)}", **told)
    low, high = others.span(told["gain"])
    return screen.say("simulator.headline.methods", low=low, high=high, **told)


def _may_spend(start: Start) -> bool:
    """Whether the headline is one that says what may be spent."""
    return _kind(start) in {"", ".interval"}


def _later(start: Start, tried: Tried | None) -> list[str]:
    """Why the years' budgets add up to more than the gain, where later money counts less."""
    plan, result = start.plan, start.answer
    if plan.discount_rate == 0 or not _may_spend(start) or (tried is not None and not tried.holds):
        return []
    told = {"budget": result.break_even_budget, "gain": result.present.firm.absolute.value}
    return [screen.say("simulator.later", n=plan.years, discount=plan.discount_rate, **told)]


def _missed(start: Start, tried: Tried) -> None:
    """Why there is no answer on this footing, and what it would say."""
    said = screen.say(
        "simulator.headline.missed",
        expected=tried.expected.total,
        came=tried.actual.total,
        bias=tried.bias,
        gain=start.answer.present.firm.absolute.value,
        horizon=horizon(start),
    )
    st.warning(said, icon=":material/warning:")


def _foreseen(year: LastYear | None, tried: Tried | None) -> list[str]:
    """How far off the last year, not seen, the answer's way of reckoning would have been."""
    if year is None:
        return [screen.say("simulator.last_year.too_short")]
    if tried is None or tried.bias is None or not tried.holds:
        return []
    off = abs(tried.bias)
    which = "exact" if off < _NOTHING else "low" if tried.bias < 0 else "high"
    return [screen.say(f"simulator.foreseen.{which}", off=off, **last_year.when(year))]


def _rates(start: Start, tried: Tried | None) -> list[str]:
    """From which retention to which, and what that does to profit; nothing where that is nothing."""
    firm = start.answer.present.firm
    if firm.absolute.value == 0 or (tried is not None and not tried.holds):
        return []
    told = {
        "retention": screen.say(f"simulator.retention.{_measured(start)}"),
        "before": start.answer.retention_before,
        "after": start.answer.retention_after,
    }
    if firm.relative is None:
        return [screen.say("simulator.rates.alone", **told)]
    ends = firm.relative.ends or (None, None)
    low, high = ends if _sure(firm) else (None, None)
    return [screen.say("simulator.rates", rise=firm.relative.value, low=low, high=high, **told)]


def _measured(start: Start) -> str:
    """Which of the shop's retentions the rise is in, as every page names it; plain where it is none."""
    if start.answer.present.firm.absolute.ends is None or start.plan.steps == "first":
        return "plain"
    return "strict" if start.question.strict and start.footing.code == "constant" else "with_pauses"


def _spread(start: Start, others: Others | None) -> list[str]:
    """What the other footings say that foresaw the last year well enough, and whether that agrees."""
    if others is None or start.plan.uplift == 0:
        return []
    if not others.gains:
        return [screen.say("simulator.others.none")]
    gain = start.answer.present.firm.absolute
    return [
        screen.say(
            f"simulator.others.{_how_many(others)}.{'agree' if others.agree else 'apart'}",
            low=others.gains[0],
            high=others.gains[-1],
            gain=gain.value,
            **named_ends(gain, "gain"),
        )
    ]


def _instead(start: Start, others: Others | None) -> list[str]:
    """What the footings say that foresaw the last year, where the one asked for did not."""
    if others is None or not others.gains or start.plan.uplift == 0:
        return []
    return [screen.say(f"simulator.instead.{_how_many(others)}", low=others.gains[0], high=others.gains[-1])]


def _how_many(others: Others) -> str:
    return "one" if len(others.gains) == 1 else "several"


def cautions(start: Start, tried: Tried | None = None) -> None:
    """What bends the answer, or why it does not fit the shop."""
    year = start.first_year
    if year is not None and not year.alike and tried is None:
        told = screen.say("simulator.check.off", past=year.past, first=year.ahead)
        st.warning(told, icon=":material/warning:")
    quiet = risen(start, tried)
    screen.warnings(warning for warning in start.answer.warnings if warning is not quiet)


def risen(start: Start, tried: Tried | None) -> DataWarning | None:
    """That customers of some months rose, where the last year was foreseen all the same; None elsewhere."""
    if tried is None or not tried.holds:
        return None
    return next((warning for warning in start.answer.warnings if warning.code == _RISEN), None)


def figures(start: Start) -> None:
    """The firm's profit before and after, the most the programme may cost, and when a given cost is back."""
    result, firm = start.answer, start.answer.present.firm
    last = {"simulator.most_budget": (about(result.break_even_budget), None)}
    if result.cost > 0:
        last = {"simulator.pays_back": (_payback(start), None)}
    screen.metrics(
        {
            "simulator.profit_before": (about(firm.before), None),
            "simulator.profit_after": (about(firm.after), None),
            "simulator.most_cost": (about(result.break_even_cost), None),
            **last,
        },
        horizon=horizon(start),
    )


def cumulative(start: Start) -> None:
    """Profit as it adds up, with and without, and what the programme costs."""
    words, result, firm = screen.words(), start.answer, start.answer.present.firm
    if firm.before == firm.after == 0:
        screen.text("simulator.cumulative.nothing")
        return
    told = {
        "before": firm.before,
        "after": firm.after,
        "gain": firm.absolute.value,
        "horizon": horizon(start),
    }
    drawing = cached(charts.simulator.cumulative, result, start.base.period, words)
    screen.chart(drawing, "simulator.cumulative.alt", **told)
    kind = ".cost" if result.cost > 0 else "" if firm.absolute.ends else ".plain"
    screen.text(f"simulator.cumulative.reading{kind}")


def in_tables(start: Start) -> None:
    """The changes, the cumulative profit and the years behind the answer."""
    result, words = start.answer, screen.words()
    screen.table(lambda: cached(tables.changes, result, words), "simulator_changes")
    screen.table(lambda: cached(tables.cumulative, result), "simulator_cumulative")
    screen.table(lambda: cached(tables.yearly, result, words), "simulator_years")


def about(value: float | None) -> str:
    """Money to three digits: more are noise where it is foreseen."""
    return screen.say("value.about", value=value)


def horizon(start: Start) -> str:
    """How far the answer looks ahead, in years."""
    return screen.words().say("value.periods.year", n=start.plan.years)


def _kind(start: Start) -> str:
    """Which of the headlines is true here."""
    firm, codes = start.answer.present.firm, {warning.code for warning in start.answer.warnings}
    if start.plan.uplift == 0:
        return ".nothing"
    if firm.absolute.value == 0:
        return ".no_effect"
    if "hardly_any_dropout" in codes:
        return ".no_dropout"
    capped = ".capped" if "retention_capped" in codes else ""
    return f"{capped}.interval" if _sure(firm) else capped


def _sure(firm: Gain) -> bool:
    """Whether there is an interval, and not one of two ends that read alike."""
    gain, rise = firm.absolute.ends, firm.relative and firm.relative.ends
    return gain is not None and rise is not None and about(gain[0]) != about(gain[1])


def _told(start: Start) -> dict[str, Any]:
    """The figures of the headline."""
    result, gain = start.answer, start.answer.present.firm.absolute
    return {
        "rise": _rise(start),
        "subject": _subject(start),
        "before": result.retention_before,
        "after": result.retention_after,
        "profit": result.present.firm.before,
        "gain": gain.value,
        "horizon": horizon(start),
        **(named_ends(gain, "gain") if gain.ends else {}),
    }


def _rise(start: Start) -> str:
    """How much more retention is asked for, and whose."""
    plan = start.plan
    told = {"n": plan.hundredths, "uplift": plan.hundredths, "subject": _subject(start)}
    return screen.words().say(f"simulator.rise.{plan.kind}", **told)


def _subject(start: Start) -> str:
    """What rises: everybody's retention, that of the first step, or that of a segment."""
    words, step = screen.words(), start.base.period
    if start.question.segment is not None:
        segment = start.question.segment.name or words.say("dropoff.not_given")
        return words.say("simulator.subject.segment", step=step, segment=segment)
    return words.say(f"simulator.subject.{start.plan.steps}", step=step)


def _left(start: Start) -> None:
    """What the programme leaves after its cost, where one is given, and when it is back."""
    result = start.answer
    if result.cost <= 0:
        return
    net, told = result.net, {"cost": result.cost_present, "net": result.net.value}
    if net.value < 0:
        said = screen.say("simulator.net.loss", lost=-net.value, **told)
    elif net.low is None or net.high is None:
        said = screen.say("simulator.net", **told)
    else:
        said = screen.say("simulator.net.interval", low=net.low, high=net.high, **told)
    step, back = start.base.period, result.payback_period
    when = "simulator.payback.never" if back is None else f"simulator.payback.{step}"
    st.markdown(f"{said} {screen.say(when, n=back or 0)}")


def _payback(start: Start) -> str:
    back = start.answer.payback_period
    if back is None:
        return screen.say("value.not_yet")
    return screen.say(f"value.periods.{start.base.period}", n=back)
