"""Audit: how customers differ, what changed, and what each generation of them still brings."""

from retention.ui import audit, audit_choices, loaded, screen

screen.title("audit")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    step, number = audit_choices.period()

differ, change, cohort, against, base = audit.lenses()
with differ:
    if differ.open:
        audit.one_period(step, number)
with change:
    if change.open:
        audit.two_periods(step, number)
with cohort:
    if cohort.open:
        audit.one_cohort()
with against:
    if against.open:
        audit.two_cohorts()
with base:
    if base.open:
        audit.whole_base(step, number)
screen.definition("audit")
