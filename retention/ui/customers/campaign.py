"""Did it work: a list kept earlier, or any table of contacts, judged by the sales that followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest
from retention.errors import InputError
from retention.ui.parts import controls, problems, screen
from retention.ui.state import people, settings

if TYPE_CHECKING:
    from retention.campaigns import Effect, WithoutControl
    from retention.study import Study
    from retention.study.campaigns import Judged
    from retention.study.customers import Customers


def section(study: Study, customers: Customers) -> None:
    """Drop the list, read the effect."""
    screen.text("campaign.help")
    cost = controls.number("campaign_cost")
    given = st.file_uploader(screen.say("campaign.upload"), key="campaign_file", disabled=people.guest())
    if given is None:
        return
    try:
        contacts = ingest.read_contacts(ingest.read(given.getvalue(), given.name))
        days = int(settings.get("campaign_days"))
        with screen.computing():
            judged = study.campaigns(customers.value.wanted, customers.value.unit).judged(
                contacts.table, days
            )
    except InputError as problem:
        problems.error(problem)
        return
    _told(judged)
    if contacts.unreadable:
        screen.text("campaign.unreadable", n=contacts.unreadable)
    if judged.revenue is not None and cost > 0:
        _return(judged.revenue, cost)


def _told(judged: Judged) -> None:
    """The verdict in a sentence, then who was looked at."""
    if judged.purchases is not None:
        _against_control(judged.purchases, judged.days)
        if not judged.alike:
            st.warning(screen.say("campaign.not_alike"), icon=":material/warning:")
    elif judged.without_control is not None:
        _against_model(judged.without_control)
    else:
        st.markdown(screen.say("campaign.too_few"))
    screen.text(
        "campaign.people", n=judged.people, unknown=judged.unknown, first=judged.first, days=judged.days
    )


def _against_control(effect: Effect, days: int) -> None:
    told = effect.told
    verdict = {True: "more", False: "less", None: "open"}[effect.works]
    screen.headline(
        f"campaign.{verdict}",
        value=told.value,
        low=told.low,
        high=told.high,
        days=days,
        share=effect.relative(),
    )
    screen.text(
        "campaign.means",
        contacted=effect.contacted,
        control=effect.control,
        mean_contacted=effect.mean_contacted,
        mean_control=effect.mean_control,
        plain=effect.plain.value,
        plain_low=effect.plain.low,
        plain_high=effect.plain.high,
    )


def _against_model(found: WithoutControl) -> None:
    after = found.after
    if not found.can_be_judged:
        screen.headline("campaign.cannot", made=after.made)
        return
    verdict = {True: "more", False: "less", None: "open"}[found.works]
    screen.headline(
        f"campaign.model.{verdict}",
        made=after.made,
        expected=after.expected.value,
        low=after.expected.low,
        high=after.expected.high,
    )
    screen.text("campaign.model.doubt")


def _return(revenue: Effect, cost: float) -> None:
    back = revenue.return_on(cost, settings.share("margin"))
    if back is not None:
        st.markdown(screen.say("campaign.return", value=back.value, low=back.low, high=back.high))
