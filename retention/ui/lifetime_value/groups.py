"""Value still to come by cohort and by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts, lifetime_value
from retention.ui.parts import grouping, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    import pandas as pd

    from retention.orders import Orders
    from retention.ui.lifetime_value.value import Valued


def section(found: Valued) -> None:
    """One way of grouping at a time: bars with intervals, the reading, the table."""
    screen.section("lifetime_value.groups")
    orders, words = loaded.orders(), screen.words()
    by = grouping.choice("value_by", orders)
    given, basis = (*found.given, by), (*found.basis, by)
    with screen.computing():
        of_revenue = loaded.computed("value_groups", lambda: _values(found, orders, by), basis)
    rows = found.at_margin(of_revenue, "clv", "low", "high", "mean")
    named = rows.assign(group=grouping.named(rows["group"], by, orders))
    shown = grouping.shown(named, by, "clv")
    first = shown.nlargest(1, "clv").iloc[0]
    told = {name: first[name] for name in ("group", "customers", "clv", "low", "high", "mean")}
    drawing = loaded.drawn("value_groups", lambda: charts.lifetime_value.groups(shown, words), given)
    screen.chart(drawing, "lifetime_value.groups.alt", n=len(rows), **told)
    screen.text("lifetime_value.groups.reading", **told, share=_share(first["clv"], rows["clv"].sum()))
    if len(shown) < len(rows):
        screen.text("lifetime_value.groups.more", n=len(shown), all=len(rows))
    heading = "cohort" if by == "cohort" else "segment"
    headings = {"group": heading, "p_alive": "active_expected", "mean": "clv_mean"}
    ends = {"low": "clv_low", "high": "clv_high"}
    loaded.table(named.rename(columns=headings | ends), "value_groups", given)


def _values(found: Valued, orders: Orders, by: str) -> pd.DataFrame:
    people = found.of_revenue.table.assign(p_alive=found.risk_of_revenue.table["p_alive"])
    group = grouping.of(people, by, orders)
    return lifetime_value.value_by_group(people, group, found.purchases, found.spend, found.terms)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
