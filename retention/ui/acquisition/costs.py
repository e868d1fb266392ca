"""What winning and keeping cost, what a customer may cost, and where the money went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import charts
from retention.acquisition import cac_position
from retention.periods import first_day
from retention.statistics import named_ends, value_of
from retention.ui.acquisition import tables
from retention.ui.parts import forecast, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Acquisition, AcquisitionCosts, UnitEconomics
    from retention.statistics import Estimate
    from retention.ui.acquisition.choices import View


def headline(found: Acquisition) -> None:
    """What winning costs, what keeping costs, their ratio beside the quoted one; why not, without both."""
    costs = found.costs
    screen.warnings(costs.warnings)
    if costs.cac is None and costs.retention_cost is None:
        screen.stop("acquisition.no_cost")
    _ratio(costs)
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


def figures(view: View) -> None:
    """CAC, LTV:CAC both ways, payback; then what stands behind them and what bends them."""
    costs, worth, doubts = view.found.costs, view.worth, view.doubts
    cac = costs.monthly["cac"].dropna()
    multiples = worth.realised_multiple, worth.expected_multiple
    realised, expected = (screen.say("value.ratio", value=value_of(multiple)) for multiple in multiples)
    screen.metrics(
        {
            "acquisition.cac": (
                screen.say("value.money", value=value_of(costs.cac)),
                cac if len(cac) > 1 else None,
            ),
            "acquisition.ltv_realised": (realised, None),
            "acquisition.ltv_expected": (expected, None),
            "acquisition.payback_month": (_paid_back(worth), None),
        }
    )
    if worth.expected is not None:
        forecast.line(view.value)
    _paid(costs)
    _break_even(view)
    screen.warnings(doubts[bent] for bent in ("cac", "value", "only") if bent in doubts)
    screen.warnings(worth.warnings)
    _by_a_poor_model(view)


def costs(found: Acquisition) -> None:
    """Winning and keeping as two bars; every cost with its interval, those of an order among them."""
    words, costs, made = screen.words(), found.costs, found.orders
    drawing = cached(charts.acquisition.costs, costs, words)
    cac, cost = value_of(costs.cac), value_of(costs.retention_cost)
    screen.chart(drawing, "acquisition.costs.alt", cac=cac, cost=cost)
    screen.text(f"acquisition.costs.reading{'' if value_of(costs.ratio) else '.one'}")
    if made.new is not None and made.old is not None:
        screen.text("acquisition.orders", new=made.new.value, old=made.old.value)
    screen.table(lambda: cached(tables.costs, found, words), "acquisition_costs")
    screen.table(lambda: cached(tables.monthly, costs, words), "acquisition_months")


def by_channel(found: Acquisition, worth: UnitEconomics) -> None:
    """Where the money went, what a customer cost there and what one may cost."""
    screen.section("acquisition.channels")
    words = screen.words()
    screen.table(
        lambda: cached(tables.channels, found, worth, words), "acquisition_channels", open_at_start=True
    )
    screen.text("acquisition.channels.help")


def _by_a_poor_model(view: View) -> None:
    """What the model behind the expected value has missed so far, where it missed it to one side."""
    if view.correction is not None:
        missed, n = view.correction.purchases, view.correction.origins
        screen.text("acquisition.by_a_poor_model", n=n, least=missed.least, most=missed.most)


def _paid_back(worth: UnitEconomics) -> str:
    """After how many months a customer has paid back."""
    if worth.everybody is None:
        return screen.say("value.money", value=None)
    months = worth.everybody.months
    return screen.say("value.months", n=months) if months else screen.say("value.not_yet")


def _ratio(costs: AcquisitionCosts) -> None:
    ratio = costs.ratio
    values = {"cac": value_of(costs.cac), "cost": value_of(costs.retention_cost), "ratio": value_of(ratio)}
    if ratio is None:
        screen.headline("acquisition.headline.win" if costs.cac else "acquisition.headline.keep", **values)
    elif ratio.ends is None:
        screen.headline(f"acquisition.headline.{costs.ratio_position}", **values)
    else:
        low, high = costs.ratio_interval_positions or (costs.ratio_position, costs.ratio_position)
        where = costs.ratio_position if low == high else "unsure"
        screen.headline(f"acquisition.headline.{where}.interval", **values, **_ends(ratio))


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
        **_ends(costs.paid_cac),
    )


def _break_even(view: View) -> None:
    """What a new customer may cost at most, by what was measured and by what is expected."""
    cac, worth = view.found.costs.cac, view.worth
    year, expected = worth.first_year, worth.expected
    if year.margin is not None:
        _ceiling("realised", cac, year.margin, worth.realised_multiple, n=year.customers)
    if expected is not None:
        discount = view.value.terms.discount_rate
        _ceiling("expected", cac, expected, worth.expected_multiple, discount=discount)


def _ceiling(
    which: str, cac: Estimate | None, most: Estimate, multiple: Estimate | None, **values: Any
) -> None:
    stands = cac_position(cac, most)
    key = f"acquisition.break_even.{which}{_sure(most)}"
    told = [screen.say(key, most=most.value, **_ends(most), **values)]
    if stands:
        compared = {"cac": value_of(cac), "ratio": value_of(multiple), **_ends(multiple)}
        told.append(screen.say(f"acquisition.standing.{stands}{_sure(multiple)}", **compared))
    screen.paragraph(*told)


def _sure(figure: Estimate | None) -> str:
    return ".interval" if figure and figure.ends else ""


def _ends(figure: Estimate | None) -> dict[str, float | None]:
    return named_ends(figure) if figure and figure.ends else {}
