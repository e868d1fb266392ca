"""Every export that is known on sight, from a file in its true shape to orders, without asking."""

from datetime import datetime
from pathlib import Path

import pytest

from retention.errors import DataWarning, InputError
from retention.ingest import guess, read, to_orders
from retention.ingest.mapping.exports import recognise
from retention.ingest.mapping.platforms import PLATFORMS

FILES = Path(__file__).parent / "platforms"
NOW = datetime(2025, 1, 1)  # noqa: DTZ001  local, as the files' dates are

# customer, order, date to the minute, value; then what became of the rows that made no order
EXPECTED = {
    "shopify_orders": (
        [
            ("+390110000001", "#1004", "2024-04-10 12:00", 12.5),
            ("anna.verdi@example.com", "#1001", "2024-03-05 10:12", 55.0),
            ("luca.neri@example.com", "#1002", "2024-03-31 02:29", 80.0),
            ("luca.neri@example.com", "#1002", "2024-03-31 02:29", -30.0),
            ("luca.neri@example.com", "#1005", "2024-04-20 08:59", 20.0),
        ],
        {"cancelled": 1},
    ),
    "woocommerce_analytics": (
        [
            ("Carla Bruni", "2101", "2024-02-01 10:15", 45.5),
            ("Carla Bruni", "2104", "2024-03-02 11:11", 1150.0),
            ("Dario Conti", "2102", "2024-02-03 09:00", 30.0),
            ("Dario Conti", "2102", "2024-03-09 08:00", -30.0),
        ],
        {"cancelled": 2},
    ),
    "woocommerce_orders": (
        [
            ("ada@example.com", "501", "2024-01-10 12:00", 60.0),
            ("ada@example.com", "504", "2024-02-14 10:00", 40.0),
            ("ada@example.com", "504", "2024-02-14 10:00", -40.0),
            ("ada@example.com", "506", "2024-03-02 08:00", 10.0),
            ("bruno@example.com", "502", "2024-01-12 15:30", 20.0),
            ("bruno@example.com", "505", "2024-03-01 19:45", 25.0),
        ],
        {"cancelled": 1},
    ),
    "prestashop_table": (
        [
            ("11", "1", "2024-01-05 10:00", 99.55),
            ("11", "4", "2024-02-15 08:00", 44.0),
            ("12", "2", "2024-01-17 10:30", 22.0),
        ],
        {"cancelled": 1},
    ),
    "shop_events": (
        [
            ("520088904", "4d3b30da", "2024-01-05 10:05", 143.26),
            ("530496790", "9f12aa01", "2024-02-17 09:00", 30.0),
        ],
        {"not_a_sale": 3},
    ),
    "squarespace_orders": (
        [
            ("ines@example.com", "00101", "2024-03-05 10:12", 55.0),
            ("joao@example.com", "00102", "2024-03-09 18:00", 20.5),
            ("joao@example.com", "00102", "2024-03-09 18:00", -10.0),
        ],
        {"cancelled": 1},
    ),
    "xero_invoices": (
        [
            ("Alfa Ltd", "CN-0001", "2024-01-31 00:00", -12.0),
            ("Alfa Ltd", "INV-0001", "2024-01-05 00:00", 120.0),
            ("Beta Ltd", "INV-0002", "2024-01-17 00:00", 24.6),
        ],
        {"cancelled": 2},
    ),
    "zoho_invoices": (
        [
            ("460000000000101", "460000000001001", "2024-01-05 00:00", 122.0),
            ("460000000000101", "460000000001004", "2024-02-20 00:00", 12.2),
            ("460000000000102", "460000000001002", "2024-01-17 00:00", 25.01),
            ("460000000000102", "460000000001005", "2024-03-05 00:00", 6.1),
        ],
        {"cancelled": 1},
    ),
    "wix_orders": (
        [
            ("ida@example.com", "10001", "2023-12-08 00:00", 28.0),
            ("leo@example.com", "10002", "2023-12-28 00:00", 10.0),
            ("leo@example.com", "10002", "2023-12-28 00:00", -4.0),
        ],
        {"cancelled": 1},
    ),
    "square_items": (
        [
            ("CUST1", "TXA", "2024-01-05 00:00", 45.0),
            ("CUST1", "TXA", "2024-01-12 00:00", -12.0),
            ("CUST2", "TXC", "2024-02-13 00:00", 12.0),
        ],
        {"missing_customer": 1},
    ),
    "square_transactions": (
        [
            ("CUST1", "TXA", "2024-01-05 00:00", 31.16),
            ("CUST2", "TXB", "2024-02-13 00:00", 12.96),
            ("CUST2", "TXB", "2024-02-20 00:00", -12.96),
        ],
        {"missing_customer": 1},
    ),
    "odoo_orders": (
        [
            ("Alfa srl", "S00001", "2024-01-05 09:30", 100.0),
            ("Beta srl", "S00003", "2024-02-20 15:45", 20.0),
        ],
        {"cancelled": 3},
    ),
    "ebay_orders": (
        [
            ("pino77", "10-00001-00002", "2024-01-17 00:00", 55.0),
            ("rosa_b", "10-00001-00001", "2024-01-05 00:00", 35.0),
            ("rosa_b", "10-00001-00003", "2024-02-20 00:00", 12.0),
        ],
        {},
    ),
    "prestashop_orders": (
        [
            ("P. Marino", "11", "2024-05-02 10:00", 29.0),
            ("P. Marino", "15", "2024-06-03 16:20", 20.9),
            ("P. Marino", "15", "2024-06-03 16:20", -20.9),
            ("S. Blanc", "12", "2024-05-03 11:30", 1061.3),
            ("S. Blanc", "16", "2024-06-13 18:00", 75.0),
        ],
        {"cancelled": 2},
    ),
    "prestashop_orders_it": (
        [
            ("M. Ferri", "21", "2024-05-02 10:00", 35.0),
            ("M. Ferri", "25", "2024-06-06 16:20", 41.2),
            ("M. Ferri", "25", "2024-06-06 16:20", -41.2),
            ("T. Greco", "22", "2024-05-03 11:30", 1280.5),
            ("T. Greco", "26", "2024-06-07 18:00", 9.9),
        ],
        {"cancelled": 2},
    ),
    "magento_orders": (
        [
            ("gina@example.com", "000000101", "2024-03-05 10:15", 120.0),
            ("gina@example.com", "000000104", "2024-04-01 12:30", 1000.0),
            ("gina@example.com", "000000104", "2024-04-01 12:30", -100.0),
            ("hugo@example.com", "000000102", "2024-03-06 13:05", 80.0),
            ("hugo@example.com", "000000102", "2024-03-06 13:05", -80.0),
        ],
        {"cancelled": 2},
    ),
    "stripe_payments": (
        [
            ("nora@example.com", "ch_001", "2024-03-05 10:12", 49.0),
            ("nora@example.com", "ch_004", "2024-04-05 10:12", 49.0),
            ("nora@example.com", "ch_004", "2024-04-05 10:12", -10.0),
            ("nora@example.com", "ch_005", "2024-04-09 08:00", 1250.0),
            ("otto@example.com", "ch_002", "2024-03-06 11:00", 55.2),
            ("otto@example.com", "ch_002", "2024-03-06 11:00", -55.2),
        ],
        {"cancelled": 1},
    ),
    "stripe_payments_old": (
        [
            ("quinto@example.com", "ch_101", "2019-03-05 10:12", 25.0),
            ("quinto@example.com", "ch_104", "2019-04-01 18:45", 30.5),
            ("rita@example.com", "ch_103", "2019-03-06 09:00", 25.0),
            ("rita@example.com", "ch_103", "2019-03-06 09:00", -25.0),
        ],
        {"cancelled": 1},
    ),
    "paypal_it": (
        [
            ("sara@example.com", "1AA11111AA111111A", "2024-03-05 00:00", 1049.0),
            ("sara@example.com", "8HH88888HH888888H", "2024-04-12 00:00", 25.0),
            ("tito@example.com", "2BB22222BB222222B", "2024-03-06 00:00", 30.5),
            ("tito@example.com", "3CC33333CC333333C", "2024-03-07 00:00", -30.5),
        ],
        {"cancelled": 1, "not_a_sale": 3},
    ),
    "paypal": (
        [
            ("uma@example.com", "1AA11111AA111111A", "2024-03-25 00:00", 1049.0),
            ("vic@example.com", "2BB22222BB222222B", "2024-04-06 00:00", 30.5),
            ("vic@example.com", "3CC33333CC333333C", "2024-04-07 00:00", -30.5),
        ],
        {"not_a_sale": 2},
    ),
    "amazon_orders": (
        [
            ("w1abc@marketplace.example", "404-0000001-0000001", "2024-03-05 10:12", 14.4),
            ("w1abc@marketplace.example", "404-0000003-0000003", "2024-04-20 07:00", 2.2),
            ("x2def@marketplace.example", "404-0000002-0000002", "2024-04-01 22:59", 3.3),
        ],
        {},
    ),
    "etsy_orders": (
        [
            ("yaracosta", "3000000001", "2024-03-05 00:00", 55.0),
            ("yaracosta", "3000000003", "2024-06-10 00:00", 15.0),
            ("zenod", "3000000002", "2024-04-11 00:00", 30.0),
        ],
        {},
    ),
    "etsy_order_items": (
        [
            ("Yara Costa (yaracosta)", "3000000001", "2024-03-05 00:00", 50.0),
            ("Zeno Dorsi (zenod)", "3000000002", "2024-04-11 00:00", 30.0),
        ],
        {},
    ),
    "bigcommerce_orders": (
        [
            ("alba@example.com", "100", "2024-03-05 00:00", 75.0),
            ("brio@example.com", "101", "2024-03-14 00:00", 25.0),
            ("brio@example.com", "101", "2024-03-14 00:00", -12.5),
            ("cloe@example.com", "103", "2024-04-03 00:00", 40.0),
        ],
        {"cancelled": 2},
    ),
    "uci_online_retail": (
        [
            ("12583", "536370", "2010-12-13 08:45", 90.0),
            ("17850", "536365", "2010-12-01 08:26", 35.64),
            ("17850", "C536379", "2010-12-14 09:41", -27.5),
        ],
        {"missing_customer": 1},
    ),
}
CURRENCIES = {"uci_online_retail": None, "paypal": "USD", "xero_invoices": "GBP"}
CURRENCIES |= {"prestashop_table": None, "shop_events": None}
CURRENCIES |= {"square_items": "$", "square_transactions": "$"}
WITHOUT_TAX = {"square_items", "odoo_orders"}
IN_UTC = {"stripe_payments", "stripe_payments_old", "amazon_orders", "shop_events", "squarespace_orders"}
BY_NAME = {"woocommerce_analytics": "Customer", "prestashop_orders": "Customer"}
BY_NAME["prestashop_orders_it"] = "Cliente"


def opened(platform):
    path = next(FILES.glob(f"{platform}.*"))
    return read(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def understood():
    """What each file is taken for, read once."""
    found = {}

    def understand(platform):
        if platform not in found:
            raw = opened(platform)
            guessed = guess(raw)
            found[platform] = raw, guessed, to_orders(raw, guessed.mapping, now=NOW)
        return found[platform]

    return understand


def test_there_is_a_file_of_every_export():
    assert {path.stem for path in FILES.iterdir()} == {platform.code for platform in PLATFORMS}
    assert EXPECTED.keys() == {platform.code for platform in PLATFORMS if not platform.no_buyer}


@pytest.mark.parametrize("platform", EXPECTED)
def test_the_export_is_recognised_and_nothing_is_asked(understood, platform):
    _, guessed, _ = understood(platform)
    assert (guessed.platform, guessed.questions, guessed.missing) == (platform, (), ())
    assert set(guessed.confidence.values()) == {1.0}


@pytest.mark.parametrize("platform", EXPECTED)
def test_its_orders_are_those_a_person_would_read(understood, platform):
    _, _, intake = understood(platform)
    table = intake.orders.table.sort_values(
        ["customer_id", "order_id", "value"], ascending=[True, True, False]
    )
    found = [(r.customer_id, r.order_id, f"{r.date:%Y-%m-%d %H:%M}", r.value) for r in table.itertuples()]
    assert found == EXPECTED[platform][0]


@pytest.mark.parametrize("platform", EXPECTED)
def test_its_other_rows_are_accounted_for(understood, platform):
    raw, _, intake = understood(platform)
    account, expected = intake.account, EXPECTED[platform][1]
    aside = {reason: rows for reason, (rows, _) in account.set_aside.items()}
    assert ({"cancelled": account.cancelled} if account.cancelled else {}) | aside == expected
    assert account.rows == len(raw.table) == account.rows_used + sum(expected.values())
    assert account.rows_read == account.rows + sum(raw.not_data.values())


@pytest.mark.parametrize("platform", EXPECTED)
def test_its_currency_is_told(understood, platform):
    assert understood(platform)[2].orders.currency == CURRENCIES.get(platform, "EUR")


@pytest.mark.parametrize("platform", EXPECTED)
def test_its_caveats_are_said(understood, platform):
    _, guessed, intake = understood(platform)
    said = {warning.code for warning in intake.warnings}
    assert ("times_in_utc" in said) == (platform in IN_UTC)
    if platform in BY_NAME:
        details = {"platform": platform, "column": BY_NAME[platform]}
        assert DataWarning("customers_by_name_only", details) in intake.warnings
    else:
        assert "customers_by_name_only" not in said
    assert ("amount_without_tax_and_shipping" in said) == (platform == "woocommerce_analytics")
    assert ("amount_without_tax" in said) == (platform in WITHOUT_TAX)
    assert not said & {"date_order_assumed", "decimal_assumed", "unknown_status_words"}, guessed.mapping


def test_an_export_without_a_buyer_is_refused_with_its_reason():
    with pytest.raises(InputError) as caught:
        guess(opened("amazon_all_orders"))
    assert (caught.value.code, caught.value.details) == ("no_buyer", {"platform": "amazon_all_orders"})


def test_it_can_be_used_by_who_names_a_column_that_stands_for_the_buyer():
    found = guess(opened("amazon_all_orders"), customer="ship-postal-code")
    assert (found.platform, found.mapping.customer) == (None, "ship-postal-code")


def test_line_items_do_not_multiply_an_orders_total(understood):
    raw, _, intake = understood("shopify_orders")
    assert raw.table["Name"].tolist().count("#1001") == 2
    assert intake.account.money["used"] == pytest.approx(55 + 80 - 30 + 12.5 + 20)
    assert intake.account.purchases == 4


PRODUCTS = {  # lines with a product: how many, what they come to, and the pieces
    "squarespace_orders": (3, 70.5, 4),
    "wix_orders": (3, 33.0, 4),
    "square_items": (4, 45.0, 3),
    "odoo_orders": (3, 120.0, 3),
    "xero_invoices": (4, 110.5, 4),
    "zoho_invoices": (5, 135.5, 7),
}


@pytest.mark.parametrize("platform", PRODUCTS)
def test_its_lines_are_kept_by_product(understood, platform):
    table = understood(platform)[2].lines.table.dropna(subset="product")
    found = len(table), round(table["amount"].sum(), 2), table["quantity"].sum()
    assert found == PRODUCTS[platform]


def test_what_was_cancelled_is_told_by_the_files_own_words(understood):
    assert understood("woocommerce_analytics")[2].account.cancelled_by == {"cancelled": 1, "on-hold": 1}


def test_capitals_and_blanks_in_headings_do_not_matter():
    headings = [
        name.upper() for platform in PLATFORMS for name in platform.headings if platform.code == "paypal"
    ]
    platform, mapping = recognise([f" {name} " for name in headings])
    assert (platform.code, mapping.amount) == ("paypal", " GROSS ")


def test_a_given_amount_of_a_line_item_export_is_each_rows():
    raw = opened("shopify_orders")
    found = guess(raw, amount="Lineitem price")
    assert found.mapping.once_per_order is False
