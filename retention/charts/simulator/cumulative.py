"""Profit as it adds up, without the rise, with it, and with it less what the programme costs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.charts.simulator.time import PATTERNS, ahead, lines, sides

if TYPE_CHECKING:
    from retention.periods import Period
    from retention.text import Words
    from retention.what_if import Simulation


def cumulative(outcome: Simulation, period: Period, words: Words) -> style.Drawing:
    """Present value so far; the difference shaded with its 95 % band, the period of the payback marked."""
    rows, costs = _so_far(outcome, period, words), outcome.cost > 0
    found = {"rows": rows, "lines": lines(rows, _named(costs, words), "profit")}
    if costs:
        found["back"] = _paid_back(outcome, words)
    return _pattern(period, costs, words).of(**found)


@lru_cache(maxsize=PATTERNS)
def _pattern(period: Period, costs: bool, words: Words) -> style.Drawing:
    x, tooltip = ahead(period, words), alt.Tooltip("sentence:N")
    y = alt.Y("profit:Q", title=words.say("chart.profit"), axis=alt.Axis(labelExpr=style.SHORT_MONEY))
    band = (
        style.named("rows")
        .mark_area(opacity=0.18, color=style.ACCENT)
        .encode(x=x, y="low:Q", y2="high:Q", tooltip=tooltip)
    )
    curves = style.named("lines").mark_line(strokeWidth=2.5)
    drawn = [band, curves.encode(x=x, y=y, color=sides(_named(costs, words)), tooltip=tooltip)]
    if costs:
        drawn += _mark(x)
    return style.finish(alt.layer(*drawn).properties(height=300), words)


def _mark(x: alt.X) -> list[alt.Chart]:
    """A line where the programme is paid back, and what it says beside it on the side with more room."""
    back = style.named("back").encode(x=x)
    at_left = back.transform_filter("datum.late").mark_text(align="right", dx=-6, baseline="top")
    at_right = back.transform_filter("!datum.late").mark_text(align="left", dx=6, baseline="top")
    texts = [side.encode(y=alt.value(4), text="label:N") for side in (at_left, at_right)]
    return [back.mark_rule(color=style.RULE, strokeDash=[4, 4]), *texts]


def _named(costs: bool, words: Words) -> dict[str, str]:
    found = {words.say("chart.without"): "before_present", words.say("chart.raised"): "after_present"}
    return {**found, words.say("chart.net"): "net"} if costs else found


def _so_far(outcome: Simulation, period: Period, words: Words) -> pd.DataFrame:
    """Profit until each period with the ends of its band, and what that is in a sentence."""
    table = outcome.cumulative
    before, gain = table["before_present"], table["gain_present"]
    sentences = [
        words.say(f"chart.profit.{period}", n=n, before=was, after=now, gain=more)
        for n, was, now, more in zip(table["period"], before, table["after_present"], gain, strict=True)
    ]
    return pd.DataFrame(
        {
            "period": table["period"],
            "before_present": before,
            "after_present": table["after_present"],
            "net": table["after_present"] - table["cost_present"],
            "low": before + table["gain_low_present"].fillna(gain),
            "high": before + table["gain_high_present"].fillna(gain),
            "sentence": sentences,
        }
    )


def _paid_back(outcome: Simulation, words: Words) -> pd.DataFrame:
    """The period by whose end the programme has paid for itself; no row where there is none."""
    at = [] if outcome.payback_period is None else [outcome.payback_period]
    late = [period > outcome.periods / 2 for period in at]
    label = [words.say("chart.pays_back")] * len(at)
    return pd.DataFrame(
        {"period": pd.Series(at, dtype=float), "late": pd.Series(late, dtype=bool), "label": label}
    )
