"""Profit with and without the uplift, and where its change falls in the range people quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style
from retention.economics import CLAIMED_RISE

if TYPE_CHECKING:
    from retention.economics import Simulation
    from retention.periods import Period
    from retention.text import Words

_SUBJECTS = ("customer", "base", "new", "firm")


def cumulative(outcome: Simulation, period: Period, words: Words) -> style.Drawing:
    """Present value of profit so far, with and without; the difference shaded with its 95 % band."""
    rows = _so_far(outcome, period, words)
    sides = {words.say("chart.without"): "before_present", words.say("chart.raised"): "after_present"}
    lines = pd.concat([rows.assign(which=name, profit=rows[column]) for name, column in sides.items()])
    x = alt.X(
        "period:Q",
        title=words.say(f"chart.periods.{period}"),
        scale=alt.Scale(domain=[0, outcome.periods], nice=False),
        axis=alt.Axis(tickMinStep=1, format="d"),
    )
    y = alt.Y("profit:Q", title=words.say("chart.profit"), axis=alt.Axis(format="~s"))
    colour = alt.Color(
        "which:N",
        scale=alt.Scale(domain=list(sides), range=[style.COMPARISON, style.ACCENT]),
        legend=alt.Legend(orient="top", title=None),
    )
    tooltip = alt.Tooltip("sentence:N")
    band = (
        alt.Chart(rows)
        .mark_area(opacity=0.18, color=style.ACCENT)
        .encode(x=x, y="low:Q", y2="high:Q", tooltip=tooltip)
    )
    curve = alt.Chart(lines).mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, tooltip=tooltip)
    return style.finish(alt.layer(band, curve).properties(height=300), words)


def _so_far(outcome: Simulation, period: Period, words: Words) -> pd.DataFrame:
    """Profit until each period with the ends of its band, and what that is in a sentence."""
    table = outcome.cumulative
    rows = table.assign(
        low=table["before_present"] + table["gain_low_present"].fillna(table["gain_present"]),
        high=table["before_present"] + table["gain_high_present"].fillna(table["gain_present"]),
    )
    rows["sentence"] = [
        words.say(
            f"chart.profit.{period}",
            n=row.period,
            before=row.before_present,
            after=row.after_present,
            gain=row.gain_present,
        )
        for row in rows.itertuples()
    ]
    return rows


def claim(outcome: Simulation, words: Words) -> style.Drawing:
    """The change for one customer, today's base, those to be won and the firm, over the quoted 25–95 %."""
    changes = {"customer": outcome.customer, **{n: getattr(outcome.present, n) for n in _SUBJECTS[1:]}}
    known = {
        name: change for name, change in changes.items() if change is not None and change.relative is not None
    }
    rows = pd.DataFrame(
        [
            {
                "who": words.say(f"simulator.who.{name}"),
                "rise": change.relative,
                "low": change.relative_interval.low if change.relative_interval else change.relative,
                "high": change.relative_interval.high if change.relative_interval else change.relative,
                "label": words.change(change.relative),
            }
            for name, change in known.items()
        ],
        columns=["who", "rise", "low", "high", "label"],
    )
    rows["sentence"] = [
        words.say("chart.claim", who=r.who, rise=r.rise, low=r.low, high=r.high) for r in rows.itertuples()
    ]
    order = [words.say(f"simulator.who.{name}") for name in known]
    quoted = pd.DataFrame(
        {"from": [CLAIMED_RISE[0]], "to": [CLAIMED_RISE[1]], "what": [words.say("chart.quoted")]}
    )
    far = max(1.0, float(rows["high"].max()) * 1.1 if len(rows) else 1.0)
    x = alt.X(
        "rise:Q", title=words.say("chart.rise"), axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, far])
    )
    y = alt.Y("who:N", sort=order, title=None, axis=alt.Axis(labelLimit=130))
    tooltip = alt.Tooltip("sentence:N")
    base = alt.Chart(rows).encode(y=y, tooltip=tooltip)
    drawn = alt.layer(
        alt.Chart(quoted)
        .mark_rect(color=style.BAND, opacity=0.25)
        .encode(x="from:Q", x2="to:Q", tooltip="what:N"),
        base.mark_rule(strokeWidth=3, color=style.ACCENT, opacity=0.5).encode(x="low:Q", x2="high:Q"),
        base.mark_point(filled=True, size=110, color=style.ACCENT, opacity=1).encode(x=x),
        base.mark_text(dy=-13).encode(x="rise:Q", text="label:N"),
    )
    return style.finish(drawn.properties(height=250), words)
