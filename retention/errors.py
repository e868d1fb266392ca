"""What can be wrong with the user's input, and what is worth a warning: codes and values, no sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


class InputError(Exception):
    """The input or the call cannot be used, for a reason the user can mend.

    Parameters
    ----------
    code : name of the reason; `retention.text` holds its sentence under ``error.<code>``
    **details : the place and the values the sentence needs (sheet, row, column, value, limit …)
    """

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.code, self.details)


class Unanswered(InputError):  # noqa: N818  what it says is no fault of the input
    """Whoever holds the rows gave no answer: asked again, they may."""


def _again(kind: type[InputError], code: str, details: dict[str, Any]) -> InputError:
    """An error that was copied, or came from another process."""
    return kind(code, **details)


@dataclass(frozen=True)
class DataWarning:
    """Something a reader of a figure must know, worded in `retention.text` under ``warning.<code>``."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)


def check_range(name: str, value: float, minimum: float, maximum: float) -> None:
    """Refuse a number outside its limits, both allowed.

    Raises
    ------
    InputError
        ``<name>_out_of_range`` with ``value``, ``minimum`` and ``maximum``.
    """
    if not (math.isfinite(value) and minimum <= value <= maximum):
        raise InputError(f"{name}_out_of_range", value=value, minimum=minimum, maximum=maximum)
