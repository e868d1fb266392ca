"""What is asked on the What if page: its settings, with the data behind them, as the library takes them.

Everything here follows from the settings it is given, so that a kept scenario is answered like the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from retention.ui.parts import screen
from retention.ui.simulator import shop
from retention.ui.state import loaded, models, scenarios, settings
from retention.what_if import (
    Base,
    OtherReading,
    Plan,
    Simulation,
    constant_retention,
    other_reading,
    simulate,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.periods import Period
    from retention.ui.simulator.shop import Part, Today
    from retention.what_if import Footing

_MONTHS = 12  # in a year
_OWN = ("own_active", "own_won", "own_revenue")


@dataclass(frozen=True, eq=False)
class Asked:
    """A question ready for the simulation.

    Attributes
    ----------
    given : the settings it follows from, for what is kept
    rest : where one segment alone is reached, the others
    part : that segment
    typed : whether today's figures are the visitor's own
    """

    given: tuple[tuple[tuple[str, Any], ...], str]
    base: Base
    plan: Plan
    footing: Footing
    rest: tuple[Base, Footing] | None = None
    part: Part | None = None
    typed: bool = False


def on_page() -> dict[str, Any]:
    """The page's settings as they are now."""
    return {name: settings.get(name) for name in scenarios.ASKED}


def ask() -> Asked:
    """What the page asks; where the data cannot answer, the page ends with a sentence."""
    with screen.input_errors(), screen.computing():
        found = asked(on_page())
    if found is None:
        screen.stop("simulator.not_measurable")
    return found


def asked(values: Mapping[str, Any]) -> Asked | None:
    """The question some settings ask of the loaded data; None where it has no base to start from.

    Raises
    ------
    InputError
        If a number is out of its limits, or the data is not enough for the footing.
    """
    step: Period = values["step"]
    part = shop.chosen(values)
    found = _shop(values, part)
    if found is None:
        return None
    rest = None if part is None else _shop({**values, **dict.fromkeys(_OWN)}, part.others)
    typed = loaded.source() is None or any(values[name] is not None for name in _OWN)
    given = (tuple(values.items()), models.purchase_kind())
    return Asked(given, found[0], _plan(values, step), found[1], rest, part, typed)


def answered(question: Asked) -> Simulation:
    """Profit with and without the uplift, kept."""
    return loaded.tried(
        "simulated",
        lambda: simulate(question.base, question.plan, question.footing, question.rest),
        question.given,
    )


def read_the_other_way(question: Asked) -> OtherReading:
    """The same with the uplift in percent where it was in points, or the other way."""
    return loaded.tried(
        "simulated_other",
        lambda: other_reading(question.base, question.plan, question.footing, question.rest),
        question.given,
    )


def growth(values: Mapping[str, Any], step: Period) -> float:
    """What a customer spends more with every period of age, as chosen."""
    if values["growth_from"] == "typed":
        return float(values["typed_growth"]) / 100
    measured = shop.growth(step) if values["growth_from"] == "measured" else None
    return measured.rate if measured else 0.0


def _shop(values: Mapping[str, Any], part: Part | None) -> tuple[Base, Footing] | None:
    """The shop or a part of it, typed figures in place of measured ones, and how its customers leave."""
    step: Period = values["step"]
    found = shop.today(step, part)
    if found is None:
        return None
    won = _own(values, "own_won", found.won)
    if loaded.source() is not None and values["footing"] == "purchases":
        base, footing = shop.by_purchases(step, part)
        return replace(base, won_per_period=won), footing
    active = _own(values, "own_active", found.active)
    base = Base(step, active, won, _own(values, "own_revenue", found.revenue))
    if loaded.source() is not None and values["footing"] == "cohorts":
        return base, shop.curve(step, part).footing
    return base, _constant(values, found)


def _own(values: Mapping[str, Any], name: str, measured: float) -> float:
    return measured if values[name] is None else float(values[name])


def _constant(values: Mapping[str, Any], today: Today) -> Footing:
    if today.measured is None or values["kept"] == "typed":
        return constant_retention(values["typed_retention"] / 100, new_share=today.new_share)
    found = today.measured.strict if values["kept"] == "strict" else today.measured.textbook
    return constant_retention(min(found.rate.rate, 1.0), found.draws, today.new_share)


def _plan(values: Mapping[str, Any], step: Period) -> Plan:
    return Plan(
        uplift=values["uplift"] / 100,
        kind=values["uplift_kind"],
        margin=values["margin"] / 100,
        discount_rate=values["discount"] / 100,
        years=float(values["years"]),
        form=values["form"],
        steps="first" if values["reach"] == "first" else "all",
        growth=growth(values, step),
        fixed_cost=values["fixed_cost"],
        cost_per_customer=values["cost_each"],
        bites_after=values["bites_after"] / _MONTHS,
    )
