"""Reality check: what everybody quotes about keeping customers, against the loaded data."""

from retention.ui.parts import screen
from retention.ui.reality import findings
from retention.ui.state import visit

screen.title("reality")
study = visit.study()  # or stops with an invitation to load some orders

found = findings.shown(study)
findings.table(found)
findings.more(study)
screen.definition("reality")
