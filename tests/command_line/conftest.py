"""The sample shop as Parquet, and the engines as the command line names them."""

import pytest

from retention import ingest
from tests.engines.sparks import HERE, quick_java, skip_without_spark, spark_server


@pytest.fixture(scope="module")
def sales(tmp_path_factory):
    """The sample shop's orders as a folder of Parquet."""
    raw = ingest.open_sample("shop")
    orders = ingest.to_orders(raw, ingest.guess(raw).mapping).orders.table
    folder = tmp_path_factory.mktemp("sales")
    named = {"customer_id": "customer", "order_id": "order", "value": "amount", "segment": "channel"}
    kept = orders.rename(columns=named)[["customer", "order", "date", "amount", "channel"]]
    half = len(kept) // 2
    kept.iloc[:half].to_parquet(folder / "1.parquet", index=False)
    kept.iloc[half:].to_parquet(folder / "2.parquet", index=False)
    kept.to_parquet(folder.parent / "all.parquet", index=False)
    return folder


@pytest.fixture
def here():
    """Spark on this machine, as the command line names it."""
    skip_without_spark()
    with quick_java():
        yield ["--engine", "spark", "--spark", HERE, "--memory-limit", "1"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with spark_server(tmp_path_factory.mktemp("server")) as address:
        yield ["--engine", "spark", "--spark", address]


@pytest.fixture(
    params=["duckdb", *(pytest.param(spark, marks=pytest.mark.slow) for spark in ("here", "server"))]
)
def engine(request):
    """The options of an engine."""
    return ["--engine", "duckdb"] if request.param == "duckdb" else request.getfixturevalue(request.param)
