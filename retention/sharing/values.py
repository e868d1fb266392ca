"""Plain values as JSON and back, days, moments and tuples among them; anything else is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable


def encoded(value: Any) -> Any:
    """A value as JSON can hold it, told apart from others that would look alike.

    Raises
    ------
    TypeError
        For anything but None, numbers, text, days, moments, and lists, tuples, frozen sets, dicts of these.

    Examples
    --------
    >>> encoded({"until": date(2024, 3, 1)})
    {'dict': [['until', {'day': '2024-03-01'}]]}
    """
    if isinstance(value, np.generic):
        return encoded(value.item())
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [encoded(each) for each in value]
    for kind, (of, write) in _WRITTEN.items():
        if isinstance(value, of):
            return {kind: write(value)}
    raise TypeError(f"{type(value).__name__} is no plain value")


def decoded(found: Any) -> Any:
    """What `encoded` was given."""
    if isinstance(found, list):
        return [decoded(each) for each in found]
    if not isinstance(found, dict):
        return found
    kind, held = next(iter(found.items()))
    return _READ[kind](held)


_WRITTEN: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "moment": (datetime, datetime.isoformat),  # which is a day too, and so stands before it
    "day": (date, date.isoformat),
    "tuple": (tuple, lambda value: [encoded(each) for each in value]),
    "set": (frozenset, lambda value: [encoded(each) for each in sorted(value)]),
    "dict": (dict, lambda value: [[encoded(key), encoded(each)] for key, each in value.items()]),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "moment": datetime.fromisoformat,
    "day": date.fromisoformat,
    "tuple": lambda held: tuple(decoded(each) for each in held),
    "set": lambda held: frozenset(decoded(each) for each in held),
    "dict": lambda held: {decoded(key): decoded(each) for key, each in held},
}
