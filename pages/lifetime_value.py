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
groups.section(found)
risk.section(found)
matrix.section(found)
story.section(found)
holdout.details(tried)
parameters.section(found)
customers.section(found, holdout.in_words(tried))
screen.definition("lifetime_value")
