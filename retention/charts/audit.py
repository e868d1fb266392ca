"""The five lenses of the customer-base audit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from retention.audit import FACTORS, MONEY_FOLLOWED, TENTHS
from retention.charts import heat, shares, style
from retention.charts.waterfall import GAIN, LOSS, STEP, waterfall

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from retention.audit import Followed, OneCohort, OnePeriod, TwoCohorts, TwoPeriods, WholeBase
    from retention.periods import Period
    from retention.text import Words

MOST_COHORTS = 24  # rows a screen can hold
_TICKS = 6  # about so many marks on an axis of money
MIGRATION_WIDTH = shares.width_of(TENTHS + 1)
_LETTER = 7  # pixels a letter of a label above a bar takes
_TOTALS = ("before", "after")


def distribution(found: OnePeriod, words: Words) -> style.Drawing:
    """Customers by what they spent in the period."""
    bins = found.bins
    names = [_bin(low, high, words) for low, high in bins[["from_value", "to_value"]].to_numpy().tolist()]
    rows = bins.assign(
        bin=names,
        label=[words.whole_percent(share) for share in bins["share"]],
        sentence=[
            words.say(
                "chart.audit.bin", bin=name, n=row.customers, share=row.share, part=row.share_of_revenue
            )
            for name, row in zip(names, bins.itertuples(), strict=True)
        ],
    )
    x = alt.X(
        "bin:N",
        sort=names,
        title=words.say("chart.audit.spent"),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False),
    )
    y = alt.Y("customers:Q", title=words.say("chart.audit.customers"), axis=alt.Axis(tickMinStep=1))
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.mark_bar(color=style.ACCENT, cornerRadiusTopLeft=2, cornerRadiusTopRight=2),
        base.mark_text(dy=-8).encode(text="label:N"),
    )
    return style.finish(drawn.properties(height=280), words)


def steps(found: TwoPeriods, named: Mapping[str, str], words: Words) -> style.Drawing:
    """From one period's net revenue to the next: who took away, who brought.

    Parameters
    ----------
    named : what the ``first`` and the ``second`` period are called
    """
    steps = found.steps.assign(whole=found.steps["step"].isin(_TOTALS))
    names = [words.say(f"audit.step.{step}", **named) for step in steps["step"]]
    x = alt.X(
        "from_value:Q",
        title=words.say("chart.audit.net"),
        axis=alt.Axis(labelExpr=style.SHORT_MONEY, tickCount=_TICKS),
    )
    return waterfall(
        steps,
        names,
        [
            words.say("chart.audit.step", what=what, change=change)
            for what, change in zip(names, steps["change"], strict=True)
        ],
        [
            words.compact_money(change) if whole or change < 0 else f"+{words.compact_money(change)}"
            for change, whole in zip(steps["change"], steps["whole"], strict=True)
        ],
        x,
        words,
    )


def migration(found: TwoPeriods, words: Words) -> style.Drawing:
    """Where the customers of each tenth stood a period later; tenth 1 holds the best.

    Who bought nothing stands beside them uncoloured: so many are they that every move would look pale.
    """
    rows = found.migration
    names = [words.say("audit.bought_nothing"), *(words.count(n) for n in range(1, TENTHS + 1))]
    drawn = pd.DataFrame(
        {
            "row": [names[n] for n in rows["before"]],
            "column": [names[n] for n in rows["after"]],
            "share": rows["share"],
            "coloured": (rows["before"] > 0) & (rows["after"] > 0),
        }
    )
    drawn["sentence"] = [
        words.say("chart.audit.move", before=before, after=after, n=customers, share=share)
        for before, after, customers, share in zip(
            drawn["row"], drawn["column"], rows["customers"], rows["share"], strict=True
        )
    ]
    order = [*names[1:], names[0]]
    titles = words.say("chart.audit.tenth_before"), words.say("chart.audit.tenth_after")
    return shares.squares(drawn, order, order, titles, words)


def followed(found: OneCohort, measure: Followed, words: Words) -> style.Drawing:
    """One figure of a cohort in each period of its life; incomplete periods faded and dashed."""
    table = found.table.dropna(subset=[measure])
    money = measure in MONEY_FOLLOWED
    write, axis = (words.compact_money, style.SHORT_MONEY) if money else (words.compact, style.SHORT)
    labels = [write(value) for value in table[measure]]
    rows = table.assign(
        value=table[measure],
        label=labels,
        sentence=[_followed_sentence(row, found.period, measure, words) for row in table.to_dict("records")],
    )
    x = alt.X(
        "age:O",
        title=words.say(f"chart.age.{found.period}"),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, format="d"),
    )
    y = alt.Y("value:Q", title=words.say(f"setting.followed.{measure}"), axis=alt.Axis(labelExpr=axis))
    room = _LETTER * max(map(len, labels), default=0)
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.transform_filter("datum.complete").mark_bar(color=style.ACCENT),
        base.transform_filter("!datum.complete").mark_bar(
            color=style.ACCENT,
            fillOpacity=heat.FADED,
            stroke=style.COMPARISON,
            strokeDash=[3, 3],
            strokeWidth=1.2,
        ),
        base.mark_text(dy=-8, fontSize=11).encode(
            text="label:N",
            opacity=alt.condition(f"width / {len(rows)} < {room}", alt.value(0.0), alt.value(1.0)),
        ),
    )
    return style.finish(drawn.properties(height=280), words)


def factors(found: TwoCohorts, words: Words) -> style.Drawing:
    """What each factor adds to the difference between two cohorts."""
    rows = found.factors.assign(
        what=[words.say(f"audit.factor.{name}") for name in FACTORS],
        colour=[GAIN if change >= 0 else LOSS for change in found.factors["change"]],
        label=[
            words.compact_money(change) if change <= 0 else f"+{words.compact_money(change)}"
            for change in found.factors["change"]
        ],
        zero=0.0,
    )
    rows["edge"] = rows["change"].clip(lower=0.0)
    rows["sentence"] = [
        words.say("chart.audit.factor", what=row.what, change=row.change) for row in rows.itertuples()
    ]
    y = alt.Y("what:N", sort=list(rows["what"]), title=None, axis=alt.Axis(labelLimit=170, ticks=False))
    x = alt.X(
        "change:Q",
        title=words.say("chart.audit.contribution"),
        axis=alt.Axis(labelExpr=style.SHORT_MONEY, tickCount=_TICKS),
    )
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.mark_bar(height=STEP * 0.62).encode(x=x, x2="zero:Q", color=alt.Color("colour:N", scale=None)),
        base.mark_text(align="left", dx=5).encode(x="edge:Q", text="label:N"),
        alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=style.RULE).encode(x="zero:Q"),
    )
    return style.finish(drawn.properties(height=alt.Step(STEP + 8)), words)


def generations(found: WholeBase, period: Period, words: Words) -> style.Drawing:
    """What each generation of customers brings, against how many of all customers it holds."""
    table = found.table.tail(MOST_COHORTS)
    revenue, people = words.say("chart.audit.of_revenue"), words.say("chart.audit.of_customers")
    rows = table.assign(
        cohort=[words.period(cohort, period) for cohort in table["cohort"]],
        people=table["customers"] / found.customers,
        label=[words.whole_percent(share) for share in table["share_of_revenue"].fillna(0)],
        zero=0.0,
        revenue_is=revenue,
        people_is=people,
    )
    rows["sentence"] = [
        words.say(
            "chart.audit.generation",
            cohort=row.cohort,
            part=row.share_of_revenue,
            people=row.people,
            active=row.share_active,
            once=row.share_once,
        )
        for row in rows.itertuples()
    ]
    y = alt.Y("cohort:N", sort=list(rows["cohort"]), title=None, axis=alt.Axis(ticks=False, labelLimit=90))
    x = alt.X(
        "share_of_revenue:Q",
        title=words.say("chart.audit.share"),
        axis=alt.Axis(format=".0%", tickCount=_TICKS),
    )
    colour = alt.Scale(domain=[revenue, people], range=[style.ACCENT, style.AVERAGE])
    legend = alt.Legend(orient="top", title=None)
    base = alt.Chart(rows).encode(y=y, tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        base.mark_bar(height=STEP * 0.6).encode(
            x=x, x2="zero:Q", color=alt.Color("revenue_is:N", scale=colour, legend=legend)
        ),
        base.mark_tick(thickness=3, size=STEP * 0.8).encode(
            x="people:Q", color=alt.Color("people_is:N", scale=colour, legend=legend)
        ),
    )
    return style.finish(drawn.properties(height=alt.Step(STEP)), words)


def _bin(low: float, high: float, words: Words) -> str:
    if math.isnan(high):
        return words.say("audit.bin.from", low=words.compact_money(low))
    if low == 0:
        return words.say("audit.bin.to", high=words.compact_money(high))
    return words.compact_range(low, high)


def _followed_sentence(row: dict[Hashable, Any], period: Period, measure: Followed, words: Words) -> str:
    when = words.period(row["period"], period)
    said = words.say(f"chart.audit.followed.{measure}", when=when, value=row[measure], share=row["share"])
    return said if row["complete"] else f"{said} {words.say('chart.incomplete')}"
