"""Lifetime value: what each customer is still worth, and how far to trust it."""

from retention.ui.lifetime_value import (
    customers,
    groups,
    holdout,
    matrix,
    parameters,
    risk,
    spread,
    story,
    value,
)
from retention.ui.parts import screen
from retention.ui.state import visit

screen.title("lifetime_value")
study = visit.study()  # or stops with an invitation to load some

with screen.settings():
    found = value.asked(study)

value.fit(found)  # or stops with why the models cannot be fitted
tried = holdout.check(found)
holdout.verdict(tried, value.cautions(found))
value.remarks(found)
value.headline(found)
value.figures(found)

spread.section(found)

of_groups = screen.details("lifetime_value.groups")
if of_groups.open:
    with of_groups:
        groups.section(found)
of_the_lost = screen.details("lifetime_value.risk")
if of_the_lost.open:
    with of_the_lost:
        risk.section(found)
of_habits = screen.details("lifetime_value.matrix")
if of_habits.open:
    with of_habits:
        matrix.section(found)
of_one = screen.details("lifetime_value.story")
if of_one.open:
    with of_one:
        story.section(found)
how_far_to_trust = screen.details("holdout.section")
if how_far_to_trust.open:
    with how_far_to_trust:
        holdout.details(tried)
parameters.section(found)
customers.section(found, holdout.in_words(tried))
screen.definition("lifetime_value")
