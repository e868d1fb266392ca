"""Columns of currencies in six languages: several are never added."""

import pytest
from hypothesis import given, strategies as st

from tests.ingest.wild.making import FEW, MANY, figures, sales, truth
from tests.ingest.wild.outcome import csv, outcome

HEADINGS = ["Valuta", "Currency", "Währung", "Devise", "Divisa", "Moneda", "Moeda", "Währungscode"]
WRITINGS = {"EUR": ["EUR", "eur", "€", "Euro"], "USD": ["USD", "usd", "US$"], "CHF": ["CHF", "chf"]}


def check(some, heading, others, data):
    codes = data.draw(st.lists(st.sampled_from(["EUR", *others]), min_size=len(some), max_size=len(some)))
    cells = [data.draw(st.sampled_from(WRITINGS[code])) for code in codes]
    lines = [
        f"{sale.order},{sale.customer},{sale.day},{sale.cents / 100:.2f},{cell}"
        for sale, cell in zip(some, cells, strict=True)
    ]
    content = csv(f"Order,Customer,Date,Total,{heading}", *lines)
    found = outcome(content, "shop.csv")
    if len({*codes}) == 1:
        assert figures(found) == truth(some)
        return
    assert found.refused == "several_currencies"
    chosen = data.draw(st.sampled_from(sorted({*codes})))
    those = [sale for sale, code in zip(some, codes, strict=True) if code == chosen]
    assert figures(outcome(content, "shop.csv", currency=chosen)) == truth(those)


SHAPES = {
    "some": sales(),
    "heading": st.sampled_from(HEADINGS),
    "others": st.sampled_from([(), ("USD",), ("USD", "CHF")]),
}


@FEW
@given(data=st.data(), **SHAPES)
def test_currencies_are_never_added(some, heading, others, data):
    check(some, heading, others, data)


@pytest.mark.slow
@MANY
@given(data=st.data(), **SHAPES)
def test_currencies_are_never_added_in_many_files(some, heading, others, data):
    check(some, heading, others, data)
