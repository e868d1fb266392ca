"""Did a campaign work: who was contacted on which day, against newer sales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention import campaigns
from retention.errors import InputError
from retention.lifetime_value import expected_purchases
from retention.study.memo import Part

if TYPE_CHECKING:
    from retention.campaigns import Effect, WithoutControl
    from retention.lifetime_value import PurchaseModel, TimeUnit, Wanted
    from retention.study.study import Study

MOST_DAYS = 31  # on which customers of one campaign are contacted
LEAST_FOLLOWED = 7  # days after the last contact
_STATE = ["x", "t_x", "T"]


@dataclass(frozen=True)
class Judged:
    """What came of a campaign.

    Attributes
    ----------
    first, last : days on which customers were contacted
    days : how many each was followed, from the day after
    people : contacted or held back, who were customers by then; `unknown` were not
    alike : whether the two groups were expected to buy alike, as groups drawn by chance are; True where
        nobody was held back
    purchases, returning, revenue : against who was held back, a person: purchase days, whether there was any,
        and gross revenue; None without two in each group
    without_control : purchase days of who was contacted, against what was expected; None where somebody was
        held back
    """

    first: date
    last: date
    days: int
    people: int
    unknown: int
    alike: bool
    purchases: Effect | None
    returning: Effect | None
    revenue: Effect | None
    without_control: WithoutControl | None


class Campaigns(Part):
    """Campaigns of the past, by a purchase model chosen and fitted with what was known before each.

    Parameters
    ----------
    wanted, unit : of the model
    """

    def __init__(self, study: Study, wanted: Wanted, unit: TimeUnit) -> None:
        super().__init__(study, wanted, unit)
        self.wanted = wanted
        self.unit = unit

    def judged(self, contacts: pd.DataFrame, days: int) -> Judged:
        """What came of one.

        Parameters
        ----------
        contacts : customer_id, held_back and day (its number) of each: see `retention.ingest.read_contacts`
        days : to follow each, fewer where the data ends before

        Raises
        ------
        InputError
            ``campaign_outside_data``, ``campaign_too_recent``, ``campaign_too_many_days``,
            ``campaign_of_strangers``; ``cannot_fit_purchases``.
        """
        first, last = (date.fromordinal(int(day)) for day in (contacts["day"].min(), contacts["day"].max()))
        followed = self._followed(contacts, first, last, days)
        contacts = contacts.sort_values("day").drop_duplicates("customer_id")
        sent = np.unique(contacts["day"].to_numpy())
        parts = [self._on(int(day), contacts[contacts["day"] == day], followed) for day in sent]
        people = pd.concat(parts, ignore_index=True)
        if people.empty:
            raise InputError("campaign_of_strangers", people=len(contacts))
        model = self._known_on(first)
        x, t_x, age = (people[name].to_numpy() for name in _STATE)
        expected = expected_purchases(model, x, t_x, age, followed)
        held, bought = people["held_back"], people["purchases"]
        group = held.map({True: campaigns.HOLD_BACK, False: campaigns.CONTACT})
        return Judged(
            first=first,
            last=last,
            days=followed,
            people=len(people),
            unknown=contacts["customer_id"].nunique() - len(people),
            alike=campaigns.are_alike(group, expected),
            purchases=campaigns.against_control(group, bought, expected),
            returning=campaigns.against_control(group, (bought > 0).astype(float), expected),
            revenue=campaigns.against_control(group, people["revenue"], expected),
            without_control=None if held.any() else self._without(people, first, followed),
        )

    def _known_on(self, day: date) -> PurchaseModel:
        """The model as it would have been chosen and fitted on the evening of a day."""
        models = self.study.until(day).models
        return models.purchases(models.chosen(self.wanted), self.unit)

    def _followed(self, contacts: pd.DataFrame, first: date, last: date, days: int) -> int:
        """Days each can be followed."""
        window = self.study.window
        if not window.first <= first <= last <= window.last:
            raise InputError(
                "campaign_outside_data", first=first, last=last, begin=window.first, end=window.last
            )
        if contacts["day"].nunique() > MOST_DAYS:
            raise InputError("campaign_too_many_days", days=int(contacts["day"].nunique()), most=MOST_DAYS)
        followed = min(days, (window.last - last).days)
        if followed < LEAST_FOLLOWED:
            raise InputError("campaign_too_recent", last=last, end=window.last, least=LEAST_FOLLOWED)
        return followed

    def _on(self, day: int, rows: pd.DataFrame, days: int) -> pd.DataFrame:
        """Who was contacted on a day, as they stood that evening, and what they bought after it."""
        known = self.study.until(date.fromordinal(day)).tables.customers()[["customer_id", *_STATE]]
        came = self.study.tables.bought_between(day + 1, day + days)
        found = rows.merge(known, on="customer_id")
        return found.merge(came, on="customer_id", how="left").fillna({"purchases": 0, "revenue": 0.0})

    def _without(self, people: pd.DataFrame, first: date, days: int) -> WithoutControl:
        model = self._known_on(first)
        x, t_x, age = (people[name].to_numpy(dtype=float) for name in _STATE)
        bought = int(people["purchases"].to_numpy().sum())
        after = campaigns.foreseen(model, (x, t_x, age), np.ones(x.size), days, bought)
        return campaigns.WithoutControl(self._before(first, days), after)

    def _before(self, first: date, days: int) -> campaigns.Foreseen | None:
        """All customers, so many days before, by a model fitted before those."""
        then = first - timedelta(days=days)
        if then <= self.study.window.first:
            return None
        try:
            model = self._known_on(then)
        except InputError:
            return None
        held = self.study.tables.held_back(then, first)
        x, t_x, age, customers = (held[name].to_numpy(dtype=float) for name in (*_STATE, "customers"))
        bought = int(held["later"].to_numpy() @ held["customers"].to_numpy())
        return campaigns.foreseen(model, (x, t_x, age), customers, days, bought)
