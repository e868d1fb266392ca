"""How much may be shared before more is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.environment import bounds_in

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Limits:
    """Bounds on what is stored; passing any of them is a `SharingError`.

    Attributes
    ----------
    share_bytes : of one share, as it is stored
    share_days : one may be opened
    shares_each : of one owner that have not expired
    store_bytes : of all shares together
    """

    share_bytes: int = 64 << 20
    share_days: int = 90
    shares_each: int = 50
    store_bytes: int = 4 << 30


def limits_in(environment: Mapping[str, str]) -> Limits:
    """Limits as an environment sets them: ``RITORNO_SHARE_BYTES`` and so on, each a whole number above 0.

    Raises
    ------
    ValueError
        For any other text, naming the variable.

    Examples
    --------
    >>> limits_in({"RITORNO_SHARES_EACH": "5"}).shares_each
    5
    """
    return bounds_in(environment, Limits)
