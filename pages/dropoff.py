"""Drop-off: after which purchase, and after how many days, customers stop buying; and which ones do."""

from retention.ui.dropoff import groups, leavers, steps
from retention.ui.parts import screen
from retention.ui.state import loaded

screen.title("dropoff")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    leave_out = steps.leave_out()

with screen.computing():
    found, warnings = steps.steps(leave_out), steps.warnings()
    to_ask = steps.asked(found, leave_out)
steps.headline(found)  # or stops where too few customers are followed
screen.warnings(warnings)
steps.figures(found, to_ask)
steps.curve(found, leave_out)

screen.section("dropoff.waiting")
step = steps.purchase(found)
steps.waiting(step, leave_out)

screen.section("dropoff.list")
steps.list_of(to_ask)

screen.section("dropoff.groups")
groups.by_segment(step, found, leave_out)
groups.by_cohort(step, found, leave_out)

leavers.section(leave_out)
screen.definition("dropoff")
