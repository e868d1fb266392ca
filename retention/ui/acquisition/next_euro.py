"""What the next euro would bring, and how a budget is best split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from retention import charts
from retention.ui.acquisition import response, tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from retention.acquisition import NextEuro, RetainedValue, Split
    from retention.study import NextEuro as Weighed
    from retention.ui.acquisition.choices import View

    Way = Literal["to_winning", "to_keeping"]


def section(view: View, answered: DeltaGenerator) -> None:
    """Which way money should go, in words, and closed what that rests on, with the best split.

    Parameters
    ----------
    answered : where the answer stands
    """
    costs = view.found.costs
    value_won, kept = view.values
    if costs.cac is None or costs.retention_cost is None:
        with answered:
            screen.text("next_euro.needs_both")
        return
    if value_won is None or kept is None or min(value_won, kept.value) <= 0:
        with answered:
            screen.text("next_euro.no_value")
        return
    with screen.closed("next_euro.more"):
        curves = response.curves(view, answered)
        if curves is None:
            return
        left_out = view.left_out
        weighed = view.spending.next_euro(*curves, value_won, kept, leave_out_left_truncated=left_out)
        with answered:
            _answer(weighed)
        _told(weighed, kept)


def _told(weighed: Weighed, kept: RetainedValue) -> None:
    """What other splits would do, what the advice rests on, and the curves."""
    found, words = weighed.found, screen.words()
    _returns(weighed)
    _others(weighed)
    _basis(weighed, kept)
    drawing = cached(charts.acquisition.response, weighed.market, found, words)
    screen.chart(drawing, "next_euro.alt", **_points(found))
    screen.text("next_euro.reading", average=found.average_ratio, marginal=found.marginal_ratio)
    screen.table(lambda: cached(tables.next_euro, found, words), "next_euro")


def _answer(weighed: Weighed) -> None:
    """What the next euro brings on either side, and which way money should go, where both readings agree."""
    found, month = weighed.found, weighed.one_month.today
    move = found.move_to(found.best_move)
    agree = weighed.if_one_month == "holds"
    told = screen.say(
        f"next_euro.headline.{found.advice if agree else 'unsure'}",
        won=found.today.winning.return_of_next,
        kept=found.today.keeping.return_of_next,
        next_won=month.winning.return_of_next,
        next_kept=month.keeping.return_of_next,
        gain=move.gain,
        moved=move.moved,
        share=move.share,
    )
    st.markdown(told)


def _returns(weighed: Weighed) -> None:
    """What the next euro brings on either side, by both readings of what a customer kept is worth."""
    today, month = weighed.found.today, weighed.one_month.today
    screen.text(
        "next_euro.returns",
        won=today.winning.return_of_next,
        kept=today.keeping.return_of_next,
        next_kept=month.keeping.return_of_next,
    )


def _others(weighed: Weighed) -> None:
    """What moving a tenth does, either way, and the best split of the same money."""
    found = weighed.found
    tenths: dict[Way, Split] = {"to_winning": found.to_winning, "to_keeping": found.to_keeping}
    told = [
        _moved(found, way, split)
        for way, split in tenths.items()
        if weighed.advice == "stay" or split != found.best_move  # which the headline has told
    ]
    screen.paragraph(*told, _best(found))


def _moved(found: NextEuro, way: Way, split: Split) -> str:
    """What moving a tenth does, or as much of it as there is."""
    move = found.move_to(split)
    does = "adds" if move.gain > 0 else "costs"
    return screen.say(f"next_euro.moved.{way}.{does}", moved=move.moved, gain=abs(move.gain))


def _best(found: NextEuro) -> str:
    """The split that earns most of the same budget."""
    return screen.say(
        "next_euro.best" if found.spends_all else "next_euro.best.unspent",
        budget=found.today.spend,
        winning=found.best.winning.spend,
        keeping=found.best.keeping.spend,
        gain=found.move_to(found.best).gain,
        unspent=found.unspent,
    )


def _basis(weighed: Weighed, kept: RetainedValue) -> None:
    """What a customer of each kind counts with, whether that decides, and what the curves rest on."""
    told = {
        "won": weighed.market.value_won,
        "kept": kept.value,
        "month": kept.one_month,
        "retention": kept.retention,
    }
    if kept.retention is None:
        worth = [screen.say("next_euro.worth.one_month", **told)]
    else:
        worth = [screen.say("next_euro.worth", **told), _were_it_one_month(weighed, kept.one_month)]
    screen.paragraph(*worth, screen.say(f"next_euro.rests.{get('response_from')}"))


def _were_it_one_month(weighed: Weighed, month: float) -> str:
    """Whether the advice would be another with one month of a customer kept, the least one can be worth."""
    today = weighed.one_month.today
    returns = {"next_won": today.winning.return_of_next, "next_kept": today.keeping.return_of_next}
    return screen.say(f"next_euro.one_month.{weighed.if_one_month}", month=month, **returns)


def _points(found: NextEuro) -> dict[str, float]:
    return {
        "winning": found.today.winning.spend,
        "keeping": found.today.keeping.spend,
        "won": found.today.winning.return_of_next,
        "kept": found.today.keeping.return_of_next,
    }
