"""How long a visit is kept, how much of it, and how many visitors a server takes at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.environment import bounds_in, switched_off_by_zero

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Limits:
    """Bounds on visits; passing any of them is said in a sentence.

    Attributes
    ----------
    keep_minutes : after its browser's last sign of life; 0 keeps nothing
    keep_bytes : of one visit, as it is kept
    kept_visits : how many are kept at the same time
    kept_bytes : of all of them together
    visitors : who have something loaded at the same time, on one server
    visit_bytes : of memory, of the tables one of them has loaded
    """

    keep_minutes: int = switched_off_by_zero(30)
    keep_bytes: int = 64 << 20
    kept_visits: int = 200
    kept_bytes: int = 1 << 29
    visitors: int = 100
    visit_bytes: int = 2 << 30


def limits_in(environment: Mapping[str, str]) -> Limits:
    """Limits as an environment sets them: ``RITORNO_KEEP_MINUTES`` and so on, each a whole number.

    Raises
    ------
    ValueError
        For any other text, naming the variable.

    Examples
    --------
    >>> limits_in({"RITORNO_KEEP_MINUTES": "0"}).keep_minutes
    0
    """
    return bounds_in(environment, Limits)
