"""Sessions of Spark: how one begins on this machine or at a server, and how it ends."""

from __future__ import annotations

import os
import re
import shutil
import socket
import tempfile
import warnings
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from retention.engines.refusals import answering
from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = 4_000_000_000  # bytes Java may use; the models need their own beside it
_LOCAL = re.compile(r"local\[(\*|[1-9][0-9]{0,3})\]")
_PARTS = 2  # of rows dealt out to a processor where they are grouped: 200, as a cluster has, take much longer
_PORT = 15002  # of Spark Connect where none is named
_WAIT = 10  # seconds for a server to answer
_RETRIES = {"max_retries": 5, "max_backoff": 4000}  # milliseconds; by itself it would try for ten minutes
_IN_PASSING = ("Picked up", "WARNING")  # what Java says though nothing is wrong
_LOADED_IN_PASSING = "pyspark.testing.utils"  # by the first query else, with words about versions
_SPEAKS = ("DataFrameQueryContextLogger", "SQLQueryContextLogger")  # write errors we put in words


@dataclass(frozen=True)
class Limits:
    """What Spark may use of this machine.

    Attributes
    ----------
    memory : bytes
    folder : where it puts what does not fit, None for the system's folder of temporary files; everything
        there is deleted in the end
    """

    memory: int = MEMORY
    folder: Path | None = None


@dataclass(frozen=True)
class Held:
    """A session, and what ends it."""

    session: Any
    end: Callable[[], None]


def on_this_machine(master: str, limits: Limits | None = None) -> Held:
    """Spark in a process of its own, which listens on loopback alone, and ends with the session.

    Raises
    ------
    InputError
        ``spark_address``, ``needs_pyspark``, ``needs_java``, ``java_failed``; ``cannot_write`` of a folder.
    """
    asked = _LOCAL.fullmatch(master)
    if asked is None:
        raise InputError("spark_address", address=master)
    limits = limits or Limits()
    _load("pyspark", "pyspark.sql", _LOADED_IN_PASSING)
    if not _java():
        raise InputError("needs_java")
    try:
        folder = Path(tempfile.mkdtemp(prefix="ritorno-", dir=limits.folder))
    except OSError as error:
        raise InputError("cannot_write", name=str(limits.folder), reason=error.strerror or "") from error
    processors = os.cpu_count() or 1 if asked[1] == "*" else int(asked[1])
    return _started(_settings(processors, limits.memory, folder), folder)


def _settings(processors: int, memory: int, folder: Path) -> dict[str, str]:
    options = (f"-Djava.io.tmpdir={folder}", "-XX:-UsePerfData")
    return {
        "spark.master": f"local[{processors}]",
        "spark.app.name": "Ritorno",
        "spark.driver.memory": f"{memory // 1_000_000}m",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": " ".join(f'"{option}"' for option in options),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": str(_PARTS * processors),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


def _started(settings: dict[str, str], folder: Path) -> Held:
    spark, core, sql = (import_module(f"pyspark{room}") for room in ("", ".core.context", ".sql"))
    conf = spark.SparkConf(loadDefaults=False).setAll(list(settings.items()))
    with ExitStack() as ends:
        ends.callback(shutil.rmtree, folder, ignore_errors=True)
        gateway = _gateway(conf, folder / "said.txt")
        ends.callback(_shut, gateway)
        with answering():
            context = core.SparkContext(conf=conf, gateway=gateway)
            ends.callback(context.stop)
            context.setLogLevel("OFF")
            session = sql.SparkSession(context)
        end = ends.pop_all().close
    return Held(session, end)


def _shut(gateway: Any) -> None:
    """End the process of Java, so that another can begin."""
    spark = import_module("pyspark.core.context").SparkContext
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    spark._gateway = spark._jvm = None  # noqa: SLF001  Spark keeps one for all


def _gateway(conf: Any, said: Path) -> Any:
    """A process of Java; what it says, which is not for the terminal, goes to a file."""
    if import_module("pyspark.core.context").SparkContext._gateway is not None:  # noqa: SLF001  one for all
        raise RuntimeError("Spark runs in this process already, and can but once")
    with said.open("wb") as out:
        try:
            return import_module("pyspark.java_gateway").launch_gateway(conf, {"stdout": out, "stderr": out})
        except Exception as error:
            raise InputError("java_failed", reason=_first_of(said) or str(error)) from error


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=None if home is None else str(Path(home) / "bin")) is not None


def _first_of(said: Path) -> str:
    """The first that went wrong, of which all else follows."""
    lines = [line.strip() for line in said.read_text("utf-8", "replace").splitlines()]
    return next((line for line in lines if line and not line.startswith(_IN_PASSING)), "")


def connected(address: str) -> Held:
    """A session of a server that speaks Spark Connect.

    Parameters
    ----------
    address : ``sc://host:port``, with what Spark allows after it; only host and port are ever told

    Raises
    ------
    InputError
        ``spark_address``, ``needs_pyspark``, or ``spark_not_there`` where nothing answers within seconds.
    """
    place = _place(address)
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # what goes wrong is put in words here
    _load("grpc", "pyspark.sql.connect.session", "pyspark.sql.connect.client.retries")
    _wait_for(address, place)
    retries = import_module("pyspark.sql.connect.client.retries")
    warnings.filterwarnings("ignore", message=r"\[RETRIES_EXCEEDED\]")  # the error that follows says so
    builder = import_module("pyspark.sql.connect.session").SparkSession.builder
    with answering():
        session = builder.remote(address).create()
        session.client.set_retry_policies([retries.DefaultPolicy(**_RETRIES)])
    return Held(session, session.stop)


def _place(address: str) -> tuple[str, int]:
    """Host and port of an address."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or "@" in parts.netloc:
        raise InputError("spark_address", address=_without_secrets(address))
    return host, port or _PORT


def _wait_for(address: str, place: tuple[str, int]) -> None:
    grpc = import_module("grpc")
    channels = import_module("pyspark.sql.connect.client")
    told = f"{place[0]}:{place[1]}"
    try:
        socket.create_connection(place, timeout=_WAIT).close()
        channel = channels.DefaultChannelBuilder(address).toChannel()
        try:
            grpc.channel_ready_future(channel).result(timeout=_WAIT)
        finally:
            channel.close()
    except OSError as error:
        raise InputError("spark_not_there", reason=f"{told}: {error.strerror or error}") from error
    except grpc.FutureTimeoutError as error:
        raise InputError("spark_not_there", reason=f"{told}: timeout") from error
    except import_module("pyspark.errors").PySparkException as error:
        raise InputError("spark_address", address=_without_secrets(address)) from error


def _without_secrets(address: str) -> str:
    """An address without what may be a password or a token."""
    place, more, _ = address.partition(";")
    return re.sub(r"//[^/]*@", "//…@", place) + (more and ";…")


def _load(*modules: str) -> None:
    """Import modules of an extra; what they say of the versions they know is not for the reader."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name in modules:
                import_module(name)
            logger = import_module("pyspark.logger").PySparkLogger
    except ImportError as error:
        raise InputError("needs_pyspark") from error
    for name in _SPEAKS:
        logger.getLogger(name).disabled = True
