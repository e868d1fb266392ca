"""What customers buy first, next and all along, counted: by hand, and by plain Python over random baskets."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from retention import aggregate
from retention.aggregate import EVERYBODY, OTHERS
from tests.conftest import shop

# Six customers over 60 days: oil, wine and ham; postage is no product
ROWS = [
    ("a", "2024-01-01", 30),  # oil and wine, and postage
    ("a", "2024-01-11", 10),  # oil: after 10 days
    ("a", "2024-01-21", 10),  # wine
    ("b", "2024-01-02", 20),  # wine
    ("b", "2024-02-20", 20),  # oil: after 49 days
    ("c", "2024-01-03", 5),  # oil
    ("d", "2024-01-04", 7),  # ham alone
    ("d", "2024-01-04", 6),  # ham: the same day
    ("e", "2024-02-25", 9),  # oil, too late to be followed
    ("f", "2024-01-05", 4),  # names no product
    ("a", "2024-01-25", -3),  # a refund
]
HELD = [
    (0, "oil", 20.0), (0, "wine", 8.0), (0, "postage", 2.0), (1, "oil", 10.0), (2, "wine", 10.0),
    (3, "wine", 20.0), (4, "oil", 20.0), (5, "oil", 5.0), (6, "ham", 7.0), (7, "ham", 6.0),
    (8, "oil", 9.0), (9, None, 4.0), (10, "wine", -3.0),
]  # fmt: skip
HAM, OIL, WINE = 0, 1, 3  # by name; postage is 2


def lines(held=HELD):
    order, product, amount = zip(*held, strict=True)
    return pd.DataFrame(
        {"order": order, "product": pd.Categorical(product), "amount": np.array(amount, dtype=float)}
    )


@pytest.fixture(scope="module")
def held():
    purchases = aggregate.prepare(shop(ROWS, "2024-01-01", "2024-03-01"))
    return aggregate.baskets(purchases, lines(), frozenset({"postage"}))


def rows(table):
    return [tuple(row) for row in table.itertuples(index=False)]


def test_a_basket_holds_each_product_once_and_no_postage(held):
    first = held.table[held.table["customer"] == 0]
    assert rows(first[["number", "product", "amount"]]) == [
        (1, OIL, 20),
        (1, WINE, 8),
        (2, OIL, 10),
        (3, WINE, 10),
    ]
    assert held.names.tolist() == ["ham", "oil", "postage", "wine"]
    assert held.numbers_of({"wine", "ham", "nothing"}) == [HAM, WINE]
    assert 5 not in held.table["customer"].tolist()


def test_what_came_back_in_the_same_order_was_not_bought():
    purchases = aggregate.prepare(shop([("a", "2024-01-01", 5)], "2024-01-01", "2024-01-02"))
    back = [(0, "cup", 5.0), (0, "cup", 1.0), (0, "plate", 2.0), (0, "plate", -3.0), (0, "bag", 0.0)]
    found = aggregate.baskets(purchases, lines(back), frozenset())
    assert rows(found.table[["product", "amount"]]) == [(0, 0.0), (1, 6.0)]  # a free bag was bought


def test_amounts_that_are_not_known_do_not_matter():
    purchases = aggregate.prepare(shop([("a", "2024-01-01", 5)], "2024-01-01", "2024-01-02"))
    found = aggregate.baskets(purchases, lines([(0, "cup", np.nan), (0, "bag", np.nan)]), frozenset())
    assert found.table["product"].tolist() == [0, 1]


def test_who_bought_what_first_by_hand(held):
    assert rows(aggregate.first_buyers(held)) == [(EVERYBODY, 5), (HAM, 1), (OIL, 3), (WINE, 2)]
    assert rows(aggregate.bought(held)) == [(HAM, 1, 2), (OIL, 4, 5), (WINE, 2, 3)]


def test_who_came_back_by_first_product_by_hand(held):
    """Within 20 days: a after 10, d on the day itself; b after 49 is too late, e is not followed so long."""
    found = aggregate.first_outcomes(held, [OIL, WINE], 20)
    assert rows(found) == [(OTHERS, 1, 1, 1), (EVERYBODY, 5, 4, 2), (OIL, 3, 2, 1), (WINE, 2, 2, 1)]
    waits = aggregate.days_to_second(held, [OIL, WINE], 20)
    assert rows(waits) == [(OTHERS, 0, 1), (EVERYBODY, 0, 1), (EVERYBODY, 10, 1), (OIL, 10, 1), (WINE, 10, 1)]


def test_what_first_buyers_are_worth_by_hand(held):
    """One month of 30.4375 days, seen of all but e: a 30 + 10 + 10 − 3, b 20, c 5, d 13."""
    found = aggregate.first_values(held, [OIL], 1)
    sums = found.groupby("product")[["customers", "value"]].sum()
    assert {n: tuple(row) for n, row in sums.iterrows()} == {
        OIL: (2, 52),
        OTHERS: (2, 33),
        EVERYBODY: (4, 85),
    }
    of_oil = found[found["product"] == OIL]
    assert sorted(of_oil["value"]) == [5, 47]
    assert of_oil["level"].tolist() == [np.floor(np.log(value) / np.log(1.01)) for value in (5, 47)]


def test_which_product_follows_which_by_hand(held):
    """First to second: a oil + wine → oil, b wine → oil, d ham → ham; second to third: a oil → wine."""
    found = {row[:3]: row[3] for row in rows(aggregate.followers(held, [HAM, OIL, WINE]))}
    first = {(p, f): n for (step, p, f), n in found.items() if step == 1}
    assert first == {
        (EVERYBODY, EVERYBODY): 3, (EVERYBODY, OIL): 2, (EVERYBODY, HAM): 1,
        (OIL, EVERYBODY): 1, (OIL, OIL): 1, (WINE, EVERYBODY): 2, (WINE, OIL): 2,
        (HAM, EVERYBODY): 1, (HAM, HAM): 1,
    }  # fmt: skip
    assert {(p, f) for step, p, f in found if step == 2} == {
        (EVERYBODY, EVERYBODY), (EVERYBODY, WINE), (OIL, EVERYBODY), (OIL, WINE)
    }  # fmt: skip


def test_shares_of_orders_count_every_customer_once(held):
    """Of a's three orders oil is in two and wine in two, of b's two in one each."""
    found = aggregate.shares_of_orders(held, ["a", "b"], [OIL, WINE])
    mine = {row[1]: row[2:] for row in rows(found) if row[0]}
    assert mine[EVERYBODY] == (2, 2.0, 2.0)
    assert mine[OIL] == pytest.approx((2, 2 / 3 + 1 / 2, 4 / 9 + 1 / 4))
    others = {row[1]: row[2:] for row in rows(found) if not row[0]}
    assert others == {EVERYBODY: (3, 3.0, 3.0), OIL: (2, 2.0, 2.0)}


def test_variety_by_hand(held):
    found = {row[0]: row[1:] for row in rows(aggregate.variety(held))}
    assert found == {"a": (4, 4), "b": (2, 0), "c": (1, 0), "d": (2, 2), "e": (1, 0)}


def test_the_main_product_is_that_of_the_largest_amount(held):
    assert aggregate.main_products(held, [OIL, WINE]).to_dict() == {
        0: OIL,
        1: WINE,
        2: OIL,
        3: OTHERS,
        4: OIL,
    }


def test_random_baskets_against_plain_python():
    draw = np.random.default_rng(3)
    bought = [
        (f"c{draw.integers(60):02}", f"2024-0{draw.integers(1, 7)}-{draw.integers(1, 28):02}", 5 + n % 7)
        for n in range(400)
    ]
    held = [
        (n, f"p{k}", 1.0 + k) for n in range(400) for k in draw.choice(6, draw.integers(1, 4), replace=False)
    ]
    purchases = aggregate.prepare(shop(bought, "2024-01-01", "2024-06-30"))
    found = aggregate.baskets(purchases, lines(held), frozenset())
    orders, products = {}, {}
    for order, product, _ in held:
        products.setdefault(order, set()).add(int(product[1]))
    for who, number, order in purchases.table[["customer", "number", "order"]].itertuples(index=False):
        orders.setdefault(who, {})[number] = products[order]
    in_turn = [[of[n] for n in sorted(of)] for of in orders.values()]
    firsts = Counter(p for of in in_turn for p in of[0])
    assert rows(aggregate.first_buyers(found))[1:] == sorted(firsts.items())
    pairs = Counter(
        (step, p, q)
        for of in in_turn
        for step, (one, other) in enumerate(list(pairwise(of))[:3], start=1)
        for p in one
        for q in other
    )
    table = aggregate.followers(found, range(6))
    kept = table[(table["product"] >= 0) & (table["following"] >= 0)]
    assert {tuple(row[:3]): row[3] for row in rows(kept)} == pairs
