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

    from retention.acquisition import Acquisition
    from retention.claims import Finding, Lift, NoAnswer
    from retention.study import Question, Study

    Findings = tuple[Finding, ...]


def of(study: Study) -> Findings:
    """Every claim against what is known; what five points more retention earn may take models."""
    return _against(study, study.claims.lift(_question(study)))


def so_far(study: Study) -> Findings:
    """The same of what takes no model, and of what was computed already."""
    question = _question(study)
    return _against(study, study.claims.lift(question) if study.claims.knows_lift(question) else None)


def _against(study: Study, lift: Lift | NoAnswer | None) -> Findings:
    return study.claims.findings(lift, _spent(study), worth.known(study))


def shown(study: Study) -> Findings:
    """How the claims fare and each figure over its range, at first without what takes a moment."""
    place = st.empty()
    if not study.claims.knows_lift(_question(study)):
        with place.container():
            drawn(so_far(study))
        with screen.computing():
            of(study)
    found = of(study)
    with place.container():
        headline(found)
        drawn(found)
    return found


def headline(found: Findings) -> None:
    """How many claims this data can test, and how they fare."""
    counts = claims.tally(found)
    screen.headline(
        "reality.headline",
        all=counts.looked_at,
        tested=counts.tested,
        fit=counts.fit,
        unsure=counts.unsure,
        off=counts.off,
    )


def drawn(found: Findings) -> None:
    """Each figure over the claimed range; nothing where none is known."""
    tested = tuple(each for each in found if each.figure is not None)
    if tested:
        counts, words = claims.tally(found), screen.words()
        drawing = cached(charts.overview.ranges, tested, words)
        screen.chart(drawing, "reality.alt", fit=counts.fit, tested=counts.tested)
        screen.text("reality.reading")


def more(study: Study) -> None:
    """To compute lifetime value here, for the claims about it."""
    worth.offered(study)


def in_short(found: Finding) -> dict[str, str]:
    """A claim, this data's figure and the verdict; or what it would need."""
    verdict = screen.say(f"claims.verdict.{found.verdict}")
    return {
        "said": screen.say(f"claims.said.{found.claim.code}"),
        "here": f"**{_figure(found)}**" if found.figure else _needs(found),
        "verdict": f"**{verdict}**" if found.figure else f"*{verdict}*",
    }


def table_of(read: Sequence[dict[str, str]]) -> None:
    """Findings as text to be read whole; nothing where there is none."""
    if read:
        rows = pd.DataFrame(read)
        rows.columns = pd.Index([screen.say(f"column.{name}") for name in rows.columns])
        st.table(rows, border="horizontal", hide_index=True, alt=screen.words().say("table.reality"))


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


def table(found: Findings) -> None:
    """Claim, source, figure and verdict as text to be read whole; in the download numbers stay numbers."""
    _shown([each for each in found if each.figure is not None])
    screen.details("reality.untested", _shown, [each for each in found if each.figure is None])
    screen.download(lambda: pd.DataFrame([_written(each) for each in found]), "reality")


def _shown(found: Sequence[Finding]) -> None:
    table_of([_read(each) for each in found])


def _read(found: Finding) -> dict[str, str]:
    """A claim in full, with how its figure was come by and who says it."""
    short = in_short(found)
    here = f"{short['here']} {_note(found)}"
    source = screen.say(f"claims.source.{found.claim.code}")
    return {"said": short["said"], "verdict": short["verdict"], "here": here, "source": source}


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
