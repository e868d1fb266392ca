"""Lifetime value: what each customer is still worth, and how far to trust it."""

from retention.ui.lifetime_value import (
    customers,
    groups,
    holdout,
    matrix,
    parameters,
    risk,
    season,
    spread,
    story,
    value,
)
from retention.ui.parts import forecast, screen
from retention.ui.state import visit

screen.title("lifetime_value")
study = visit.study()  # or stops with an invitation to load some

with screen.settings():
    found = value.asked(study)

value.fit(found)  # or stops with why the models cannot be fitted
tried = holdout.check(found)
holdout.verdict(tried, value.cautions(found))
value.remarks(found)
value.headline(found, tried.forecast.said.correction)
value.figures(found, tried.forecast.said.correction)

spread.section(found)

screen.details("lifetime_value.groups", groups.section, found)
screen.details("lifetime_value.risk", risk.section, found)
screen.details("season.section", season.section, found)
screen.details("lifetime_value.matrix", matrix.section, found)
screen.details("lifetime_value.story", story.section, found)
screen.details("holdout.section", holdout.details, tried, found)
parameters.section(found)
customers.section(found, forecast.in_words(tried.forecast))
screen.definition("lifetime_value")
