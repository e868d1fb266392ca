"""An empty presentation in a brand: its size, its two layouts, its colours and its font."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

from retention.charts import style

if TYPE_CHECKING:
    from retention.report.brand import Brand

WIDTH, HEIGHT = 13.333, 7.5  # inches: 16 to 9
TITLE_ONLY = "Title Only"
_STRETCH = 4 / 3  # python-pptx begins with 4 to 3
_ACCENTS = (style.ACCENT, style.SECOND, style.AVERAGE, *style.SERIES[1:4])


def begun(brand: Brand) -> Any:
    """A presentation without a slide."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = shown.slide_masters[0]
    for layout in list(master.slide_layouts):
        if layout.name != TITLE_ONLY:
            master.slide_layouts.remove(layout)
    for held in (master, *master.slide_layouts):
        for shape in held.shapes:
            shape.left, shape.width = int(_STRETCH * shape.left), int(_STRETCH * shape.width)
    _themed(master.part.part_related_by(RELATIONSHIP_TYPE.THEME), brand)
    return shown


def _themed(theme: Any, brand: Brand) -> None:
    """The colours a user's own charts then have, and the font of every text."""
    said = theme.blob.decode("utf-8")
    for number, colour in enumerate((brand.colour, *_ACCENTS[:5]), start=1):
        here = rf"<a:accent{number}>.*?</a:accent{number}>"
        there = f'<a:accent{number}><a:srgbClr val="{colour[1:].upper()}"/></a:accent{number}>'
        said = re.sub(here, there, said, flags=re.DOTALL)
    said = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{brand.font}"', said)
    theme._blob = said.encode("utf-8")  # noqa: SLF001  a theme is a part python-pptx knows no more of
