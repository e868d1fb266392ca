"""Products: with which first product customers come back, what they buy next, and what the loyal buy."""

from retention.ui.parts import screen
from retention.ui.products import choices, cohorts, first, loyal, next_order
from retention.ui.state import visit

screen.title("products")
study = visit.study()  # or stops with an invitation to load some orders

products = choices.products(study)  # or stops where the file names none
with screen.computing():
    found = products.first()
compared = first.headline(found)  # or stops where nobody is followed long enough
first.figures(compared)
first.chart(compared)
first.what_to_do(compared)

screen.section("products.next")
next_order.show(products)

choices.told(products)
screen.details("products.cohorts", cohorts.section, products)
screen.details("products.loyal", loyal.section, products)
screen.definition("products")
