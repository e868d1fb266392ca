"""Amounts as tills and shops write them: a dash for no cents, lakhs and crores."""

import pytest
from hypothesis import given, strategies as st

from tests.ingest.wild.making import FEW, MANY, right, sales
from tests.ingest.wild.outcome import csv, outcome, wild

DASHES = ("-", "--", "–", "—")


@pytest.mark.parametrize(
    ("name", "orders", "total"),
    [("m04_dash.csv", 4, 1305.40), ("m04b_swiss.csv", 3, 1274.50), ("m13_lakh.csv", 4, 139_170.00)],
)
def test_small_files(name, orders, total):
    found = wild(name)
    assert (found.orders, found.total, found.refunds) == (orders, total, 0)


def grouped(whole: int, sign: str, first: int = 3, then: int = 3) -> str:
    text = str(whole)
    parts, text = [text[-first:]], text[:-first]
    while text:
        parts, text = [text[-then:], *parts], text[:-then]
    return sign.join(parts)


def without_cents(sale, style) -> str:
    whole, cents = divmod(sale.cents, 100)
    if style == "swiss":
        return f"CHF {grouped(whole, chr(39))}." + (f"{cents:02}" if cents else "-")
    if style == "indian":
        return f"₹{grouped(whole, ',', 3, 2)}" + (f".{cents:02}" if cents else "/-")
    return f"{grouped(whole, '.')}," + (f"{cents:02}" if cents else style) + " €"


def check(some, style):
    lines = [
        f'{sale.order};{sale.customer};{sale.day:%Y-%m-%d};"{without_cents(sale, style)}"' for sale in some
    ]
    found = outcome(csv("Order;Customer;Date;Total", *lines), "shop.csv")
    assert right(found, some, "decimal")
    assert not found.refunds


SHAPES = {"some": sales() | sales(whole=True), "style": st.sampled_from(("swiss", "indian", *DASHES))}


@FEW
@given(**SHAPES)
def test_a_dash_for_no_cents_is_never_a_minus(some, style):
    check(some, style)


@pytest.mark.slow
@MANY
@given(**SHAPES)
def test_a_dash_for_no_cents_is_never_a_minus_in_many_files(some, style):
    check(some, style)
