"""Reality check: what everybody quotes about keeping customers, against the loaded data."""

from retention.ui.parts import one_by_one, screen
from retention.ui.reality import findings
from retention.ui.state import visit

screen.title("reality")
study = visit.study()  # or stops with an invitation to load some orders

found = findings.shown(study)
findings.table(found)
one_by_one.what_it_rests_on(study)
findings.more(study)
screen.definition("reality")
