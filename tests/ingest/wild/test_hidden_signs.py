"""Signs nobody sees, accents in two pieces, and zeros kept by a formula."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from tests.ingest.wild.making import FEW, MANY, right, sales
from tests.ingest.wild.outcome import csv, outcome, wild

HIDDEN = ("\x1f", "\x00", "\u200b", "\u200e", "\u2060", "\ufeff", "\u00ad", "\x0b")
BLANKS = ("\u00a0", "\u2007", "\u202f", "\u2009", "\u3000")


def test_accents_and_hard_blanks_are_the_same_name():
    found = wild("m21_nfd.csv")
    assert (found.customers, found.orders) == (2, 4)
    assert found.intake.orders.table.groupby("customer_id").size().tolist() == [2, 2]


def test_a_control_sign_before_an_id():
    found = wild("m27_us.csv")
    assert (found.customers, found.orders) == (1, 2)


@pytest.mark.parametrize("sign", ["\x0b", "\x01", "\x1d"])
def test_a_control_sign_inside_a_cell_does_not_make_the_file_no_text(sign):
    lines = [f"{i},{sign if i == 3 else ''}Anna,2023-01-0{i},{i}0.50" for i in range(1, 9)]
    found = outcome(csv("Order,Customer,Date,Total", *lines), "shop.csv")
    assert (found.customers, found.orders) == (1, 8)


def test_zeros_kept_by_a_formula():
    found = wild("m22_eq.csv")
    assert (found.customers, found.orders, found.total) == (1, 2, 30.50)
    assert found.intake.orders.table["order_id"].tolist() == ["001", "002"]


def test_a_formula_may_hold_the_separator():
    rows = ['="1";="Rossi; Anna";="2023-01-05";="10,50"', '"=""2""";"=""Rossi; Anna""";2023-02-17;"20,00"']
    found = outcome(csv('="Order";="Customer";="Date";="Total"', *rows), "shop.csv")
    assert (found.customers, found.orders, found.total) == (1, 2, 30.50)


def test_a_narrow_blank_before_pm():
    found = wild("m24_nnbsp.csv")
    assert (found.customers, found.orders, found.total) == (1, 2, 30.00)


def check(some, data):
    names = {"anna": "Anaïs N. É", "bruno": "Núria B. Ö", "carla": "Zoë C. Å"}
    lines = []
    for sale in some:
        name = unicodedata.normalize(data.draw(st.sampled_from(("NFC", "NFD"))), names[sale.customer])
        name = name.replace(" ", data.draw(st.sampled_from((" ", *BLANKS))), 1)
        at = data.draw(st.sampled_from((0, len(name))))
        name = name[:at] + data.draw(st.sampled_from(("", *HIDDEN[2:], *HIDDEN[:1]))) + name[at:]
        amount = f"{sale.cents / 100:.2f}" + data.draw(st.sampled_from(("", "\u200b", "\u00a0", "\u200e")))
        day = data.draw(st.sampled_from(("", "\u200e", "\u00a0"))) + f"{sale.day:%Y-%m-%d}"
        lines.append(f"{sale.order},{name},{day},{amount}")
    found = outcome(csv("Order,Customer,Date,Total", *lines), "shop.csv")
    assert right(found, some)


@FEW
@given(some=sales(), data=st.data())
def test_what_looks_the_same_is_the_same(some, data):
    check(some, data)


@pytest.mark.slow
@MANY
@given(some=sales(), data=st.data())
def test_what_looks_the_same_is_the_same_in_many_files(some, data):
    check(some, data)
