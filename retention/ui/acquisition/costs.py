"""What winning and keeping cost, and what a customer may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import charts
from retention.acquisition import cac_position, usual_position
from retention.periods import first_day
from retention.statistics import value_of
from retention.story import acquisition as spent, tables as of_money
from retention.ui.acquisition import tables
from retention.ui.parts import forecast, problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, AcquisitionCosts, UnitEconomics
    from retention.statistics import Estimate
    from retention.ui.acquisition.choices import View


def headline(found: Acquisition, worth: UnitEconomics) -> None:
    """Where to win more, then what winning and keeping cost and their ratio; why not, without a cost."""
    costs = found.costs
    if spent.unknown(costs):
        problems.warnings(costs.warnings)
        screen.stop("acquisition.no_cost")
    words = screen.markdown_words()
    screen.heading(spent.headline(found, worth, words))
    if spent.decision(found, worth, words):
        st.markdown(spent.ratio(costs, words))


def figures(view: View) -> None:
    """CAC, payback, what a customer may cost and LTV:CAC, each where it is known; then what bends them."""
    costs, worth, doubts = view.found.costs, view.worth, view.doubts
    cards = spent.figures(view.found, worth, screen.markdown_words())
    if cards:
        screen.cards("acquisition", cards)
    if worth.realised_multiple is not None:
        screen.paragraph(_brings(costs.cac, worth.first_year.margin, worth.realised_multiple))
    elif worth.expected is not None:
        _expected(view)
    problems.warnings(costs.warnings)
    problems.warnings(doubts[bent] for bent in ("cac", "value", "only") if bent in doubts)
    problems.warnings(worth.warnings)


def reckoned(view: View) -> None:
    """What the costs divide by, what a customer may cost at most, both costs drawn and each in a table."""
    found, worth = view.found, view.worth
    _basis(found)
    screen.text("acquisition.channels.help")
    _paid(found.costs)
    if worth.first_year.margin is not None:
        _ceiling(
            "realised",
            found.costs.cac,
            worth.first_year.margin,
            worth.realised_multiple,
            n=worth.first_year.customers,
        )
    if worth.realised_multiple is not None and worth.expected is not None:
        _expected(view)
    _drawn(found)


def _expected(view: View) -> None:
    """LTV:CAC by the purchase model, how far that is to be trusted, and what one may cost at most by it."""
    worth = view.worth
    if worth.expected_multiple is not None:
        times = screen.say("value.ratio", value=worth.expected_multiple.value)
        screen.metrics({"acquisition.ltv_expected": (times, None)})
    forecast.line(view.value)
    if worth.expected is not None:
        discount = view.value.terms.discount_rate
        _ceiling("expected", view.found.costs.cac, worth.expected, worth.expected_multiple, discount=discount)
    _by_a_poor_model(view)


def _drawn(found: Acquisition) -> None:
    """Winning and keeping as two bars; every cost with its interval, those of an order among them."""
    words, costs, made = screen.words(), found.costs, found.orders
    drawing = cached(charts.acquisition.costs, costs, words)
    cac, cost = value_of(costs.cac), value_of(costs.retention_cost)
    screen.chart(drawing, "acquisition.costs.alt", cac=cac, cost=cost)
    screen.text(f"acquisition.costs.reading{'' if value_of(costs.ratio) else '.one'}")
    if made.new is not None and made.old is not None:
        screen.text("acquisition.orders", new=made.new.value, old=made.old.value)
    screen.table(lambda: cached(of_money.costs, found, words), "acquisition_costs")
    screen.table(lambda: cached(tables.monthly, costs, words), "acquisition_months")


def _basis(found: Acquisition) -> None:
    costs = found.costs
    screen.text(
        "acquisition.basis",
        first=first_day(costs.months[0], "month"),
        last=first_day(costs.months[-1], "month"),
        n=len(costs.months),
        new=costs.new_customers,
        retained=costs.retained_customers,
    )
    if found.left_out:
        screen.text("acquisition.left_out", n=found.left_out)


def _brings(cac: Estimate | None, most: Estimate | None, multiple: Estimate) -> str:
    """What a customer brings beside what one costs, in a sentence."""
    key = f"acquisition.ltv.{cac_position(cac, most)}{_sure(multiple)}"
    return screen.say(key, ratio=multiple.value, usual=usual_position(multiple), **spent.ends(multiple))


def _by_a_poor_model(view: View) -> None:
    """What the model behind the expected value has missed so far, where it missed it to one side."""
    if view.correction is not None:
        missed, n = view.correction.purchases, view.correction.origins
        screen.text("acquisition.by_a_poor_model", n=n, least=missed.least, most=missed.most)


def _paid(costs: AcquisitionCosts) -> None:
    """The CAC over those alone who came by a channel with spend, where the orders tell."""
    if costs.cac is None:
        return
    if costs.paid_cac is None:
        screen.text("acquisition.paid.unknown")
        return
    screen.text(
        f"acquisition.paid{_sure(costs.paid_cac)}",
        paid=costs.paid_cac.value,
        n=costs.paid_customers,
        new=costs.new_customers,
        cac=costs.cac.value,
        **spent.ends(costs.paid_cac),
    )


def _ceiling(
    which: str, cac: Estimate | None, most: Estimate, multiple: Estimate | None, **values: Any
) -> None:
    stands = cac_position(cac, most)
    key = f"acquisition.break_even.{which}{_sure(most)}"
    told = [screen.say(key, most=most.value, **spent.ends(most), **values)]
    if stands:
        compared = {"cac": value_of(cac), "ratio": value_of(multiple), **spent.ends(multiple)}
        told.append(screen.say(f"acquisition.standing.{stands}{_sure(multiple)}", **compared))
    screen.paragraph(*told)


def _sure(figure: Estimate | None) -> str:
    return ".interval" if figure and figure.ends else ""
