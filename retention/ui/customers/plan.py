"""The plan: five questions say which occasion to begin with, and the weeks to come as a document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from retention import lists
from retention.lists import ANSWERS, OCCASIONS, QUESTIONS
from retention.report import plan as document
from retention.ui.customers import tables
from retention.ui.parts import offered, one_by_one, screen
from retention.ui.parts.cached import cached
from retention.ui.state import loaded, settings

if TYPE_CHECKING:
    from retention.lists import Answer, Question, Ranked, Step
    from retention.study.customers import Customers

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def section(customers: Customers) -> None:
    """Five questions, the order they give, and the plan to take along."""
    if not one_by_one.told(customers.study):
        return
    screen.text("plan.questions")
    answers = {question: _answered(question) for question in QUESTIONS}
    order = lists.ranked({one: customers.called(one).stake for one in OCCASIONS}, answers)
    days = int(settings.get("campaign_days"))
    steps = lists.plan([customers.called(one.occasion) for one in order], date.today(), days)  # noqa: DTZ011
    if not steps:
        screen.text("plan.nobody")
        return
    _first(order, steps[0])
    screen.show_table(cached(tables.plan, steps, screen.words()))
    _download(customers, steps, days)


def _answered(question: Question) -> Answer:
    """What the visitor says of one question; partly, until they say something."""
    name = f"answer_{question}"
    st.session_state.setdefault(name, settings.SETTINGS[name].default)
    given = st.segmented_control(
        screen.say(f"asked.{question}"),
        ANSWERS,
        required=True,
        format_func=lambda code: screen.words().say(f"answer.{code}"),
        key=name,
        persist_state="session",
    )
    return given or "partly"


def _first(order: list[Ranked], step: Step) -> None:
    """What to begin with, and why."""
    first = next(one for one in order if one.occasion == step.occasion)
    what = screen.say(f"occasion.{step.occasion}")
    told = {"n": step.customers, "stake": step.stake, "write": step.write}
    said = [screen.say(f"plan.first.{step.at_stake}", what=what, **told)]
    if first.mends:
        said.append(screen.say("plan.mends", questions=list(first.mends)))
    st.markdown(" ".join(said))


def _download(customers: Customers, steps: list[Step], days: int) -> None:
    words = screen.words()
    made = document.Plan(
        source=loaded.named(words),
        until=customers.study.window.last,
        made=date.today(),  # noqa: DTZ011  the visitor's calendar
        share=settings.share("held_back"),
        days=days,
        steps=steps,
    )
    offered.file(
        screen.say("plan.download"),
        lambda: document.as_document(made, words),
        words.say("file.plan") + ".docx",
        _DOCUMENT,
        key="download_plan",
    )
