"""How the cells of a workbook look: one format a kind of cell, made when first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.report.brand import INK
from retention.report.number_formats import number_format

if TYPE_CHECKING:
    from retention.report.brand import Brand
    from retention.text import Words
    from retention.text.kinds import CellKind

_GREY = "#5b6673"
_LINE = "#c9d0d8"


class Formats:
    """The formats of one workbook.

    Parameters
    ----------
    book : an XlsxWriter workbook
    """

    def __init__(self, book: Any, brand: Brand, words: Words) -> None:
        self._book = book
        self._brand = brand
        self._words = words
        self._made: dict[tuple[Any, ...], Any] = {}

    def title(self) -> Any:
        """The sentence of a sheet."""
        return self._format(
            bold=True, font_size=15, font_color=self._brand.text, text_wrap=True, valign="top"
        )

    def cover(self, size: int, *, bold: bool = False) -> Any:
        """Text on the band at the top of the summary."""
        colours = {"bg_color": self._brand.colour, "font_color": self._brand.on_colour}
        return self._format(**colours, font_size=size, bold=bold, valign="vcenter", indent=1)

    def text(self, *, grey: bool = False, bold: bool = False) -> Any:
        """A sentence."""
        return self._format(
            text_wrap=True,
            valign="top",
            bold=bold,
            font_color=_GREY if grey else INK,
            font_size=10 if grey else 11,
        )

    def heading(self, *, first: bool) -> Any:
        """The heading of a column."""
        return self._format(
            bold=True,
            text_wrap=True,
            valign="vcenter",
            align="left" if first else "right",
            bg_color=self._brand.colour,
            font_color=self._brand.on_colour,
        )

    def cell(self, kind: CellKind, *, bold: bool = False, large: bool = False) -> Any:
        """A cell by what stands in it."""
        return self._format(
            num_format="General" if kind == "text" else number_format(kind, self._words),
            align="left" if kind == "text" else "right",
            valign="vcenter",
            bold=bold,
            font_size=14 if large else 11,
            bottom=1,
            bottom_color=_LINE,
            text_wrap=kind == "text",
        )

    def link(self) -> Any:
        """The name of a sheet that a click leads to."""
        return self._format(font_color=self._brand.text, underline=1, bold=True, valign="top")

    def _format(self, **how: Any) -> Any:
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": self._brand.font, **how})
        return self._made[key]
