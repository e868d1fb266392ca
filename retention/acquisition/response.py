"""How many customers money wins or keeps: a curve that bends towards a ceiling (Blattberg, Deighton 1996)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from retention.errors import InputError
from retention.statistics import CHI2_95

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_MONTHS = 12  # a curve of three parameters wants four months for each
LEAST_VARIATION = 0.2  # of the spend, standard deviation over mean: below, every month says the same
_STEEPEST, _FLATTEST = 50.0, 1e-3  # of k times the largest spend: a step, and a straight line
_AT_THE_CEILING = 40.0  # of k times a spend: from there on no number tells the customers from the ceiling
_NOTHING = 1e-12  # of the other month's spend
_STRAIGHT = 1e-6  # relative: two points this near to a straight line show no ceiling
_TINY = 1e-300


@dataclass(frozen=True)
class Response:
    """Customers for a period's spend: floor + (ceiling − floor)·(1 − e^(−k·spend)).

    Blattberg and Deighton's curve has no floor; with one it also tells those who come or stay unasked.

    Attributes
    ----------
    floor : customers without any spend
    ceiling : customers with unlimited spend, above the floor
    k : how quickly the ceiling is approached, per unit of money
    """

    floor: float
    ceiling: float
    k: float

    def customers(self, spend: float) -> float:
        """Customers won or kept with that spend."""
        return self.floor - (self.ceiling - self.floor) * float(np.expm1(-self.k * spend))

    def marginal(self, spend: float) -> float:
        """Customers more for one more unit of money."""
        return (self.ceiling - self.floor) * self.k * float(np.exp(-self.k * spend))

    def average_cost(self, spend: float) -> float | None:
        """Money per customer whom the spend wins or keeps; None where it does neither."""
        bought = self.customers(spend) - self.floor
        return spend / bought if bought > 0 else None

    def marginal_cost(self, spend: float) -> float | None:
        """Money that one more customer costs at that spend; None where no money brings another."""
        more = self.marginal(spend)
        return 1.0 / more if more > 0 else None

    def best_spend(self, value: float, least_return: float = 1.0) -> float:
        """Spend at which the last unit of money brings just `least_return`, with a customer worth `value`.

        Examples
        --------
        >>> response = through_point(floor=0.0, ceiling=0.4, spend=5.0, customers=0.2)
        >>> round(response.k, 6), round(response.best_spend(50.0), 4)
        (0.138629, 7.3562)
        """
        first = self.marginal(0.0) * value
        return float(np.log(first / least_return)) / self.k if first > least_return else 0.0


def through_point(*, floor: float, ceiling: float, spend: float, customers: float) -> Response:
    """Curve through today's spend and its customers, from what would come without and with unlimited spend.

    Raises
    ------
    InputError
        ``response_not_possible`` with `reason` "no_spend", "nobody_more" (than without spend) or
        "at_the_ceiling", and the four numbers.
    """
    given = {"floor": floor, "ceiling": ceiling, "spend": spend, "customers": customers}
    if spend <= 0:
        raise InputError("response_not_possible", reason="no_spend", **given)
    if customers <= floor:
        raise InputError("response_not_possible", reason="nobody_more", **given)
    if customers >= ceiling:
        raise InputError("response_not_possible", reason="at_the_ceiling", **given)
    return Response(floor, ceiling, -float(np.log1p(-(customers - floor) / (ceiling - floor))) / spend)


def through_two_points(
    first: tuple[float, float], second: tuple[float, float], *, floor: float = 0.0
) -> Response:
    """Curve through two observed (spend, customers), whose ceiling follows from how it bends between them.

    Raises
    ------
    InputError
        ``response_not_possible`` with `reason` "no_spend", "same_spend", "nobody_more" (than without spend),
        "fewer_for_more" (no more customers for more spend) or "does_not_bend" (as many more as in proportion
        to the spend, or still more), the floor and the points: no such curve passes there.
    """
    (less, few), (more, many) = sorted([first, second])
    few, many = few - floor, many - floor
    wrong = {
        "no_spend": less <= _NOTHING * more,
        "same_spend": less == more,
        "nobody_more": few <= 0,
        "fewer_for_more": few >= many,
        "does_not_bend": few * more <= many * less * (1 + _STRAIGHT),
    }
    for reason in (reason for reason, is_so in wrong.items() if is_so):
        raise InputError("response_not_possible", reason=reason, floor=floor, points=[first, second])

    def gap(log_k: float) -> float:
        k = np.exp(log_k)
        return float(np.expm1(-k * less) / np.expm1(-k * more)) - few / many

    flattest, steepest = np.log(1e-12 / more), np.log(_AT_THE_CEILING / less)
    k = float(np.exp(brentq(gap, flattest, steepest, xtol=1e-14, rtol=1e-14, maxiter=200)))
    return Response(floor, floor - many / float(np.expm1(-k * more)), k)


def fitted(spend: NDArray[np.float64], customers: NDArray[np.float64]) -> Response:
    """Curve fitted to a history of months by least squares, where it varies enough to show one.

    Parameters
    ----------
    spend, customers : (n,) money, and customers won or kept, in each month

    Raises
    ------
    InputError
        ``response_not_fitted`` with `reason`

        - "too_few_months" : `months`, `needed`
        - "spend_too_even" : `variation` (standard deviation over mean), `needed`
        - "no_effect" : customers do not rise with spend by more than chance: `gain`, `needed`, twice the
          gain in log-likelihood over a level that is always the same
        - "no_bend" : a straight line does as well, so that no ceiling is seen: `gain`, `needed`
    """
    _need_variation(spend)
    k = _steepness(spend, customers)
    left, floor, height = _residual(k, spend, customers)
    level = float(np.sum((customers - customers.mean()) ** 2))
    line = _residual(_FLATTEST / float(spend.max()), spend, customers)[0]
    for reason, simpler in (("no_effect", level), ("no_bend", line)):
        gain = len(spend) * float(np.log(max(simpler, _TINY) / max(left, _TINY)))
        if gain < CHI2_95 or height <= 0:
            raise InputError("response_not_fitted", reason=reason, gain=gain, needed=CHI2_95)
    return Response(floor, floor + height, k)


def _need_variation(spend: NDArray[np.float64]) -> None:
    months = len(spend)
    if months < FEWEST_MONTHS:
        raise InputError("response_not_fitted", reason="too_few_months", months=months, needed=FEWEST_MONTHS)
    variation = float(np.std(spend) / np.mean(spend)) if np.mean(spend) > 0 else 0.0
    if variation < LEAST_VARIATION:
        raise InputError(
            "response_not_fitted", reason="spend_too_even", variation=variation, needed=LEAST_VARIATION
        )


def _steepness(spend: NDArray[np.float64], customers: NDArray[np.float64]) -> float:
    """Find the k of least squares: the best of a grid, then refined between its neighbours."""
    largest = float(spend.max())
    grid = np.linspace(np.log(_FLATTEST), np.log(_STEEPEST), 40)
    squares = [_residual(float(np.exp(at)) / largest, spend, customers)[0] for at in grid]
    start = int(np.argmin(squares))
    found = minimize_scalar(
        lambda at: _residual(float(np.exp(at)) / largest, spend, customers)[0],
        bounds=(grid[max(start - 1, 0)], grid[min(start + 1, len(grid) - 1)]),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(np.exp(found.x)) / largest


def _residual(
    k: float, spend: NDArray[np.float64], customers: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Squares left by the best floor ≥ 0 and height for this k: (sum, floor, height)."""
    rise = -np.expm1(-k * spend)
    both = np.column_stack([np.ones_like(rise), rise])
    floor, height = np.linalg.lstsq(both, customers, rcond=None)[0].tolist()
    if floor < 0:
        floor, height = 0.0, float(rise @ customers / (rise @ rise))
    return float(np.sum((customers - floor - height * rise) ** 2)), floor, height
