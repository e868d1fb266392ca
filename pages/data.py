"""Data: bring a spreadsheet of sales, see what was understood of it, and mend that where needed."""

from retention.ui.data import account, checks, columns, opening, questions, reasons, understood
from retention.ui.parts import screen
from retention.ui.state import loaded

screen.title("data")
opening.ways_in()

if loaded.source():
    opening.sheet()
    questions.ask()
    understood.show()
    reasons.show()
    columns.choose()
    understood.preview()
    account.show()
    checks.show()
else:
    opening.what_comes_out()
screen.definition("data")
