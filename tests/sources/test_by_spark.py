"""A source that Spark counts: on this machine, and at a server, by a table's name."""

from __future__ import annotations

import threading

import pandas as pd
import pytest

from retention import ingest
from retention.errors import InputError
from retention.sources import Reading, Shelf, held as module, sources_in
from tests.engines.sparks import HERE, quick_java, skip_without_spark, spark_server
from tests.sources.test_by_engine import ROWS, found, orders_of

pytestmark = pytest.mark.slow


@pytest.fixture
def sales(tmp_path):
    folder = tmp_path / "sales"
    folder.mkdir()
    pd.DataFrame(ROWS).to_parquet(folder / "1.parquet", coerce_timestamps="us")
    return folder


@pytest.fixture
def here(sales):
    skip_without_spark()
    with quick_java():
        told = {"name": "Shop", "path": str(sales), "engine": "spark", "spark": HERE, "memory_limit": 1}
        shelf = Shelf()
        opened = found(sources_in({"sales": told})["sales"], shelf)
        yield opened
        closed(opened)


def closed(opened):
    opened.held.close()
    for thread in threading.enumerate():
        if thread.name == "engine closing":
            thread.join(60)


def test_on_this_machine_orders_are_those_of_all_rows_and_one_who_is_called_off_stops(here, monkeypatch):
    assert here.version is not None  # that of the files
    assert orders_of(here).account.purchases == 3
    begun, formed = threading.Event(), ingest.large_orders

    def endless(*asked):
        engine = asked[-1]
        begun.set()
        engine.asked("SELECT sum(a.id * b.id) AS n FROM range(3000000) a, range(3000000) b")

    monkeypatch.setattr(module.ingest, "large_orders", endless)
    forming = here.held.forming(here.raw, "other", ingest.guess(here.raw).mapping, {})
    assert begun.wait(60)
    assert not forming.wait(1)
    forming.cancel()
    assert forming.wait(20)
    with pytest.raises(InputError) as refused:
        forming.result()
    assert refused.value.code == "source_cancelled"
    monkeypatch.setattr(module.ingest, "large_orders", formed)
    assert orders_of(here, zero_orders="keep").account.purchases == 3


def test_at_a_server_files_are_its_own_and_tell_no_version(sales, tmp_path):
    with spark_server(tmp_path) as address:
        told = {"name": "Shop", "path": str(sales), "engine": "spark", "spark": address}
        shelf = Shelf()
        opened = found(sources_in({"sales": told})["sales"], shelf)
        assert opened.version is None
        assert orders_of(opened).account.customers == 2
        gone = sources_in(
            {"gone": {"name": "Shop", "table": "lake.nothing", "engine": "spark", "spark": address}}
        )
        with pytest.raises(InputError) as refused:
            Reading(gone["gone"], shelf).result()
        assert refused.value.code == "table_not_there"
        closed(opened)
