"""The tables behind the Overview page."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from retention.statistics import named_ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.flows import Flows
    from retention.metrics import Metrics
    from retention.overview import ActiveFlows, Change, Sign, Trend
    from retention.reconciled import Reconciled
    from retention.text import Words

_CALENDAR = (
    "active",
    "new",
    "retained",
    "reactivated",
    "lost",
    "orders",
    "revenue",
    "strict_retention",
    "retention_rate",
)
_ACTIVE = ("start", "new", "retained", "reactivated", "lost", "end", "strict_retention", "retention_rate")
# What is in sight of tables that are wider than a screen
FLOWS_SHOWN = (
    "period",
    "status",
    "start",
    "new",
    "retained",
    "reactivated",
    "lost",
    "end",
    "strict_retention",
)
CHANGES_SHOWN = ("figure", "period", "latest", "against_before", "against_year")
TRENDS_SHOWN = ("period", "status", "customers", "revenue_net", "strict_retention", "repeat_rate")
_WAITING = {"repeat_rate", "followed"}


def changes(found: Sequence[Trend], words: Words) -> pd.DataFrame:
    """One row a figure: the latest, its interval, and against the period before and a year before."""
    return pd.DataFrame([_change_row(trend, words) for trend in found])


def metrics(found: Metrics, words: Words) -> pd.DataFrame:
    """Every figure of the whole file, in a row each."""
    return pd.DataFrame(
        {
            "figure": words.say(f"metric.{each.name}"),
            "value": words.say(f"metric.unit.{each.metadata['unit']}", value=getattr(found, each.name)),
        }
        for each in fields(found)
    )


def trends(found: Sequence[Trend], words: Words) -> pd.DataFrame:
    """Periods down, figures across; incomplete periods are named so, what has to wait is left open."""
    first = found[0]
    out = pd.DataFrame(
        {
            "period": [words.period(number, first.period) for number in first.table["period"]],
            "status": [words.say(f"status.{status}") for status in first.table["status"]],
        }
    )
    for trend in found:
        value = trend.table["value"]
        if trend.name in _WAITING:
            value = value.where(trend.table["status"] != "incomplete")
        out[trend.name] = value.astype("Int64") if trend.unit == "count" else value
    return out


def calendar_flows(found: Flows, words: Words) -> pd.DataFrame:
    """Who bought, came and left per calendar period."""
    return _flows(
        found.table, found.table["complete"].map({True: "known", False: "incomplete"}), found, words
    )


def active_flows(found: ActiveFlows, words: Words) -> pd.DataFrame:
    """Who was active at each period's start and end."""
    status = found.table["complete"].map({True: "known", False: "incomplete"})
    status = status.where(found.table["settled"], "unsettled")
    return _flows(found.table, status, found, words)


def signs(found: Sequence[Sign], words: Words) -> pd.DataFrame:
    """Months down, the three signs across."""
    first = found[0].table
    values = {
        str(sign.name): sign.table["value"].where(sign.table["status"] != "incomplete") for sign in found
    }
    return pd.DataFrame(
        {
            "period": [words.period(number, found[0].period) for number in first["period"]],
            "status": [words.say(f"status.{status}") for status in first["status"]],
            "customers": first["customers"],
            **values,
        }
    )


def reconciled(found: Reconciled, words: Words) -> pd.DataFrame:
    """A figure by each definition, and what the change of definition adds."""
    unit, changes = found.unit, (None, *(step.value for step in found.changes))
    return pd.DataFrame(
        {
            "step": words.say(f"reconciled.step.{step.code}"),
            "value": words.say(f"reconciled.value.{unit}", value=step.value),
            "step_change": "" if change is None else words.say(f"reconciled.change.{unit}", value=change),
        }
        for step, change in zip(found.steps, changes, strict=True)
    )


def _flows(table: pd.DataFrame, status: pd.Series, found: Flows | ActiveFlows, words: Words) -> pd.DataFrame:
    columns = _ACTIVE if "start" in table else _CALENDAR
    return pd.DataFrame(
        {
            "period": [words.period(number, found.period) for number in table["period"]],
            "status": [words.say(f"status.{code}") for code in status],
            **{name: table[name] for name in columns},
        }
    )


def _change_row(trend: Trend, words: Words) -> dict[str, str]:
    value, latest = trend.value(), trend.latest
    unit = "percent" if trend.unit == "rate" else trend.unit
    last = trend.known.iloc[-1] if latest is not None else {"low": None, "high": None}
    return {
        "figure": words.say(f"figure.{trend.name}"),
        "period": "" if latest is None else words.period(latest, trend.period),
        "latest": words.say(f"value.{unit}", value=value),
        "interval": words.say(f"overview.cell.ends.{trend.unit}", low=last["low"], high=last["high"]),
        "against_before": _cell(trend, trend.before(), words),
        "against_year": _cell(trend, trend.year_before(), words),
    }


def _cell(trend: Trend, change: Change | None, words: Words) -> str:
    if change is None:
        return ""
    kind = "points" if trend.unit == "rate" else trend.unit
    return words.say(
        f"overview.cell.{kind}",
        difference=change.difference.value,
        relative=change.relative,
        **named_ends(change.difference),
        other=change.other,
    )
