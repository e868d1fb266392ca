"""The Lifetime value page: the models fitted, what speaks against them, the value still to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import aggregate, lifetime_value
from retention.lifetime_value import Terms
from retention.multiples import with_value_to_come
from retention.ui.parts import screen
from retention.ui.state import loaded, models
from retention.ui.state.settings import get

if TYPE_CHECKING:
    import pandas as pd

    from retention.errors import DataWarning
    from retention.lifetime_value import CustomerValues, PurchaseModel, SpendModel, TimeUnit, ValueAtRisk

_REMARKS = frozenset({"seasons_unknown"})  # what cannot be told is no warning yet


@dataclass(frozen=True)
class Valued:
    """Everything the page speaks of, under the visitor's settings.

    Attributes
    ----------
    purchases, spend : the models
    listed : the purchase model P(active) is shown by: that of the value, or MBG/NBD where it is BG/NBD, for
        which everybody with one purchase is active by construction
    of_revenue, risk_of_revenue : value of every customer and what of it is at risk by `listed`, where all
        revenue is margin
    margin : share of revenue that is margin
    terms : on which the revenue to come is valued, before the margin
    basis : the settings on which that depends
    given : the same and the margin, on which sums of money depend
    """

    purchases: PurchaseModel
    spend: SpendModel
    listed: PurchaseModel
    of_revenue: CustomerValues
    risk_of_revenue: ValueAtRisk
    margin: float
    terms: Terms
    basis: tuple[Any, ...]

    @cached_property
    def worth(self) -> CustomerValues:
        """Value of every customer: every sum of money is in proportion to the margin."""
        return self.of_revenue.at_margin(self.margin)

    @cached_property
    def risk(self) -> ValueAtRisk:
        """What is lost with customers who have perhaps left already; its P(active) is the one shown."""
        return self.risk_of_revenue.at_margin(self.margin)

    @property
    def given(self) -> tuple[Any, ...]:
        """See above."""
        return (*self.basis, self.margin)

    def at_margin(self, table: pd.DataFrame, *names: str) -> pd.DataFrame:
        """The same table, the columns named brought from revenue to margin."""
        return table.assign(**{name: self.margin * table[name] for name in names})


def fitted(horizon: int, discount: float, margin: float) -> Valued:
    """Both models and every customer's value; why not, where they cannot be fitted."""
    unit: TimeUnit = get("time_unit")
    kind = models.purchase_kind()
    basis = (kind, unit, horizon, discount)
    terms = Terms(horizon, discount, net_share=loaded.flows("month").net_share())
    with screen.input_errors(), st.spinner(screen.say("lifetime_value.fitting")):
        spend, listed = (
            models.spend_model(),
            models.purchase_model(unit, "mbg_nbd" if kind == "bg_nbd" else kind),
        )
        found = Valued(
            purchases=models.purchase_model(unit),
            spend=spend,
            listed=listed,
            of_revenue=models.customer_values(unit, horizon, discount),
            risk_of_revenue=loaded.computed(
                "value_at_risk",
                lambda: lifetime_value.value_at_risk(loaded.people(), listed, spend, terms),
                basis,
            ),
            margin=margin,
            terms=terms,
            basis=basis,
        )
    models.tell(**_for_claims(found))
    return found


def _for_claims(found: Valued) -> dict[str, Any]:
    """What the reality check quotes of lifetime value."""
    multiple = loaded.computed(
        "multiple_to_come", lambda: with_value_to_come(loaded.orders(), found.worth.table), found.basis
    )
    values = found.worth
    return {
        "total": values.total,
        "low": values.low,
        "high": values.high,
        "months": values.horizon_months,
        "margin": found.margin,
        "lost": found.risk.each,
        "best": values.top_20_percent_share,
        "multiple": multiple,
    }


def cautions(found: Valued) -> tuple[DataWarning, ...]:
    """What the models warn of, and what about this shop they do not know."""
    return (*found.worth.warnings, *(note for note in validity() if note.code not in _REMARKS))


def remarks() -> None:
    """What about this shop cannot be told yet."""
    for note in validity():
        if note.code in _REMARKS:
            screen.text(f"warning.{note.code}", **note.details)


def validity() -> tuple[DataWarning, ...]:
    """What about this shop the models do not know."""
    orders = loaded.orders()
    return loaded.computed(
        "validity",
        lambda: lifetime_value.validity(
            loaded.flows("month").table,
            aggregate.flows(orders, "day"),
            aggregate.gaps(orders, "year", unit="day"),
            loaded.people(),
            orders.window,
        ),
    )


def headline(found: Valued) -> None:
    """What today's customers are still worth, with the interval where there is one."""
    values = found.worth
    key = "lifetime_value.headline" if values.low is None else "lifetime_value.headline.interval"
    screen.headline(
        key,
        customers=len(values.table),
        total=values.total,
        low=values.low,
        high=values.high,
        months=values.horizon_months,
        share=values.top_20_percent_share,
    )


def interval_covers() -> None:
    """What the interval speaks of, and what it does not."""
    screen.text("lifetime_value.not_held_out")


def figures(found: Valued) -> None:
    """Value to come, expected purchases, customers likely active, share of the best."""
    words, values = screen.words(), found.worth
    active = float(found.risk.table["p_alive"].sum())
    screen.metrics(
        {
            "lifetime_value.total": (words.money(values.total), None),
            "lifetime_value.purchases": (words.count(values.expected_purchases), None),
            "lifetime_value.alive": (words.count(active), None),
            "lifetime_value.best": (screen.say("value.percent", value=values.top_20_percent_share), None),
        }
    )


def named(model: PurchaseModel) -> str:
    """What a purchase model is called."""
    return screen.words().say(f"setting.purchase_kind.{model.kind}")
