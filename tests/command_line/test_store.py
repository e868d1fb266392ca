"""`analyse --store`: the figures from scratch, and nothing in the store that is taken on trust."""

import json

import pandas as pd
import pytest

from retention import ingest
from retention.__main__ import main
from retention.command_line import analyse as analyse_module
from retention.store.kept import Keeping
from retention.study import study as study_module, tables as tables_module
from tests.command_line.same import differences


@pytest.fixture(scope="module")
def rows():
    """The sample shop's orders, with the channel."""
    raw = ingest.open_sample("shop")
    table = ingest.to_orders(raw, ingest.guess(raw).mapping).orders.table
    named = {"customer_id": "customer", "order_id": "order", "value": "amount", "segment": "channel"}
    return table.rename(columns=named)[["customer", "order", "date", "amount", "channel"]]


@pytest.fixture
def few(rows):
    """Orders of a few customers over few months: quickly read, and too few for models."""
    some = rows[rows["customer"].isin(rows["customer"].unique()[:60]) & (rows["date"] < "2023-06-01")]
    return some.reset_index(drop=True)


def put(folder, name, rows):
    folder.mkdir(exist_ok=True)
    rows.to_parquet(folder / f"{name}.parquet", index=False)


def analysed(folder, out, *arguments):
    asked = [str(argument) for argument in (folder, "--json", out, *arguments)]
    assert main(["analyse", *asked, "--engine", "duckdb", "--segment", "channel"]) == 0
    return json.loads(out.read_text("utf-8"))


@pytest.fixture
def both(tmp_path):
    """The figures of the orders so far with a store, which must be those without one."""

    def found(*arguments):
        store = tmp_path / "store"
        there = analysed(tmp_path / "orders", tmp_path / "f.json", "--store", store, *arguments)
        assert differences(analysed(tmp_path / "orders", tmp_path / "g.json", *arguments), there) == []
        return there

    return found


def alike(monkeypatch):
    monkeypatch.setattr(study_module, "MOST_ONE_BY_ONE", 100)
    monkeypatch.setattr(tables_module, "MOST_ALIKE", 3000)


def come_in(orders, rows, until, late=()):
    """A file of the orders before each day, and in the last one those that come late."""
    since = pd.Timestamp("1900-01-01")
    for number, day in enumerate(map(pd.Timestamp, until)):
        these = rows[(rows["date"] >= since) & (rows["date"] < day) & ~rows.index.isin(late)]
        if number == len(until) - 1:
            these = pd.concat([these, rows.loc[[n for n in late if rows["date"][n] < day]]])
        put(orders, f"{number}", these)
        since = day
        yield number


@pytest.mark.parametrize("numbers", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_new_orders_give_the_figures_from_scratch(rows, both, tmp_path, monkeypatch, numbers):
    alike(monkeypatch)
    if numbers:
        rows = rows.assign(customer=rows["customer"].str.extract(r"(\d+)")[0].astype("int64"))
    late = rows.sample(frac=0.005, random_state=1).index
    for number in come_in(tmp_path / "orders", rows, ("2024-12-20", "2024-12-21", "2024-12-24"), late):
        if number == 0:
            analysed(tmp_path / "orders", tmp_path / "f.json", "--store", tmp_path / "store")
        else:
            both()


@pytest.mark.slow
def test_new_orders_of_customers_told_one_by_one(rows, both, tmp_path):
    for _ in come_in(tmp_path / "orders", rows, ("2024-11-29", "2024-12-03", "2025-01-01")):
        both()


def test_no_day_asks_for_customers_who_have_nothing_new(rows, tmp_path, monkeypatch):
    """Not once a month is over either, nor where W is another: that was counted the week before."""
    alike(monkeypatch)
    asked, active = [], []
    found_in, foresee = Keeping.table, analyse_module.foresee

    def table(self, name):
        found = found_in(self, name)
        if found is None:
            asked.append(name)
        return found

    def foreseeing(study, *given):
        active.append((study.shop.active_days(), list(asked)))
        foresee(study, *given)
        asked.clear()

    monkeypatch.setattr(Keeping, "table", table)
    monkeypatch.setattr(analyse_module, "foresee", foreseeing)
    for _ in come_in(tmp_path / "orders", rows, ("2024-11-21", "2024-11-27", "2024-12-02")):
        analysed(tmp_path / "orders", tmp_path / "f.json", "--store", tmp_path / "store")
    days, missing = zip(*active, strict=True)
    assert len(set(days)) > 1
    assert missing[0]
    assert missing[1:] == ([], [])


def test_predictions_are_those_from_scratch(rows, tmp_path, monkeypatch):
    alike(monkeypatch)
    for number in come_in(tmp_path / "orders", rows, ("2024-12-20", "2024-12-22")):
        found = []
        for store in (["--store", tmp_path / "store"], [])[: number + 1]:
            out = tmp_path / f"{number}{len(store)}.parquet"
            analysed(tmp_path / "orders", tmp_path / "f.json", "--predictions", out, *store)
            found.append(pd.read_parquet(out).sort_values("customer_id", ignore_index=True))
    pd.testing.assert_frame_equal(*found, check_dtype=False, rtol=1e-9)


@pytest.fixture
def made(few, tmp_path):
    """A store of a few orders."""
    put(tmp_path / "orders", "1", few.iloc[:-5])
    analysed(tmp_path / "orders", tmp_path / "f.json", "--store", tmp_path / "store")
    return tmp_path


def test_what_is_not_as_it_was_is_made_anew_and_said(made, few, capsys):
    put(made / "orders", "1", few.iloc[:-9])
    analysed(made / "orders", made / "f.json", "--store", made / "store")
    assert "gone or have changed" in capsys.readouterr().err
    analysed(made / "orders", made / "f.json", "--store", made / "store")
    assert "made anew" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--store", "{place}/store"), "--engine duckdb"),
        (("--engine", "spark", "--store", "{place}/store"), "--engine duckdb"),
        (("--engine", "duckdb", "--store", "{place}/orders/store"), "among the orders"),
        (("--engine", "duckdb", "--store", "{place}/orders"), "among the orders"),
        (("--engine", "duckdb", "--store", "{place}/full"), "other things"),
        (("--engine", "duckdb", "--store", "{place}/full/letter.txt"), "cannot be written"),
        (("--engine", "duckdb", "--store", "/proc/store"), "cannot be written"),
    ],
)
def test_a_store_that_cannot_be_is_refused_in_a_line(few, tmp_path, capsys, arguments, said):
    put(tmp_path / "orders", "1", few)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear …")
    asked = [str(tmp_path / "orders"), "--segment", "channel", "--json", str(tmp_path / "f.json")]
    assert main(["analyse", *asked, *(argument.format(place=tmp_path) for argument in arguments)]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("warning: ")]
    assert line.startswith("error: ")
    assert said in line
    assert (tmp_path / "full" / "letter.txt").exists()
