"""Rolling origins: several days to stand on and look ahead from, so that no single one makes the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.lifetime_value.models.variant import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from retention.lifetime_value.models.variant import Variant, Wanted
    from retention.lifetime_value.trust.holdout import Errors, Holdout, Naive
    from retention.periods import Window

LEAST_KNOWN, LEAST_AHEAD = 180, 90  # days before an origin and after it
_APART = 30  # days from an origin to the next: nearer ones tell the same
_PARTS = ((1, 2), (2, 3), (5, 6))  # of the days of the data, that an origin knows


def origins(window: Window) -> tuple[date, ...]:
    """Last days known at about half, two thirds and five sixths of the data, with enough on either side.

    Returns
    -------
    in order; () where the data is too short for any

    Examples
    --------
    >>> from datetime import date
    >>> from retention.periods import Window
    >>> [day.isoformat() for day in origins(Window(date(2023, 1, 1), date(2024, 12, 31)))]
    ['2024-01-01', '2024-05-02', '2024-09-01']
    """
    most = window.days - LEAST_AHEAD
    if most < LEAST_KNOWN:
        return ()
    known: list[int] = []
    for part, whole in _PARTS:
        days = min(max(-(-window.days * part // whole), LEAST_KNOWN), most)
        if not known or days - known[-1] >= _APART:
            known.append(days)
    return tuple(window.first + timedelta(days=days - 1) for days in known)


def looked_ahead(window: Window, until: date, horizon: float) -> date:
    """Last day a forecast from an origin is held against: as far as the horizon, or the data, reaches."""
    return min(window.last, until + timedelta(days=round(horizon)))


@dataclass(frozen=True)
class Pooled:
    """How one model, or one rule without a model, did from all origins together.

    Attributes
    ----------
    actual, expected : purchase days in all spans ahead
    bias : expected / actual − 1, None where nobody bought
    biases : of each origin that has one, in order
    rmse : root of the mean squared error of single customers, over all origins
    tracking_error : mean over the origins of the mean absolute error, in proportion, of the cumulative curve
        over the weeks ahead; None where no origin has a whole week
    naive : rules without a model that were tried from every origin
    beaten_by : those whose RMSE is no worse
    money_bias : of the money spent in all spans, None where nothing is said of it
    money_biases : of each origin that has one, in order
    tried : the forecasts themselves, one from each origin
    """

    actual: int
    expected: float
    bias: float | None
    biases: tuple[float, ...]
    rmse: float
    tracking_error: float | None
    naive: tuple[Naive, ...]
    beaten_by: tuple[Naive, ...]
    money_bias: float | None
    money_biases: tuple[float, ...]
    tried: tuple[Holdout, ...]

    @classmethod
    def of(cls, found: Iterable[Holdout]) -> Pooled:
        """Pool one model's forecasts."""
        each = tuple(found)
        rmse = _pooled_rmse(each, [one.errors for one in each])
        naive = {
            name: _pooled_rmse(each, [one.naive[name] for one in each])
            for name in each[0].naive
            if all(name in one.naive for one in each)
        }
        tracked = [one.tracking_error for one in each if one.tracking_error is not None]
        money = [one.money for one in each if one.money is not None]
        actual, expected = sum(one.actual for one in each), sum(one.expected for one in each)
        return cls(
            actual=actual,
            expected=expected,
            bias=_bias(expected, actual),
            biases=tuple(one.bias for one in each if one.bias is not None),
            rmse=rmse,
            tracking_error=float(np.mean(tracked)) if tracked else None,
            naive=tuple(naive),
            beaten_by=tuple(name for name, found in naive.items() if found <= rmse),
            money_bias=_bias(sum(one.expected for one in money), sum(one.actual for one in money)),
            money_biases=tuple(one.bias for one in money if one.bias is not None),
            tried=each,
        )

    @property
    def origins(self) -> int:
        """How many there are."""
        return len(self.tried)

    @property
    def covered(self) -> int:
        """Of how many the interval held what came."""
        return sum(one.within_chance for one in self.tried)

    @property
    def within_chance(self) -> bool:
        """Whether every interval held what came."""
        return self.covered == self.origins

    @property
    def one_sided(self) -> bool:
        """Whether every one of several origins misses to the same side."""
        return self.side is not None

    @property
    def side(self) -> Literal["low", "high"] | None:
        """Which: forecasts too low, or too high; None where they are off both ways, or there is but one."""
        if len(self.biases) > 1 and (max(self.biases) < 0 or min(self.biases) > 0):
            return "low" if self.biases[0] < 0 else "high"
        return None


@dataclass(frozen=True)
class Origins:
    """Models tried from the same days.

    Attributes
    ----------
    days : last days known, in order
    found : by model, then by day; every model from every day
    """

    days: tuple[date, ...]
    found: Mapping[Variant, Mapping[date, Holdout]]

    def pooled(self, variant: Variant) -> Pooled:
        """How one model did from all of them."""
        return Pooled.of(self.found[variant].values())

    @property
    def proposed(self) -> Variant | None:
        """The model to prefer: least RMSE, then least off on the way; None where no day was tried.

        RMSE to three digits and the way to a thousandth: a lesser difference is chance. Among equals the one
        tried first. A BG/NBD, for which who bought once is still a customer, only where no other was tried.
        """
        return self.proposed_of(OPEN)

    def proposed_of(self, wanted: Wanted) -> Variant | None:
        """The same of the models that are as asked."""
        asked = [variant for variant in self.found if wanted.allows(variant)]
        telling = [variant for variant in asked if variant.kind != "bg_nbd"]
        return min(telling or asked, key=self._rank, default=None)

    def _rank(self, variant: Variant) -> tuple[float, float]:
        here = self.pooled(variant)
        way = abs(here.bias or 0.0) if here.tracking_error is None else here.tracking_error
        return float(f"{here.rmse:.3g}"), round(way, 3)


def _pooled_rmse(each: Sequence[Holdout], errors: Sequence[Errors]) -> float:
    """Root of the mean squared error of all customers of all origins."""
    squares = [error.rmse**2 for error in errors]
    return float(np.sqrt(np.average(squares, weights=[one.customers for one in each])))


def _bias(expected: float, actual: float) -> float | None:
    return expected / actual - 1.0 if actual > 0 else None
