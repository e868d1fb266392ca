"""How many customers there are, and how many of them came back, from the ids the export holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.reconciled.steps import Reconciled, Step, ending_at, inwards

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from retention.ingest import Exported
    from retention.reconciled.steps import StepCode

_AGAIN = 2  # orders from which a customer has come back


def customers(kinds: pd.DataFrame, exported: Exported | None) -> Reconciled:
    """Customers with a purchase, from the different texts in the customer's column.

    Parameters
    ----------
    kinds : the table `retention.aggregate.order_kinds` makes
    exported : what all rows come to; None where they are not known, and then orders are begun with
    """
    ours = _with(kinds["purchases"], kinds)
    if exported is None:
        steps = [Step("any_order", float(kinds["customers"].sum()))]
    else:
        steps = [] if exported.other is None else [Step("by_other", float(exported.other))]
        steps.append(Step("as_written", float(exported.written)))
        everybody = int(exported.counts["customers"].iloc[-1])
        if everybody != exported.written:
            steps.append(Step("joined", float(everybody)))
        steps += [
            Step(part, float(counts["customers"]))
            for part, counts, _ in inwards(exported)
            if part != "no_customer"  # of whom there are none
        ]
    steps += _by_kind(kinds, "only_refunds", lambda orders: _with(orders, kinds))
    return Reconciled("customers", ending_at(ours, steps, "count"))


def repeat_rate(kinds: pd.DataFrame, exported: Exported | None) -> Reconciled | None:
    """Customers with two purchases or more over those with one, from all orders the export holds.

    None where nobody bought.
    """
    if not _with(kinds["purchases"], kinds):
        return None
    if exported is None:
        every = kinds["purchases"] + kinds["zeros"] + kinds["refunds"]
        steps = [Step("repeat_all", _repeated(every, kinds))]
    else:
        steps = [Step("repeat_all", _back(exported.counts.iloc[-1]))]
        steps += [
            Step(part, _back(counts))
            for part, counts, _ in inwards(exported)
            if part != "no_customer"  # of whom nobody knows who came back
        ]
    steps += _by_kind(kinds, "no_refund_orders", lambda orders: _repeated(orders, kinds))
    ours = _repeated(kinds["purchases"], kinds)
    return Reconciled("repeat_purchase_rate", ending_at(ours, steps, "percent"))


def _by_kind(kinds: pd.DataFrame, refunds: StepCode, figure: Callable[[pd.Series], float]) -> list[Step]:
    """The figure without refunds, then without orders worth 0, where there are any."""
    steps = []
    if kinds["refunds"].any():
        steps.append(Step(refunds, figure(kinds["purchases"] + kinds["zeros"])))
    if kinds["zeros"].any():
        steps.append(Step("zero_orders", figure(kinds["purchases"])))
    return steps


def _with(orders: pd.Series, kinds: pd.DataFrame, least: int = 1) -> float:
    """Customers with so many orders."""
    return float(kinds["customers"][orders >= least].sum())


def _repeated(orders: pd.Series, kinds: pd.DataFrame) -> float:
    return _with(orders, kinds, _AGAIN) / _with(orders, kinds)


def _back(counts: pd.Series) -> float:
    """Of the customers of some rows, who have two orders or more."""
    return int(counts["repeaters"]) / int(counts["customers"])
