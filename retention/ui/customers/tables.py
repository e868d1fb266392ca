"""The page's tables, as they are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from retention import charts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.lists import Stake, Step
    from retention.periods import Period
    from retention.segments import Grouping
    from retention.text import Words

_CALLED = ["customer_id", "reason", "stake", "overdue", "p_alive", "group"]


def called(table: pd.DataFrame, most: int, at_stake: Stake, words: Words) -> pd.DataFrame:
    """The first of a list, with who is held back in words, and money to be lost or to be won called so."""
    rows = table.head(most)[_CALLED]
    if at_stake == "clv":
        rows = rows.rename(columns={"stake": "to_come"})
    return rows.assign(group=[words.say(f"campaign.group.{code}") for code in rows["group"]])


def plan(steps: Sequence[Step], words: Words) -> pd.DataFrame:
    """What is done when, and with whom."""
    return pd.DataFrame(
        {
            "occasion": [words.say(f"occasion.{step.occasion}") for step in steps],
            "customers": [step.customers for step in steps],
            "stake_or_to_come": [step.stake for step in steps],
            "write_on": pd.to_datetime([step.write for step in steps]),
            "judge_on": pd.to_datetime([step.judge for step in steps]),
        }
    )


def groups(profile: pd.DataFrame, by: Grouping, words: Words) -> pd.DataFrame:
    """The groups, with what they come to."""
    columns = ["customers", "share_of_customers", "revenue", "share_of_revenue", "clv"]
    named = [charts.groups.name(by, code, words) for code in profile["group"]]
    return profile[columns].assign(group=named)[["group", *columns]]


def members(people: pd.DataFrame) -> pd.DataFrame:
    """Everybody in a group."""
    return pd.DataFrame(
        {
            "customer_id": people["customer_id"],
            "orders": people["orders"],
            "revenue_net": people["revenue"] + people["refunds"],
            "last_bought": [date.fromordinal(day) for day in people["last_day"]],
            "p_alive": people["p_alive"],
            "clv": people["clv"],
        }
    )


def moved(pairs: pd.DataFrame, words: Words) -> pd.DataFrame:
    """From which group to which, only where somebody moved, the most first."""
    rows = pairs[(pairs["customers"] > 0) & (pairs["before"] != pairs["now"])]
    rows = rows.sort_values("customers", ascending=False, ignore_index=True)
    return pd.DataFrame(
        {
            "moved_from": [charts.groups.name("rfm", code, words) for code in rows["before"]],
            "moved_to": [charts.groups.name("rfm", code, words) for code in rows["now"]],
            "customers": rows["customers"],
            "group_share": rows["share"],
        }
    )


def won(pairs: pd.DataFrame, by: Grouping, period: Period, words: Words) -> pd.DataFrame:
    """What became of those won in each period."""
    return pd.DataFrame(
        {
            "cohort": [words.period(cohort, period) for cohort in pairs["cohort"]],
            "group": [charts.groups.name(by, code, words) for code in pairs["group"]],
            "customers": pairs["customers"],
            "group_share": pairs["share"],
        }
    )
