"""Lifetime value: what each customer is still worth, and how far to trust it."""

from retention.ui.lifetime_value import customers, groups, holdout, risk, spread, story, trust, value
from retention.ui.parts import forecast, one_by_one, screen
from retention.ui.state import visit
from retention.ui.subscriptions import renewals

screen.title("lifetime_value")
study = visit.study()  # or stops with an invitation to load some

found = value.asked(study)
value.fit(found)  # or stops with why the models cannot be fitted
first = value.untested(found)
tried = holdout.check(found)
with first:
    value.headline(found, tried.forecast.said)
holdout.verdict(tried, value.cautions(found))
renewals.told(study)
value.corrected(found, tried.forecast.said.correction)
value.figures(found, tried.forecast.said)
one_by_one.what_it_rests_on(study)
screen.next_step("customers")

customers.section(found, forecast.in_words(tried.forecast))
spread.section(found)

screen.details("lifetime_value.groups", groups.section, found)
screen.details("lifetime_value.risk", risk.section, found)
screen.details("lifetime_value.story", story.section, found)
screen.details("lifetime_value.trust", trust.section, tried, found)
screen.definition("lifetime_value")
