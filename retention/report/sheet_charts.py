"""Charts a spreadsheet draws of its own cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.report.number_formats import axis_format, number_format
from retention.report.slide_charts import colours

if TYPE_CHECKING:
    from retention.story import Native, Table
    from retention.text import Words

_TYPES: dict[str, dict[str, str]] = {
    "bars": {"type": "bar"},
    "columns": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "line": {"type": "line"},
}
_SHOWN = 12  # names along an axis
_MONTHS = 3  # from one day written on an axis to the next


def chart(book: Any, sheet: str, shown: Table, heading: int, words: Words) -> Any:
    """The table's own chart, drawn of its cells.

    Parameters
    ----------
    heading : row of the table's headings, counted from 0
    """
    native = shown.native
    if native is None:
        raise ValueError("a table without a chart of its own")
    drawn = book.add_chart(_TYPES[native.way])
    columns, rows = [str(name) for name in shown.frame.columns], len(shown.frame)
    first, last, lying = heading + 1, heading + rows, native.way == "bars"
    along = columns.index(native.along)
    for name, colour in zip(native.series, colours(len(native.series)), strict=False):
        column = columns.index(name)
        drawn.add_series(
            {
                "name": [sheet, heading, column],
                "categories": [sheet, first, along, last, along],
                "values": [sheet, first, column, last, column],
                **_coloured(native, colour),
            }
        )
    values, names = _axes(shown, native, words)
    # A lying chart's axes change places in a spreadsheet: x is what lies
    drawn.set_x_axis(values if lying else names)
    drawn.set_y_axis(names if lying else values)
    drawn.set_legend({"position": "top"} if len(native.series) > 1 else {"none": True})
    titled = {"name": native.title, "name_font": {"size": 12, "bold": True}}
    drawn.set_title(titled if native.title else {"none": True})
    return drawn


def _axes(shown: Table, native: Native, words: Words) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the axis of values and that of names look like."""
    kind, lying, rows = shown.kind(native.series[0], 0), native.way == "bars", len(shown.frame)
    values = {
        "num_format": axis_format(kind, words),
        "major_gridlines": {"visible": not lying, "line": {"color": "#dfe3e8"}},
        "line": {"none": True},
        **({"max": 1} if kind == "share" and native.way == "columns" else {}),
    }
    names: dict[str, Any] = {
        "reverse": lying,
        **({"crossing": "max"} if lying else {}),  # so that the values stand below
        "line": {"color": "#aab2bb"},
        "major_gridlines": {"visible": False},
    }
    if lying:
        return values, names
    names |= {"name": native.axis or words.heading(native.along), "name_font": {"bold": False}}
    if shown.kind(native.along, 0) == "day":
        every = {"major_unit": _MONTHS, "major_unit_type": "months"}
        return values, names | {"date_axis": True, "num_format": number_format("day", words)} | every
    if rows > _SHOWN:
        names |= {"interval_unit": -(-rows // _SHOWN), "interval_tick": -(-rows // _SHOWN)}
    return values, names


def _coloured(native: Native, colour: str) -> dict[str, Any]:
    if native.way == "line":
        return {"line": {"color": colour, "width": 2.25}}
    return {"fill": {"color": colour}, "border": {"none": True}, "gap": 45}
