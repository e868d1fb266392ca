"""Data: bring a spreadsheet of sales, see what was understood of it, and mend that where needed."""

from retention.ui import account, columns, loaded, opening, screen

screen.title("data")
opening.ways_in()

if loaded.source():
    columns.understood()
    columns.choose()
    columns.preview()
    account.show()
else:
    opening.what_comes_out()
screen.definition("data")
