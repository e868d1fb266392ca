"""One step from a purchase to the next: how long it takes, and in which segments and cohorts it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.dropoff import groups, steps
from retention.ui.parts import screen

if TYPE_CHECKING:
    from retention.dropoff import DropOff
    from retention.study import Study


def section(study: Study, found: DropOff) -> None:
    """The step chosen, of all customers and of each group."""
    step = steps.purchase(found)
    steps.waiting(step)
    screen.section("dropoff.groups")
    groups.by_segment(study, step, found)
    groups.by_cohort(study, step, found)
