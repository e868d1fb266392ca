"""The reality check: what everybody quotes about keeping customers, against the loaded data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import charts, claims
from retention.statistics import Estimate
from retention.story import reality
from retention.study import five_points
from retention.ui.acquisition import spend_editor
from retention.ui.dropoff import complaints
from retention.ui.overview import worth
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state import settings
from retention.ui.state.settings import get, leave_out_left_truncated, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.acquisition import Acquisition
    from retention.claims import Finding, Lift, NoAnswer, Tested
    from retention.study import Question, Study

    Findings = tuple[Finding, ...]

_CLAUSES = (  # claims whose figure cannot do without a word beside it
    "acquisition_5_to_25",
    "best_20_future",
    "lost_customer",
    "repeat_spend",
    "retention_profit",
    "sell_to_existing",
    "ten_times_first",
)


def of(study: Study) -> Findings:
    """Every claim against what is known; what five points more retention earn may take models."""
    return _against(study, study.claims.lift(question(study)))


def so_far(study: Study) -> Findings:
    """The same of what takes no model, and of what was computed already."""
    asked = question(study)
    return _against(study, study.claims.lift(asked) if study.claims.knows_lift(asked) else None)


def _against(study: Study, lift: Lift | NoAnswer | None) -> Findings:
    return study.claims.findings(lift, _spent(study), worth.known(study), complaints.heard(study))


def shown(study: Study) -> Findings:
    """How the claims fare and each figure beside what is claimed, at first without what takes a moment."""
    place = st.empty()
    if not study.claims.knows_lift(question(study)):
        with place.container():
            drawn(claims.tested(so_far(study)))
        with screen.computing():
            of(study)
    found = of(study)
    with place.container():
        tested = claims.tested(found)
        headline(tested)
        drawn(tested)
    return found


def headline(tested: Tested) -> None:
    """How many of the claims this data can test hold, then which, and with which not to plan."""
    words = screen.markdown_words()
    screen.heading(reality.headline(tested, words))
    if tested.findings:
        st.markdown(" ".join(reality.takeaways(tested, words)))


def drawn(tested: Tested) -> None:
    """Each figure beside what is claimed; nothing where none is known."""
    if tested.findings:
        screen.text("reality.reading")
        drawing = cached(charts.overview.ranges, tested, screen.words())
        screen.chart(drawing, "reality.alt", fit=tested.count("true"), tested=len(tested.findings))


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


def question(study: Study) -> Question:
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
    """Claim, verdict, figure and source as text to be read whole; in the download numbers stay numbers."""
    tested = claims.tested(found).findings
    table_of([_read(each, _clause(each)) for each in tested])
    screen.details("reality.untested", _untested, [each for each in found if each.figure is None])
    screen.details("reality.notes", _notes, tested)
    screen.download(pd.DataFrame([_written(each) for each in found]), "reality")


def _untested(found: Sequence[Finding]) -> None:
    table_of([_read(each, _note(each)) for each in found])


def _read(found: Finding, beside: str) -> dict[str, str]:
    """A claim with the verdict, its figure and what stands beside that, and who says it."""
    short = in_short(found)
    here = f"{short['here']} {beside}".rstrip()
    source = screen.say(f"claims.source.{found.claim.code}")
    return {"said": short["said"], "verdict": short["verdict"], "here": here, "source": source}


def _clause(found: Finding) -> str:
    """The one thing to know of a figure, in a few words."""
    code = found.claim.code
    if code not in _CLAUSES:
        return ""
    years = found.details.get("years")
    horizon = years and screen.words().say("value.periods.year", n=years)
    return screen.say(f"claims.clause.{code}", horizon=horizon, **_values(found))


def _notes(found: Sequence[Finding]) -> None:
    """How each figure was come by, a line each."""
    notes = {each.claim.code: _note(each) for each in found}
    lines = [f"- **{screen.say(f'claims.short.{code}')}**: {note}" for code, note in notes.items() if note]
    st.markdown("\n".join(lines))


def _needs(found: Finding) -> str:
    return screen.say(f"claims.needs.{found.needs}", **_values(found)) if found.needs else ""


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
    code, values = found.claim.code, _values(found)
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
    if code in {"sell_to_existing", "repeat_spend", "best_20_future", "lost_customer", "solved_return"}:
        return screen.say(f"claims.note.{code}", **values)
    return ""


def _values(found: Finding) -> dict[str, Any]:
    """The figures beside a finding's own, as a sentence takes them."""
    return {
        name: value.value if isinstance(value, Estimate) else value for name, value in found.details.items()
    }


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
        "needs": words.say(f"claims.needs.{found.needs}", **_values(found)) if found.needs else "",
    }
