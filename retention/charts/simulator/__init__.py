"""The What if page's charts, each from a `Simulation` or a table made of several."""

from retention.charts.simulator.active import active
from retention.charts.simulator.claim import claim
from retention.charts.simulator.cumulative import cumulative
from retention.charts.simulator.grid import grid
from retention.charts.simulator.tornado import tornado

__all__ = ["active", "claim", "cumulative", "grid", "tornado"]
