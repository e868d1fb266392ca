"""How far to trust the value: everything about the models, closed until asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.lifetime_value import holdout, matrix, parameters, season, value as worth
from retention.ui.parts import screen

if TYPE_CHECKING:
    from retention.study import Value
    from retention.ui.lifetime_value.holdout import Check


def section(tried: Check, value: Value) -> None:
    """The forecast over what happened, what the interval covers; then the check, the models, their season."""
    holdout.over_what_happened(tried)
    worth.covered(value, tried.forecast.said.correction)
    worth.remarks(value)
    screen.details("holdout.section", holdout.details, tried, value)
    screen.details("season.section", season.section, value)
    screen.details("lifetime_value.matrix", matrix.section, value)
    parameters.section(value)
