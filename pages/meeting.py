"""Meeting: the report's messages full screen, one after another by the arrow keys."""

from retention.ui.meeting import message, place, stage
from retention.ui.parts import screen
from retention.ui.state import visit

stage.set_up()
top = screen.place()  # above what is waited for, which would move the buttons
screen.title("meeting", question=visit.present() is None)
study = visit.study()  # or stops with an invitation to load some orders
with top:
    place.bar()
message.show(study)
