"""The Lifetime value page: the models fitted, the verdict on them, the customers they value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention import lifetime_value
from retention.periods import DAYS_PER_MONTH
from retention.ui import holdout, loaded, screen
from retention.ui.settings import get

if TYPE_CHECKING:
    from retention.lifetime_value import CustomerValues, PurchaseModel, Quantity, SpendModel, TimeUnit

_USUAL = 0.99  # of the customers
_SHOWN = 500  # customers on screen; the download holds all
_VALUED = ("customer_id", "clv", "p_alive", "expected_purchases", "expected_spend")
_BOUGHT = ("orders", "revenue_net", "first_bought", "last_bought")


def fitted(horizon: int, discount: float, margin: float) -> tuple[PurchaseModel, SpendModel, CustomerValues]:
    """Both models and every customer's value; why not, where they cannot be fitted."""
    unit: TimeUnit = get("time_unit")
    with screen.input_errors(), st.spinner(screen.say("lifetime_value.fitting")):
        return (
            loaded.purchase_model(unit),
            loaded.spend_model(),
            loaded.customer_values(unit, horizon, discount, margin),
        )


def headline(values: CustomerValues) -> None:
    """What today's customers are still worth, with the interval where there is one."""
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


def figures(values: CustomerValues) -> None:
    """Value to come, expected purchases, customers likely active, share of the best."""
    words = screen.words()
    best = values.top_20_percent_share
    screen.metrics(
        {
            "lifetime_value.total": (words.money(values.total), None),
            "lifetime_value.purchases": (words.count(values.expected_purchases), None),
            "lifetime_value.alive": (words.count(float(values.table["p_alive"].sum())), None),
            "lifetime_value.best": (screen.say("value.percent", value=best), None),
        }
    )


def matrix(model: PurchaseModel, quantity: Quantity, horizon: int) -> pd.DataFrame:
    """The model's answer for each frequency and recency a customer of this base can have."""
    people = loaded.people()
    usual = people[people["x"] <= people["x"].quantile(_USUAL)]
    return lifetime_value.frequency_recency(model, usual, quantity, DAYS_PER_MONTH * horizon)


def customers(values: CustomerValues) -> None:
    """Every customer, the most valuable first: the first hundreds on screen, all in the download."""
    table = _readable(values).assign(forecast=holdout.in_words())
    screen.text("lifetime_value.customers.help", n=min(_SHOWN, len(table)), customers=len(table))
    screen.show_table(table.head(_SHOWN), height=420)
    screen.download(table, "customers", label="lifetime_value.download")


def _readable(values: CustomerValues) -> pd.DataFrame:
    table = values.table.sort_values(["clv", "customer_id"], ascending=[False, True])
    origin = pd.Timestamp("1970-01-01").toordinal()
    dated = table.assign(
        first_bought=pd.to_datetime(table["first_day"] - origin, unit="D").dt.date,
        revenue_net=table["revenue"] + table["refunds"],
        last_bought=pd.to_datetime(table["last_day"] - origin, unit="D").dt.date,
    )
    segment = ["segment"] if "segment" in table else []
    return dated[[*_VALUED, *_BOUGHT, *segment]]
