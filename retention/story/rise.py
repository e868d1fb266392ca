"""What a rise of retention earns and what may be spent on it, in a sentence or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.statistics import named_ends

if TYPE_CHECKING:
    from typing import Any

    from retention.study import Start
    from retention.text import Words
    from retention.what_if import Gain, Others


def headline(start: Start, words: Words, others: Others | None = None) -> str:
    """What the rise earns, and what may be spent on it by every way of reckoning that holds.

    Parameters
    ----------
    others : the other footings that foresaw the last year well enough
    """
    said = [_earned(start, words, others)]
    if may_spend(start, words):
        said.append(spend(start, words, others))
    return " ".join(said)


def spend(start: Start, words: Words, others: Others | None) -> str:
    """What may be spent on it, by every way of reckoning and by the answer's own."""
    least, most = safe_budget(start, words, others), start.answer.break_even_budget
    return words.say(f"simulator.spend{'' if least is None else '.apart'}", least=least, most=most)


def safe_budget(start: Start, words: Words, others: Others | None) -> float | None:
    """What may be spent a year by every way of reckoning; None where it reads as the answer's own does."""
    least = None if others is None else others.budget_by_all(start.answer)
    if least is None or _about(least, words) == _about(start.answer.break_even_budget, words):
        return None
    return least


def may_spend(start: Start, words: Words) -> bool:
    """Whether the headline is one that says what may be spent."""
    return _kind(start, words) in {"", ".interval"}


def left(start: Start, words: Words) -> str | None:
    """What the programme leaves after its cost, where one is given, and when it is back."""
    result = start.answer
    if result.cost <= 0:
        return None
    net, told = result.net, {"cost": result.cost_present, "net": result.net.value}
    if net.value < 0:
        said = words.say("simulator.net.loss", lost=-net.value, **told)
    elif net.low is None or net.high is None:
        said = words.say("simulator.net", **told)
    else:
        said = words.say("simulator.net.interval", low=net.low, high=net.high, **told)
    step, back = start.base.period, result.payback_period
    when = "simulator.payback.never" if back is None else f"simulator.payback.{step}"
    return f"{said} {words.say(when, n=back or 0)}"


def horizon(start: Start, words: Words) -> str:
    """How far the answer looks ahead, in years."""
    return words.bare.say("value.periods.year", n=start.plan.years)


def sure(firm: Gain, words: Words) -> bool:
    """Whether there is an interval, and not one of two ends that read alike."""
    gain, rise = firm.absolute.ends, firm.relative and firm.relative.ends
    return gain is not None and rise is not None and _about(gain[0], words) != _about(gain[1], words)


def _earned(start: Start, words: Words, others: Others | None) -> str:
    """What the rise earns: from one method to the other where they do not agree, else with its interval."""
    told = _told(start, words)
    if others is None or others.agree or not may_spend(start, words):
        return words.say(f"simulator.headline{_kind(start, words)}", **told)
    low, high = others.span(told["gain"])
    return words.say("simulator.headline.methods", low=low, high=high, **told)


def _kind(start: Start, words: Words) -> str:
    """Which of the headlines is true here."""
    firm, codes = start.answer.present.firm, {warning.code for warning in start.answer.warnings}
    if start.plan.uplift == 0:
        return ".nothing"
    if firm.absolute.value == 0:
        return ".no_effect"
    if "hardly_any_dropout" in codes:
        return ".no_dropout"
    capped = ".capped" if "retention_capped" in codes else ""
    return f"{capped}.interval" if sure(firm, words) else capped


def _about(money: float, words: Words) -> str:
    return words.say("value.about", value=money)


def _told(start: Start, words: Words) -> dict[str, Any]:
    """The figures of the headline."""
    result, gain = start.answer, start.answer.present.firm.absolute
    return {
        "rise": _rise(start, words),
        "subject": _subject(start, words),
        "before": result.retention_before,
        "after": result.retention_after,
        "profit": result.present.firm.before,
        "gain": gain.value,
        "horizon": horizon(start, words),
        **(named_ends(gain, "gain") if gain.ends else {}),
    }


def _rise(start: Start, words: Words) -> str:
    """How much more retention is asked for, and whose."""
    plan = start.plan
    told = {"n": plan.hundredths, "uplift": plan.hundredths, "subject": _subject(start, words)}
    return words.bare.say(f"simulator.rise.{plan.kind}", **told)


def _subject(start: Start, words: Words) -> str:
    """What rises: everybody's retention, that of the first step, or that of a segment."""
    words, step = words.bare, start.base.period
    if start.question.segment is not None:
        segment = start.question.segment.name or words.say("dropoff.not_given")
        return words.say("simulator.subject.segment", step=step, segment=segment)
    return words.say(f"simulator.subject.{start.plan.steps}", step=step)
