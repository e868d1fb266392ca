"""Quantiles of very many values, against numpy's of all of them at once."""

from importlib import import_module

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.aggregate.quantiles import quantiles
from retention.engines.in_duckdb import DuckDB

MODULE = import_module("retention.aggregate.quantiles")  # the package calls the function the same
SHARES = (0.0, 0.2, 1 / 3, 0.5, 0.8, 1.0)
DRAWN = np.random.default_rng(3)
COLUMNS = {
    "few": np.array([3.0, 1.0, 2.0]),
    "alone": np.array([4.0]),
    "equal": np.full(50, 9.99),
    "ties": DRAWN.integers(1, 5, 40_000).astype(float),
    "spread": DRAWN.random(40_000),
    "steep": np.exp(4 * DRAWN.normal(size=40_000)),
    "mostly nothing": np.where(DRAWN.random(40_000) < 0.9, 0.0, DRAWN.random(40_000)),
}


def lazy(values):
    return nw.from_native(pd.DataFrame({"v": values})).lazy()


@pytest.fixture(scope="module")
def duckdb():
    with DuckDB() as engine:
        yield engine


@pytest.mark.parametrize("name", COLUMNS)
def test_they_are_numpy_s(name, duckdb):
    values = COLUMNS[name]
    expected = np.quantile(values, SHARES).tolist()
    assert quantiles(lazy(values), "v", SHARES) == pytest.approx(expected, rel=1e-12)
    there = nw.from_native(duckdb.beside(pd.DataFrame({"v": values}))).lazy()
    assert quantiles(there, "v", SHARES) == pytest.approx(expected, rel=1e-12)


@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 6)), min_size=1, max_size=60))
def test_they_are_numpy_s_however_often_they_are_narrowed(values):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MODULE, "_FEW", 1)
        patch.setattr(MODULE, "_BINS", 3)
        found = quantiles(lazy(np.array(values)), "v", SHARES)
    assert found == pytest.approx(np.quantile(values, SHARES).tolist(), rel=1e-12, abs=1e-9)


def test_nulls_are_passed_over():
    assert quantiles(lazy(np.array([1.0, np.nan, 3.0])), "v", (0.5,)) == [2.0]


def test_of_nothing_there_is_none():
    assert quantiles(lazy(np.array([], dtype=float)), "v", (0.5,)) == []
