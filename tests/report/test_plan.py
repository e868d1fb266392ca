"""The plan as a document, opened again."""

import io
from datetime import date

import docx
import pytest

from retention.lists import Step
from retention.report.plan import CHECKLIST, Plan, as_document
from retention.text import LANGUAGES, Words

STEPS = (
    Step("win_back", 278, 15_600.0, date(2026, 11, 30), date(2026, 12, 14), date(2027, 3, 1)),
    Step("thank", 42, 3_520.0, date(2026, 12, 7), None, date(2027, 3, 8)),
)
MADE = Plan("negozio.csv", date(2024, 12, 31), date(2026, 11, 29), 0.2, 90, STEPS)


def opened(plan, language="en"):
    return docx.Document(io.BytesIO(as_document(plan, Words(language, "EUR"))))


def lines(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_every_step_with_its_days_and_its_words(language):
    words, found = Words(language, "EUR"), lines(opened(MADE, language))
    told = "\n".join(found)
    for step in STEPS:
        assert words.say(f"wording.{step.occasion}") in told
        assert words.say(f"playbook.{step.occasion}") in found
        for day in (step.write, step.judge):
            assert words.day(day) in told
    assert words.money(15_600) in told
    assert words.day(date(2026, 12, 14)) in told
    assert [line for line in found if line.startswith("☐")][-len(CHECKLIST) :] == [
        f"☐ {words.say(f'plan.check.{item}')}" for item in CHECKLIST
    ]


def test_headings_go_down_a_level_at_a_time():
    levels = [
        int(style.removeprefix("Heading "))
        for style in (paragraph.style.name for paragraph in opened(MADE).paragraphs)
        if style.startswith("Heading")
    ]
    assert levels == [1, 2, 2, 1, 2, 2, 1]


def test_it_is_dated_by_the_plan():
    assert opened(MADE).core_properties.created.date() == MADE.made


def test_a_plan_for_nobody_says_so():
    found = lines(opened(Plan("x.csv", MADE.until, MADE.made, 0.0, 90, ())))
    assert Words("en").say("plan.nobody") in found
