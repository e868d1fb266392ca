"""The models fitted to what this visit has loaded, and how far they can be trusted; computed once each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import aggregate, lifetime_value
from retention.errors import DataWarning, InputError
from retention.ui.state import loaded, settings

if TYPE_CHECKING:
    from datetime import date


def purchase_model(
    unit: lifetime_value.TimeUnit, kind: lifetime_value.PurchaseKind | None = None
) -> lifetime_value.PurchaseModel:
    """The purchase model of a kind, or of the chosen one, fitted to the loaded orders."""
    kind = kind or purchase_kind()
    return loaded.computed(
        "purchases",
        lambda: lifetime_value.fit_purchases(aggregate.states(loaded.people()), unit, kind),
        (unit, kind),
    )


def purchase_kind() -> lifetime_value.PurchaseKind:
    """Which purchase model the visitor wants."""
    chosen: lifetime_value.PurchaseKind = settings.get("purchase_kind")
    return chosen


def holdout_day() -> date:
    """Last day the models know where they are tried on what followed: as chosen, or the middle one."""
    window, chosen = loaded.intake().orders.window, settings.get("holdout_until")
    bounds = lifetime_value.holdout_bounds(window)
    inside = bounds is not None and chosen is not None and bounds[0] <= chosen <= bounds[1]
    return chosen if inside else lifetime_value.calibration_end(window)


def usual() -> dict[str, Any]:
    """Settings whose usual choice the loaded data decides."""
    held = loaded.usable()
    return {} if held is None else {"holdout_until": lifetime_value.calibration_end(held.orders.window)}


def holdouts() -> lifetime_value.Holdouts:
    """Each kind of purchase model, tried on what followed a day of the loaded data."""
    day = holdout_day()
    usual_day = day == lifetime_value.calibration_end(loaded.intake().orders.window)
    return loaded.computed(
        "holdouts",
        lambda: lifetime_value.holdouts(hold_back(loaded.intake().orders, None if usual_day else day)),
        day,
    )


def gate() -> tuple[DataWarning, ...]:
    """What the amount and age of the loaded data say against relying on a forecast."""
    day = loaded.reference_day()
    return loaded.computed(
        "gate", lambda: lifetime_value.reliability(loaded.people(), loaded.intake().orders.window, day), day
    )


def verdict() -> lifetime_value.Verdict:
    """How far the forecast of the chosen model can be trusted."""
    return lifetime_value.verdict(holdouts().of(purchase_kind()), gate())


def spend_model() -> lifetime_value.SpendModel:
    """Gamma-Gamma fitted to the loaded orders."""
    return loaded.computed("spend", lambda: lifetime_value.fit_spend(aggregate.spend(loaded.people())))


def customer_values(
    unit: lifetime_value.TimeUnit, horizon: int, discount: float
) -> lifetime_value.CustomerValues:
    """Lifetime value of every loaded customer, all revenue taken as margin."""
    found: lifetime_value.CustomerValues = loaded.computed(
        "values",
        lambda: lifetime_value.customer_values(
            loaded.people(),
            purchase_model(unit),
            spend_model(),
            horizon_months=horizon,
            discount_rate=discount,
            net_share=loaded.flows("month").net_share(),
        ),
        (unit, purchase_kind(), horizon, discount),
    )
    return found


def tell(**figures: Any) -> None:
    """Let other pages know the lifetime value last computed."""
    st.session_state["valued"] = (loaded.key(), figures)


def valued() -> dict[str, Any] | None:
    """Lifetime value of the loaded orders as last computed in this visit; None where it was not."""
    key, told = st.session_state.get("valued", ("", None))
    return told if key == loaded.key() else None


def new_customer(
    horizon: int, margin: float
) -> tuple[lifetime_value.NewCustomer | None, tuple[DataWarning, ...]]:
    """Expected margin of a customer won now; None with the reason where the models cannot be fitted."""
    discount = settings.get("discount") / 100

    def compute() -> lifetime_value.NewCustomer:
        terms = lifetime_value.Terms(horizon, discount, 1.0, loaded.flows("month").net_share())
        return lifetime_value.new_customer(
            purchase_model("week"), spend_model(), loaded.people()["first_value"], terms
        )

    try:
        found = loaded.computed("new_customer", compute, (purchase_kind(), horizon, discount))
    except InputError as error:
        return None, (DataWarning(error.code, error.details),)
    return found.scaled(margin), ()
