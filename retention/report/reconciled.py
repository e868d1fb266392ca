"""The headline figures by the definitions others use, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import periods

if TYPE_CHECKING:
    from retention.periods import Period
    from retention.reconciled import Reconciled
    from retention.study import Study


def reconciled(study: Study, period: Period) -> dict[str, Any]:
    """Every figure the data allows, with its steps from the others' definition to ours."""
    return {each.figure: _steps(each) for each in study.reconciled.all(period)}


def _steps(found: Reconciled) -> dict[str, Any]:
    one = None if found.period is None or found.number is None else periods.key(found.number, found.period)
    return {
        "period": one,
        "steps": [{"step": step.code, "value": step.value} for step in found.steps],
        "untold": list(found.untold),
    }
