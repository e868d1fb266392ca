"""What was read of a file once and is asked for again: its questions and its orders need the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from retention.ingest.reading import RawTable

Reading = TypeVar("Reading")
_NAME = "_readings"


def remembered(raw: RawTable, key: Hashable, read: Callable[[], Reading]) -> Reading:
    """Read something of a file, or hand over what was read before under the same key.

    It is kept with the table and goes with it.
    """
    readings: dict[Hashable, Any] = vars(raw).setdefault(_NAME, {})
    if key not in readings:
        readings[key] = read()
    found: Reading = readings[key]
    return found
