"""Drop-off: after which purchase, and after how many days, customers stop buying; and which ones do."""

from retention.ui.dropoff import complaints, leavers, one_step, steps
from retention.ui.parts import problems, screen
from retention.ui.state import visit

screen.title("dropoff")
study = visit.study()  # or stops with an invitation to load some orders

with screen.options():
    leave_out = steps.leave_out()
    returned = steps.returned()
study = study.counting_back(returned)
counted = study.counted(leave_out_left_truncated=leave_out)

with screen.computing():
    found, warnings = counted.dropoff.steps(), study.dropoff.warnings()
    to_ask = study.dropoff.number_to_ask(leave_out_left_truncated=leave_out)
steps.headline(found, returned)  # or stops where too few customers are followed, or for too short a time
problems.warnings(warnings)
steps.figures(found, to_ask, returned)

screen.section("dropoff.list")
steps.whom_to_ask(study, leave_out=leave_out)
steps.curve(found, returned)

leavers.section(counted)
if returned.by_any_purchase:
    screen.details("dropoff.waiting", one_step.section, counted, found)
screen.details("complaints.title", complaints.section, study)
screen.definition("dropoff")
