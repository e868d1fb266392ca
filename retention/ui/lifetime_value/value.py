"""The Lifetime value page's answer: what today's customers are still worth, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.text.model_names import model_name
from retention.ui.parts import controls, screen
from retention.ui.state import settings

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.lifetime_value import Correction, CustomerValues, PurchaseModel
    from retention.study import Study, Value

_REMARKS = frozenset({"seasons_unknown"})  # what cannot be told is no warning yet
_OF_SEASONS = frozenset({"seasonal", "seasons_unknown"})  # said of a model that knows none


def asked(study: Study) -> Value:
    """The value of customers on the terms the visitor sets, by the model chosen further down."""
    horizon = int(controls.number("horizon"))
    margin = controls.share("margin")
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
    with screen.input_errors():
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
    return [note for note in value.study.models.validity() if note.code not in known]


def headline(value: Value, correction: Correction | None = None) -> None:
    """What today's customers are still worth, with the interval where there is one, and what that covers."""
    found = value.customers
    told = {
        "customers": len(found.table),
        "total": found.total,
        "low": found.low,
        "high": found.high,
        "months": found.horizon_months,
        "share": found.top_20_percent_share,
    }
    if correction is None:
        bounded = "lifetime_value.headline" if found.low is None else "lifetime_value.headline.interval"
        screen.headline(bounded, **told)
    else:
        _corrected(found, correction, told)
    shocks = value.purchases.shocks
    if shocks is None:
        screen.text("lifetime_value.not_held_out")
    else:
        screen.text("lifetime_value.not_held_out.shocks", sd=shocks.sd)


def _corrected(found: CustomerValues, correction: Correction, told: dict[str, Any]) -> None:
    """The same put right, beside what the model says; and of what else that is not."""
    right, missed = correction.of(found).total, correction.purchases
    told = told | {"total": right.value, "low": right.low, "high": right.high}
    bounded = "lifetime_value.headline.corrected"
    if right.ends is not None:
        bounded = "lifetime_value.headline.corrected.interval"
    screen.headline(bounded, **told, model=found.total, n=correction.origins)
    screen.text("lifetime_value.corrected", least=missed.least, most=missed.most, model=found.total)


def figures(value: Value, correction: Correction | None = None) -> None:
    """Value to come, expected purchases, customers likely active, share of the best."""
    words, found = screen.words(), value.customers
    total, purchases = found.total, found.expected_purchases
    names = "lifetime_value.total", "lifetime_value.purchases"
    if correction is not None:
        right = correction.of(found)
        total, purchases = right.total.value, right.expected_purchases
        names = "lifetime_value.total_corrected", "lifetime_value.purchases_corrected"
    screen.metrics(
        {
            names[0]: (words.money(total), None),
            names[1]: (words.count(purchases), None),
            "lifetime_value.alive": (words.count(value.at_risk.active), None),
            "lifetime_value.best": (screen.say("value.percent", value=found.top_20_percent_share), None),
        }
    )


def named(model: PurchaseModel) -> str:
    """What a purchase model is called."""
    return model_name(model, screen.words())
