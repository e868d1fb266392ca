"""Charts for places without a browser: as a picture, and as a specification on white paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import vl_convert

from retention.charts import style
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.charts.style import Drawing

_SCALE = 2.5  # pixels to each of the drawing's, so that it is sharp on a projector


def on_paper(drawing: Drawing, font: str) -> dict[str, Any]:
    """The specification with its data, in the colours of the light page, in a font."""
    spec: dict[str, Any] = plain(drawing.to_dict())
    config = {
        **spec.get("config", {}),
        **style.coloured("light"),
        "font": f"{font}, sans-serif",
        "background": None,
    }
    return {**spec, "config": config}


def picture(drawing: Drawing, width: int, font: str, height: int | None = None) -> bytes:
    """The drawing as PNG.

    Parameters
    ----------
    width, height : of the part that holds the marks, in pixels of the drawing; None for its own height
    """
    sized = {"width": width, **({} if height is None else {"height": height})}
    spec = {**on_paper(drawing, font), **sized}
    made: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[])
    return made
