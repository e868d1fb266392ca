"""Where the rows are, and who counts them: the upload in memory, or files larger than memory in DuckDB.

An engine answers queries written in Narwhals. What engines do differently is here and nowhere else: how a
result is kept, how a small table joins large ones, how a table is written, and what goes wrong. The module of
an engine is imported where one is made, so that uploads do without it.
"""

from retention.engines.engine import IN_MEMORY, Engine, EngineCode, answering

__all__ = ["IN_MEMORY", "Engine", "EngineCode", "answering"]
