"""A figure from the definition others use to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import heat, style
from retention.charts.waterfall import waterfall

if TYPE_CHECKING:
    from retention.reconciled import Reconciled, Unit
    from retention.text import Words

_SCALES: dict[Unit, str] = {
    "money": style.SHORT_MONEY,
    "count": style.SHORT,
    "percent": heat.SHARE,
}
_TICKS = 6  # about so many marks on an axis


def reconciled(found: Reconciled, words: Words) -> style.Drawing:
    """Their figure, what each change of definition adds, and ours."""
    steps, unit = found.waterfall, found.unit
    names = [words.say(f"reconciled.step.{step}") for step in steps["step"]]
    return waterfall(
        steps,
        names,
        [
            words.say(f"chart.reconciled.{'whole' if whole else 'step'}.{unit}", what=what, value=value)
            for what, value, whole in zip(names, steps["change"], steps["whole"], strict=True)
        ],
        [
            words.say(f"reconciled.{'value' if whole else 'change'}.{unit}", value=value)
            for value, whole in zip(steps["change"], steps["whole"], strict=True)
        ],
        alt.X(
            "from_value:Q",
            title=words.say(f"setting.reconciled.{found.figure}"),
            axis=alt.Axis(labelExpr=_SCALES[unit], tickCount=_TICKS),
        ),
        words,
    )
