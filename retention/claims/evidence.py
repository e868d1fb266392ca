"""What the orders, the simulator and the spend say of the claims, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.aggregate import customers_of
from retention.first_and_repeat import first_and_repeat
from retention.metrics import BEST
from retention.statistics import Estimate, share_of_best

if TYPE_CHECKING:
    import pandas as pd

    from retention.buying_again import BuyingAgain
    from retention.first_and_repeat import FirstAndRepeat
    from retention.multiples import LifetimeMultiple
    from retention.periods import Period
    from retention.what_if import FootingCode

UPLIFT = 0.05


@dataclass(frozen=True)
class Bought:
    """What the orders alone say; None where they are too few or too short.

    Attributes
    ----------
    again : chance that an active customer buys again soon
    best : share of gross revenue from the best 20 % of customers
    multiples : of the first order, by age
    repeat : first against repeat orders
    """

    again: BuyingAgain | None
    best: Estimate | None
    multiples: tuple[LifetimeMultiple, ...]
    repeat: FirstAndRepeat | None


@dataclass(frozen=True)
class Lift:
    """Relative change of profit when retention rises by five points, and by five percent of itself.

    Attributes
    ----------
    points, relative : of the firm's profit, with the doubt of the shop's size as of how its customers stay
    footing : they are reckoned on, the one that foresaw the last year best
    retention, period : that is raised, as measured, and of what period
    years, discount_rate : of the profit; the rate a year
    """

    points: Estimate
    relative: Estimate
    footing: FootingCode
    retention: float
    period: Period
    years: float
    discount_rate: float

    @property
    def basis(self) -> dict[str, Any]:
        """What the change rests on, told with it."""
        told = ("footing", "retention", "period", "years", "discount_rate")
        return {name: getattr(self, name) for name in told}


@dataclass(frozen=True)
class NoAnswer:
    """Why the simulator does not say what a rise of retention earns.

    Attributes
    ----------
    needs : code; ``no_footing_holds`` where every footing missed the last year by too much, ``no_footing``
        where the one that did best cannot be built today
    details : figures beside it, by name
    """

    needs: str
    details: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Complained:
    """What complaints say; of those who keep silent they say nothing.

    Attributes
    ----------
    days : customers were watched after their complaint
    back, solved_back : share who bought again, of all and of those whose complaint was resolved; None where
        fewer than 30 were watched
    people, solved : how many were watched
    share : of all customers who complained
    """

    days: int
    back: Estimate | None
    solved_back: Estimate | None
    people: int
    solved: int
    share: float


def bought(
    people: pd.DataFrame, again: BuyingAgain | None, multiples: tuple[LifetimeMultiple, ...]
) -> Bought:
    """Everything the orders alone say of the claims.

    Parameters
    ----------
    people : the table `retention.aggregate.customers` makes, or `retention.aggregate.worths`
    """
    number, revenue = customers_of(people), people["revenue"].to_numpy(dtype=float).round(6)
    order = np.argsort(revenue, kind="stable")
    return Bought(
        again=again,
        best=share_of_best(revenue[order], number[order], BEST) if revenue.sum() > 0 else None,
        multiples=multiples,
        repeat=first_and_repeat(people),
    )
