"""The roles of colour and what every chart has in common."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np

from retention.text import LANGUAGES
from retention.text.formats import around_money

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

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
SEQUENTIAL: Literal["viridis"] = "viridis"  # even steps for every eye, drawn from light to dark

Chart = alt.Chart | alt.LayerChart | alt.FacetChart

# Every tenth of viridis (Smith and van der Walt 2015, CC0), from light to dark
_TENTHS = "#fde725 #bddf26 #7ad151 #44bf70 #22a884 #21918c #2a788e #355f8d #414487 #482475 #440154"
# From orange through a light middle to blue: halves of ColorBrewer's PuOr and RdBu (Brewer, Apache 2.0)
_DIVERGING = "#b35806 #e08214 #fdb863 #fee0b6 #f7f7f7 #d1e5f0 #92c5de #4393c3 #2166ac"
_PALER = 0.6  # of the way to white: incomplete
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # of linear red, green and blue: WCAG 2
_BALANCE = 0.179  # luminance at which black and white ink contrast alike, 4.58 to 1


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


def sequential(share: ArrayLike) -> list[str]:
    """Colours of the sequential scale for shares from 0 (light) to 1 (dark)."""
    return _scale(_TENTHS, np.asarray(share, dtype=float))


def diverging(difference: ArrayLike) -> list[str]:
    """Colours of the diverging scale for differences from −1 (orange) over 0 (light) to 1 (blue)."""
    return _scale(_DIVERGING, (np.asarray(difference, dtype=float) + 1.0) / 2.0)


def paler(colour: str) -> str:
    """A colour for what is incomplete, the same on a light and a dark page."""
    return _code(_rgb(colour) + _PALER * (255.0 - _rgb(colour)))


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read better on a colour."""
    share = _rgb(colour) / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004  sRGB's
    return "#000000" if float(linear @ _LUMINANCE) > _BALANCE else "#ffffff"


def _scale(colours: str, at: NDArray[np.float64]) -> list[str]:
    channels = np.array([_rgb(colour) for colour in colours.split()]).T
    stops = np.linspace(0.0, 1.0, channels.shape[1])
    return [_code(rgb) for rgb in np.column_stack([np.interp(at, stops, channel) for channel in channels])]


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=float)


def _code(rgb: NDArray[np.float64]) -> str:
    return "#" + "".join(f"{round(float(channel)):02x}" for channel in rgb)


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
    """A drawing whose texts can be read on the page's theme; a light one where that is not known.

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
        ink = INK.get(self.theme or "light", INK["light"])
        return {
            **written,
            "config": {**written.get("config", {}), "text": {"color": ink}},
            "datasets": {**written["datasets"], **self.drawing.rows},
        }


def named(rows: str) -> alt.Chart:
    """A chart of data known by its name, which `Drawing.of` gives it."""
    return alt.Chart(alt.NamedData(name=rows))


def finish(chart: Chart, words: Words) -> Drawing:
    """A chart ready for the screen: numbers in the reader's way, no frame."""
    frameless = alt.ViewConfig(stroke=None)
    return Drawing(chart.configure(locale=locale(words), view=frameless))
