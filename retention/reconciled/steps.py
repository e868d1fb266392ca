"""The steps from one definition of a figure to another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retention.ingest import Exported
    from retention.periods import Period

Figure = Literal[
    "revenue_latest",
    "revenue_net",
    "average_order_value",
    "customers",
    "repeat_purchase_rate",
    "strict_retention",
    "cohort_retention",
]
FIGURES: tuple[Figure, ...] = get_args(Figure)
Unit = Literal["money", "count", "percent"]
UNITS: dict[Figure, Unit] = {
    "revenue_latest": "money",
    "revenue_net": "money",
    "average_order_value": "money",
    "customers": "count",
    "repeat_purchase_rate": "percent",
    "strict_retention": "percent",
    "cohort_retention": "percent",
}
StepCode = Literal[
    "sales",
    "refunds_on_order_day",
    "refund_day",
    "refunds",
    "order_mean",
    "by_other",
    "as_written",
    "any_order",
    "joined",
    "repeat_all",
    "cancelled",
    "no_customer",
    "unusable",
    "left_out",
    "no_refund_orders",
    "only_refunds",
    "zero_orders",
    "within_days",
    "returning",
    "paused",
    "calendar",
    "unweighted",
    "complete",
    "weighted",
    "orders",
]
_CENT = 0.005  # money that nobody sees
_SAME = 1e-9


@dataclass(frozen=True)
class Step:
    """A figure by one definition.

    Attributes
    ----------
    code : what sets the definition apart from that of the step before; of the first, what it is
    value : money in the file's currency, a count, or a share
    """

    code: StepCode
    value: float


@dataclass(frozen=True)
class Reconciled:
    """A figure from the definition others use to ours.

    Attributes
    ----------
    figure, steps : the first is theirs, the last is ours, each between changes one thing
    period, number : which calendar period it is of, where it is of one
    untold : steps the data cannot tell
    """

    figure: Figure
    steps: tuple[Step, ...]
    period: Period | None = None
    number: int | None = None
    untold: tuple[StepCode, ...] = ()

    @property
    def unit(self) -> Unit:
        """What the figure is in."""
        return UNITS[self.figure]

    @property
    def theirs(self) -> float:
        """The figure by the first definition."""
        return self.steps[0].value

    @property
    def ours(self) -> float:
        """The figure as it stands everywhere else."""
        return self.steps[-1].value

    @property
    def changes(self) -> tuple[Step, ...]:
        """What each step after the first adds."""
        return tuple(
            Step(step.code, step.value - before.value)
            for before, step in zip(self.steps, self.steps[1:], strict=False)
        )

    @property
    def largest(self) -> Step | None:
        """The step that changes most, with its change; None where none changes anything."""
        largest = max(self.changes, key=lambda step: abs(step.value), default=None)
        return None if largest is None or same(largest.value, 0.0, self.unit) else largest

    @property
    def waterfall(self) -> pd.DataFrame:
        """``step`` (of the last row "ours"), ``change``, ``from_value``, ``to_value``, ``whole``."""
        values = [step.value for step in self.steps]
        codes = [step.code for step in self.steps]
        return pd.DataFrame(
            {
                "step": [*codes, "ours"],
                "change": [values[0], *(step.value for step in self.changes), values[-1]],
                "from_value": [0.0, *values[:-1], 0.0],
                "to_value": [*values, values[-1]],
                "whole": [True, *(False for _ in self.changes), True],
            }
        )


def ending_at(ours: float, steps: Sequence[Step], unit: Unit) -> tuple[Step, ...]:
    """Steps that end at our figure exactly: rounding goes, more than that is a step of its own."""
    last = steps[-1]
    if same(last.value, ours, unit):
        return (*steps[:-1], Step(last.code, ours))
    return (*steps, Step("orders", ours))


def same(one: float, other: float, unit: Unit) -> bool:
    """Whether two values of a figure are the same but for rounding."""
    return math.isclose(one, other, rel_tol=_SAME, abs_tol=_CENT if unit == "money" else _SAME)


def inwards(exported: Exported) -> Iterator[tuple[StepCode, pd.Series, list[str]]]:
    """From all rows to those in use: the part that leaves, the counts without it, the parts left."""
    parts = list(exported.counts["part"])
    for left in range(len(parts) - 1, 0, -1):
        yield parts[left], exported.counts.iloc[left - 1], parts[:left]
