"""The What if page's answer on the scale of the 25–95 % people quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.claims import UPLIFT
from retention.statistics import named_ends, value_of
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.simulator.answer import horizon

if TYPE_CHECKING:
    from retention.study import Start


def section(start: Start) -> None:
    """Three different numbers on the scale of the 25–95 % people quote, and where the firm's is."""
    result = start.answer
    screen.section("simulator.claim")
    rises = {who: change and value_of(change.relative) for who, change in result.changes.items()}
    if any(rise is not None for rise in rises.values()):
        screen.chart(cached(charts.simulator.claim, result, screen.words()), "simulator.claim.alt", **rises)
    if start.plan.uplift > 0:
        st.markdown(_where(start))
    if start.plan.uplift != UPLIFT:
        screen.text("simulator.claim.other", uplift=start.plan.hundredths)


def _where(start: Start) -> str:
    """Where the firm's change falls in the quoted range, and why there."""
    result, firm = start.answer, start.answer.present.firm
    if firm.position is None or firm.relative is None:
        return screen.say("simulator.claim.where.none")
    ends = named_ends(firm.relative)
    said = [
        screen.say(f"simulator.claim.where.{firm.position}", rise=firm.relative.value, **ends),
        screen.say(
            f"simulator.claim.saved{'' if start.reaches_everybody else '.reached'}",
            step=start.base.period,
            horizon=horizon(start),
        ),
    ]
    if result.share_of_new and firm.position != "above":
        said.append(screen.say("simulator.claim.new", new=result.share_of_new))
    return " ".join(said)
