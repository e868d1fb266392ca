"""Audit: what changed, how customers differ, and what each generation of them still brings."""

from retention.ui.audit import choices, lenses
from retention.ui.parts import screen
from retention.ui.state import visit

screen.title("audit")
study = visit.study()  # or stops with an invitation to load some orders

with screen.settings():
    step, number = choices.period(study)

change, differ, cohort, against, base = lenses.tabs()
with change:
    if change.open:
        lenses.two_periods(study, step, number)
with differ:
    if differ.open:
        lenses.one_period(study, step, number)
with cohort:
    if cohort.open:
        lenses.one_cohort(study)
with against:
    if against.open:
        lenses.two_cohorts(study)
with base:
    if base.open:
        lenses.whole_base(study, step, number)
screen.definition("audit")
