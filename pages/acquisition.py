"""Win or keep: what a new customer and keeping one cost, when the first pays back, the next euro."""

from retention.ui.acquisition import costs, next_euro, payback, prospects, spend_editor, trend
from retention.ui.parts import controls, screen
from retention.ui.state import loaded

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
    found = costs.winning(spend)
    worth, trouble = costs.worth(found, margin)
    doubted = costs.doubts(found, spend, margin)
given = costs.given(spend)
costs.headline(found)
costs.figures(found, worth, trouble, doubted)
costs.costs(found, given)
trend.section(found, doubted.get("trend"), given)
payback.section(found, worth, (given, margin))
costs.by_channel(found, worth, (given, margin))
prospects.section(found, given)
next_euro.section(found.costs, worth, margin)
screen.definition("acquisition")
