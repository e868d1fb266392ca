"""What the footings say that also foresaw the last year well enough, beside the one that answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.statistics import Estimate
    from retention.what_if.footing import FootingCode


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
    return Others(found, all(low <= money <= high for money in found))
