"""What subscribers pay a month, and how it moves from one month to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention import charts
from retention.statistics import named_ends
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study.subscriptions import Found
    from retention.text import Words

_NAMES = {
    "start": "mrr_start",
    "new": "mrr_new",
    "expansion": "mrr_more",
    "reactivated": "mrr_back",
    "contraction": "mrr_less",
    "churned": "mrr_lost",
    "end": "mrr_end",
}


def section(found: Found) -> None:
    """The course, and a table of every month that adds up."""
    rows, words = found.recurring.months, screen.words()
    if rows.empty:
        screen.text("subscriptions.months.none")
        return
    last = rows.iloc[-1]
    values = {"month": words.period(int(last["month"]), "month"), "end": last["end"], "start": last["start"]}
    screen.chart(cached(charts.subscriptions.months, rows, words), "subscriptions.months.alt", **values)
    screen.text("subscriptions.months.reading", **values)
    gross, net = found.recurring.gross, found.recurring.net
    if gross is not None and net is not None:
        ends = {**named_ends(gross, "gross"), **named_ends(net, "net")}
        screen.text("subscriptions.kept", gross=gross.value, net=net.value, **ends)
    screen.table(lambda: cached(_table, rows, words), "mrr")


def _table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The latest month first."""
    latest = rows.iloc[::-1].reset_index(drop=True)
    month = [words.period(int(number), "month") for number in latest["month"]]
    money = latest[list(_NAMES)].rename(columns=_NAMES)
    return pd.concat([pd.DataFrame({"month": month}), money, latest[["customers"]]], axis=1)
