"""Lifetime value: what each customer is still worth, and how far to trust it."""

from retention.ui import (
    clv,
    clv_customers,
    clv_groups,
    clv_matrix,
    clv_parameters,
    clv_risk,
    clv_spread,
    clv_story,
    controls,
    holdout,
    loaded,
    screen,
)

screen.title("lifetime_value")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    horizon = int(controls.number("horizon"))
    margin = controls.share("margin")
    discount = controls.share("discount")

found = clv.fitted(horizon, discount, margin)
holdout.verdict(clv.cautions(found))
clv.remarks()
clv.headline(found)
clv.interval_covers()
clv.figures(found)

clv_spread.section(found)
clv_groups.section(found)
clv_risk.section(found)
clv_matrix.section(found)
clv_story.section(found)
holdout.details()
clv_parameters.section(found)
clv_customers.section(found)
screen.definition("lifetime_value")
