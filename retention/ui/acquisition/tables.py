"""The Win or keep page's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.acquisition import rooms
from retention.statistics import named_ends, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.acquisition import (
        Acquisition,
        AcquisitionCosts,
        CacTrend,
        NextEuro,
        Payback,
        Success,
        UnitEconomics,
        ValueAt,
    )
    from retention.text import Words


CHANNELS_SHOWN = ("channel", "room", "cac", "new", "paid_after")


def monthly(found: AcquisitionCosts, words: Words) -> pd.DataFrame:
    """Spend, customers and costs month by month."""
    return found.monthly.assign(month=[words.period(month, "month") for month in found.monthly["month"]])


def trends(found: Iterable[CacTrend], words: Words) -> pd.DataFrame:
    """How each CAC moves a month, with its interval, and whether that is more than chance."""
    return pd.DataFrame(
        [
            {
                "channel": words.say("chart.all_new") if trend.channel is None else trend.channel,
                "months": trend.months,
                "rise_month": trend.per_month.value,
                **named_ends(trend.per_month, "rise"),
                "cac_first": trend.at_first,
                "cac_last": trend.at_last,
                "corrected_p": trend.corrected_p,
                "direction": words.say(f"acquisition.direction.{trend.direction}"),
            }
            for trend in found
        ]
    )


def channels(found: Acquisition, worth: UnitEconomics, words: Words) -> pd.DataFrame:
    """Each channel's spend, customers and CAC, what one may cost and what that leaves, most room first."""
    table = found.costs.channels
    shown = table.assign(channel=named(table["channel"], words))
    if "cac" not in table:
        return shown
    names = [str(name) for name in table["channel"]]
    years = pd.DataFrame([_at_most(worth.by_channel.get(name)) for name in names], dtype=float)
    back = [worth.channels.get(name) for name in names]
    paid_after = pd.Series([one.months if one else None for one in back], dtype="Int64")
    left = {room.channel: room.left for room in rooms(table, worth)}
    room = pd.Series([left.get(name) for name in names], name="room", dtype=float)
    whole = pd.concat([shown, years, paid_after.rename("paid_after"), room], axis=1)
    first = ["channel", "room", "cac", "break_even", "new", "paid_after"]
    whole = whole[[*first, *whole.columns.difference(first, sort=False)]]
    return whole.sort_values("room", ascending=False, ignore_index=True, kind="stable")


def named(channels: pd.Series, words: Words) -> pd.Series:
    """Channels with a word for what names none."""
    return channels.mask(channels == "", words.say("acquisition.no_channel"))


def _at_most(year: ValueAt | None) -> dict[str, float | None]:
    """What a customer may cost at most, by the margin of a year."""
    margin = None if year is None else year.margin
    return {"break_even": value_of(margin), **named_ends(margin, "break_even")}


def success(won: Success, words: Words) -> pd.DataFrame:
    """Leads, customers won out of them and the success rate of each channel."""
    table = won.channels.rename(columns={"rate": "success", "low": "success_low", "high": "success_high"})
    return table.assign(channel=named(table["channel"], words))


def paid_back(groups: dict[str, Payback]) -> pd.DataFrame:
    """When each group has paid back, with its interval, and where it stands at the last month observed."""
    return pd.DataFrame(
        [
            {
                "customer_group": name,
                "customers": one.won,
                "cac": one.cac,
                "paid_after": one.months,
                "paid_soonest": one.soonest,
                "paid_latest": one.latest,
                "months_observed": one.observed,
                "balance": one.balance,
                "balance_low": float(one.curve["low"].iloc[-1]),
                "balance_high": float(one.curve["high"].iloc[-1]),
            }
            for name, one in groups.items()
        ]
    ).astype(dict.fromkeys(("paid_after", "paid_soonest", "paid_latest"), "Int64"))


def balances(groups: dict[str, Payback]) -> pd.DataFrame:
    """Every point of the payback curves."""
    ends = {"low": "balance_low", "high": "balance_high"}
    rows = [one.curve.assign(customer_group=name) for name, one in groups.items()]
    kept = ["customer_group", "months", "customers", "balance", "low", "high"]
    return pd.concat(rows, ignore_index=True)[kept].rename(columns=ends)


def next_euro(found: NextEuro, words: Words) -> pd.DataFrame:
    """Today's split of the spend, the best of the same budget, and the best without one."""
    splits = {"today": found.today, "best": found.best, "unlimited": found.unlimited}
    return pd.DataFrame(
        [
            {
                "split": words.say(f"next_euro.split.{name}"),
                "purpose": words.say(f"chart.{side}"),
                "spent": use.spend,
                "customers_month": use.customers,
                "average_cost": use.average_cost,
                "marginal_cost": use.marginal_cost,
                "return_of_next": use.return_of_next,
                "profit_month": split.profit,
            }
            for name, split in splits.items()
            for side, use in (("win", split.winning), ("keep", split.keeping))
        ]
    )
