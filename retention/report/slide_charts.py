"""The picture of a slide: a chart of PowerPoint's own where its kinds fit, else the page's as a picture."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Inches, Pt

from retention.charts import style
from retention.report.brand import INK, rgb
from retention.report.number_formats import axis_format
from retention.report.pictures import picture
from retention.report.slide_parts import described
from retention.report.zipped import repacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pptx.slide import Slide

    from retention.report.brand import Brand
    from retention.story import Message, Native, Table
    from retention.text import Words

_CHARTS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE,
}
COLOURS = {1: (style.ACCENT,), 2: (style.COMPARISON, style.ACCENT)}
_MORE = (style.AVERAGE, style.SECOND, style.ACCENT)  # as the overview's flows
_LABELLED = 14  # bars whose values are written beside them
_SHOWN = 12  # names along an axis
_PIXELS = 96  # of a drawing to an inch


def colours(series: int) -> tuple[str, ...]:
    """Of so many series, told apart."""
    return COLOURS.get(series, _MORE)


def along(table: Table, native: Native, words: Words) -> list[str]:
    """The names along the axis, as they are read."""
    return [table.written(native.along, row, words) for row in range(len(table.frame))]


def drawn(slide: Slide, message: Message, words: Words, brand: Brand, box: tuple[float, ...]) -> None:
    """The message's chart, with what it shows for those who cannot see it."""
    table = message.table
    if message.drawing is None:
        return
    if table is None or table.native is None:
        _picture(slide, message, brand, box)
        return
    native = table.native
    data = CategoryChartData()
    data.categories = along(table, native, words)
    for name in native.series:
        values = [None if pd.isna(value) else float(value) for value in table.frame[name]]
        data.add_series(words.heading(name), values, axis_format(table.kind(name, 0), words))
    frame: Any = slide.shapes.add_chart(_CHARTS[native.way], *map(Inches, box), data)
    described(frame, message.reading)
    _finished(frame.chart, table, native, words, brand)


def _picture(slide: Slide, message: Message, brand: Brand, box: tuple[float, ...]) -> None:
    if message.drawing is None:
        return
    left, top, width, height = box
    content = picture(message.drawing, round(0.72 * width * _PIXELS), brand.font)
    shape = slide.shapes.add_picture(io.BytesIO(content), *map(Inches, (left, top)))
    share = min(Inches(width) / shape.width, Inches(height) / shape.height)
    shape.width, shape.height = int(share * shape.width), int(share * shape.height)
    described(shape, message.reading)


def _finished(chart: Any, table: Table, native: Native, words: Words, brand: Brand) -> None:
    """Colours, sizes, axes and labels as on the pages."""
    kind, lying = table.kind(native.series[0], 0), native.way == "bars"
    chart.font.size, chart.font.name = Pt(12), brand.font
    chart.font.color.rgb = RGBColor(*rgb(INK))
    chart.has_legend = len(native.series) > 1
    chart.has_title = bool(native.title)
    if chart.has_title:
        _titled(chart.chart_title.text_frame, native.title, bold=True)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    values, names = chart.value_axis, chart.category_axis
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = (
        axis_format(kind, words),
        False,
    )
    values.major_gridlines.format.line.color.rgb = RGBColor(*rgb("#dfe3e8"))
    values.format.line.fill.background()
    names.format.line.color.rgb = RGBColor(*rgb("#aab2bb"))
    names.has_major_gridlines = False
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.reverse_order = lying
    if lying:
        values.visible = False
        values.has_major_gridlines = False
    elif native.along in {"age", "purchase", "periods_ahead"}:
        names.has_title = True
        _titled(names.axis_title.text_frame, native.axis or words.heading(native.along), bold=False)
    values.minimum_scale = 0 if (table.frame[list(native.series)].min() >= 0).all() else None
    if kind == "share" and native.way == "columns":
        values.maximum_scale = 1
    _every(names, len(table.frame))
    plot = chart.plots[0]
    if native.way != "line":
        plot.gap_width = 45
    for series, colour in zip(plot.series, colours(len(native.series)), strict=False):
        _coloured(series, colour, native)
    if native.way in {"bars", "columns"} and len(table.frame) <= _LABELLED:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = axis_format(kind, words), False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(12)


def _titled(frame: Any, said: str, *, bold: bool) -> None:
    frame.text = said
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(12), bold


def _coloured(series: Any, colour: str, native: Native) -> None:
    told = RGBColor(*rgb(colour))
    if native.way == "line":
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = told, Pt(2.5)
        series.marker.style = None
        series._element.get_or_add_marker().get_or_add_symbol().set("val", "none")  # noqa: SLF001  no other way
    else:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = told
        series.invert_if_negative = False


def _every(axis: Any, names: int) -> None:
    """Let one name in several be written where there are many."""
    step = -(-names // _SHOWN)
    if step > 1:
        for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
            skip = axis._element.makeelement(  # noqa: SLF001  python-pptx has no word for it
                f"{{http://schemas.openxmlformats.org/drawingml/2006/chart}}{tag[2:]}", {"val": str(step)}
            )
            last = axis._element.find("{http://schemas.openxmlformats.org/drawingml/2006/chart}noMultiLvlLbl")  # noqa: SLF001  as above
            axis._element.insert(list(axis._element).index(last), skip)  # noqa: SLF001  as above


def dated(on: datetime) -> Callable[[str, bytes], bytes]:
    """What becomes of the parts of a presentation: workbooks behind charts are of its own day, not of now."""
    day = on.strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    def in_workbook(name: str, part: bytes) -> bytes:
        return re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", day, part) if name == "docProps/core.xml" else part

    def change(name: str, part: bytes) -> bytes:
        return repacked(part, in_workbook) if name.endswith(".xlsx") else part

    return change
