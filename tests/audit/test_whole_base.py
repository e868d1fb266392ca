import pytest
from hypothesis import given, settings

from retention.study import Study
from tests.aggregate.shops import rows
from tests.conftest import shop

JANUARY = 12 * 2024


def test_a_base_by_hand(small_study):
    # End of February: a (last on the 10th, 3 orders) and b (15 January, once) of January, c (the 20th, once)
    found = small_study.audit.whole_base("month", JANUARY + 1)
    assert (found.customers, found.active, found.once) == (3, 2, 2)
    assert (found.net, found.unassigned) == (88.0, -7.0)  # d has but the refund
    columns = ["cohort", "customers", "active", "once", "net", "days_since"]
    assert found.table[columns].to_numpy().tolist() == [
        [JANUARY, 2, 1, 1, 25.0, (19 + 45) / 2],
        [JANUARY + 1, 1, 1, 1, 70.0, 9.0],
    ]
    assert found.table["share_of_revenue"].tolist() == pytest.approx([25 / 95, 70 / 95])
    assert found.new["net"] == 70.0


def test_what_comes_later_is_not_known_yet(small_study):
    found = small_study.audit.whole_base("month", JANUARY)
    assert found.customers == 2
    assert found.once == 1  # a bought twice in January, b once
    assert found.new["share_of_revenue"] == 1.0


def test_nobody_had_bought_yet():
    orders = shop([("a", "2024-02-05", 5)], "2024-01-01", "2024-02-29")
    assert Study(orders).audit.whole_base("month", JANUARY) is None


@settings(max_examples=6)
@given(rows)
def test_generations_make_up_the_period(history):
    study = Study(shop(history, "2024-01-01", "2024-06-30"))
    table = study.shop.flows("month").table.set_index("period")
    for month in (JANUARY + 1, JANUARY + 4):
        found = study.audit.whole_base("month", month)
        if found is None:
            continue
        assert found.table["net"].sum() + found.unassigned == pytest.approx(table["revenue"][month])
        assert found.active == table["active"][month]
        assert found.customers == table.loc[:month, "new"].sum()


def test_online_retail(retail_study):
    found = retail_study.audit.whole_base("quarter", retail_study.window.complete("quarter")[-1])
    assert found.table["customers"].iloc[0] == 885  # the quarter of December 2010
    assert found.table["share_of_revenue"].sum() == pytest.approx(1)
