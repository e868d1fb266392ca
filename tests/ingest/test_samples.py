from datetime import date, datetime

import pytest

from retention.errors import InputError
from retention.ingest import Mapping, guess, open_sample, read_spend, sample_spend, to_orders

at = datetime.fromisoformat

NOW = at("2025-06-01")


@pytest.mark.parametrize(("zero_orders", "customers"), [("keep", 2_357), ("leave-out", 2_349)])
def test_cdnow_customers(zero_orders, customers):
    raw = open_sample("cdnow")
    found = guess(raw)
    assert found.mapping == Mapping("customer_id", "date", amount="amount")
    result = to_orders(raw, found.mapping, zero_orders=zero_orders, now=NOW)
    assert result.account.customers == customers
    assert (result.orders.window.first, result.orders.window.last) == (date(1997, 1, 1), date(1998, 6, 30))


@pytest.mark.parametrize(("sample", "currency"), [("shop", "EUR"), ("cdnow", "USD")])
def test_what_a_sample_is_paid_in_is_known(sample, currency):
    raw = open_sample(sample)
    mapping = guess(raw).mapping
    assert to_orders(raw, mapping, now=NOW).orders.currency == currency
    with pytest.raises(InputError, match="no_such_currency"):
        to_orders(raw, mapping, currency="GBP", now=NOW)


def test_cdnow_purchase_days_of_the_holdout():
    raw = open_sample("cdnow")
    table = to_orders(raw, guess(raw).mapping, zero_orders="keep", now=NOW).orders.table
    assert (table["date"] > "1997-09-30").sum() == 1_882


def test_the_shop_is_read_by_its_italian_headings():
    raw = open_sample("shop")
    found = guess(raw)
    assert found.mapping == Mapping(
        "Codice cliente",
        "Data ordine",
        order="Numero ordine",
        amount="Totale ordine",
        segment="Canale",
        segment_2="Regione",
        currency="Valuta",
        product="Prodotto",
    )
    result = to_orders(raw, found.mapping, now=NOW)
    assert result.warnings == ()
    assert (result.orders.window.first, result.orders.window.last) == (date(2022, 1, 1), date(2024, 12, 31))


def test_the_shops_spend_is_read_whole():
    spend = read_spend(sample_spend())
    assert spend.set_aside == {}
    assert spend.table["month"].nunique() == 36
    assert set(spend.table["purpose"]) == {"acquisition", "retention"}


def test_a_sample_that_does_not_exist():
    with pytest.raises(InputError) as caught:
        open_sample("atlantis")
    assert (caught.value.code, caught.value.details) == ("no_such_sample", {"sample": "atlantis"})
