"""Why the shop system says otherwise: a figure by its definition, and step by step to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.charts import overview as charts
from retention.ui.overview import tables
from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.periods import Period
    from retention.reconciled import Figure, Reconciled
    from retention.study import Study


def show(study: Study, period: Period) -> None:
    """The figure that is picked: the largest step in a sentence, all as a waterfall and as a table."""
    with screen.computing():
        offered = {each.figure: each for each in study.reconciled.all(period)}
    found = offered[cast("Figure", controls.choice("reconciled", tuple(offered)))]
    st.markdown(" ".join(_said(found)))
    screen.chart(
        cached(charts.reconciled, found, screen.words()),
        f"reconciled.alt.{found.unit}",
        what=screen.words().say(f"setting.reconciled.{found.figure}"),
        theirs=found.theirs,
        ours=found.ours,
    )
    screen.text(f"reconciled.untold.{found.untold[0]}" if found.untold else "reconciled.reading")
    screen.table(lambda: cached(tables.reconciled, found, screen.words()), "reconciled")


def _said(found: Reconciled) -> list[str]:
    """Of which period, both figures, and the step that makes most of the difference."""
    when = []
    if found.number is not None and found.period is not None:
        written = screen.words().period(found.number, found.period)
        when = [screen.say("reconciled.when", when=written)]
    largest = found.largest
    if largest is None:
        return [*when, screen.say(f"reconciled.same.{found.unit}", ours=found.ours)]
    both = screen.say(f"reconciled.said.{found.unit}", theirs=found.theirs, ours=found.ours)
    step = screen.words().say(f"reconciled.step.{largest.code}")
    return [*when, both, screen.say(f"reconciled.largest.{found.unit}", step=step, change=largest.value)]
