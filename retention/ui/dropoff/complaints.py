"""Did complaints drive them away: those of a column of the sales file, or of a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.statistics import named_ends, value_of
from retention.ui.parts import problems, screen
from retention.ui.parts.cached import cached
from retention.ui.state import loaded, people

if TYPE_CHECKING:
    from retention.complaints import AfterComplaints, CameBack
    from retention.ingest import Complaints
    from retention.statistics import Estimate
    from retention.study import Study
    from retention.study.complaints import Heard

_HELD = "complaints"  # in the visit's state: of which sales, and the complaints


def section(study: Study) -> None:
    """Where the file is dropped; whether who complained came back; what could not be used."""
    screen.text("complaints.help")
    given = st.file_uploader(screen.say("complaints.upload"), key="complaints_file", disabled=people.guest())
    if given is not None:
        try:
            read = ingest.read_complaints(ingest.read(given.getvalue(), given.name))
        except InputError as problem:
            problems.error(problem)
            return
        st.session_state[_HELD] = _sales(), read
    found, told = present(), heard(study)
    if found is None or told is None:
        return
    _compared(told.after)
    _resolved(told.after, found)
    screen.text("complaints.read", n=found.rows)
    screen.text("complaints.used", **_counts(found, told))
    if found.unclear:
        screen.text("complaints.unclear", n=found.unclear)
    screen.text("complaints.how", days=told.after.days)


def present() -> Complaints | None:
    """The complaints of the loaded sales: of a file dropped for them, else of a column they have."""
    of, read = st.session_state.get(_HELD, (None, None))
    if read is not None and of == _sales():
        given: Complaints = read
        return given
    if shared := loaded.given():
        return shared.study.complaints
    here, columns = loaded.file(), loaded.mapping()
    if here is None or here.held is not None or columns is None:  # a part of the rows tells nothing
        return None
    return cached(ingest.complaints_in, here.raw, columns)


def heard(study: Study) -> Heard | None:
    """What they come to; None without any."""
    found = present()
    return None if found is None else study.complaints(found.table).heard()


def _sales() -> str | None:
    here = loaded.source()
    return here.content if here else None


def _compared(after: AfterComplaints) -> None:
    """How many who complained came back, beside like customers; or that too few can be followed."""
    found = after.everybody
    if found is None:
        st.markdown(screen.say("complaints.too_few", n=after.complained - after.too_recent, days=after.days))
        return
    if found.difference is None or found.matched_back is None or found.alike_back is None:
        told = {"back": found.back.value, **named_ends(found.back)}
        screen.headline("complaints.alone", days=after.days, **told)
        screen.text("complaints.alone.why", n=found.people)
        return
    screen.headline(
        f"complaints.back.{_verdict(found.difference)}",
        days=after.days,
        back=found.matched_back.value,
        alike=found.alike_back.value,
        points=found.difference.value,
        **named_ends(found.difference),
    )
    screen.text("complaints.basis", n=found.matched, alike=found.alike, followed=found.people)


def _verdict(difference: Estimate) -> str:
    if not difference.excludes(0.0):
        return "open"
    return "more" if difference.value > 0 else "fewer"


def _resolved(after: AfterComplaints, found: Complaints) -> None:
    """Those whose complaint was resolved against those whose was not."""
    if not found.says_resolved:
        screen.text("complaints.resolved.unsaid")
        return
    one, other = after.resolved, after.unresolved
    if one is None or other is None:
        told = {"resolved": after.resolved_people, "unresolved": after.unresolved_people}
        screen.text("complaints.resolved.too_few", **told)
        return
    kind = "alone" if after.apart is None else _verdict(after.apart)
    shares = {"resolved": _share(one), "unresolved": _share(other)}
    st.markdown(
        screen.say(
            f"complaints.resolved.{kind}", **shares, points=value_of(after.apart), **named_ends(after.apart)
        )
    )


def _share(found: CameBack) -> float:
    return found.back.value


def _counts(found: Complaints, told: Heard) -> dict[str, int]:
    return {
        "outside": told.outside,
        "strangers": told.strangers,
        "before": told.before,
        "again": told.again,
        "too_recent": told.after.too_recent,
        "unreadable": found.unreadable,
    }
