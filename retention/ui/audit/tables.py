"""The tables behind the five lenses, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.audit import TENTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.audit import OneCohort, OnePeriod, TwoCohorts, TwoPeriods, WholeBase
    from retention.periods import Period
    from retention.text import Words

# What is in sight of tables that are wider than a screen
DECILES_SHOWN = (
    "decile",
    "customers",
    "gross",
    "share_of_revenue",
    "orders_per_customer",
    "gross_per_customer",
)
COHORT_SHOWN = ("period", "whole_period", "active", "share_of_cohort", "low", "high", "net_per_customer")
BASE_SHOWN = (
    "cohort",
    "whole_period",
    "customers",
    "active",
    "share_active",
    "share_once",
    "share_of_revenue",
)
_GROSS = {"share": "share_of_customers", "revenue": "gross", "revenue_per_customer": "gross_per_customer"}


def bins(found: OnePeriod) -> pd.DataFrame:
    """Customers by what they spent."""
    return found.bins.rename(columns=_GROSS)


def deciles(found: OnePeriod) -> pd.DataFrame:
    """The tenths of customers, the best first."""
    return found.deciles.rename(columns=_GROSS)


def groups(found: TwoPeriods, words: Words) -> pd.DataFrame:
    """Who was lost, stayed, came back or is new, with orders and gross revenue before and after."""
    names = {"group": "customer_group", "orders": "orders_after", "change": "revenue_change"}
    table = found.groups.rename(columns=names)
    return table.assign(
        customer_group=[words.say(f"audit.group.{group}") for group in table["customer_group"]]
    )


def steps(found: TwoPeriods, named: Mapping[str, str], words: Words) -> pd.DataFrame:
    """The steps from one period's net revenue to the next one's.

    Parameters
    ----------
    named : what the ``first`` and the ``second`` period are called
    """
    table = found.steps[["step", "change"]].rename(columns={"change": "revenue_change"})
    return table.assign(step=[words.say(f"audit.step.{step}", **named) for step in table["step"]])


def migration(found: TwoPeriods, words: Words) -> pd.DataFrame:
    """How many customers of each tenth before stand in each tenth after; the last row and column: nothing."""
    order = [*range(1, TENTHS + 1), 0]
    wide = found.migration.pivot_table(index="before", columns="after", values="customers", aggfunc="sum")
    wide = wide.reindex(index=order, columns=order).fillna(0).astype("int64")
    names = [*(words.count(n) for n in order[:-1]), words.say("audit.bought_nothing")]
    wide.columns = pd.Index(names)
    wide.insert(0, "tenth_before", names)
    return wide.reset_index(drop=True)


def one_cohort(found: OneCohort, words: Words) -> pd.DataFrame:
    """A cohort period by period."""
    table = found.table.rename(columns={"share": "share_of_cohort", "complete": "whole_period"})
    return table.assign(
        period=[words.period(number, found.period) for number in table["period"]],
        whole_period=[words.say(f"value.{'yes' if whole else 'no'}") for whole in table["whole_period"]],
    )


def factors(found: TwoCohorts, period: Period, words: Words) -> pd.DataFrame:
    """Both cohorts' factors and what each contributes."""
    table = found.factors
    return pd.DataFrame(
        {
            "factor": [words.say(f"audit.factor.{name}") for name in table["factor"]],
            words.period(found.first, period): table["first"],
            words.period(found.second, period): table["second"],
            "contribution": table["change"],
        }
    )


def generations(found: WholeBase, period: Period, words: Words) -> pd.DataFrame:
    """Every generation of customers and what it still brings."""
    table = found.table.rename(columns={"complete": "whole_period"})
    return table.assign(
        cohort=[words.period(number, period) for number in table["cohort"]],
        whole_period=[words.say(f"value.{'yes' if whole else 'no'}") for whole in table["whole_period"]],
    )
