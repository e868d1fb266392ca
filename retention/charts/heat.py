"""Heatmaps: one hue on every page, with its key, and figures that can be read on it.

A chart says how much a cell holds and names the scale; its colours are those of the page (`style.RANGES`):
more is darker on a light page and brighter on a dark one, so that the highest cells stand out from either,
and what is faded sinks into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Sequence

FADED = 0.35  # opacity of a cell that is not to be leaned on
_LENGTH = 180  # of the key, in pixels
_BALANCE = 0.179  # luminance at which black and white ink contrast alike, 4.58 to 1 (WCAG 2)

Range = Literal["heatmap", "diverging"]
SHARE = "format(datum.value, '.0%')"  # how a key writes a share


def fill(
    field: str,
    domain: Sequence[float] | alt.UndefinedType = alt.Undefined,
    *,
    key: str | None,
    written: str,
    colours: Range = "heatmap",
    marked: Sequence[float] | alt.UndefinedType = alt.Undefined,
) -> alt.Color:
    """How much a cell holds as a colour; what lies outside the domain takes the colour of its end.

    Parameters
    ----------
    field : of the rows, a number
    domain : values of the first and the last colour; from 0 to the largest if not given
    key : title of the key
    written : Vega expression of `datum.value` for the key's values
    colours : from little to much, or from less through none to more
    marked : values the key shows
    """
    low = alt.Undefined if domain is not alt.Undefined else 0
    return alt.Color(
        f"{field}:Q",
        scale=alt.Scale(domain=domain, domainMin=low, range=colours, interpolate="rgb", clamp=True),
        legend=alt.Legend(
            orient="top",
            title=key,
            titleLimit=0,
            labelExpr=written,
            gradientLength=_LENGTH,
            tickCount=3,
            values=marked,
        ),
    )


def ink(field: str) -> Any:  # Altair keeps the type of a condition to itself
    """Black or white for a figure in a cell that is not faded, whichever can be read better on its colour."""
    colour = f"scale('color', datum.{field})"
    return alt.condition(f"luminance({colour}) > {_BALANCE}", alt.value("#000000"), alt.value("#ffffff"))
