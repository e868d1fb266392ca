"""The page's tables, as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.lists import Stake, Step
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


def by_value(profile: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The four groups by value, with what they come to."""
    return _groups(profile, [words.say(f"quadrant.{code}") for code in profile["group"]])


def by_rfm(profile: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The named groups of RFM, with what they come to."""
    return _groups(profile, [words.say(f"rfm.{code}") for code in profile["group"]])


def _groups(profile: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    columns = ["customers", "share_of_customers", "revenue", "share_of_revenue", "clv"]
    return profile[columns].assign(group=named)[["group", *columns]]


def moved(pairs: pd.DataFrame, words: Words) -> pd.DataFrame:
    """From which group to which, only where somebody moved, the most first."""
    rows = pairs[(pairs["customers"] > 0) & (pairs["before"] != pairs["now"])]
    rows = rows.sort_values("customers", ascending=False, ignore_index=True)
    return pd.DataFrame(
        {
            "moved_from": [words.say(f"rfm.{code}") for code in rows["before"]],
            "moved_to": [words.say(f"rfm.{code}") for code in rows["now"]],
            "customers": rows["customers"],
            "group_share": rows["share"],
        }
    )
