"""The Win or keep page: what the marketing spend says of winning and of keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import charts, economics
from retention.economics import HEALTHY_MONTHS
from retention.periods import first_day
from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.state import loaded, models
from retention.ui.state.settings import get

if TYPE_CHECKING:
    import pandas as pd

    from retention.economics import AcquisitionCosts, Cost, Multiple, ValueAt, Winning, Worth
    from retention.errors import DataWarning


def winning(spend: pd.DataFrame) -> Winning:
    """What the spend says, computed once for each table of it."""
    key, made = given(spend), loaded.order_tables(spend["channel"])

    def compute() -> Winning:
        return economics.winning(spend, made, leave_out_left_truncated=key[1])

    return loaded.computed("winning", compute, key)


def given(spend: pd.DataFrame) -> tuple[str, bool]:
    """What the figures depend on besides the orders and the margin."""
    return spend.to_csv(index=False), get("old_customers") == "leave_out"


def worth(found: Winning, margin: float) -> tuple[Worth, tuple[DataWarning, ...]]:
    """What the customers won have brought and will bring in margin, and why that is not known."""
    expected, trouble = models.new_customer(HEALTHY_MONTHS, margin)
    return economics.worth(found, margin, expected), trouble


def doubts(found: Winning, spend: pd.DataFrame, margin: float) -> dict[str, DataWarning]:
    """Figures that possible old customers bend, by what is bent; none where these are left out."""
    if found.left_out:
        return {}
    made = loaded.order_tables(spend["channel"])
    warned = loaded.computed("bent", lambda: economics.bent(found, spend, made), given(spend))
    told = [economics.at_margin(warning, margin) for warning in warned]
    return {warning.code.removeprefix("left_truncated_"): warning for warning in told}


def headline(found: Winning) -> None:
    """What winning costs, what keeping costs, their ratio beside the quoted one; why not, without both."""
    costs = found.costs
    screen.warnings(costs.warnings)
    if costs.cac.value is None and costs.retention_cost.value is None:
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
    found: Winning, value: Worth, trouble: tuple[DataWarning, ...], doubted: dict[str, DataWarning]
) -> None:
    """CAC, LTV:CAC both ways, payback; then what stands behind them and what bends them."""
    costs, paid = found.costs, value.everybody
    cac, back = costs.monthly["cac"].dropna(), screen.say("value.money", value=None)
    if paid is not None:
        back = screen.say("value.months", n=paid.months) if paid.months else screen.say("value.not_yet")
    multiples = value.realised_multiple.ratio, value.expected_multiple.ratio
    realised, expected = (screen.say("value.ratio", value=ratio) for ratio in multiples)
    screen.metrics(
        {
            "acquisition.cac": (
                screen.say("value.money", value=costs.cac.value),
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


def costs(found: Winning, key: tuple[str, bool]) -> None:
    """Winning and keeping as two bars; every cost with its interval, those of an order among them.

    Parameters
    ----------
    key : what the figures depend on, see `given`
    """
    words = screen.words()
    drawing = loaded.drawn("costs", lambda: charts.acquisition.costs(found.costs, words), key)
    cac, cost = found.costs.cac.value, found.costs.retention_cost.value
    screen.chart(drawing, "acquisition.costs.alt", cac=cac, cost=cost)
    screen.text(f"acquisition.costs.reading{'' if found.costs.ratio.value else '.one'}")
    made = found.orders
    if made.new.value is not None and made.old.value is not None:
        screen.text("acquisition.orders", new=made.new.value, old=made.old.value)
    loaded.table(tables.costs(found, words), "acquisition_costs", key)
    loaded.table(tables.monthly(found.costs, words), "acquisition_months", key)


def by_channel(found: Winning, value: Worth, key: object) -> None:
    """Where the money went, what a customer cost there and what one may cost."""
    screen.section("acquisition.channels")
    table = tables.channels(found, value, screen.words())
    loaded.table(table, "acquisition_channels", key, open_at_start=True)
    screen.text("acquisition.channels.help")


def _ratio(costs: AcquisitionCosts) -> None:
    ratio = costs.ratio
    values = {"cac": costs.cac.value, "cost": costs.retention_cost.value, "ratio": ratio.value}
    if ratio.value is None:
        screen.headline(
            "acquisition.headline.win" if costs.cac.value else "acquisition.headline.keep", **values
        )
    elif ratio.interval is None:
        screen.headline(f"acquisition.headline.{costs.ratio_position}", **values)
    else:
        low, high = costs.ratio_interval_positions or (costs.ratio_position, costs.ratio_position)
        where = costs.ratio_position if low == high else "unsure"
        screen.headline(f"acquisition.headline.{where}.interval", **values, **_ends(ratio))


def _paid(costs: AcquisitionCosts) -> None:
    """The CAC over those alone who came by a channel with spend, where the orders tell."""
    if costs.cac.value is None:
        return
    if costs.paid_cac.value is None:
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


def _break_even(cac: Cost, value: Worth) -> None:
    """What a new customer may cost at most, by what was measured and by what is expected."""
    year, expected = value.first_year, value.expected
    if year.value is not None:
        _ceiling("realised", cac, year.value, _ends(year), value.realised_multiple, n=year.customers)
    if expected is not None:
        ends = {}
        if expected.low is not None and expected.high is not None:
            ends = {"low": expected.low, "high": expected.high}
        discount = get("discount") / 100
        _ceiling("expected", cac, expected.value, ends, value.expected_multiple, discount=discount)


def _ceiling(
    which: str, cac: Cost, most: float, ends: dict[str, float], multiple: Multiple, **values: Any
) -> None:
    stands = economics.standing(cac, most, ends.get("low"), ends.get("high"))
    key = f"acquisition.break_even.{which}{'.interval' if ends else ''}"
    told = [screen.say(key, most=most, **ends, **values)]
    if stands:
        compared = {"cac": cac.value, "ratio": multiple.ratio, **_ends(multiple)}
        told.append(screen.say(f"acquisition.standing.{stands}{_sure(multiple)}", **compared))
    screen.paragraph(*told)


def _sure(figure: Cost | Multiple | ValueAt) -> str:
    return ".interval" if figure.interval else ""


def _ends(figure: Cost | Multiple | ValueAt) -> dict[str, float]:
    ends = figure.interval
    return {"low": ends.low, "high": ends.high} if ends else {}
