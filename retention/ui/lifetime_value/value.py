"""The Lifetime value page's answer: what today's customers are still worth, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.story import lifetime_value as told
from retention.text.model_names import model_name
from retention.ui.parts import controls, problems, screen
from retention.ui.state import settings

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from retention.errors import DataWarning
    from retention.lifetime_value import Correction, PurchaseModel, Verdict
    from retention.study import Study, Value

_REMARKS = frozenset({"seasons_unknown"})  # what cannot be told is no warning yet
_OF_SEASONS = frozenset({"seasonal", "seasons_unknown"})  # said of a model that knows none
_OF_CONTRACTS = frozenset({"contracts"})  # what is said with the share of revenue where that is known


def asked(study: Study) -> Value:
    """The value of customers on the terms the visitor sets, by the model chosen further down."""
    with screen.settings():
        horizon = int(controls.number("horizon"))
        margin = controls.share("margin")
        with screen.options():
            discount = controls.share("discount")
    return study.value(
        settings.wanted(),
        settings.time_unit(),
        horizon_months=horizon,
        discount_rate=discount,
        margin=margin,
    )


def fit(value: Value) -> None:
    """Fit the models; or say why they cannot be, and end the page."""
    with problems.input_errors():
        value.fit()


def cautions(value: Value) -> tuple[DataWarning, ...]:
    """What the models warn of, and what about this shop they do not know."""
    return (*value.customers.warnings, *(note for note in _unknown(value) if note.code not in _REMARKS))


def remarks(value: Value) -> None:
    """What about this shop cannot be told yet."""
    for note in _unknown(value):
        if note.code in _REMARKS:
            screen.text(f"warning.{note.code}", **note.details)


def _unknown(value: Value) -> list[DataWarning]:
    """What about this shop the model in use does not know."""
    known = _OF_SEASONS if value.purchases.season else frozenset()
    said = _OF_CONTRACTS if value.study.subscriptions.warnings() else frozenset()
    return [note for note in value.study.models.validity() if note.code not in known | said]


def untested(value: Value) -> DeltaGenerator:
    """The place of the total, which stands there greyed while the model is tried on days it has not seen."""
    place = st.empty()
    with place:
        screen.headline("lifetime_value.headline.untested", **told.of_total(value.customers))
    return place


def headline(value: Value, said: Verdict) -> None:
    """What today's customers are still worth; greyed where that is poor, beside what the past makes of it."""
    screen.heading(told.headline(value, said, screen.markdown_words()))


def corrected(value: Value, correction: Correction | None) -> None:
    """Of what is not put right, where the total is."""
    if correction is not None:
        screen.text("lifetime_value.corrected", model=value.customers.total)


def covered(value: Value, correction: Correction | None) -> None:
    """What the interval of the total covers, and how far the past was off where it is put right."""
    shocks = value.purchases.shocks
    if shocks is None:
        screen.text("lifetime_value.not_held_out")
    else:
        screen.text("lifetime_value.not_held_out.shocks", sd=shocks.sd)
    if correction is not None:
        missed = correction.purchases
        screen.text("lifetime_value.corrected.by", least=missed.least, most=missed.most)
    if value.customers.top_20_percent_share is not None:
        screen.text("lifetime_value.spread.expected", expected=value.customers.top_20_percent_share)


def figures(value: Value, said: Verdict) -> None:
    """Value to come, expected purchases, customers likely active, share of the best."""
    screen.cards("lifetime_value", told.figures(value, said, screen.markdown_words()))


def named(model: PurchaseModel) -> str:
    """What a purchase model is called."""
    return model_name(model, screen.words())
