"""What a file leaves open, asked of the one who knows: each answer with what it would mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.ui.parts import screen
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    from retention.ingest import Option, Question


def ask() -> None:
    """The open questions, before any figure that depends on them."""
    for question in mapped.unanswered(loaded.questions()):
        _ask(question)


def _ask(question: Question) -> None:
    way = mapped.WAYS[question.field]
    with st.container(border=True):
        screen.headline(f"question.{question.code}", column=question.column)
        for option in question.options:
            st.markdown(f"- {_meaning(question, option)}")
        st.segmented_control(
            screen.say("question.answer"),
            [way.code_of(option.value) for option in question.options],
            required=True,
            format_func=lambda code: screen.words().say(f"data.{way.key}.{code}"),
            key=way.key,
            persist_state="session",
            wrap=True,
        )


def _meaning(question: Question, option: Option) -> str:
    """What the file would say if this were the answer."""
    details = dict(option.details)
    examples = details.pop("examples", ())
    code = mapped.WAYS[question.field].code_of(option.value)
    shown = [
        screen.say(f"question.{question.code}.example", text=text, value=value) for text, value in examples
    ]
    meaning = screen.say(f"question.{question.code}.meaning", **details)
    answer = screen.say(f"data.{mapped.WAYS[question.field].key}.{code}")
    return f"**{answer}** – {'; '.join(part for part in (', '.join(shown), meaning) if part)}"
