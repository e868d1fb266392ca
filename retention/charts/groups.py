"""Customers in groups: squares to click into, where they moved, and what became of those won together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from retention.charts import heat, shares, style
from retention.segments import GROUPINGS, NEW, RFM_GROUPS

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Period
    from retention.segments import Grouping
    from retention.text import Words

GROUP = "group"  # the selection: of the square clicked
_ROW = 58  # height of a square, in pixels: a name and a number
_COLUMN = 112  # pixels for a name
_NAMES = 100  # pixels for the names of the rows
MOST_COHORTS = 24  # rows a screen can hold


def width_of(by: Grouping) -> int:
    """Pixels in which the name of every square can be read."""
    return _NAMES + _COLUMN * (5 if by == "rfm" else 2 if by == "value" else len(GROUPINGS[by]))


def name(by: Grouping, group: str, words: Words) -> str:
    """What a group is called."""
    return words.say(f"group.{by}.{group}")


def rfm(squares: pd.DataFrame, words: Words) -> style.Drawing:
    """How lately customers bought, the latest on top, by how often; every square with its group's name."""
    rows = {n: words.say(f"chart.groups.r{n}") for n in (5, 4, 3, 2, 1)}
    columns = {n: words.say(f"chart.groups.f{n}") for n in (1, 2, 3, 4, 5)}
    drawn = squares.assign(row=squares["r"].map(rows), column=squares["f"].map(columns))
    titles = words.say("chart.groups.r"), words.say("chart.groups.f")
    return _squares(_worded(drawn, "rfm", words), [*rows.values()], [*columns.values()], titles, words)


def by_value(profile: pd.DataFrame, words: Words) -> style.Drawing:
    """Whether customers are still there, and whether they are worth more than most."""
    rows, columns = (
        [words.say(f"chart.groups.{one}") for one in two] for two in (("there", "gone"), ("above", "below"))
    )
    places = [(row, column) for row in rows for column in columns]  # as the groups are ordered
    drawn = profile.assign(row=[row for row, _ in places], column=[column for _, column in places])
    return _squares(_worded(drawn, "value", words), rows, columns, (None, None), words)


def loyalty(profile: pd.DataFrame, words: Words) -> style.Drawing:
    """The groups of loyalty side by side."""
    columns = [name("loyalty", group, words) for group in profile["group"]]
    drawn = _worded(profile.assign(row="", column=columns), "loyalty", words)
    return _squares(drawn.assign(name=""), [""], columns, (None, None), words)


def moved(pairs: pd.DataFrame, words: Words) -> style.Drawing:
    """From which named group to which, in shares of the group of then."""
    rows = [name("rfm", group, words) for group in (*RFM_GROUPS, NEW)]
    return _shares(
        pairs.assign(
            row=[name("rfm", group, words) for group in pairs["before"]],
            column=[name("rfm", group, words) for group in pairs["now"]],
        ),
        rows,
        rows[:-1],
        (words.say("chart.groups.then"), words.say("chart.groups.today")),
        words,
    )


def won(pairs: pd.DataFrame, by: Grouping, period: Period, words: Words) -> style.Drawing:
    """What became of the customers won in each period, the latest of them."""
    cohorts = sorted(set(pairs["cohort"]))[-MOST_COHORTS:]
    latest = pairs[pairs["cohort"].isin(cohorts)]
    return _shares(
        latest.assign(
            row=[words.period(cohort, period) for cohort in latest["cohort"]],
            column=[name(by, group, words) for group in latest["group"]],
        ),
        [words.period(cohort, period) for cohort in cohorts],
        [name(by, group, words) for group in GROUPINGS[by]],
        (words.say("chart.groups.won"), words.say("chart.groups.today")),
        words,
    )


def _worded(drawn: pd.DataFrame, by: Grouping, words: Words) -> pd.DataFrame:
    """Each square with its name, its number, and a sentence."""
    everybody = drawn["customers"].sum()
    names = [name(by, group, words) for group in drawn["group"]]
    return drawn.assign(
        name=names,
        label=[words.count(n) for n in drawn["customers"]],
        sentence=[
            words.say("chart.groups.square", name=called, n=n, share=n / everybody, revenue=revenue, clv=clv)
            for called, n, revenue, clv in zip(
                names, drawn["customers"], drawn["revenue"], drawn["clv"], strict=True
            )
        ],
    )[["row", "column", "group", "name", "label", "clv", "sentence"]]


def _squares(
    drawn: pd.DataFrame,
    rows: list[str],
    columns: list[str],
    titles: tuple[str | None, str | None],
    words: Words,
) -> style.Drawing:
    """A square for each place, its name and its customers in it, coloured by the value to come."""
    axis = alt.Axis(ticks=False, domain=False, labelAngle=0, labelLimit=_NAMES)
    chosen = alt.selection_point(name=GROUP, fields=["group"], empty=False, toggle=False)
    base = alt.Chart(drawn).encode(
        x=alt.X("column:N", sort=columns, title=titles[1], axis=axis),
        y=alt.Y("row:N", sort=rows, title=titles[0], axis=axis),
        tooltip=alt.Tooltip("sentence:N"),
    )
    key = words.in_money(words.say("chart.groups.to_come"))
    fill = heat.fill("clv", key=key, written=style.SHORT)
    layers = alt.layer(
        base.mark_rect(cornerRadius=3).encode(color=fill).add_params(chosen),
        base.mark_text(baseline="bottom", dy=-2, fontSize=11, limit=_COLUMN).encode(
            text="name:N", color=heat.ink("clv")
        ),
        base.mark_text(baseline="top", dy=2, fontSize=13, fontWeight="bold").encode(
            text="label:N", color=heat.ink("clv")
        ),
        base.transform_filter(chosen).mark_rect(
            cornerRadius=3, filled=False, stroke=style.AVERAGE, strokeWidth=2.5
        ),
    )
    return style.finish(layers.properties(height=alt.Step(_ROW)), words)


def _shares(
    pairs: pd.DataFrame, rows: list[str], columns: list[str], titles: tuple[str, str], words: Words
) -> style.Drawing:
    """The pairs in which there is somebody, a sentence each."""
    held = pairs[pairs["customers"] > 0]
    sentences = [
        words.say("chart.groups.share", row=row, column=column, n=n, share=share)
        for row, column, n, share in zip(
            held["row"], held["column"], held["customers"], held["share"], strict=True
        )
    ]
    drawn = held[["row", "column", "share"]].assign(sentence=sentences, coloured=True)
    return shares.squares(drawn, rows, columns, titles, words, slanted=True)
