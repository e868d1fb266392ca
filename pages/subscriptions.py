"""Subscriptions: who buys at fixed intervals, who renews, pauses or stops, and what they pay a month."""

from retention.ui.parts import screen
from retention.ui.state import visit
from retention.ui.subscriptions import months, renewals

screen.title("subscriptions")
study = visit.study()  # or stops with an invitation to load some orders

found = renewals.of(study)  # or stops with what was looked for, where there are none
renewals.headline(found)
renewals.figures(found)
renewals.curve(found)
renewals.what_to_do(found)

screen.details("subscriptions.months", months.section, found)
screen.details("subscriptions.who", renewals.who, found)
screen.definition("subscriptions")
