"""The cohort heatmap, the curves under it, two segments side by side, and whose revenue it is."""

from retention.charts.cohorts.curves import curves
from retention.charts.cohorts.difference import both, difference, largest_difference
from retention.charts.cohorts.heatmap import heatmap, least_width
from retention.charts.cohorts.revenue import revenue
from retention.charts.cohorts.rows import (
    AVERAGE,
    CELL,
    MOST,
    average_sentences,
    example,
    is_cut,
    order,
    row_names,
    shows_first,
    top,
)

__all__ = [
    "AVERAGE",
    "CELL",
    "MOST",
    "average_sentences",
    "both",
    "curves",
    "difference",
    "example",
    "heatmap",
    "is_cut",
    "largest_difference",
    "least_width",
    "order",
    "revenue",
    "row_names",
    "shows_first",
    "top",
]
