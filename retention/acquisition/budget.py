"""The next euro: how a budget is best split between winning and keeping, and what moving some of it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scipy.optimize import brentq

from retention.acquisition.response import through_point

if TYPE_CHECKING:
    from retention.acquisition.response import Response

MOVED = 0.10  # of the budget, to see which way it should go
TELLING = 0.02  # of the budget: a gain below it is no reason to move money
_ALL = 0.999  # of the budget

Advice = Literal["to_winning", "to_keeping", "stay"]


@dataclass(frozen=True)
class Use:
    """A period's money on one purpose and what it brings.

    Attributes
    ----------
    spend : money
    customers : won or kept with it, those who come or stay unasked included
    average_cost : money per customer it wins or keeps; None where it does neither
    marginal_cost : money that one more would cost; None where no money brings another
    return_of_next : value one more unit of money brings: below 1 it is lost
    """

    spend: float
    customers: float
    average_cost: float | None
    marginal_cost: float | None
    return_of_next: float


@dataclass(frozen=True)
class Split:
    """A budget divided in two.

    Attributes
    ----------
    winning, keeping : the two uses
    profit : value of the customers won and kept less the spend, money a period
    """

    winning: Use
    keeping: Use
    profit: float

    @property
    def spend(self) -> float:
        """Money spent in all."""
        return self.winning.spend + self.keeping.spend


@dataclass(frozen=True)
class Move:
    """What another split of the same money does.

    Attributes
    ----------
    moved, share : money that goes from one side to the other, and what part of today's it is
    gain : profit more than today's, money a period; below 0 where there is less
    """

    moved: float
    share: float
    gain: float


@dataclass(frozen=True)
class NextEuro:
    """What today's split does, and what others would do.

    Attributes
    ----------
    today : as it is
    best : of the same budget; what would not come back is left unspent
    unlimited : spent on each until the last unit just pays for itself
    to_keeping, to_winning : a tenth of the budget moved, or as much of it as the other side has
    best_move : so much of that moved, either way, as earns most
    average_ratio, marginal_ratio : cost of winning over cost of keeping, on average and for the next
        customer; each None without one of its costs
    """

    today: Split
    best: Split
    unlimited: Split
    to_keeping: Split
    to_winning: Split
    best_move: Split
    average_ratio: float | None
    marginal_ratio: float | None

    def move_to(self, split: Split) -> Move:
        """What it takes to get from today's split to another, and what that brings."""
        budget, moved = self.today.spend, abs(split.keeping.spend - self.today.keeping.spend)
        return Move(moved, moved / budget if budget else 0.0, split.profit - self.today.profit)

    @property
    def unspent(self) -> float:
        """Money of the budget that the best split leaves, for it would not come back."""
        return self.today.spend - self.best.spend

    @property
    def spends_all(self) -> bool:
        """Whether the best split spends the budget, but for what nobody would notice."""
        return self.best.spend > _ALL * self.today.spend

    @property
    def advice(self) -> Advice:
        """Which way money should move, where that gains enough to tell."""
        today, move = self.today, self.best_move
        if move.profit - today.profit <= TELLING * today.spend:
            return "stay"
        return "to_keeping" if move.keeping.spend > today.keeping.spend else "to_winning"


@dataclass(frozen=True)
class Assumed:
    """What a person holds possible, in parts of today's customers.

    Attributes
    ----------
    unasked : who would come, or stay, without any spend
    most : how many there would be with unlimited spend
    """

    unasked: float
    most: float

    def response(self, spend: float, customers: float) -> Response:
        """Curve through today's spend and customers under these assumptions; raises as `through_point`."""
        return through_point(
            floor=self.unasked * customers, ceiling=self.most * customers, spend=spend, customers=customers
        )


# Where nothing is known: everybody new was won by the spend and half as many again could be; four in five of
# those kept would have stayed anyway, and a fifth more could be kept.
USUAL_WON, USUAL_KEPT = Assumed(unasked=0.0, most=1.5), Assumed(unasked=0.8, most=1.2)


@dataclass(frozen=True)
class Market:
    """How winning and keeping answer to money, and what a customer of each is worth.

    Attributes
    ----------
    winning, keeping : customers of a period for its spend
    value_won, value_kept : margin a customer won, or kept, brings; money above 0
    """

    winning: Response
    keeping: Response
    value_won: float
    value_kept: float

    def split(self, winning: float, keeping: float) -> Split:
        """Tell what these two spends bring."""
        won, kept = _use(self.winning, winning, self.value_won), _use(self.keeping, keeping, self.value_kept)
        value = won.customers * self.value_won + kept.customers * self.value_kept
        return Split(won, kept, value - winning - keeping)

    def best(self, budget: float) -> Split:
        """Split a budget so that the last unit brings as much on either side, and at least itself.

        The split of most profit (Blattberg, Deighton 1996): where returns differ, moving a unit gains.
        """
        if self._wanted(1.0) <= budget:
            return self.split(*self._spends(1.0))
        dearest = max(
            response.marginal(0.0) * value
            for response, value in ((self.winning, self.value_won), (self.keeping, self.value_kept))
        )
        least = float(brentq(lambda at: self._wanted(at) - budget, 1.0, dearest, xtol=1e-12, rtol=1e-14))
        return self.split(*self._spends(least))

    def next_euro(self, winning: float, keeping: float) -> NextEuro:
        """Set today's split beside the best, and beside a tenth of the budget moved either way."""
        budget = winning + keeping
        to_keeping, to_winning = min(MOVED * budget, winning), min(MOVED * budget, keeping)
        today = self.split(winning, keeping)
        return NextEuro(
            today=today,
            best=self.best(budget),
            unlimited=self.split(*self._spends(1.0)),
            to_keeping=self.split(winning - to_keeping, keeping + to_keeping),
            to_winning=self.split(winning + to_winning, keeping - to_winning),
            best_move=self._best_move(winning, keeping, -to_winning, to_keeping),
            average_ratio=_ratio(today.winning.average_cost, today.keeping.average_cost),
            marginal_ratio=_ratio(today.winning.marginal_cost, today.keeping.marginal_cost),
        )

    def _best_move(self, winning: float, keeping: float, least: float, most: float) -> Split:
        """Move money to keeping, or (below 0) from it, while a unit brings more there than where it was."""

        def ahead(moved: float) -> float:
            there = self.keeping.marginal(keeping + moved) * self.value_kept
            return there - self.winning.marginal(winning - moved) * self.value_won

        if ahead(most) >= 0:
            moved = most
        elif ahead(least) <= 0:
            moved = least
        else:
            moved = float(brentq(ahead, least, most, xtol=1e-12, rtol=1e-14))
        return self.split(winning - moved, keeping + moved)

    def _spends(self, least_return: float) -> tuple[float, float]:
        return (
            self.winning.best_spend(self.value_won, least_return),
            self.keeping.best_spend(self.value_kept, least_return),
        )

    def _wanted(self, least_return: float) -> float:
        return sum(self._spends(least_return))


def _use(response: Response, spend: float, value: float) -> Use:
    return Use(
        spend=spend,
        customers=response.customers(spend),
        average_cost=response.average_cost(spend),
        marginal_cost=response.marginal_cost(spend),
        return_of_next=response.marginal(spend) * value,
    )


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None
