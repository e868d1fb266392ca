"""Audit: how customers differ, what changed, and what each generation of them still brings."""

from retention.ui.audit import choices, lenses
from retention.ui.parts import screen
from retention.ui.state import loaded

screen.title("audit")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    step, number = choices.period()

differ, change, cohort, against, base = lenses.tabs()
with differ:
    if differ.open:
        lenses.one_period(step, number)
with change:
    if change.open:
        lenses.two_periods(step, number)
with cohort:
    if cohort.open:
        lenses.one_cohort()
with against:
    if against.open:
        lenses.two_cohorts()
with base:
    if base.open:
        lenses.whole_base(step, number)
screen.definition("audit")
