"""The roles of colour and what every chart has in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import altair as alt

from retention.text import LANGUAGES
from retention.text.formats import around_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention.text import Words

ACCENT = "#2a78c2"  # this data
SECOND = "#86b6e3"  # a second part of this data beside the accent
COMPARISON = "#8b95a1"  # history and what it is compared with, readable on light and dark
SERIES = ("#d1761b", "#21918c", "#9467bd", "#c2566b", "#8b95a1")  # parts of this data told apart, in order
BAND = "#9aa5b1"  # bars and bands behind the data
AVERAGE = "#d1761b"  # the pooled average, told from the accent by every eye
RULE = "#7d858f"  # lines of ours inside a chart, visible on light and dark
INK = {"light": "#31333f", "dark": "#e8e6e3"}  # text of ours inside a chart, by the page's theme
# A number on an axis: each by its own size, so that none is 0k. Money has its sign from the locale.
SHORT = "abs(datum.value) < 1000 ? format(datum.value, '~r') : format(datum.value, '~s')"
SHORT_MONEY = SHORT.replace("'~", "'$~")
# Colours of scales by the page's theme: from little to much in one hue, away from the page; from less through
# none, which sinks into it, to more (light: halves of ColorBrewer's PuOr and RdBu, Brewer, Apache 2.0)
RANGES = {
    "light": {
        "heatmap": ["#edf4fb", "#b3d1ee", "#6ea7dc", "#2a78c2", "#0b376b"],
        "diverging": ["#b35806", "#e08214", "#fdb863", "#f7f7f7", "#92c5de", "#4393c3", "#2166ac"],
    },
    "dark": {
        "heatmap": ["#15273b", "#1d4975", "#2a78c2", "#7fb6ea", "#e2f0fd"],
        "diverging": ["#fdb863", "#e08214", "#8f4a0c", "#26282c", "#1d4f80", "#4393c3", "#92c5de"],
    },
}

_UNREAD = {"aria": False}  # marks are not read out one by one: a chart has its reading beside it

Chart = alt.Chart | alt.LayerChart | alt.FacetChart


def locale(words: Words) -> alt.Locale:
    """How the axes write numbers, money and dates."""
    language = LANGUAGES[words.language]
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=language.decimal,
            thousands=language.thousands,
            grouping=[3],
            currency=list(around_money(words.language, words.currency)),
        ),
        time=alt.TimeLocale(
            dateTime="%x, %X",
            date="%d/%m/%Y",
            time="%H:%M:%S",
            periods=["AM", "PM"],
            days=list(language.days),
            shortDays=list(language.short_days),
            months=list(language.months),
            shortMonths=list(language.short_months),
        ),
    )


@dataclass(frozen=True)
class Drawing:
    """A chart ready for the screen.

    Attributes
    ----------
    written : its specification with its data, as it was shown; written out once, however often it is shown
    rows : the data of a chart that only names it
    """

    chart: Chart
    written: dict[str, Any] = field(default_factory=dict, repr=False)
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    def of(self, **rows: pd.DataFrame) -> Drawing:
        """The same chart of other data, its specification not written out again: that takes the longest."""
        return replace(self, rows=rows)

    def to_dict(self) -> dict[str, Any]:
        """The specification with its data in rows, held against Vega-Lite's schema."""
        spec: dict[str, Any] = self.chart.to_dict()
        named = {name: rows.to_dict("records") for name, rows in self.rows.items()}
        return {**spec, "datasets": {**spec.get("datasets", {}), **named}}


@dataclass(frozen=True)
class Inked:
    """A drawing in the colours of the page's theme, its texts readable on it; light where that is not known.

    Its specification is not held against Vega-Lite's schema again: that takes longer than all else on a page,
    and the tests do it for every chart.
    """

    drawing: Drawing
    theme: str | None

    def to_dict(self) -> dict[str, Any]:
        """The specification, as Streamlit asks for it: it then collects the data of charts by their name."""
        written = self.drawing.written
        if not written:
            spec = self.drawing.chart.to_dict(validate=False)
            written.update(spec, datasets={**alt.data_transformers.options.get("datasets", {})})
        theme = self.theme if self.theme in INK else "light"
        return {
            **written,
            "config": {**written.get("config", {}), **coloured(theme)},
            "datasets": {**written["datasets"], **self.drawing.rows},
        }


def coloured(theme: str) -> dict[str, Any]:
    """Settings of a chart by a theme: the colours of text and scales; no mark is read out by itself."""
    ranges = {name: {"scheme": colours} for name, colours in RANGES[theme].items()}
    return {"text": {"color": INK[theme]}, "range": ranges, "mark": _UNREAD}


def named(rows: str) -> alt.Chart:
    """A chart of data known by its name, which `Drawing.of` gives it."""
    return alt.Chart(alt.NamedData(name=rows))


def finish(chart: Chart, words: Words) -> Drawing:
    """A chart ready for the screen: numbers in the reader's way, no frame, each name level with its row.

    Streamlit's theme sets the labels at an axis's ends flush with it, which takes the first of a row of names
    for the end of a scale and moves it off its row.
    """
    frameless, level = alt.ViewConfig(stroke=None), alt.AxisConfig(labelFlush=False)
    return Drawing(chart.configure(locale=locale(words), view=frameless, axisDiscrete=level))
