"""What brings customers back, on the samples and against code of its own."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention import ingest
from retention.errors import InputError
from retention.statistics import holm
from retention.study import Study


@pytest.fixture(scope="module")
def shop():
    raw = ingest.open_sample("shop")
    return ingest.to_orders(raw, ingest.guess(raw).mapping)


@pytest.fixture(scope="module")
def study(shop):
    return Study(shop.orders, shop.lines)


def plainly(intake, left_out, days):
    """Of each first product, customers followed and back in these days, from the lines and orders."""
    orders = intake.orders.table
    bought = orders[orders["kind"] == "purchase"].reset_index(names="order")
    in_turn = ["customer_id", "date", "value"]
    bought = bought.sort_values(in_turn, ascending=[True, True, False], kind="stable")
    bought["day"] = bought["date"].dt.normalize()
    bought["next"] = bought.groupby("customer_id")["day"].shift(-1)
    first = bought.drop_duplicates("customer_id").copy()
    first["followed"] = (pd.Timestamp(intake.orders.window.last) - first["day"]).dt.days >= days
    first["back"] = first["followed"] & ((first["next"] - first["day"]).dt.days <= days)
    lines = intake.lines.table
    lines = lines[~lines["product"].isin(left_out) & lines["product"].notna()]
    held = lines.groupby(["order", "product"], observed=True)["amount"].sum()
    held = held[held > -0.005].reset_index()
    each = held.merge(first, on="order")
    everybody = first[first["order"].isin(held["order"])]
    counts = each.groupby("product", observed=True).agg(
        customers=("back", "size"), watched=("followed", "sum"), repeated=("back", "sum")
    )
    return counts[counts["customers"] >= 30], everybody


def agree(found, intake, left_out):
    counts, everybody = plainly(intake, left_out, found.days)
    table = found.table.dropna(subset="product").set_index("product")
    assert set(table.index) == set(counts.index)
    assert (table.loc[counts.index, ["customers", "watched", "repeated"]] == counts).all(axis=None)
    assert found.customers == len(everybody)
    others = everybody[["followed", "back"]].sum()
    chosen = table.dropna(subset="p").head(20)
    for name, row in chosen.iterrows():
        rest = others["followed"] - row["watched"], others["back"] - row["repeated"]
        assert row["other_rate"] == pytest.approx(rest[1] / rest[0]), name
        cells = [[row["repeated"], row["watched"] - row["repeated"]], [rest[1], rest[0] - rest[1]]]
        if stats.contingency.expected_freq(cells).min() >= 5:
            expected = stats.chi2_contingency(cells, correction=False).pvalue
            assert row["p"] == pytest.approx(expected), name
    assert found.table["corrected_p"].dropna().tolist() == pytest.approx(
        holm(found.table["p"].dropna()).tolist()
    )


def test_first_products_of_the_sample_are_as_counted_plainly(shop, study):
    found = study.products().first()
    assert (found.days, found.months, found.compared, found.few) == (180, 12, 24, 1)
    agree(found, shop, ())
    assert found.best is None  # what sells first says nothing of who comes back in this made-up shop


def test_first_products_of_online_retail_are_as_counted_plainly(online_retail):
    study = Study(online_retail.orders, online_retail.lines)
    products = study.products()
    assert {"POSTAGE": 1196, "Manual": 465, "Discount": 77}.items() <= products.lines_left_out().items()
    found = products.first()
    assert (found.days, found.months, found.unnamed) == (180, 6, 8)
    agree(found, online_retail, products.left_out)
    assert found.best["product"] == "PACK OF 60 SPACEBOY CAKE CASES"
    assert found.worst is None


def test_the_sample_sells_the_same_again(study):
    found = study.products().following(1)
    assert (found.strongest["product"], found.strongest["following"]) == ("Cesto degustazione",) * 2
    table = study.products().followers()
    assert table.groupby("step")["customers"].max().is_monotonic_decreasing


def test_postage_counts_as_a_product_only_where_asked_for(online_retail):
    study = Study(online_retail.orders, online_retail.lines)
    assert "POSTAGE" in set(study.products(()).first().table["product"])
    assert "POSTAGE" not in set(study.products().first().table["product"])


def test_a_name_the_file_does_not_have_is_refused(study):
    assert study.products().but_for(("Barolo",), fees_too=True) == ("Barolo",)
    assert "Barolo" not in set(study.products(("Barolo",)).first().table["product"].dropna())
    with pytest.raises(InputError, match="no_such_product"):
        study.products().but_for(("barolo",), fees_too=True)


def test_cohorts_have_a_row_for_each_main_product(study):
    table = study.products().cohorts("month")
    won = table.cells[table.cells["age"] == 0]
    assert won["size"].sum() == study.tables.customers().shape[0]
    assert won.set_index("cohort").loc["Cesto degustazione", "size"] == 553


def test_left_truncated_customers_can_be_left_out(study):
    part = study.counted(leave_out_left_truncated=True)
    assert part.products().first().customers == len(part.tables.customers())


def test_breadth_makes_who_buys_one_thing_only_less_loyal(shop, study):
    value = study.value()
    known = study.customers(value).loyalty().table
    unknown = Study(shop.orders).customers(value).loyalty().table
    assert unknown["breadth"].isna().all()
    assert known["breadth"].notna().sum() == (study.tables.customers()["orders"] > 1).sum()
    both = known["index"].notna()
    narrow = both & (known["breadth"] < known["breadth"].median())
    fall = unknown["index"] - known["index"]
    assert fall[narrow].mean() > fall[both & ~narrow].mean()
    expected = known[["p_alive", "steadiness", "breadth"]].mean(axis=1, skipna=False)
    assert np.allclose(known.loc[both, "index"], expected[both])


def test_the_loyal_are_compared_with_all_others(study):
    customers = study.customers(study.value())
    found = study.products().loyal(customers)
    assert found.loyal == customers.loyalty().counts["loyal"]
    assert found.loyal + found.others == len(customers.people())


def test_without_products_there_is_nothing(shop):
    assert not Study(shop.orders).products().known
