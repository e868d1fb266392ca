"""A snapshot opened on newer data: what changed since, and whether its forecast held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from retention.snapshot.changes import Changes
    from retention.snapshot.figures import Span
    from retention.snapshot.snapshot import Past, Sealed, Snapshot
    from retention.statistics import Estimate

Against = Literal["same_months", "year", "before"]
SealedFigure = Literal["purchases", "revenue"]
_MOST_APART = 0.02  # of the past's customers, orders and revenue, beyond which it is another file
_CENT = 0.005


@dataclass(frozen=True)
class Came:
    """An expected figure and what came.

    Attributes
    ----------
    of : purchase days, or net revenue
    expected : with the interval it was sealed with, where it had one
    came : None while the data does not reach so far
    """

    of: SealedFigure
    expected: Estimate
    came: float | None

    @property
    def hit(self) -> bool | None:
        """Whether what came lies inside the interval; None where it has not come, or there is no interval."""
        return None if self.came is None or self.expected.ends is None else self.beyond == 0.0

    @property
    def beyond(self) -> float | None:
        """By how much what came is above the interval, or below: negative; 0 inside it."""
        if self.came is None or self.expected.ends is None:
            return None
        low, high = self.expected.ends
        return min(self.came - low, 0.0) + max(self.came - high, 0.0)

    @property
    def off(self) -> float | None:
        """What came over what was expected, less 1."""
        if self.came is None or not self.expected.value > 0:
            return None
        return self.came / self.expected.value - 1.0


@dataclass(frozen=True)
class Opened:
    """A sealed forecast of one horizon: both figures with what came, or still sealed."""

    months: int
    due: date
    corrected: bool
    purchases: Came
    revenue: Came

    @property
    def over(self) -> bool:
        """Whether its days are over."""
        return self.purchases.came is not None


@dataclass(frozen=True)
class Since:
    """What newer data says of a snapshot.

    Attributes
    ----------
    snapshot : as it was
    end : last day of the newer data
    past : what the newer data says there was by the snapshot's end
    basis : months that are compared: the ``same_months`` of a year before, a ``year`` with the year before
        the snapshot, or as many months ``before`` it, seasons and all; None where no whole month has come
    now, then : their figures
    changes : held against each other
    opened : the forecasts, by horizon
    """

    snapshot: Snapshot
    end: date
    past: Past
    basis: Against | None
    now: Span | None
    then: Span | None
    changes: Changes | None
    opened: tuple[Opened, ...]

    @property
    def same_past(self) -> bool:
        """Whether both say quite the same of the days they share."""
        then, now = self.snapshot.past, self.past
        counts = (then.customers, then.orders) == (now.customers, now.orders)
        return counts and abs(then.revenue_net - now.revenue_net) < _CENT


def check_comparable(snapshot: Snapshot, currency: str | None, first: date, end: date) -> None:
    """Refuse data that a snapshot cannot be opened on.

    Raises
    ------
    InputError
        ``snapshot_currency``, ``snapshot_not_newer`` or ``snapshot_starts_later``.
    """
    named = {snapshot.currency, currency} - {None}
    if len(named) > 1:
        raise InputError("snapshot_currency", then=snapshot.currency, now=currency)
    if end <= snapshot.end:
        raise InputError("snapshot_not_newer", then=snapshot.end, now=end)
    if first > snapshot.first:
        raise InputError("snapshot_starts_later", then=snapshot.first, now=first)


def check_same_past(then: Past, now: Past) -> None:
    """Refuse data that tells of the snapshot's own days what the snapshot does not.

    Raises
    ------
    InputError
        ``snapshot_other_past`` where customers, orders or net revenue are more than 2 % apart.
    """
    for name, before in vars(then).items():
        if abs(getattr(now, name) - before) > _MOST_APART * abs(before):
            told = {f"then_{each}": value for each, value in vars(then).items()}
            told |= {f"now_{each}": value for each, value in vars(now).items()}
            raise InputError("snapshot_other_past", **told)


def opened(sealed: Sealed, came: tuple[float, float] | None) -> Opened:
    """A sealed forecast with what came.

    Parameters
    ----------
    came : purchase days and net revenue; None while its days are not over
    """
    days, money = (None, None) if came is None else came
    return Opened(
        sealed.months,
        sealed.due,
        sealed.corrected,
        Came("purchases", sealed.purchases, days),
        Came("revenue", sealed.revenue, money),
    )
