"""A forecast over what really happened: week by week, by how often customers had bought, by its errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from retention.charts import style
from retention.lifetime_value import MOST_FREQUENT
from retention.text.model_names import model_name

if TYPE_CHECKING:
    from datetime import date

    from retention.lifetime_value import Holdout
    from retention.text import Words

_ROW = 30  # height of a row, in pixels
_ORIGIN = pd.Timestamp("1970-01-01").toordinal()
_DASHES = [6, 4]  # forecast
_LEVEL = alt.Axis(labelAngle=0, grid=False)


def cumulative(found: Holdout, words: Words) -> style.Drawing:
    """Repeat purchases so far, made and expected; the days held back lie on a band."""
    return _tracking(found, words, "cumulative", height=340)


def weekly(found: Holdout, words: Words) -> style.Drawing:
    """Repeat purchases of each week, made and expected."""
    return _tracking(found, words, "weekly", height=300)


def by_frequency(found: Holdout, words: Words) -> style.Drawing:
    """Mean purchases in the days held back by those before, with what chance allows."""
    rows = found.by_frequency.copy()
    rows["name"] = [frequency(int(number), words) for number in rows["frequency"]]
    rows["sentence"] = [
        words.say(
            "chart.holdout.frequency",
            name=r.name,
            customers=r.customers,
            expected=r.expected,
            actual=r.actual,
            low=r.low,
            high=r.high,
        )
        for r in rows.itertuples(index=False)
    ]
    made, expected = _names(words)
    x = alt.X("name:N", sort=rows["name"].tolist(), title=words.say("chart.holdout.before"), axis=_LEVEL)
    y: dict[str, Any] = {"title": words.say("chart.holdout.mean"), "axis": alt.Axis(tickCount=6)}
    base = alt.Chart(rows).encode(x=x, tooltip=alt.Tooltip("sentence:N"))
    line, points = (
        base.transform_calculate(which=f"'{expected}'"),
        base.transform_calculate(which=f"'{made}'"),
    )
    drawn = alt.layer(
        base.mark_area(opacity=0.22, color=style.BAND).encode(y=alt.Y("low:Q", **y), y2="high:Q"),
        line.mark_line(strokeWidth=2.5).encode(
            y=alt.Y("expected:Q", **y), color=_colour(words), strokeDash=_dashes(words)
        ),
        points.mark_point(filled=True, size=80, opacity=1).encode(
            y=alt.Y("actual:Q", **y), color=_colour(words)
        ),
    )
    return style.finish(drawn.properties(height=320), words)


def errors(found: Holdout, words: Words) -> style.Drawing:
    """Error per customer of the model and of three guesses that need none."""
    names: dict[str, str] = {"model": model_name(found.model, words)}
    names |= {name: words.say(f"naive.{name}") for name in found.naive}
    rows = pd.DataFrame(
        [
            {
                "name": names[name],
                "error": each.rmse,
                "absolute": each.mean_absolute_error,
                "ours": name == "model",
            }
            for name, each in (("model", found.errors), *found.naive.items())
        ]
    )
    rows["label"] = [words.number(error) for error in rows["error"]]
    rows["sentence"] = [
        words.say("chart.holdout.error", name=r.name, rmse=r.error, absolute=r.absolute)
        for r in rows.itertuples(index=False)
    ]
    y = alt.Y(
        "name:N",
        sort=rows["name"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=150, ticks=False, domain=False),
    )
    x = alt.X(
        "error:Q",
        title=words.say("chart.holdout.rmse"),
        axis=alt.Axis(tickCount=5),
        scale=alt.Scale(domain=[0, 1.12 * float(rows["error"].max())], nice=False),
    )
    base = alt.Chart(rows).encode(y=y, x=x, tooltip=alt.Tooltip("sentence:N"))
    colour = alt.condition("datum.ours", alt.value(style.ACCENT), alt.value(style.COMPARISON))
    drawn = alt.layer(
        base.mark_bar(height=18).encode(color=colour),
        base.mark_text(align="left", dx=6, fontWeight="bold").encode(text="label:N"),
    )
    return style.finish(drawn.properties(height=alt.Step(_ROW)), words)


def _tracking(found: Holdout, words: Words, what: str, *, height: int) -> style.Drawing:
    rows = _by_week(found, words, what)
    title = words.say(f"chart.holdout.{what}.axis")
    x = alt.X("when:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, grid=False, tickCount=6))
    y = alt.Y("purchases:Q", title=title, axis=alt.Axis(tickCount=5))
    base = alt.Chart(rows).encode(x=x, y=y, color=_colour(words), tooltip=alt.Tooltip("sentence:N"))
    drawn = alt.layer(
        *_band(found.until, rows, words),
        base.mark_line(strokeWidth=2.5).encode(strokeDash=_dashes(words)),
        base.mark_point(size=60, opacity=0),
    )
    return style.finish(drawn.properties(height=height), words)


def _by_week(found: Holdout, words: Words, what: str) -> pd.DataFrame:
    """Made and expected, a week and kind a row."""
    prefix = "cumulative_" if what == "cumulative" else ""
    weeks = found.tracked
    when = [pd.Timestamp(day - _ORIGIN, unit="D") for day in weeks["ends"]]
    made, expected = weeks[f"{prefix}actual"], weeks[f"{prefix}expected"]
    sentences = [
        words.say(f"chart.holdout.{what}.sentence", week=week, when=day, actual=one, expected=other)
        for week, day, one, other in zip(weeks["week"], when, made, expected, strict=True)
    ]
    return pd.concat(
        [
            pd.DataFrame({"when": when, "purchases": side, "which": words.say(key), "sentence": sentences})
            for key, side in (("chart.actual", made), ("chart.expected", expected))
        ],
        ignore_index=True,
    )


def _band(until: date, rows: pd.DataFrame, words: Words) -> list[alt.Chart]:
    """The days held back, with their name."""
    if rows.empty:
        return []
    band = pd.DataFrame(
        {
            "from": [pd.Timestamp(until)],
            "to": [rows["when"].max()],
            "name": [words.say("chart.held_back")],
        }
    )
    base = alt.Chart(band).encode(x="from:T")
    return [
        base.mark_rect(opacity=0.16, color=style.BAND).encode(x2="to:T"),
        base.mark_rule(color=style.RULE, strokeDash=[2, 2]),
        base.mark_text(align="left", baseline="top", dx=5, dy=4, fontSize=11).encode(
            y=alt.value(0), text="name:N"
        ),
    ]


def _colour(words: Words) -> alt.Color:
    return alt.Color(
        "which:N",
        scale=alt.Scale(domain=_names(words), range=[style.ACCENT, style.COMPARISON]),
        legend=alt.Legend(
            orient="top", title=None, symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300
        ),
    )


def _dashes(words: Words) -> alt.StrokeDash:
    return alt.StrokeDash("which:N", scale=alt.Scale(domain=_names(words), range=[[1, 0], _DASHES]))


def _names(words: Words) -> list[str]:
    return [words.say("chart.actual"), words.say("chart.expected")]


def frequency(number: int, words: Words) -> str:
    """How often customers had bought again, the last taken together."""
    return words.say("chart.holdout.or_more", number=number) if number == MOST_FREQUENT else str(number)
