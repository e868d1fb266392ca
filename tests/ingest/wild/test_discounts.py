"""List prices with a discount, as a share, a percentage or money, or with a net price beside them."""

import pytest
from hypothesis import given, settings, strategies as st

from tests.ingest.wild.making import FEW, MANY
from tests.ingest.wild.outcome import csv, outcome

# Quantity, price and discount in one language; the last two headings tell what the discount is.
HEADINGS = {
    "it": ("Quantità", ("Prezzo unitario", "Prezzo di listino", "Listino"), "Sconto", "Sconto %"),
    "en": ("Quantity", ("Unit price", "List price", "RRP"), "Discount", "Discount %"),
    "de": ("Menge", ("Einzelpreis", "Listenpreis", "UVP"), "Rabatt", "Rabatt in %"),
    "fr": ("Quantité", ("Prix unitaire", "Prix catalogue", "Tarif"), "Remise", "Remise (%)"),
    "es": ("Cantidad", ("Precio unitario", "PVP", "Tarifa"), "Descuento", "Dto. %"),
    "pt": ("Quantidade", ("Preço unitário", "Preço de tabela", "PVP"), "Desconto", "Desconto %"),
}
NETS = ("Prezzo netto", "Net price", "Nettopreis", "Prix net", "Precio neto", "Preço líquido")


@st.composite
def shops(draw):
    """Lines of a shop: language, price, how the discount is written, and (pieces, cents, percent) of each."""
    language = draw(st.sampled_from(sorted(HEADINGS)))
    price = draw(st.sampled_from(HEADINGS[language][1]))
    how = draw(st.sampled_from(["share", "percent", "sign", "money", "net"]))
    some = st.tuples(st.integers(1, 9), st.integers(5, 500), st.sampled_from([0, 5, 10, 20, 25, 40, 50]))
    lines = draw(st.lists(some, min_size=3, max_size=15).filter(lambda some: any(off for *_, off in some)))
    return language, price, how, [(pieces, 20 * cents, off) for pieces, cents, off in lines]


def written(how, pieces, cents, off):
    """A cell of the discount, and what the line comes to in cents."""
    worth = pieces * cents * (100 - off) // 100
    cell = {
        "share": f"{off / 100}",
        "percent": f"{off}",
        "sign": f"{off}%",
        "money": f"{(pieces * cents - worth) / 100:.2f}",
        "net": f"{cents * (100 - off) / 10_000:.2f}",
    }
    return cell[how], worth


def check(shop):
    language, price, how, goods = shop
    quantity, _, plain, percent = HEADINGS[language]
    heading = {"percent": percent, "net": NETS[list(HEADINGS).index(language)]}.get(how, plain)
    cells = [written(how, *line) for line in goods]
    rows = [
        f"{i},c{i % 3},2023-{1 + i % 12:02}-{1 + i % 28:02},{pieces},{cents / 100:.2f},{cell}"
        for i, ((pieces, cents, _), (cell, _)) in enumerate(zip(goods, cells, strict=True))
    ]
    found = outcome(csv(f"Order,Customer,Date,{quantity},{price},{heading}", *rows), "lines.csv")
    total = round(sum(worth for _, worth in cells) / 100, 2)
    assert (found.orders, found.total) == (len(goods), total) or "discount_assumed" in found.said


@FEW
@given(shops())
def test_a_discount_is_taken_off_once(shop):
    check(shop)


@pytest.mark.slow
@settings(MANY, max_examples=400)
@given(shops())
def test_a_discount_is_taken_off_once_in_many_files(shop):
    check(shop)
