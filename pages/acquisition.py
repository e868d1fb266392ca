"""Win or keep: what a new customer and keeping one cost, when the first pays back, the next euro."""

from retention.ui import (
    controls,
    dearer,
    loaded,
    next_euro,
    paying_back,
    prospects,
    screen,
    spend_editor,
    spending,
)

screen.title("acquisition")
loaded.orders()  # or stops with an invitation to load some

spend_editor.editor()
spend = spend_editor.table()
if spend is None:
    screen.stop("acquisition.no_spend")

with screen.settings():
    margin = controls.share("margin")
    controls.choice("old_customers")

with screen.computing():
    found = spending.winning(spend)
    worth, trouble = spending.worth(found, margin)
    doubted = spending.doubts(found, spend, margin)
given = spending.given(spend)
spending.headline(found)
spending.figures(found, worth, trouble, doubted)
spending.costs(found, given)
dearer.section(found, doubted.get("trend"), given)
paying_back.section(found, worth, (given, margin))
spending.by_channel(found, worth, (given, margin))
prospects.section(found, given)
next_euro.section(found.costs, worth, margin)
screen.definition("acquisition")
