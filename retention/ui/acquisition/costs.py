"""The Win or keep page: what the marketing spend says of winning and of keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import acquisition, charts
from retention.acquisition import HEALTHY_MONTHS
from retention.periods import first_day
from retention.statistics import value_of
from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.state import loaded, models
from retention.ui.state.settings import get

if TYPE_CHECKING:
    import pandas as pd

    from retention.acquisition import Acquisition, AcquisitionCosts, UnitEconomics
    from retention.errors import DataWarning
    from retention.statistics import Estimate


def winning(spend: pd.DataFrame) -> Acquisition:
    """What the spend says, computed once for each table of it."""
    key, made = given(spend), loaded.order_tables(spend["channel"])

    def compute() -> Acquisition:
        return acquisition.analyse(spend, made, leave_out_left_truncated=key[1])

    return loaded.computed("winning", compute, key)


def given(spend: pd.DataFrame) -> tuple[str, bool]:
    """What the figures depend on besides the orders and the margin."""
    return spend.to_csv(index=False), get("old_customers") == "leave_out"


def worth(found: Acquisition, margin: float) -> tuple[UnitEconomics, tuple[DataWarning, ...]]:
    """What the customers won have brought and will bring in margin, and why that is not known."""
    expected, trouble = models.new_customer(HEALTHY_MONTHS, margin)
    return acquisition.unit_economics(found, margin, expected), trouble


def doubts(found: Acquisition, spend: pd.DataFrame, margin: float) -> dict[str, DataWarning]:
    """Figures that possible old customers bend, by what is bent; none where these are left out."""
    if found.left_out:
        return {}
    made = loaded.order_tables(spend["channel"])
    warned = loaded.computed(
        "bent", lambda: acquisition.left_truncation_warnings(found, spend, made), given(spend)
    )
    told = [acquisition.warning_at_margin(warning, margin) for warning in warned]
    return {warning.code.removeprefix("left_truncated_"): warning for warning in told}


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


def figures(
    found: Acquisition,
    value: UnitEconomics,
    trouble: tuple[DataWarning, ...],
    doubted: dict[str, DataWarning],
) -> None:
    """CAC, LTV:CAC both ways, payback; then what stands behind them and what bends them."""
    costs, paid = found.costs, value.everybody
    cac, back = costs.monthly["cac"].dropna(), screen.say("value.money", value=None)
    if paid is not None:
        back = screen.say("value.months", n=paid.months) if paid.months else screen.say("value.not_yet")
    multiples = value.realised_multiple, value.expected_multiple
    realised, expected = (screen.say("value.ratio", value=value_of(multiple)) for multiple in multiples)
    screen.metrics(
        {
            "acquisition.cac": (
                screen.say("value.money", value=value_of(costs.cac)),
                cac if len(cac) > 1 else None,
            ),
            "acquisition.ltv_realised": (realised, None),
            "acquisition.ltv_expected": (expected, None),
            "acquisition.payback_month": (back, None),
        }
    )
    _paid(costs)
    _break_even(costs.cac, value)
    screen.warnings(doubted[bent] for bent in ("cac", "value", "only") if bent in doubted)
    screen.warnings((*value.first_year.warnings, *(paid.warnings if paid else ()), *trouble))


def costs(found: Acquisition, key: tuple[str, bool]) -> None:
    """Winning and keeping as two bars; every cost with its interval, those of an order among them.

    Parameters
    ----------
    key : what the figures depend on, see `given`
    """
    words = screen.words()
    drawing = loaded.drawn("costs", lambda: charts.acquisition.costs(found.costs, words), key)
    cac, cost = value_of(found.costs.cac), value_of(found.costs.retention_cost)
    screen.chart(drawing, "acquisition.costs.alt", cac=cac, cost=cost)
    screen.text(f"acquisition.costs.reading{'' if value_of(found.costs.ratio) else '.one'}")
    made = found.orders
    if made.new is not None and made.old is not None:
        screen.text("acquisition.orders", new=made.new.value, old=made.old.value)
    loaded.table(tables.costs(found, words), "acquisition_costs", key)
    loaded.table(tables.monthly(found.costs, words), "acquisition_months", key)


def by_channel(found: Acquisition, value: UnitEconomics, key: object) -> None:
    """Where the money went, what a customer cost there and what one may cost."""
    screen.section("acquisition.channels")
    table = tables.channels(found, value, screen.words())
    loaded.table(table, "acquisition_channels", key, open_at_start=True)
    screen.text("acquisition.channels.help")


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


def _break_even(cac: Estimate | None, value: UnitEconomics) -> None:
    """What a new customer may cost at most, by what was measured and by what is expected."""
    year, expected = value.first_year, value.expected
    if year.margin is not None:
        _ceiling("realised", cac, year.margin, value.realised_multiple, n=year.customers)
    if expected is not None:
        _ceiling("expected", cac, expected, value.expected_multiple, discount=get("discount") / 100)


def _ceiling(
    which: str, cac: Estimate | None, most: Estimate, multiple: Estimate | None, **values: Any
) -> None:
    stands = acquisition.cac_position(cac, most)
    key = f"acquisition.break_even.{which}{_sure(most)}"
    told = [screen.say(key, most=most.value, **_ends(most), **values)]
    if stands:
        compared = {"cac": value_of(cac), "ratio": value_of(multiple), **_ends(multiple)}
        told.append(screen.say(f"acquisition.standing.{stands}{_sure(multiple)}", **compared))
    screen.paragraph(*told)


def _sure(figure: Estimate | None) -> str:
    return ".interval" if figure and figure.ends else ""


def _ends(figure: Estimate | None) -> dict[str, float]:
    return dict(zip(("low", "high"), figure.ends, strict=True)) if figure and figure.ends else {}
