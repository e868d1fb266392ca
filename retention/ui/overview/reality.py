"""The reality check: what everybody quotes about keeping customers, against the loaded data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import charts, claims
from retention.statistics import Estimate
from retention.study import five_points
from retention.ui.acquisition import spend_editor
from retention.ui.overview import worth
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state import settings
from retention.ui.state.settings import get, leave_out_left_truncated, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from retention.acquisition import Acquisition
    from retention.claims import Finding, Lift, NoAnswer
    from retention.study import Question, Study


def show(study: Study) -> None:
    """The section: how many claims hold, each figure over the claimed range, the table with the verdicts.

    What five points more retention earn may take models: the other figures are there to be seen meanwhile.
    """
    screen.text("reality.question")
    counted, drawn, question = st.empty(), st.empty(), _question(study)
    if not study.claims.knows_lift(question):
        with drawn.container():
            _ranges(_findings(study))
    with counted, screen.computing():
        findings = _findings(study, study.claims.lift(question))
    _counted(counted, findings)
    with drawn.container():
        _ranges(findings)
    _example(findings)
    _table(findings)
    worth.offered(study)
    screen.definition("reality")


def _findings(study: Study, lift: Lift | NoAnswer | None = None) -> tuple[Finding, ...]:
    return study.claims.findings(lift, _spent(study), worth.known(study))


def _counted(place: DeltaGenerator, findings: Sequence[Finding]) -> None:
    """How many claims hold."""
    counts = claims.tally(findings)
    place.markdown(
        screen.say(
            "reality.headline",
            all=counts.looked_at,
            tested=counts.tested,
            fit=counts.fit,
            unsure=counts.unsure,
            off=counts.off,
        )
    )


def _ranges(findings: Sequence[Finding]) -> None:
    """Each figure over the claimed range."""
    tested = tuple(found for found in findings if found.figure is not None)
    if tested:
        drawing, fit = cached(charts.overview.ranges, tested, screen.words()), claims.tally(findings).fit
        screen.chart(drawing, "reality.alt", fit=fit, tested=len(tested))
        screen.text("reality.reading")


def _spent(study: Study) -> Acquisition | None:
    """What the marketing spend says, None without any."""
    spend = spend_editor.present()
    if spend is None:
        return None
    left_out = leave_out_left_truncated()
    return study.acquisition(spend).winning(leave_out_left_truncated=left_out)


def _question(study: Study) -> Question:
    """Five points more retention, asked of What if.

    Of that page it takes the period, which retention, discount rate and horizon; the rise is the claim's own,
    and what answers is what foresaw the last year best, whatever is chosen there.
    """
    return five_points(
        study.shop.measurable(get("step")),
        share("discount"),
        float(get("years")),
        wanted=settings.wanted(),
        strict=get("kept") == "strict",
    )


def _example(findings: Sequence[Finding]) -> None:
    again = next(found for found in findings if found.claim.code == "sell_to_existing")
    if again.figure is not None:
        screen.text("reality.reading.example", rate=again.figure.value)


def _table(findings: Sequence[Finding]) -> None:
    """Claim, source, figure and verdict as text to be read whole; in the download numbers stay numbers."""
    with st.expander(screen.say("table.reality"), expanded=True, icon=":material/table:"):
        rows = pd.DataFrame([_read(found) for found in findings])
        rows.columns = pd.Index([screen.say(f"column.{name}") for name in rows.columns])
        st.table(rows, border="horizontal", hide_index=True, alt=screen.words().say("table.reality"))
        screen.download(lambda: pd.DataFrame([_written(found) for found in findings]), "reality")


def _read(found: Finding) -> dict[str, str]:
    code, note = found.claim.code, _note(found)
    verdict = screen.say(f"claims.verdict.{found.verdict}")
    return {
        "said": screen.say(f"claims.said.{code}"),
        "verdict": f"**{verdict}**" if found.figure else f"*{verdict}*",
        "here": f"**{_figure(found)}** {note}" if found.figure else f"{_needs(found)} {note}",
        "source": screen.say(f"claims.source.{code}"),
    }


def _needs(found: Finding) -> str:
    return screen.say(f"claims.needs.{found.needs}", **found.details) if found.needs else ""


def _figure(found: Finding) -> str:
    figure, unit = found.figure, found.claim.unit
    if figure is None:
        return ""
    own = _unit(figure.value, unit)
    if figure.low is None or figure.high is None:
        return own
    return f"{own} ({screen.say(f'claims.ends.{unit}', low=figure.low, high=figure.high)})"


def _unit(value: float, unit: claims.Unit) -> str:
    return screen.say(f"claims.unit.{unit}", value=value)


def _note(found: Finding) -> str:
    """How the figure was come by, where that changes what it means."""
    code = found.claim.code
    values: dict[str, Any] = {
        name: value.value if isinstance(value, Estimate) else value for name, value in found.details.items()
    }
    if code == "ten_times_first" and values:
        note = screen.say(f"claims.note.{code}{'' if found.figure else '.short'}", **values)
        return f"{note} {screen.say('claims.note.to_come', **values)}" if "to_come" in values else note
    if found.figure is None:
        return ""
    if code == "acquisition_5_to_25":
        return screen.say("claims.note.acquisition", **values)
    if code == "retention_profit":
        horizon = screen.words().say("value.periods.year", n=values["years"])
        return screen.say(f"claims.note.{code}", horizon=horizon, **values)
    if code in {"sell_to_existing", "repeat_spend", "best_20_future", "lost_customer"}:
        return screen.say(f"claims.note.{code}", **values)
    return ""


def _written(found: Finding) -> dict[str, Any]:
    words, figure = screen.words(), found.figure
    return {
        "said": words.say(f"claims.said.{found.claim.code}"),
        "source": words.say(f"claims.source.{found.claim.code}"),
        "claimed_from": found.claim.low,
        "claimed_to": found.claim.high,
        "figure_here": figure.value if figure else None,
        "interval_from": figure.low if figure else None,
        "interval_to": figure.high if figure else None,
        "verdict": words.say(f"claims.verdict.{found.verdict}"),
        "needs": words.say(f"claims.needs.{found.needs}", **found.details) if found.needs else "",
    }
