"""What a few more customers kept are worth, how that was tested, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from retention import charts
from retention.errors import InputError
from retention.statistics import named_ends
from retention.story import rise, tables
from retention.story.forecast import line as of_forecast
from retention.story.message import MOST_LINES, Figure, Message, Native, Table, Untold
from retention.what_if import Tried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.errors import DataWarning
    from retention.story.telling import Telling
    from retention.study import Question, Start, Study
    from retention.text import Words
    from retention.what_if import LastYear, Others

_NOTHING = 0.0005  # reads as 0.0%
_RISEN = "season_hides_leaving"  # a doubt that the last year, well foreseen, speaks against
_MONEY = ["periods_ahead", "firm_before", "firm_after", "gain", "gain_low", "gain_high"]


@dataclass(frozen=True, eq=False)
class Answer:
    """An answer of What if, and how its way of reckoning did on the last year.

    Attributes
    ----------
    year : how every footing would have foreseen it; None where that cannot be tried
    tried : how the answer's own did; None where it was not tried, or the shop is typed
    others : the other footings that foresaw it well enough
    """

    start: Start
    year: LastYear | None = None
    tried: Tried | None = None
    others: Others | None = None

    @property
    def missed(self) -> bool:
        """Whether its footing missed the last year by too much to answer."""
        return self.tried is not None and not self.tried.holds


def asked(study: Study, question: Question) -> Answer | None:
    """The answer to a question; None where the data has nothing to start from.

    Raises
    ------
    InputError
        If the data is not enough for the footing, or none holds where the best is asked for.
    """
    year = study.what_if.last_year(question.period, question.wanted, question.unit, strict=question.strict)
    start = study.what_if.start(question)
    if start is None:
        return None
    return Answer(start, year, tried(year, start), study.what_if.others(start))


def tried(year: LastYear | None, start: Start) -> Tried | None:
    """How the answer's footing did on the last year; None where it was not tried, or the shop is typed."""
    found = None if year is None else year.tried[start.footing.code]
    asked = start.question
    return found if isinstance(found, Tried) and asked.retention is None and not asked.of_own_shop else None


def simulator(told: Telling) -> Message | Untold:
    """The headline of What if, its four figures, profit as it adds up."""
    words, plain = told.words, told.plain
    try:
        answer = asked(told.study, told.asked.question)
    except InputError as refused:
        no_footing = refused.code == "no_footing_holds"
        why = words.say("simulator.last_year.no_answer") if no_footing else words.error(refused)
        return _untold(words, why)
    if answer is None:
        return _untold(words, words.say("simulator.not_measurable"))
    if answer.missed:
        return _untold(words, " ".join([missed(answer, words), *trusted(answer, words)]))
    start, firm = answer.start, answer.start.answer.present.firm
    by_model = start.footing.code == "purchases"
    return Message(
        "simulator",
        words.say("simulator.page"),
        rise.headline(start, words, answer.others),
        tuple(_lines(told, answer))[:MOST_LINES],
        figures(answer, plain),
        charts.simulator.cumulative(start.answer, start.base.period, plain),
        plain.say("simulator.cumulative.alt", **added_up(start, plain)),
        Table(
            tables.cumulative(start.answer)[_MONEY],
            Native(
                "line",
                "periods_ahead",
                ("firm_before", "firm_after"),
                plain.say("chart.profit"),
                plain.say(f"chart.periods.{start.base.period}"),
            ),
        ),
        words.say("simulator.definition"),
        told.trust if by_model else "",
        {"gain": firm.absolute.value, "profit": firm.before, "after": firm.after},
    )


def _untold(words: Words, why: str) -> Untold:
    return Untold("simulator", words.say("simulator.page"), why)


def missed(answer: Answer, words: Words) -> str:
    """Why there is no answer on this footing, and what it would say."""
    tried, start = answer.tried, answer.start
    if tried is None:
        raise ValueError("what was not tried missed nothing")
    return words.say(
        "simulator.headline.missed",
        expected=tried.expected.total,
        came=tried.actual.total,
        bias=tried.bias,
        gain=start.answer.present.firm.absolute.value,
        horizon=rise.horizon(start, words),
    )


def trusted(answer: Answer, words: Words) -> list[str]:
    """How far off the last year was, and what later money counts.

    Where its way of reckoning missed the last year, what others say instead.
    """
    beside = _instead(answer, words) if answer.missed else _later(answer, words)
    return [*_foreseen(answer, words), *beside]


def methods(answer: Answer, words: Words) -> list[str]:
    """From which retention to which, what each way of reckoning says, the most it may cost by the best."""
    if answer.missed:
        return []
    return [*_rates(answer, words), *_spread(answer, words), *_each(answer, words)]


def risen(start: Start, tried: Tried | None) -> DataWarning | None:
    """That customers of some months rose, where the last year was foreseen all the same; None elsewhere."""
    if tried is None or not tried.holds:
        return None
    return next((warning for warning in start.answer.warnings if warning.code == _RISEN), None)


def cautions(answer: Answer) -> Iterator[DataWarning]:
    """What bends the answer."""
    quiet = risen(answer.start, answer.tried)
    return (warning for warning in answer.start.answer.warnings if warning is not quiet)


def _rates(answer: Answer, words: Words) -> Iterator[str]:
    """From which retention to which, and what that does to profit; nothing where that is nothing."""
    result, firm = answer.start.answer, answer.start.answer.present.firm
    if firm.absolute.value == 0 or answer.missed:
        return
    told = {
        "retention": words.bare.say(f"simulator.retention.{measured(answer.start)}"),
        "before": result.retention_before,
        "after": result.retention_after,
    }
    if firm.relative is None or _disagree(answer):
        yield words.say("simulator.rates.alone", **told)
    else:
        low, high = (firm.relative.ends or (None, None)) if rise.sure(firm, words) else (None, None)
        yield words.say("simulator.rates", rise=firm.relative.value, low=low, high=high, **told)


def _disagree(answer: Answer) -> bool:
    """Whether the headline tells a range of methods, of which one alone has the share of profit."""
    return answer.others is not None and not answer.others.agree


def measured(start: Start) -> str:
    """Which of the shop's retentions the rise is in, as every page names it; plain where it is none."""
    if start.answer.present.firm.absolute.ends is None or start.plan.steps == "first":
        return "plain"
    return "strict" if start.question.strict and start.footing.code == "constant" else "with_pauses"


def _foreseen(answer: Answer, words: Words) -> Iterator[str]:
    """How far off the last year, not seen, the answer's way of reckoning would have been."""
    if answer.year is None:
        yield words.say("simulator.last_year.too_short")
        return
    tried = answer.tried
    if tried is None or tried.bias is None or not tried.holds:
        return
    off = abs(tried.bias)
    which = "exact" if off < _NOTHING else "low" if tried.bias < 0 else "high"
    yield words.say(f"simulator.foreseen.{which}", off=off, **when(answer.year))


def when(year: LastYear) -> dict[str, Any]:
    """The periods of the last year, and the last day that was known."""
    return {"first": year.span.first, "last": year.span.last, "until": year.span.until}


def _spread(answer: Answer, words: Words) -> Iterator[str]:
    """What the other footings say that foresaw the last year well enough, and whether that agrees."""
    others = answer.others
    if others is None or answer.start.plan.uplift == 0:
        return
    if not others.gains:
        yield words.say("simulator.others.none")
    else:
        gain = answer.start.answer.present.firm.absolute
        yield words.say(
            f"simulator.others.{_how_many(others)}.{'agree' if others.agree else 'apart'}",
            low=others.gains[0],
            high=others.gains[-1],
            gain=gain.value,
            **named_ends(gain, "gain"),
        )


def _instead(answer: Answer, words: Words) -> Iterator[str]:
    """What the footings say that foresaw the last year, where the one asked for did not."""
    others = answer.others
    if others is not None and others.gains and answer.start.plan.uplift != 0:
        ends = {"low": others.gains[0], "high": others.gains[-1]}
        yield words.say(f"simulator.instead.{_how_many(others)}", **ends)


def _how_many(others: Others) -> str:
    return "one" if len(others.gains) == 1 else "several"


def _each(answer: Answer, words: Words) -> Iterator[str]:
    """The most the programme may cost by the answer's own way of reckoning, in all and for each customer."""
    if rise.may_spend(answer.start, words):
        result = answer.start.answer
        yield words.say("simulator.each", budget=result.break_even_budget, most=result.break_even_cost)


def _later(answer: Answer, words: Words) -> Iterator[str]:
    """Why the years' budgets add up to more than the gain, where later money counts less."""
    start = answer.start
    plan, result = start.plan, start.answer
    if plan.discount_rate == 0 or answer.missed or not rise.may_spend(start, words):
        return
    safe = rise.safe_budget(start, words, answer.others)
    told = {"budget": result.break_even_budget, "gain": result.present.firm.absolute.value}
    if safe is not None and answer.others is not None:
        told = {"budget": safe, "gain": answer.others.gains[0]}
    yield words.say("simulator.later", n=plan.years, discount=plan.discount_rate, **told)


def figures(answer: Answer, words: Words) -> tuple[Figure, ...]:
    """The firm's profit before and after, what the programme may cost, and when a given cost is back."""
    start = answer.start
    result, firm = start.answer, start.answer.present.firm
    named = {"profit_before": firm.before, "profit_after": firm.after, **_may_cost(answer, words)}
    back, named_in = result.payback_period, {"horizon": rise.horizon(start, words)}
    if result.cost > 0:
        named.pop("most_budget", None)
    money = [
        Figure(
            name,
            words.say(f"simulator.{name}", **named_in),
            words.say("value.about", value=value),
            value,
            "money",
        )
        for name, value in named.items()
    ]
    if result.cost <= 0:
        return tuple(money)
    written = (
        words.say("value.not_yet")
        if back is None
        else words.say(f"value.periods.{start.base.period}", n=back)
    )
    return *money, Figure("pays_back", words.say("simulator.pays_back", **named_in), written, back, "count")


def _may_cost(answer: Answer, words: Words) -> dict[str, float | None]:
    """What it may cost, as the headline says it: by every method, or by the one per customer and in all."""
    result = answer.start.answer
    safe = None if answer.missed else rise.safe_budget(answer.start, words, answer.others)
    if safe is None:
        return {"most_cost": result.break_even_cost, "most_budget": result.break_even_budget}
    return {"safe_budget": safe}


def added_up(start: Start, words: Words) -> dict[str, Any]:
    """What the picture of the profit says."""
    firm = start.answer.present.firm
    return {
        "before": firm.before,
        "after": firm.after,
        "gain": firm.absolute.value,
        "horizon": rise.horizon(start, words),
    }


def _lines(told: Telling, answer: Answer) -> Iterator[str]:
    words = told.words
    after_cost = rise.left(answer.start, words)
    if after_cost:
        yield after_cost
    for said in (trusted(answer, words), methods(answer, words)):
        if said:
            yield " ".join(said)
    yield from (words.warning(each) for each in islice(cautions(answer), 1))
    if answer.start.footing.code == "purchases":
        yield of_forecast(told.forecast, words)
