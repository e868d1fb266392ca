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
from retention.ui.parts import controls, screen
from retention.ui.state import loaded

screen.title("lifetime_value")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    horizon = int(controls.number("horizon"))
    margin = controls.share("margin")
    discount = controls.share("discount")

found = value.fitted(horizon, discount, margin)
holdout.verdict(value.cautions(found))
value.remarks()
value.headline(found)
value.interval_covers()
value.figures(found)

spread.section(found)
groups.section(found)
risk.section(found)
matrix.section(found)
story.section(found)
holdout.details()
parameters.section(found)
customers.section(found)
screen.definition("lifetime_value")
