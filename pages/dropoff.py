"""Drop-off: after which purchase, and after how many days, customers stop buying; and which ones do."""

from retention.ui.dropoff import groups, leavers, steps
from retention.ui.parts import screen
from retention.ui.state import visit

screen.title("dropoff")
study = visit.study()  # or stops with an invitation to load some orders

with screen.settings():
    leave_out = steps.leave_out()
counted = study.counted(leave_out_left_truncated=leave_out)

with screen.computing():
    found, warnings = counted.dropoff.steps(), study.dropoff.warnings()
    to_ask = study.dropoff.to_ask(leave_out_left_truncated=leave_out)
steps.headline(found)  # or stops where too few customers are followed
screen.warnings(warnings)
steps.figures(found, to_ask)
steps.curve(found)

screen.section("dropoff.waiting")
step = steps.purchase(found)
steps.waiting(step)

screen.section("dropoff.list")
steps.list_of(to_ask, study.window.last)

screen.section("dropoff.groups")
groups.by_segment(counted, step, found)
groups.by_cohort(counted, step, found)

leavers.section(counted)
screen.definition("dropoff")
