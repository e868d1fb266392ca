"""Words that name themselves: a sentence as its key and its values, so that a test reads what is said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from retention.text import Words


@dataclass(frozen=True)
class Keyed(Words):
    """Words whose sentences are ``key name=value …``; numbers, periods and money are written as always."""

    def say(self, key, **values):
        super().say(key, **values)  # there is such a sentence, and it has all it asks for
        return " ".join([key, *(f"{name}={_written(value)}" for name, value in values.items())])


ENGLISH = Keyed("en")


def _written(value):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
