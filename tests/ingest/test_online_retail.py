"""The figures of the UCI Online Retail workbook, from file to orders."""

from datetime import date, datetime

import numpy as np
import pytest

from retention.ingest import Mapping, guess, to_orders

at = datetime.fromisoformat


@pytest.fixture(scope="module")
def intake(retail_file):
    return to_orders(retail_file, guess(retail_file).mapping, now=at("2012-01-01"))


def test_the_platform_and_its_mapping(retail_file):
    found = guess(retail_file)
    assert found.platform == "uci_online_retail"
    assert found.mapping == Mapping(
        customer="CustomerID",
        order="InvoiceNo",
        date="InvoiceDate",
        quantity="Quantity",
        price="UnitPrice",
        product="Description",
    )


def test_lines_of_products_add_up_to_the_orders(intake):
    table, orders = intake.lines.table, intake.orders.table
    assert len(table) == 406_829
    sums = np.bincount(table["order"], weights=table["amount"])
    assert np.abs(sums - orders["value"].to_numpy()).max() < 1e-6


def test_rows(intake):
    account = intake.account
    assert (account.rows, account.rows_used) == (541_909, 406_829)
    assert {reason: n for reason, (n, _) in account.set_aside.items()} == {"missing_customer": 135_080}


def test_orders(intake):
    account, table = intake.account, intake.orders.table
    assert (account.purchases, account.refunds, account.zero_orders) == (18_532, 3_654, 4)
    worth = table.groupby("kind")["value"].sum()
    assert worth["purchase"] == pytest.approx(8_911_407.90, abs=0.005)
    assert worth["refund"] == pytest.approx(-611_342.09, abs=0.005)


def test_customers(intake):
    account, table = intake.account, intake.orders.table
    kinds = table.groupby("customer_id")["kind"].agg(frozenset)
    without = kinds[[("purchase" not in k) for k in kinds]]
    assert (account.customers, account.customers_without_purchase) == (4_338, 34)
    assert sum("refund" in k for k in without) == 33
    assert sum(k == {"zero"} for k in without) == 1
    assert "17850" in set(table["customer_id"])


def test_the_window(intake):
    window = intake.orders.window
    assert (window.first, window.last) == (date(2010, 12, 1), date(2011, 12, 9))


def test_orders_taken_back(intake):
    count, amount = intake.account.reversed_orders
    assert count == 158
    assert amount == pytest.approx(368_593, abs=0.5)


def test_row_numbers_lead_back_into_the_workbook(intake):
    # The first row without a customer is row 624 of the sheet: invoice 536414, product 22139.
    first = intake.account.set_aside_rows.iloc[0]
    assert (first["row"], first["InvoiceNo"], first["StockCode"]) == (624, "536414", "22139")


def test_exact_duplicates_by_another_way(retail_file, intake):
    used = retail_file.table[retail_file.table["CustomerID"].notna()]
    assert intake.account.duplicate_rows == used.duplicated().sum()
