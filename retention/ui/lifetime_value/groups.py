"""Value still to come by cohort and by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.story.tables import largest_groups, named_groups
from retention.ui.lifetime_value import tables
from retention.ui.parts import grouping, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Value


def section(value: Value) -> None:
    """One way of grouping at a time: bars with intervals, the reading, the table."""
    words, by = screen.words(), grouping.choice("value_by", value.study)
    rows = cached(named_groups, value.by_group(by), by, value.cohort_period(), words)
    shown = cached(largest_groups, rows, by, "clv")
    first = shown.nlargest(1, "clv").iloc[0]
    told = {name: first[name] for name in ("group", "customers", "clv", "low", "high", "mean")}
    drawing = cached(charts.lifetime_value.groups, shown, words)
    screen.chart(drawing, "lifetime_value.groups.alt", n=len(rows), **told)
    screen.text("lifetime_value.groups.reading", **told, share=value.shares(by).to_dict()[first.name])
    if value.differ(by):
        screen.text("lifetime_value.groups.differ")
    if len(shown) < len(rows):
        screen.text("lifetime_value.groups.more", n=len(shown), all=len(rows))
    screen.table(lambda: cached(tables.groups, rows, by), "value_groups", columns=tables.GROUPS_SHOWN)
