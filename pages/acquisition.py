"""Win or keep: what a new customer and keeping one cost, when the first pays back, the next euro."""

from retention.ui.acquisition import (
    channels,
    choices,
    costs,
    next_euro,
    payback,
    prospects,
    spend_editor,
    trend,
)
from retention.ui.parts import one_by_one, screen
from retention.ui.state import visit

screen.title("acquisition")
study = visit.study()  # or stops with an invitation to load some orders

spend_editor.editor()
spend = spend_editor.table()
if spend is None:
    screen.stop("acquisition.no_spend")

with screen.settings():
    view = choices.view(study, spend)

with screen.computing():
    found, worth, doubts = view.found, view.worth, view.doubts
costs.headline(found, worth)
split = screen.place()
costs.figures(view)
one_by_one.what_it_rests_on(study)

channels.section(found, worth)
payback.section(worth, found.cohort_period)

next_euro.section(view, split)
screen.details("acquisition.reckoned", costs.reckoned, view)
screen.details("acquisition.trend", trend.section, found, doubts.get("trend"))
screen.details("acquisition.success", prospects.section, study, found.success)
screen.definition("acquisition")
