"""Where the rows are, and who counts them: the upload in memory, or files larger than it in DuckDB or Spark.

An engine answers queries written in Narwhals or in SQL. What engines do differently is here and nowhere else:
how a result is kept, how a small table joins large ones, how files are read and written, a few words of SQL,
and what goes wrong. The module of an engine is imported where one is made, so that uploads do without it.
"""

from retention.engines.engine import IN_MEMORY, Asking, Beyond, Engine, EngineCode, collected, types_of
from retention.engines.frames import derived
from retention.engines.here import files_here
from retention.engines.opening import SERVER, Place, opened
from retention.engines.refusals import answering
from retention.engines.sql import Dialect

__all__ = [
    "IN_MEMORY",
    "SERVER",
    "Asking",
    "Beyond",
    "Dialect",
    "Engine",
    "EngineCode",
    "Place",
    "answering",
    "collected",
    "derived",
    "files_here",
    "opened",
    "types_of",
]
