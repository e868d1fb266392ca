"""The Acquisition or retention page: what the marketing spend says of winning and of keeping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import charts, economics
from retention.periods import first_day
from retention.ui import loaded, screen

if TYPE_CHECKING:
    import pandas as pd

    from retention.economics import AcquisitionCosts, Multiple, Payback, RealisedValue, ValueAt
    from retention.errors import DataWarning

_HORIZON = 12  # months: LTV:CAC and payback are usually judged on a year


@dataclass(frozen=True)
class Value:
    """What the customers won have brought and will bring, against what they cost; money is margin."""

    curve: RealisedValue
    payback: Payback
    after_a_year: ValueAt
    realised: Multiple
    expected: Multiple
    expected_value: float | None
    warnings: tuple[DataWarning, ...]


def costs(spend: pd.DataFrame) -> AcquisitionCosts:
    """CAC and cost of keeping over the months that have both spend and complete data."""
    with screen.input_errors():
        return economics.costs(
            spend, loaded.flows("month").table, new_by_channel=loaded.new_by_channel(spend["channel"])
        )


def value(found: AcquisitionCosts, margin: float) -> Value:
    """What the customers won bring in margin, so far and by the model, over a year."""
    curve = loaded.realised(margin)
    after = curve.at(_HORIZON)
    paid = economics.payback(found.cac.value, curve)
    expected, trouble = loaded.new_customer_value(_HORIZON, margin)
    return Value(
        curve=curve,
        payback=paid,
        after_a_year=after,
        realised=economics.ltv_to_cac(after.value, found.cac.value),
        expected=economics.ltv_to_cac(expected, found.cac.value),
        expected_value=expected,
        warnings=(*after.warnings, *paid.warnings, *trouble),
    )


def headline(found: AcquisitionCosts) -> None:
    """What winning costs, what keeping costs, their ratio beside the quoted one; why not, without both."""
    screen.warnings(found.warnings)
    if found.cac.value is None and found.retention_cost.value is None:
        screen.stop("acquisition.no_cost")
    ratio = found.ratio
    values = {"cac": found.cac.value, "cost": found.retention_cost.value, "ratio": ratio.value}
    if ratio.value is None:
        screen.headline(
            "acquisition.headline.win" if found.cac.value else "acquisition.headline.keep", **values
        )
    elif ratio.interval is None:
        screen.headline(f"acquisition.headline.{found.ratio_position}", **values)
    else:
        low, high = found.ratio_interval_positions or (found.ratio_position, found.ratio_position)
        where = found.ratio_position if low == high else "unsure"
        ends = {"low": ratio.interval.low, "high": ratio.interval.high}
        screen.headline(f"acquisition.headline.{where}.interval", **values, **ends)
    screen.text(
        "acquisition.basis",
        first=first_day(found.months[0], "month"),
        last=first_day(found.months[-1], "month"),
        n=len(found.months),
        new=found.new_customers,
        retained=found.retained_customers,
    )


def figures(found: AcquisitionCosts, worth: Value) -> None:
    """CAC, LTV:CAC both ways, payback."""
    cac = found.monthly["cac"].dropna()
    back = screen.say("value.money", value=None)
    if found.cac.value is not None:
        months = worth.payback.months
        back = screen.say("value.not_yet") if months is None else screen.say("value.months", n=months)
    screen.metrics(
        {
            "acquisition.cac": (
                screen.say("value.money", value=found.cac.value),
                cac if len(cac) > 1 else None,
            ),
            "acquisition.ltv_realised": (screen.say("value.ratio", value=worth.realised.ratio), None),
            "acquisition.ltv_expected": (screen.say("value.ratio", value=worth.expected.ratio), None),
            "acquisition.payback_month": (back, None),
        }
    )
    _after_a_year(worth.after_a_year)
    screen.warnings(worth.warnings)


def payback(found: AcquisitionCosts, worth: Value) -> None:
    """When an average customer has earned back the cost of winning them, where there is such a cost."""
    if found.cac.value is None or worth.payback.balance.empty:
        return
    screen.section("acquisition.payback")
    screen.chart(
        charts.acquisition.payback(worth.payback, worth.curve, screen.words()), "acquisition.payback.alt"
    )
    screen.table(worth.curve.curve, "realised_value")


def _after_a_year(worth: ValueAt) -> None:
    if worth.value is None:
        return
    values = {"value": worth.value, "n": worth.customers}
    if worth.interval is None:
        screen.text("acquisition.after_a_year", **values)
    else:
        ends = {"low": worth.interval.low, "high": worth.interval.high}
        screen.text("acquisition.after_a_year.interval", **values, **ends)


def by_channel(found: AcquisitionCosts) -> None:
    """Where the money went."""
    screen.section("acquisition.channels")
    screen.show_table(found.channels)
    screen.text("acquisition.channels.help")
