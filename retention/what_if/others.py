"""What the footings say that also foresaw the last year well enough, beside the one that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.statistics import Estimate
    from retention.what_if.footing import FootingCode
    from retention.what_if.simulator import Simulation


@dataclass(frozen=True)
class Others:
    """What the rise brings by the others.

    Attributes
    ----------
    gains : of each, money, the least first; none where no other holds
    agree : whether all of them lie in the answer's interval, which speaks of chance alone, not of the method
    """

    gains: tuple[float, ...]
    agree: bool

    def span(self, gain: float) -> tuple[float, float]:
        """The least and the most of all methods, the answer's own gain among them."""
        return min(gain, *self.gains), max(gain, *self.gains)

    def budget_by_all(self, answer: Simulation) -> float | None:
        """The most a programme may cost, money a year, to pay by each of these ways as by the answer's own.

        A budget is the gain spread over the same discounted years, so that it shrinks as the gain does; None
        where none gains less than the answer.
        """
        gain = answer.present.firm.absolute.value
        if not self.gains or self.gains[0] >= gain:
            return None
        return answer.break_even_budget * self.gains[0] / gain


def others(gains: Mapping[FootingCode, float], answers: FootingCode, gain: Estimate) -> Others | None:
    """The gains of every footing that holds but the one that answers; None where none holds at all.

    Parameters
    ----------
    gains : by every footing that holds, money
    gain : the answer's own

    Examples
    --------
    >>> from retention.statistics import Estimate
    >>> others({"cohorts": 86.0, "purchases": 36.0}, "cohorts", Estimate(86.0, 69.0, 99.0))
    Others(gains=(36.0,), agree=False)
    """
    if not gains:
        return None
    low, high = gain.bounds
    found = tuple(sorted(money for code, money in gains.items() if code != answers))
    agree = all(low <= money <= high for money in found)
    return Others(found, agree)
