"""How many of the people addressed became customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.acquisition.channels import unified_names
from retention.errors import DataWarning
from retention.statistics import Estimate, share_of, wilson

if TYPE_CHECKING:
    from retention.flows import Flows


@dataclass(frozen=True)
class Success:
    """New customers out of leads, over complete months whose leads are known.

    Attributes
    ----------
    leads, won : people addressed, and new customers of those months; of their channels where these are known
    rate : won / leads with its Wilson interval; None without leads, or with more customers than leads
    channels : ``channel``, ``leads``, ``won``, ``rate``, ``low``, ``high``, most leads first; empty where
        customers are not known by channel
    warnings : ``more_won_than_leads`` (``won``, ``leads``), ``channels`` where it is some channels alone
    """

    leads: float
    won: int
    rate: Estimate | None
    channels: pd.DataFrame
    warnings: tuple[DataWarning, ...] = ()


def success(spend: pd.DataFrame, flows: Flows, new_by_channel: pd.DataFrame | None = None) -> Success | None:
    """Success rate with prospects, in all and by channel.

    Parameters
    ----------
    spend : ``month`` (number of `retention.periods`), ``purpose``, and ``channel`` and ``leads`` where known
    flows : per month
    new_by_channel : ``month``, ``channel``, ``new``, where the orders carry the channel

    Returns
    -------
    None where no lead falls in a complete month
    """
    if "leads" not in spend:
        return None
    complete = flows.complete
    addressed = spend[
        (spend["purpose"] == "acquisition") & (spend["leads"] > 0) & spend["month"].isin(complete["period"])
    ]
    if addressed.empty:
        return None
    each = _rates(pd.DataFrame({"channel": [], "leads": [], "won": []}))
    if new_by_channel is not None:
        each = _by_channel(addressed, new_by_channel)
        if each["won"].sum() > 0:
            return _found(float(each["leads"].sum()), int(each["won"].sum()), each)
    won = int(complete.loc[complete["period"].isin(addressed["month"]), "new"].sum())
    return _found(float(addressed["leads"].sum()), won, each)


def _by_channel(addressed: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Leads and customers of each channel, over the months in which it has leads."""
    columns = ["month", "channel", "leads", "won"]
    rows = pd.concat(
        [addressed.assign(won=0)[columns], new.assign(leads=0.0, won=new["new"])[columns]], ignore_index=True
    )
    rows["channel"] = unified_names(rows["channel"])
    months = rows.groupby(["channel", "month"], as_index=False)[["leads", "won"]].sum()
    totals = months[months["leads"] > 0].groupby("channel", as_index=False)[["leads", "won"]].sum()
    return _rates(totals.sort_values(["leads", "channel"], ascending=[False, True], ignore_index=True))


def _rates(channels: pd.DataFrame) -> pd.DataFrame:
    """With the share won where it is one."""
    won, leads = (channels[name].to_numpy(dtype=float) for name in ("won", "leads"))
    possible = won <= leads
    low, high = wilson(np.where(possible, won, np.nan), leads)
    rate = np.where(possible, won, np.nan) / leads
    return channels.assign(won=won.astype(np.int64), rate=rate, low=low, high=high)


def _found(leads: float, won: int, channels: pd.DataFrame) -> Success:
    more = channels.loc[channels["won"] > channels["leads"], "channel"].tolist()
    told = {"won": won, "leads": leads, "channels": more}
    warned = (DataWarning("more_won_than_leads", told),) if won > leads or more else ()
    if won > leads:
        return Success(leads, won, None, channels, warned)
    return Success(leads, won, share_of(won, leads), channels, warned)
