"""An engine beyond memory, opened by its name; its package is loaded then only."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retention.errors import InputError

if TYPE_CHECKING:
    from retention.engines.engine import Beyond, EngineCode

SERVER = "SPARK_REMOTE"  # Spark's own variable of a server's address, which may hold a secret


@dataclass(frozen=True)
class Place:
    """Where an engine counts, and what it may use of this machine.

    Attributes
    ----------
    memory : bytes
    folder : where it puts what does not fit, None for the system's folder of temporary files
    spark : address of Spark, see `retention.engines.in_spark.Spark.at`; None for what SPARK_REMOTE says, and
        this machine where that says nothing
    """

    memory: int
    folder: str | None = None
    spark: str | None = field(default=None, repr=False)


def opened(code: EngineCode, place: Place) -> Beyond:
    """An engine, to be closed again.

    Raises
    ------
    InputError
        ``cannot_write`` of a folder that cannot be used; of Spark what `Spark.at` raises.
    """
    limits: dict[str, Any] = {"memory": place.memory, "folder": place.folder and Path(place.folder)}
    if code == "spark":
        spark = import_module("retention.engines.in_spark")
        address = place.spark or os.environ.get(SERVER) or spark.LOCAL
        held: Beyond = spark.Spark.at(address, spark.Limits(**limits))
        return held
    duck = import_module("retention.engines.in_duckdb")
    try:
        engine: Beyond = duck.DuckDB(duck.Limits(**limits))
    except OSError as error:
        raise InputError("cannot_write", name=place.folder or "", reason=error.strerror or "") from error
    return engine
