"""Customers: whom to write to, what to say, and whether it worked."""

from retention.ui.customers import call_list, campaign, groups, occasions, plan
from retention.ui.parts import forecast, one_by_one, screen
from retention.ui.state import visit

screen.title("customers")
study = visit.study()  # or stops with an invitation to load some
customers = occasions.of(study)  # or stops with why the models cannot be fitted

occasion = occasions.chosen()
occasions.headline(customers, occasion)
occasions.cards(customers)
one_by_one.what_it_rests_on(study)

call_list.section(customers, occasion)
verdict = screen.place()
screen.details("customers.plan", plan.section, customers)
screen.details("customers.campaign", campaign.section, study, customers)
screen.details("customers.groups", groups.section, customers)
screen.definition("customers")
with verdict:  # last, as it takes longest
    forecast.line(customers.value)
