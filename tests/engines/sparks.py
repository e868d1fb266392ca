"""Spark for tests, here and as a server on loopback; skipped with the reason where there is none."""

import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from retention.engines.in_spark import Spark
from retention.engines.spark_sessions import Limits

HERE = "local[2]"
_QUICK = "-XX:TieredStopAtLevel=1"  # Java then starts faster than it would run for hours
_STARTS_IN = 60  # seconds


def skip_without_spark():
    """Skip where there is no pyspark, or no Java."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip('pyspark is not installed (pip install "pyspark[connect]")')
    if shutil.which("java") is None:
        pytest.skip("there is no Java (Debian: apt-get install openjdk-17-jre-headless)")


@contextlib.contextmanager
def quick_java():
    """Have what is started within begin quickly."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("JAVA_TOOL_OPTIONS", _QUICK)
        environment.delenv("SPARK_REMOTE", raising=False)
        yield


@contextlib.contextmanager
def spark_here(folder=None, memory=1_000_000_000):
    """Spark on this machine."""
    skip_without_spark()
    with quick_java(), Spark.at(HERE, Limits(memory=memory, folder=folder)) as engine:
        yield engine


@contextlib.contextmanager
def spark_server(folder, memory="1g"):
    """The address of a Spark Connect server, which is gone in the end."""
    skip_without_spark()
    import pyspark  # noqa: PLC0415  not where it is missing

    port = free_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": port,
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": memory,
        "spark.driver.extraJavaOptions": f"{_QUICK} -Djava.io.tmpdir={folder}",
        "spark.local.dir": folder,
        "spark.sql.shuffle.partitions": 4,
        "spark.sql.warehouse.dir": folder / "warehouse",
        "spark.ui.enabled": "false",
    }
    given = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    command = [str(Path(pyspark.__file__).parent / "bin" / "spark-submit"), "--master", HERE, *given]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    with (
        (folder / "server.txt").open("wb") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=dict(os.environ)) as server,
    ):
        try:
            _wait(server, port)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.kill()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait(server, port):
    end = time.monotonic() + _STARTS_IN
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.2)
    pytest.fail("the Spark Connect server did not start")
