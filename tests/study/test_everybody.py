"""Customers a page at a time: what one table of all would hold, in a total order, each of them once."""

from dataclasses import replace

import pandas as pd
import pytest

from retention import ingest
from retention.engines.in_duckdb import DuckDB
from retention.lifetime_value import Wanted
from retention.study import ORDERS, Study

QUICK = Wanted("mbg_nbd", 1, season=False)


@pytest.fixture(scope="module")
def orders():
    raw = ingest.open_sample("shop")
    return ingest.to_orders(raw, ingest.guess(raw).mapping).orders


@pytest.fixture(scope="module")
def studies(orders):
    """The sample shop told one by one in memory, and alike where DuckDB has it."""
    with DuckDB() as engine:
        there = Study(replace(orders, table=engine.beside(orders.table), engine=engine))
        there.most_one_by_one = 100
        yield Study(orders), there


def everybody(study, margin=1.0):
    return study.everybody(study.value(QUICK, margin=margin))


def test_every_page_together_is_every_customer_once(studies):
    there = everybody(studies[1])
    pages = [there.listed(page=page, size=1000) for page in range(1, 6)]
    assert [(each.first, each.last, each.page, each.pages) for each in pages][-1] == (4001, 4800, 5, 5)
    assert {each.customers for each in pages} == {4800}
    ids = pd.concat([each.table["customer_id"] for each in pages])
    assert sorted(ids) == sorted(studies[0].tables.customers()["customer_id"])


@pytest.mark.parametrize("order", ORDERS)
def test_pages_are_sorted_and_who_is_alike_stands_by_id(studies, order):
    table = everybody(studies[1]).listed(order, size=4800).table
    expected = table.sort_values([order, "customer_id"], ascending=[False, True], ignore_index=True)
    pd.testing.assert_frame_equal(table, expected)


def test_what_is_told_of_each_is_what_one_table_tells(studies):
    here = studies[0].value(QUICK).ranked().set_index("customer_id").sort_index()
    there = everybody(studies[1]).listed(size=4800).table.set_index("customer_id").sort_index()
    for name in ("orders", "revenue", "revenue_net", "first_day", "last_day", "x"):
        pd.testing.assert_series_equal(there[name], here[name], check_dtype=False, rtol=1e-9)
    for name in ("clv", "value_at_risk", "expected_purchases"):  # told by weeks
        assert there[name].sum() == pytest.approx(here[name].sum(), rel=5e-3)
        assert there[name].corr(here[name]) > 0.999


def test_at_another_margin_only_money_moves(studies):
    whole, part = (everybody(studies[1], margin).listed() for margin in (1.0, 0.25))
    assert part.table["clv"].tolist() == pytest.approx((0.25 * whole.table["clv"]).tolist())
    assert part.table["revenue"].tolist() == whole.table["revenue"].tolist()
    ends = [everybody(studies[1], margin).intervals(whole.table) for margin in (1.0, 0.25)]
    assert ends[1]["clv_high"].tolist() == pytest.approx((0.25 * ends[0]["clv_high"]).tolist())


def test_those_looked_for_are_found_by_a_part_of_their_id_and_nothing_is_run_of_it(studies):
    there = everybody(studies[1])
    ids = studies[0].tables.customers()["customer_id"]
    some = ids.iloc[7]
    assert there.listed(typed=some.swapcase()).table["customer_id"].tolist() == [some]
    part = some[-2:]
    assert there.listed(typed=part).customers == ids.str.contains(part, regex=False, case=False).sum()
    for hostile in ("'; DROP TABLE x; --", "{rows}", "%", "_", "' OR '1'='1"):
        assert there.listed(typed=hostile).customers == ids.str.contains(hostile, regex=False).sum()


def test_a_page_there_is_not_is_the_last_one(studies):
    there = everybody(studies[1])
    assert there.listed(page=10**6).page == 48
    assert there.listed(page=-3).page == 1
    nobody = there.listed(typed="nobody is called that")
    assert (nobody.customers, nobody.page, nobody.pages, len(nobody.table)) == (0, 1, 1, 0)


def test_the_first_of_them_are_taken_along(studies, monkeypatch):
    from retention.study import everybody as module  # noqa: PLC0415

    monkeypatch.setattr(module, "MOST_TAKEN", 250)
    there = everybody(studies[1])
    assert (
        there.best("revenue_net")["customer_id"].tolist()
        == there.listed("revenue_net", size=250).table["customer_id"].tolist()
    )


def test_pages_leave_nothing_behind_in_the_engine(studies):
    there, engine = everybody(studies[1]), studies[1].purchases.engine
    there.listed()
    views = "SELECT count(*) FROM duckdb_views() WHERE NOT internal"
    before = engine.connection.execute(views).fetchall()
    there.listed(page=2)
    assert engine.connection.execute(views).fetchall() == before
