"""How many times the first order a customer has brought by some age: the realised lifetime value multiple."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.aggregate import customers_of, total_of
from retention.periods import DAYS_PER_MONTH
from retention.statistics import Estimate, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

AGES = (6, 12, 24, 36)  # months
_APART = [
    "first_day",
    "first_value",
    "revenue",
    "refunds",
]  # what tells two customers apart besides their names


@dataclass(frozen=True)
class LifetimeMultiple:
    """What customers brought up to an age, in first orders; everything over the same customers.

    Attributes
    ----------
    months : age, in months of 30.4375 days since a customer's own first purchase
    customers : observed that long, those left out who may have bought before the data begins
    first_order : mean value of their first purchase, money, gross
    net, gross : mean revenue per customer up to that age, after and before refunds, money
    multiple : net / first_order, its interval from resampling customers
    gross_multiple : gross / first_order
    """

    months: int
    customers: int
    first_order: float
    net: float
    gross: float
    multiple: Estimate
    gross_multiple: float


def lifetime_multiples(
    known: pd.DataFrame, known_from: int, end: int, months: Sequence[int] = AGES
) -> tuple[LifetimeMultiple, ...]:
    """The multiple at each age some customers have reached.

    Left out are customers first seen in the first W days of the data (at most a quarter of it): their first
    order here need not be their first.

    Parameters
    ----------
    known : the table `retention.aggregate.worth_by_age` makes of these ages
    known_from, end : day numbers of the first day after those, and of the observation end
    """
    later = known[known["first_day"] >= known_from]
    found = [_multiple(later, age, end) for age in months]
    return tuple(multiple for multiple in found if multiple is not None)


def with_value_to_come(valued: pd.DataFrame, known_from: int) -> Estimate | None:
    """What customers have brought so far and are expected to bring, in first orders; net, not discounted.

    Left out are the same customers as in `lifetime_multiples`.

    Parameters
    ----------
    valued : a customer a row, as `retention.lifetime_value.CustomerValues.table`; its horizon is how far the
        multiple looks ahead
    known_from : day number

    Returns
    -------
    with its interval from resampling customers; None where nobody is left
    """
    # What customers are called, by which they are numbered, decides nothing of what is drawn
    later = valued[valued["first_day"] >= known_from].sort_values(_APART, kind="stable")
    gross, refunds = (total_of(valued, valued[name]) for name in ("revenue", "refunds"))
    if not float(later["first_value"].sum()) > 0:
        return None
    net_share = min(max(1.0 + refunds / gross, 0.0), 1.0)
    to_come = net_share * later["expected_purchases"] * later["expected_spend"]
    brought = later["revenue"] + later["refunds"] + to_come
    return ratio(brought, later["first_value"], customers_of(later))


def _multiple(known: pd.DataFrame, months: int, end: int) -> LifetimeMultiple | None:
    reached = known[end - known["first_day"] + 1 >= months * DAYS_PER_MONTH]
    count = reached["customers"]
    customers, first = int(count.sum()), float((reached["first_value"] * count).sum())
    if not first > 0:
        return None
    net, gross = (float((reached[f"{kind}_{months}"] * count).sum()) for kind in ("net", "gross"))
    return LifetimeMultiple(
        months=months,
        customers=customers,
        first_order=first / customers,
        net=net / customers,
        gross=gross / customers,
        multiple=ratio(reached[f"net_{months}"], reached["first_value"], count),
        gross_multiple=gross / first,
    )
