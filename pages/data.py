"""Data: bring a spreadsheet of sales, see what was understood of it, and mend that where needed."""

from retention.ui.data import account, change, checks, ended, given, opening, questions, since, understood
from retention.ui.parts import screen, shared, upload
from retention.ui.state import loaded

screen.title("data", loaded=loaded.source() is not None)
upload.received()

if loaded.source():
    given.told()
    opening.sheet()
    questions.ask()
    understood.show()
    since.told()
    checks.show()
    opening.where_next()
    opening.another()
    change.show()
    account.show()
else:
    ended.told()
    shared.told()
    opening.ways_in()
    opening.what_comes_out()
screen.definition("data")
