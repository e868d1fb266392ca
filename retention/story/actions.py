"""What to do: at most three steps, each with the figure it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.statistics import value_of
from retention.story import customers, dropoff, rise
from retention.story.acquisition import decision
from retention.story.message import MOST_LINES, Figure, Message, Untold
from retention.story.simulator import asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.lists import Occasion
    from retention.story.telling import Telling

    Step = tuple[str, Figure | None]

_AT_RISK: tuple[Occasion, ...] = ("win_back", "save", "feedback")  # where what is at stake can be lost


def actions(told: Telling) -> Message | Untold:
    """Three things to do, of those the data gives a reason for."""
    words = told.words
    steps = tuple(_steps(told))[:MOST_LINES]
    if not steps:
        return Untold("actions", words.say("report.actions"), words.say("report.actions.none"))
    return Message(
        "actions",
        words.say("report.actions"),
        words.say("report.actions.title", n=len(steps)),
        tuple(said for said, _ in steps),
        tuple(figure for _, figure in steps if figure is not None),
        numbers={figure.name: figure.value for _, figure in steps if figure is not None},
    )


def _steps(told: Telling) -> Iterator[Step]:
    yield from _write(told)
    yield from _ask(told)
    yield from _spend(told)
    yield from _keep(told)


def _write(told: Telling) -> Iterator[Step]:
    """Write to those with whom most is at stake of those who may be lost."""
    try:
        called = customers.lists(told)
    except InputError:
        return
    worst = max((called[name] for name in _AT_RISK), key=lambda found: found.stake)
    if worst.customers == 0:
        return
    said = customers.headline(worst, told.words)
    written = told.plain.say("value.about", value=worst.stake)
    yield said, Figure("stake", told.plain.heading("stake"), written, worst.stake, "money")


def _ask(told: Telling) -> Iterator[Step]:
    """Ask for the next purchase by the day by which most who go on have done so."""
    left_out = told.asked.leave_out_left_truncated
    found = told.study.counted(leave_out_left_truncated=left_out).dropoff.steps()
    if dropoff.refusal(found) is not None or found.steps[0].trigger_day is None:
        return
    first, day = found.steps[0], found.steps[0].trigger_day
    lost = value_of(first.lost)
    said = told.words.say("report.actions.ask", n=day, day=day, lost=lost, within=found.day)
    label = told.plain.say("dropoff.trigger")
    yield said, Figure("trigger_day", label, told.plain.count(day), float(day), "count")


def _spend(told: Telling) -> Iterator[Step]:
    """Where the next euro has room, where spend is known."""
    if told.winning is None or told.asked.spend is None:
        return
    left_out = told.asked.leave_out_left_truncated
    value = told.study.value(told.asked.wanted, discount_rate=told.asked.discount_rate)
    worth = told.study.acquisition(told.asked.spend).worth(
        value, told.asked.margin, leave_out_left_truncated=left_out
    )
    decided = decision(told.winning, worth, told.words)
    if decided:
        yield decided, None


def _keep(told: Telling) -> Iterator[Step]:
    """What a programme that keeps more customers may cost."""
    try:
        answer = asked(told.study, told.asked.question)
    except InputError:
        return
    if answer is None or answer.missed:
        return
    start, words = answer.start, told.words
    if not rise.may_spend(start, words) or start.answer.present.firm.absolute.value <= 0:
        return
    before, after = start.answer.retention_before, start.answer.retention_after
    may = rise.spend(start, words, answer.others)
    said = f"{words.say('report.actions.keep', before=before, after=after)} {may}"
    safe = rise.safe_budget(start, words, answer.others)
    budget = start.answer.break_even_budget if safe is None else safe
    label = told.plain.say(f"simulator.{'most' if safe is None else 'safe'}_budget")
    yield said, Figure("budget", label, told.plain.say("value.about", value=budget), budget, "money")
