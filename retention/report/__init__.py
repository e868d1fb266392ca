"""A study as plain data, for JSON and for whatever else is written of it: one module a subject."""

from retention.report.figures import figures
from retention.report.file import describe
from retention.report.plain import plain, records
from retention.report.predictions import write_predictions

__all__ = ["describe", "figures", "plain", "records", "write_predictions"]
