"""How a session of Spark begins and ends, and what keeps it from beginning, in words."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import narwhals as nw
import pandas as pd
import pytest

from retention.engines import spark_sessions
from retention.engines.in_spark import Spark
from retention.engines.spark_sessions import Limits
from retention.errors import InputError
from retention.text import LANGUAGES, Words
from tests.engines.sparks import HERE, free_port, skip_without_spark, spark_here

ROOT = Path(__file__).parents[2]


def refused(ask):
    """Why it was refused, which both languages have a sentence for."""
    with pytest.raises(InputError) as found:
        ask()
    for language in LANGUAGES:
        assert Words(language).error(found.value)
    return found.value


@pytest.mark.parametrize(
    "address", ["http://here:1", "here:1", "sc://", "sc://a:b", "local[0]", "local[two]", "yarn"]
)
def test_what_is_no_address(address):
    assert refused(lambda: Spark.at(address)).code == "spark_address"


def test_nobody_answers_at_an_address():
    skip_without_spark()
    why = refused(lambda: Spark.at(f"sc://127.0.0.1:{free_port()}"))
    assert why.code == "spark_not_there"
    assert "127.0.0.1" in why.details["reason"]


def test_somebody_else_answers_at_an_address(monkeypatch):
    skip_without_spark()
    monkeypatch.setattr(spark_sessions, "_WAIT", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        why = refused(lambda: Spark.at(f"sc://127.0.0.1:{silent.getsockname()[1]}"))
    assert why.code == "spark_not_there"


def test_without_pyspark(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    why = refused(lambda: Spark.at(HERE))
    assert why.code == "needs_pyspark"
    assert "pyspark[connect]>=4" in Words("en").error(why)


def test_without_java(monkeypatch, tmp_path):
    skip_without_spark()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert refused(lambda: Spark.at(HERE)).code == "needs_java"


def test_with_a_java_that_does_not_run_it(tmp_path):
    skip_without_spark()
    java, place = tmp_path / "bin" / "java", tmp_path / "place"
    for folder in (java.parent, place):
        folder.mkdir()
    java.write_text("#!/bin/sh\necho 'class file version 61.0' >&2\nexit 1\n")
    java.chmod(0o755)
    asked = ["analyse", "sales", "--engine", "spark", "--spark", HERE, "--temporary", str(place)]
    done = subprocess.run(
        [sys.executable, "-m", "retention", *asked],
        cwd=ROOT,
        env=os.environ | {"JAVA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    (said,) = done.stderr.splitlines()
    assert said.startswith("error: Java is here")
    assert "class file version" in said
    assert list(place.iterdir()) == []


def test_a_folder_that_cannot_be_used():
    skip_without_spark()
    assert refused(lambda: Spark.at(HERE, Limits(folder=Path("/no/such/folder")))).code == "cannot_write"


def test_everything_is_gone_in_the_end(tmp_path):
    with spark_here(tmp_path) as engine:
        process = engine.session.sparkContext._gateway.proc
        engine.kept(nw.from_native(engine.beside(pd.DataFrame({"n": [1]}))).lazy())
        assert list(tmp_path.iterdir())
    assert process.returncode is not None
    assert list(tmp_path.iterdir()) == []
    assert not Path("spark-warehouse").exists()
    assert not Path("artifacts").exists()
    assert os.environ.get("SPARK_REMOTE") is None
