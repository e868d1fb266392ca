"""Report: the answers of every page as a document, a workbook or slides."""

from retention.ui.parts import screen
from retention.ui.report import choices, kept, making, sharing
from retention.ui.state import visit

screen.title("report")
study = visit.study()  # or stops with an invitation to load some orders

first = screen.place()
wish = choices.wish()  # or stops where nothing is asked for
with first:
    screen.headline("report.headline", n=len(wish.sections))
    screen.text("report.intro")
making.section(study, wish)
kept.section(study)
sharing.section(study, wish)

screen.text("report.people")
screen.definition("report")
