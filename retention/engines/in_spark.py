"""Spark: on this machine, or a server that speaks Spark Connect, for what outgrows one machine."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from copy import copy
from itertools import count
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

import pyarrow as pa

from retention.engines.engine import Asking
from retention.engines.frames import let_go_with
from retention.engines.refusals import answering
from retention.engines.spark_sessions import Held, Limits, connected, on_this_machine
from retention.engines.sql import SparkDialect
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import narwhals as nw
    import pandas as pd

    from retention.engines.engine import EngineCode

LOCAL = "local[*]"  # Spark on this machine, with every processor
_SERVER = "sc://"
_SETTINGS = {  # a day is the same wherever the session is, and in whatever zone
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
_HELD_IN = "MEMORY_AND_DISK"


class Spark:
    """A session of Spark; what it kept is gone once it is closed.

    Parameters
    ----------
    held : the session, and how it ends

    Attributes
    ----------
    session : that of Spark
    """

    code: EngineCode = "spark"
    in_memory = False
    reads_text = False  # it would not say what it could not read
    sql = SparkDialect()

    def __init__(self, held: Held) -> None:
        self._held = held
        self.session = held.session
        self._names = count()
        self._parted: list[Any] | None = None
        with answering():
            for name, value in _SETTINGS.items():
                self.session.conf.set(name, value)

    @classmethod
    def at(cls, address: str = LOCAL, limits: Limits | None = None) -> Self:
        """Spark at an address.

        Parameters
        ----------
        address : ``local[4]`` for four processors of this machine, ``local[*]`` for every one, or
            ``sc://host:port`` of a server
        limits : what it may use of this machine

        Raises
        ------
        InputError
            ``spark_address`` of another; ``needs_pyspark``, ``needs_java``, ``java_failed``;
            ``spark_not_there``; ``cannot_write`` of a folder that cannot be used.
        """
        held = connected(address) if address.startswith(_SERVER) else on_this_machine(address, limits)
        try:
            return cls(held)
        except BaseException:
            held.end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything it kept, and end the session; of a part of it, of what that kept."""
        if self._parted is None:
            self._held.end()
            return
        for kept in self._parted:
            with suppress(Exception):  # the session may be gone by now, which its server says in many ways
                kept.unpersist()

    def apart(self) -> Self:
        """The same session, for tables that go when this is closed."""
        part = copy(self)
        part._parted = []  # noqa: SLF001  one of ours
        return part

    def asking(self) -> Asking:
        """What this thread asks from now on, for others to break off; how far it is, is not known."""
        tag = f"ritorno-{next(self._names)}"
        here = getattr(self.session, "sparkContext", None)  # of a server there is none
        with answering():
            if here is None:
                self.session.addTag(tag)
                return Asking(lambda: self.session.interruptTag(tag), lambda: None)
            here.addJobTag(tag)
            return Asking(lambda: here.cancelJobsWithTag(tag), lambda: None)

    def kept(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, in the memory of those who counted them, and on their disks where that is too small."""
        return self.made(query.to_native())

    def kept_apart(self, query: nw.LazyFrame[Any]) -> Any:
        """The rows, in memory and on disks as long as somebody has what is returned."""
        return let_go_with(self.apart(), query)

    def beside(self, table: pd.DataFrame) -> Any:
        """The table, handed to the session."""
        with answering():
            return self.session.createDataFrame(pa.Table.from_pandas(table, preserve_index=False))

    def made(self, rows: Any) -> Any:
        """Some rows, computed now and kept."""
        from pyspark import StorageLevel  # noqa: PLC0415  the session has it

        with answering():
            kept = rows.persist(getattr(StorageLevel, _HELD_IN))
            kept.count()
        if self._parted is not None:
            self._parted.append(kept)
        return kept

    def files(self, path: str) -> list[str]:
        """The file of a path, or those of a folder and of the folders in it, where the session sees them."""
        reader = self.session.read.format("binaryFile").option("recursiveFileLookup", "true")
        try:
            with answering():
                found = reader.load(path).inputFiles()
        except InputError as error:
            if error.code != "source_not_there":
                raise
            raise InputError("cannot_open", name=path, reason=os.strerror(errno.ENOENT)) from error
        return sorted(unquote(name) for name in found)

    def parquet(self, path: str, files: Sequence[str], *, part: bool = False) -> Any:  # noqa: ARG002  a part is no quicker
        """Rows of Parquet; folders named key=value are columns."""
        reader = self.session.read.option("mergeSchema", "true").option("pathGlobFilter", "*.{parquet,pq}")
        with answering():
            if any("=" in name for name in files):
                rows = reader.parquet(path)
                if len(rows.inputFiles()) == len(files):
                    return rows
            return _looked_up(reader.option("recursiveFileLookup", "true").parquet(path))

    def text(self, files: Sequence[str], delimiter: str | None) -> Any:  # noqa: ARG002  which another engine reads
        """Refused."""
        raise InputError("engine_reads_no_text")

    def named(self, table: str) -> Any:
        """Rows of a table by its name, as the session's catalogs have it."""
        with answering():
            return _looked_up(self.session.table(table))

    def viewed(self, sql: str, **frames: Any) -> Any:
        """The rows of a query in SQL, computed when they are looked at."""
        views = {called: f"given_{next(self._names)}" for called in frames}
        with answering():
            for called, view in views.items():
                frames[called].createOrReplaceTempView(view)
            return _looked_up(self.session.sql(sql.format(**views)))

    def asked(self, sql: str, **frames: Any) -> Any:
        """The same, computed now."""
        return self.made(self.viewed(sql, **frames))

    def written(self, query: nw.LazyFrame[Any], path: str) -> None:
        """Write the rows of a query as a folder of Parquet, where the session has its files."""
        with answering():
            query.to_native().write.parquet(path)


def _looked_up(rows: Any) -> Any:
    """The same, once it is known that they are there: a server would only look when they are counted."""
    _ = rows.columns
    return rows
