"""Drop-off: after which purchase, and after how many days, customers stop buying; and which ones do."""

from retention.ui import dropoff, dropoff_groups, leavers, loaded, screen

screen.title("dropoff")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    leave_out = dropoff.leave_out()

with screen.computing():
    found, warnings = dropoff.steps(leave_out), dropoff.warnings()
    to_ask = dropoff.asked(found, leave_out)
dropoff.headline(found)  # or stops where too few customers are followed
screen.warnings(warnings)
dropoff.figures(found, to_ask)
dropoff.curve(found, leave_out)

screen.section("dropoff.waiting")
step = dropoff.purchase(found)
dropoff.waiting(step, leave_out)

screen.section("dropoff.list")
dropoff.list_of(to_ask)

screen.section("dropoff.groups")
dropoff_groups.by_segment(step, found, leave_out)
dropoff_groups.by_cohort(step, found, leave_out)

leavers.section(leave_out)
screen.definition("dropoff")
