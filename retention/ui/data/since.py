"""Where a file took another's place: that the two can be compared and the way there, or why they cannot."""

from __future__ import annotations

import streamlit as st

from retention.ui.parts import screen
from retention.ui.report import kept
from retention.ui.state import earlier, loaded, mapped, visit


def told() -> None:
    """One line; none where there was no file before."""
    here, study = loaded.source(), visit.present()
    if here is None or here.sample or study is None or mapped.unanswered(loaded.questions()):
        return
    if st.session_state.get("same_file"):
        screen.text("earlier.same")
        return
    refused = []
    for file in earlier.files(here.content):
        problem = earlier.refusal(study, file)
        if problem is None:
            kept.leads_to(file)
            return
        refused.append(screen.say(f"earlier.{problem.code}", name=file.name, **problem.details))
    if refused:
        screen.paragraph(refused[0])
