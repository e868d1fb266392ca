"""The plan to keep customers as a document to be edited: what to do on which day, the words, a checklist."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import docx
from docx.shared import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document

    from retention.lists import Step
    from retention.text import Words

CHECKLIST = ("consent", "welcome", "one_story", "service", "feedback", "pause", "again", "report")
_BOX = "☐ "
_SPACE = Pt(6)


@dataclass(frozen=True)
class Plan:
    """What a plan holds.

    Attributes
    ----------
    source : what the sales came from
    until : last day of the sales
    made : the day it is made on
    share : held back of each list
    days : customers are followed
    steps : in the order to take them up in
    """

    source: str
    until: date
    made: date
    share: float
    days: int
    steps: Sequence[Step]


def as_document(plan: Plan, words: Words) -> bytes:
    """The plan as a Word document; the same plan gives the same words and dates."""
    made = docx.Document()
    made.styles["Normal"].paragraph_format.space_after = _SPACE
    made.add_heading(words.say("plan.title"), 0)
    told = {"source": plan.source, "until": plan.until, "made": plan.made}
    made.add_paragraph(words.say("plan.of", **told))
    if not plan.steps:
        made.add_paragraph(words.say("plan.nobody"))
    for number, step in enumerate(plan.steps, 1):
        _add_step(made, number, step, plan, words)
    made.add_heading(words.say("plan.checklist"), 1)
    for item in CHECKLIST:
        made.add_paragraph(_BOX + words.say(f"plan.check.{item}"))
    return _written(made, plan, words)


def _add_step(made: Document, number: int, step: Step, plan: Plan, words: Words) -> None:
    """An occasion: whom, when, the words, what to watch."""
    what = words.say(f"occasion.{step.occasion}.do")
    made.add_heading(words.say("plan.step", number=number, what=what, write=step.write), 1)
    who = words.say(f"occasion.{step.occasion}.who")
    said = words.say(f"plan.who.{step.at_stake}", n=step.customers, stake=step.stake, who=who)
    held = words.say("plan.held_back", share=plan.share) if plan.share else words.say("list.nobody_held_back")
    made.add_paragraph(f"{said} {held}")
    made.add_heading(words.say("plan.words"), 2)
    for line in words.say(f"wording.{step.occasion}").split("\n"):
        made.add_paragraph(line)
    made.add_heading(words.say("plan.watch"), 2)
    made.add_paragraph(words.say(f"playbook.{step.occasion}"))
    if step.again is not None:
        made.add_paragraph(_BOX + words.say("plan.again", day=step.again))
    made.add_paragraph(_BOX + words.say("plan.judge", day=step.judge))


def _written(made: Document, plan: Plan, words: Words) -> bytes:
    """The bytes, dated by the plan instead of by the clock."""
    about = made.core_properties
    about.title, about.author, about.comments = words.say("plan.title"), "Ritorno", ""
    about.created = about.modified = datetime.combine(plan.made, time(), UTC)
    about.language = words.language
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
