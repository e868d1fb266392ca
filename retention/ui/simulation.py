"""The What if page: its inputs, what was measured, and the answer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention import charts
from retention.economics import Base, Plan, Simulation, measured_base, simulate
from retention.periods import PER_YEAR
from retention.ui import controls, loaded, screen
from retention.ui.settings import get

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retention.economics import Form, UpliftKind
    from retention.flows import Retention
    from retention.periods import Period

_STEPS: tuple[Period, ...] = ("month", "quarter", "year")
_CLAIMED_UPLIFT = 0.05
_ALIKE = (0.75, 1.33)  # first projected year over the last one: beyond, the base does not describe the shop


def inputs() -> tuple[Base | None, Plan, NDArray[np.float64] | None]:
    """Today, the change, the money: as measured on the data, to be changed by hand."""
    st.markdown(f"**{screen.say('simulator.today')}**")
    step = cast("Period", controls.choice("step", _measurable()))
    measured, base = loaded.measured_retention(step), base_of(step)
    kept = controls.choice("kept")
    rate, draws = _rate(kept, measured)
    if base is not None and measured is not None:
        _measured(base, measured, step)
    st.markdown(f"**{screen.say('simulator.change')}**")
    kind = cast("UpliftKind", controls.choice("uplift_kind"))
    uplift = controls.share("uplift", width="stretch")
    st.markdown(f"**{screen.say('simulator.money')}**")
    plan = Plan(
        retention=rate,
        uplift=uplift,
        kind=kind,
        margin=controls.share("margin", width="stretch"),
        discount_rate=controls.share("discount", width="stretch"),
        years=controls.number("years", width="stretch"),
        form=cast("Form", controls.choice("form")),
    )
    return base, plan, draws


def base_of(step: Period) -> Base | None:
    """The shop as the complete periods of its last year show it; None without a customer in them."""
    return measured_base(loaded.flows(step))


def outcome(base: Base, plan: Plan, draws: NDArray[np.float64] | None) -> Simulation:
    """Profit with and without the uplift; a number out of its limits ends the page with a sentence."""
    with screen.input_errors():
        return loaded.computed("simulated", lambda: simulate(base, plan, draws), _given(base, plan))


def headline(plan: Plan, result: Simulation) -> None:
    """What the uplift is worth, and what it may cost."""
    firm = result.present.firm
    rise, gain = firm.relative_interval, firm.absolute_interval
    values = {
        "before": result.retention_before,
        "after": result.retention_after,
        "gain": firm.absolute,
        "rise": firm.relative,
        "years": plan.years,
        "budget": result.break_even_budget,
        "cost": result.break_even_cost,
    }
    if rise is None or gain is None:
        screen.headline("simulator.headline", **values)
        return
    ends = {"low": rise.low, "high": rise.high, "gain_low": gain.low, "gain_high": gain.high}
    screen.headline("simulator.headline.interval", **values, **ends)


def check(base: Base, plan: Plan, result: Simulation) -> None:
    """The projection's first year beside the last one: amber where they disagree."""
    lately = loaded.flows(base.period).complete.tail(round(PER_YEAR[base.period]))
    if len(lately) < round(PER_YEAR[base.period]):
        return
    past = plan.margin * float(lately["revenue"].sum())
    first = float(result.yearly[["base_before", "new_before"]].iloc[0].sum())
    if past > 0 and not _ALIKE[0] <= first / past <= _ALIKE[1]:
        st.warning(screen.say("simulator.check.off", past=past, first=first), icon=":material/warning:")
    else:
        screen.text("simulator.check", past=past, first=first)


def figures(result: Simulation) -> None:
    """The firm's profit before, after and gained, and one customer's value."""
    words, firm = screen.words(), result.present.firm
    one = result.customer
    screen.metrics(
        {
            "simulator.profit_before": (words.money(firm.before), None),
            "simulator.profit_after": (words.money(firm.after), None),
            "simulator.customer_before": (screen.say("value.money", value=one.before if one else None), None),
            "simulator.customer_after": (screen.say("value.money", value=one.after if one else None), None),
        },
        least_width=220,
    )


def cumulative(base: Base, plan: Plan, result: Simulation) -> None:
    """The gain as it adds up."""
    words = screen.words()
    drawing = loaded.drawn(
        "cumulative",
        lambda: charts.simulator.cumulative(result, base.period, words),
        _given(base, plan),
    )
    screen.chart(drawing, "simulator.cumulative.alt")


def claim(base: Base, plan: Plan, result: Simulation) -> None:
    """The gain on the scale of the 25–95 % people quote, and why it is where it is."""
    words = screen.words()
    drawing = loaded.drawn("claim", lambda: charts.simulator.claim(result, words), _given(base, plan))
    screen.section("simulator.claim")
    screen.chart(drawing, "simulator.claim.alt")
    screen.text("simulator.claim.why")
    _other_than_claimed(plan)


def _other_than_claimed(plan: Plan) -> None:
    """The claim speaks of five; another rise cannot be held against it."""
    if plan.uplift != _CLAIMED_UPLIFT:
        screen.text("simulator.claim.other", uplift=100 * plan.uplift)


def _given(base: Base, plan: Plan) -> tuple[object, ...]:
    """What an answer depends on; the draws are those of the kind of retention."""
    return base, plan, get("kept")


def _measurable() -> tuple[Period, ...]:
    """The periods with at least one transition between complete ones; months where there is none."""
    with screen.computing():
        found = tuple(step for step in _STEPS if loaded.measured_retention(step) is not None)
    return found or ("month",)


def _rate(kept: str, measured: Retention | None) -> tuple[float, NDArray[np.float64] | None]:
    """Today's retention: one of the measured ones with its draws, or the visitor's own."""
    if kept == "typed" or measured is None:
        return controls.share("typed_retention", width="stretch"), None
    found = measured.strict if kept == "strict" else measured.textbook
    return min(found.rate.rate, 1.0), found.draws.clip(max=1.0)


def _measured(base: Base, measured: Retention, step: Period) -> None:
    found = measured.strict if get("kept") == "strict" else measured.textbook
    if get("kept") != "typed":
        screen.text(
            "simulator.measured",
            rate=found.rate.rate,
            low=found.rate.low,
            high=found.rate.high,
            n=measured.transitions,
        )
    screen.text(
        f"simulator.base.{step}", active=base.active, won=base.won_per_period, revenue=base.revenue_per_active
    )
