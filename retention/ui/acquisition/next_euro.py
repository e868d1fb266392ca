"""The Win or keep page's last part: what the next euro would bring, and how a budget is best split."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from retention import acquisition, charts
from retention.acquisition import Market
from retention.ui.acquisition import response, tables
from retention.ui.parts import screen
from retention.ui.state import loaded
from retention.ui.state.settings import get
from retention.what_if import measured_base

if TYPE_CHECKING:
    from retention.acquisition import AcquisitionCosts, NextEuro, RetainedValue, Split, UnitEconomics

    Way = Literal["to_winning", "to_keeping"]


def section(costs: AcquisitionCosts, worth: UnitEconomics, margin: float) -> None:
    """Curves of response, today's split and the best one, in words, as a picture and as a table."""
    screen.section("next_euro")
    if costs.cac is None or costs.retention_cost is None:
        screen.text("next_euro.needs_both")
        return
    value_won, kept = _values(worth, margin)
    if value_won is None or kept is None or min(value_won, kept.value) <= 0:
        screen.text("next_euro.no_value")
        return
    curves = response.curves(costs)
    if curves is None:
        return
    today = float(costs.monthly["acquisition"].mean()), float(costs.monthly["retention"].mean())
    market = Market(*curves, value_won, kept.value)
    found, words = market.next_euro(*today), screen.words()
    one_month = replace(market, value_kept=kept.one_month).next_euro(*today)
    _headline(found)
    _basis(value_won, kept, found, one_month)
    drawing = loaded.drawn(
        "response", lambda: charts.acquisition.response(market, found, words), (market, found)
    )
    screen.chart(drawing, "next_euro.alt", **_points(found))
    screen.text("next_euro.reading", average=found.average_ratio, marginal=found.marginal_ratio)
    screen.table(tables.next_euro(found, words), "next_euro")


def _values(worth: UnitEconomics, margin: float) -> tuple[float | None, RetainedValue | None]:
    """Margin of a customer won and of one kept, over as many months where that can be measured."""
    values = (figure.value for figure in (worth.first_year.margin, worth.expected) if figure)
    won = next(filter(None, values), None)
    base = measured_base(loaded.flows("month"))
    if base is None:
        return won, None
    return won, acquisition.retained_value(base, margin, loaded.measured_retention("month"))


def _headline(found: NextEuro) -> None:
    """What the next euro brings on either side, which way money should go, and what moving a tenth does."""
    today, move = found.today, found.best_move
    moved = abs(move.keeping.spend - today.keeping.spend)
    screen.headline(
        f"next_euro.headline.{found.advice}",
        won=today.winning.return_of_next,
        kept=today.keeping.return_of_next,
        gain=move.profit - today.profit,
        moved=moved,
        share=moved / today.spend,
    )
    tenths: dict[Way, Split] = {"to_winning": found.to_winning, "to_keeping": found.to_keeping}
    told = [
        _moved(found, way, split)
        for way, split in tenths.items()
        if found.advice == "stay" or split != move  # which the headline has told
    ]
    screen.paragraph(*told, _best(found))


def _moved(found: NextEuro, way: Way, split: Split) -> str:
    """What moving a tenth does, or as much of it as there is."""
    gain = split.profit - found.today.profit
    does = "adds" if gain > 0 else "costs"
    moved = abs(split.keeping.spend - found.today.keeping.spend)
    return screen.say(f"next_euro.moved.{way}.{does}", moved=moved, gain=abs(gain))


def _best(found: NextEuro) -> str:
    """The split that earns most of the same budget."""
    today, best = found.today, found.best
    return screen.say(
        "next_euro.best" if best.spend > 0.999 * today.spend else "next_euro.best.unspent",
        budget=today.spend,
        winning=best.winning.spend,
        keeping=best.keeping.spend,
        gain=best.profit - today.profit,
        unspent=today.spend - best.spend,
    )


def _basis(value_won: float, kept: RetainedValue, found: NextEuro, one_month: NextEuro) -> None:
    """What a customer of each kind counts with, whether that decides, and what the curves rest on."""
    told = {"won": value_won, "kept": kept.value, "month": kept.one_month, "retention": kept.retention}
    if kept.retention is None:
        worth = [screen.say("next_euro.worth.one_month", **told)]
    else:
        worth = [screen.say("next_euro.worth", **told), _were_it_one_month(kept, found, one_month)]
    screen.paragraph(*worth, screen.say(f"next_euro.rests.{get('response_from')}"))


def _were_it_one_month(kept: RetainedValue, found: NextEuro, one_month: NextEuro) -> str:
    """Whether the advice would be another with one month of a customer kept, the least one can be worth."""
    advices = {found.advice, one_month.advice}
    turns = "turns"
    if "stay" in advices or len(advices) == 1:
        turns = "holds" if len(advices) == 1 else one_month.advice
    today = one_month.today
    returns = {"next_won": today.winning.return_of_next, "next_kept": today.keeping.return_of_next}
    return screen.say(f"next_euro.one_month.{turns}", month=kept.one_month, **returns)


def _points(found: NextEuro) -> dict[str, float]:
    return {
        "winning": found.today.winning.spend,
        "keeping": found.today.keeping.spend,
        "won": found.today.winning.return_of_next,
        "kept": found.today.keeping.return_of_next,
    }
