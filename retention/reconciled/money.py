"""Revenue and the average order, from what the export adds up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.periods import first_day, last_day
from retention.reconciled.steps import Reconciled, Step, ending_at, inwards

if TYPE_CHECKING:
    import pandas as pd

    from retention.ingest import Exported
    from retention.periods import Period

_DECIMALS = 6  # of a sum of money, so that it is the same in whatever order rows came


def revenue(
    flows: pd.DataFrame,
    exported: Exported | None,
    refunds_by_order: pd.DataFrame,
    period: Period,
    number: int | None = None,
) -> Reconciled:
    """Net revenue of the file, or of one period, from all sales the export holds.

    Parameters
    ----------
    flows : the table `retention.aggregate.flows` makes
    exported : what all rows come to; None where they are not known, and then orders are begun with
    refunds_by_order : the table `retention.aggregate.refunds_by_order` makes
    number : of the period; None for the whole file
    """
    counted = flows if number is None else flows[flows["period"] == number]
    gross, refunded = float(counted["revenue"].sum()), float(counted["refunds"].sum())
    if exported is None:
        steps = [Step("sales", gross)]
        net = gross + refunded
    else:
        days = _within(exported.days, period, number)
        steps = [Step("sales", round(float(days["sales"].sum()), _DECIMALS))]
        net, refunded = _net(days), float(days["back"].sum())
    told = number is not None and not refunds_by_order.empty
    if refunded:
        steps += _refunds(net, refunds_by_order, number) if told else [Step("refunds", net)]
    if exported is not None:
        here = set(days["part"])
        steps += [
            Step(part, _net(days[days["part"].isin(left)]))
            for part, _, left in inwards(exported)
            if part in here
        ]
    ours = gross + float(counted["refunds"].sum())
    return Reconciled(
        figure="revenue_net" if number is None else "revenue_latest",
        steps=ending_at(ours, steps, "money"),
        period=None if number is None else period,
        number=number,
        untold=("refund_day",) if refunded and number is not None and not told else (),
    )


def _within(days: pd.DataFrame, period: Period, number: int | None) -> pd.DataFrame:
    if number is None:
        return days
    first, last = first_day(number, period).toordinal(), last_day(number, period).toordinal()
    return days[days["day"].between(first, last)]


def _net(days: pd.DataFrame) -> float:
    return round(float(days["sales"].sum() + days["back"].sum()), _DECIMALS)


def _refunds(net: float, by_order: pd.DataFrame, number: int | None) -> list[Step]:
    """Refunds taken off in their order's period, then in their own."""
    here, there = by_order["period"] == number, by_order["order_period"] == number
    moved = float(by_order["refunds"][there].sum() - by_order["refunds"][here].sum())
    return [Step("refunds_on_order_day", net + moved), Step("refund_day", net)]


def average_order(flows: pd.DataFrame, exported: Exported | None, kinds: pd.DataFrame) -> Reconciled | None:
    """The mean order, gross, from the export's sum over all its orders; None where there is no purchase.

    Parameters
    ----------
    kinds : the table `retention.aggregate.order_kinds` makes
    """
    gross, net = float(flows["revenue"].sum()), float((flows["revenue"] + flows["refunds"]).sum())
    placed, zeros, refunds = (
        int((kinds[name] * kinds["customers"]).sum()) for name in ("purchases", "zeros", "refunds")
    )
    if placed == 0:
        return None
    if exported is None:
        steps = [Step("order_mean", net / (placed + zeros + refunds))]
    else:
        days = exported.days
        steps = [Step("order_mean", _net(days) / int(exported.counts["orders"].iloc[-1]))]
        steps += [
            Step(part, _net(days[days["part"].isin(left)]) / int(counts["orders"]))
            for part, counts, left in inwards(exported)
        ]
    if refunds:
        steps.append(Step("no_refund_orders", gross / (placed + zeros)))
    if zeros:
        steps.append(Step("zero_orders", gross / placed))
    return Reconciled("average_order_value", ending_at(gross / placed, steps, "money"))
