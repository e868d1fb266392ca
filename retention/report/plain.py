"""Values as JSON can hold them."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Hashable

_PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """A value JSON can hold: no NaN, no infinity, no date, no type of an engine's or of ours.

    Fields of dataclasses are left out whose metadata say ``plain`` is False.

    Examples
    --------
    >>> plain({"share": float("nan"), "customers": frozenset({"b", "a"})})
    {'share': None, 'customers': ['a', 'b']}
    """
    if type(value) in _PLAIN:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        told = (part for part in fields(value) if part.metadata.get("plain", True))
        return {part.name: plain(getattr(value, part.name)) for part in told}
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    return _single(value)


def laid_out(result: Any, name: str) -> dict[str, Any]:
    """A result as plain data, one of its figures by its name alone and the ends of its interval beside it."""
    told: dict[str, Any] = {}
    for part, value in plain(result).items():
        if part == name:
            told |= {name: value["value"], "low": value["low"], "high": value["high"]}
        else:
            told[part] = value
    return told


def _single(value: Any) -> Any:
    if hasattr(value, "item"):
        value = value.item()
    if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each as a dict."""
    rows: list[dict[Hashable, Any]] = table.to_dict("records")
    return [plain(row) for row in rows]
