"""Where the next euro goes, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention.errors import DataWarning
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.economics import Response
    from retention.study import NextEuro

SOURCES = ("assumed", "history")


