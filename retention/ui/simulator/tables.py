"""The tables behind the What if page's pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.statistics import named_ends, value_of

if TYPE_CHECKING:
    from retention.text import Words
    from retention.what_if import Simulation

_SHARES = ("retention", "uplift", "margin", "discount_rate", "growth")


def changes(outcome: Simulation, words: Words) -> pd.DataFrame:
    """Profit before and after: one customer, today's base, those to be won, the firm; against the claim."""
    return pd.DataFrame(
        [
            {
                "who": words.say(f"simulator.who.{name}"),
                "before": change.before,
                "after": change.after,
                "gain": change.absolute.value,
                "rise": value_of(change.relative),
                **named_ends(change.relative, "rise"),
                "claim": words.say(f"simulator.claim.{change.position}") if change.position else "",
            }
            for name, change in outcome.changes.items()
            if change is not None
        ]
    )


def yearly(outcome: Simulation, words: Words) -> pd.DataFrame:
    """Profit per year in plain money, and in total, before and after."""
    plain = outcome.yearly[["year", "base_before", "base_after", "new_before", "new_after"]]
    total = plain.sum().to_frame().T.assign(year=words.say("table.total"))
    return pd.concat([plain.astype({"year": str}), total], ignore_index=True)


def active(outcome: Simulation) -> pd.DataFrame:
    """Active customers in each period to come."""
    named = {"before": "active_before", "after": "active_after"}
    named |= {
        f"{who}_{when}": f"{who}_active_{when}" for who in ("base", "new") for when in ("before", "after")
    }
    return outcome.active.rename(columns={"period": "periods_ahead", **named})


def inputs(found: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Each input of the tornado by its name, its two values as one reads them."""
    return pd.DataFrame(
        {
            "name": [words.say(f"simulator.input.{code}") for code in found["input"]],
            "low": [_value(c, v, words) for c, v in zip(found["input"], found["low_value"], strict=True)],
            "high": [_value(c, v, words) for c, v in zip(found["input"], found["high_value"], strict=True)],
            "gain_low": found["gain_low"],
            "gain_high": found["gain_high"],
        }
    )


def sensitivity(rows: pd.DataFrame) -> pd.DataFrame:
    """The tornado as a table."""
    named = {"name": "input", "low": "input_low", "high": "input_high"}
    gains = {"gain_low": "gain_at_low", "gain_high": "gain_at_high"}
    return rows.rename(columns=named | gains)


def grid(cells: pd.DataFrame, by: str) -> pd.DataFrame:
    """A heatmap's cells as rows."""
    named = {"uplift": "uplift_share", by: f"{by}_share", "relative": "rise"}
    return cells[["uplift", by, "gain", "relative"]].rename(columns=named)


def _value(code: str, value: float, words: Words) -> str:
    if code in _SHARES:
        return words.percent(value)
    return words.money(value) if code == "revenue" else words.number(value)
