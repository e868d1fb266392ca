"""First products, next orders and the loyal held against all others; and that nothing is found in noise."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention.aggregate import EVERYBODY, OTHERS
from retention.products import breadth, first_products, following, loyal_products, months_seen, told_apart
from retention.products.loyal import _PRIOR
from retention.statistics import two_proportions

NAMES = {0: "oil", 1: "wine", 2: "ham"}


def outcomes(*rows):
    return pd.DataFrame(rows, columns=["product", "customers", "watched", "repeated"])


def counted(values):
    """Rows of (product, level, value), each of one customer, as the small tables hold them."""
    rows = pd.DataFrame(values, columns=["product", "level", "value"])
    return rows.groupby(["product", "level"], as_index=False).agg(
        value=("value", "sum"), customers=("value", "size")
    )


WAITS = pd.DataFrame(columns=["product", "days", "customers"], dtype=float)


def compared(table, waits=WAITS, values=None, first=None):
    first = table[["product", "customers"]] if first is None else first
    return first_products(
        table,
        waits,
        values,
        NAMES,
        days=180,
        months=None if values is None else 12,
        first_buyers=first,
        customers=500,
    )


def test_a_product_is_held_against_everybody_else_not_against_the_other_products():
    """Oil 60 of 100, everybody 100 of 300: all others 40 of 200, though many bought wine as well."""
    found = compared(
        outcomes((EVERYBODY, 320, 300, 100), (0, 110, 100, 60), (1, 250, 240, 90), (2, 20, 20, 9))
    )
    oil = found.table.set_index("product").loc["oil"]
    assert (oil["rate"], oil["other_rate"]) == (0.6, 0.2)
    assert oil["difference"] == pytest.approx(0.4)
    assert oil["p"] == two_proportions(60, 100, 40, 200)
    assert (found.customers, found.unnamed, found.rate) == (320, 180, pytest.approx(1 / 3))
    assert found.held == pytest.approx(380 / 320)


def test_best_and_worst_are_beyond_chance_or_nobody():
    found = compared(
        outcomes((EVERYBODY, 600, 600, 300), (0, 200, 200, 150), (1, 200, 200, 50), (2, 200, 200, 100))
    )
    assert (found.best["product"], found.worst["product"], found.compared) == ("oil", "wine", 3)
    same = compared(
        outcomes((EVERYBODY, 600, 600, 300), (0, 200, 200, 101), (1, 200, 200, 99), (2, 200, 200, 100))
    )
    assert same.best is None
    assert same.worst is None


def test_with_few_followed_nothing_is_said_of_coming_back():
    found = compared(outcomes((EVERYBODY, 300, 201, 100), (0, 60, 29, 29), (1, 240, 171, 71)))
    assert found.table.set_index("product")["p"].isna().to_dict() == {"oil": True, "wine": False}
    assert not found.table.set_index("product").loc["oil", "real"]


def test_products_of_few_first_buyers_are_one():
    first = pd.DataFrame({"product": [EVERYBODY, 0, 1, 2], "customers": [130, 30, 29, 100]})
    assert told_apart(first) == (0, 2)
    table = outcomes((OTHERS, 29, 29, 9), (EVERYBODY, 130, 130, 60), (0, 30, 30, 20), (2, 100, 100, 40))
    found = compared(table, first=first)
    assert found.few == 1
    assert sorted(found.table["product"]) == ["ham", "oil"]  # the rest are 29: too few themselves
    enough = compared(outcomes((OTHERS, 40, 40, 9), (EVERYBODY, 130, 130, 60), (0, 30, 30, 20)), first=first)
    assert enough.table["product"].isna().sum() == 1


def test_days_and_value_are_compared_by_rank():
    draw = np.random.default_rng(2)
    own, others = draw.integers(5, 60, 50), draw.integers(10, 90, 120)
    waits = pd.concat(
        [
            pd.Series(values)
            .value_counts()
            .rename_axis("days")
            .reset_index(name="customers")
            .assign(product=product)
            for product, values in ((0, own), (EVERYBODY, np.append(own, others)))
        ]
    )
    value = [
        (product, int(100 * v), float(v))
        for product, of in ((0, own), (EVERYBODY, np.append(own, others)))
        for v in of
    ]
    table = outcomes((EVERYBODY, 300, 300, 170), (0, 80, 80, 50), (1, 220, 220, 120))
    row = compared(table, waits, counted(value)).table.set_index("product").loc["oil"]
    expected = stats.mannwhitneyu(own, others, method="asymptotic").pvalue
    assert row["days_p"] == pytest.approx(expected)
    assert row["value_p"] == pytest.approx(expected)
    assert row["days_median"] == np.sort(own)[24]  # of 50, by the 25th half had come back
    assert row["value_mean"] == pytest.approx(own.mean())
    assert row["value_other_mean"] == pytest.approx(others.mean())


def test_value_is_compared_over_as_long_as_half_the_customers_are_seen():
    starts = pd.DataFrame({"first_day": [100, 400], "customers": [50, 50]})
    assert months_seen(starts, 100 + 366, 30.4375) == 12
    assert months_seen(starts.assign(customers=[49, 51]), 100 + 366, 30.4375) is None
    assert months_seen(starts.assign(customers=[49, 51]), 400 + 200, 30.4375) == 6
    assert months_seen(starts, 120, 30.4375) is None


def test_products_drawn_at_random_stand_out_in_one_shop_of_twenty():
    """The corrected tests of coming back and of value, each, over products that mean nothing."""
    draw = np.random.default_rng(7)
    shops, alarms, names = 200, {"real": 0, "value_real": 0}, dict(enumerate("abcdefghijkl"))
    for _ in range(shops):
        product, back = draw.integers(0, 12, 800), draw.random(800) < 0.3
        worth = np.exp(draw.normal(4, 1.5, 800))  # a few very large customers
        levels = np.floor(np.log(worth) / np.log(1.01)).astype(int)
        both = [(p, level, v) for p, level, v in zip(product, levels, worth, strict=True)]
        both += [(EVERYBODY, level, v) for _, level, v in both]
        rows = [(p, (product == p).sum(), (product == p).sum(), back[product == p].sum()) for p in range(12)]
        found = first_products(
            outcomes((EVERYBODY, 800, 800, back.sum()), *rows), WAITS, counted(both), names,
            days=180, months=12, first_buyers=outcomes(*rows)[["product", "customers"]], customers=800,
        )  # fmt: skip
        for name in alarms:
            alarms[name] += bool(found.table[name].any())
    assert max(alarms.values()) <= stats.binom.ppf(0.999, shops, 0.05)


FOLLOWERS = pd.DataFrame(
    [
        (1, EVERYBODY, EVERYBODY, 200), (1, EVERYBODY, 0, 80), (1, EVERYBODY, 1, 60),
        (1, 0, EVERYBODY, 50), (1, 0, 0, 40), (1, 0, 1, 10),
        (1, 1, EVERYBODY, 100), (1, 1, 0, 30), (1, 1, 1, 40),
        (1, 2, EVERYBODY, 29), (1, 2, 0, 29), (2, EVERYBODY, EVERYBODY, 3),
    ],
    columns=["step", "product", "following", "customers"],
)  # fmt: skip


def test_the_next_order_is_held_against_that_after_all_other_orders():
    """After oil 40 of 50 hold oil again; after all others 40 of 150."""
    found = following(FOLLOWERS, NAMES, 1)
    pair = found.table.set_index(["product", "following"]).loc[("oil", "oil")]
    assert (pair["rate"], pair["other_rate"]) == (0.8, pytest.approx(40 / 150))
    assert pair["p"] == two_proportions(40, 50, 40, 150)
    assert (found.strongest["product"], found.strongest["following"]) == ("oil", "oil")
    assert found.customers == 200
    assert "ham" not in set(found.table["product"])  # only 29 went on from it
    assert following(FOLLOWERS, NAMES, 2).strongest is None
    assert following(FOLLOWERS, NAMES, 3).table.empty


def test_the_loyal_against_all_others_by_welch():
    draw = np.random.default_rng(5)
    loyal, others = draw.beta(2, 3, 60), draw.beta(1, 5, 90)
    rows = [
        (kind, product, n, share, share2)
        for kind, of in ((True, loyal), (False, others))
        for product, n, share, share2 in (
            (EVERYBODY, len(of), len(of), len(of)),
            (0, len(of), of.sum(), (of**2).sum()),
        )
    ]
    shares = pd.DataFrame(rows, columns=["chosen", "product", "customers", "share", "share2"])
    found = loyal_products(shares, NAMES)
    (oil,) = found.table.to_dict("records")
    assert (found.loyal, found.others, oil["product"], oil["customers"]) == (60, 90, "oil", 150)
    welch = stats.ttest_ind(loyal, others, equal_var=False)
    assert oil["p"] == pytest.approx(welch.pvalue)
    ends = welch.confidence_interval()
    assert (oil["difference_low"], oil["difference_high"]) == pytest.approx((ends.low, ends.high))
    assert loyal_products(shares.assign(customers=29), NAMES) is None


def test_breadth_is_a_half_for_who_buys_what_the_shop_sells():
    draw = np.random.default_rng(11)
    sold = np.array([50.0, 30.0, 20.0])
    taken = draw.choice(3, (4000, 6), p=sold / 100)
    times = np.stack([(taken == p).sum(axis=1) for p in range(3)], axis=1)
    alike = (times * (times - 1)).sum(axis=1)
    assert breadth(np.full(4000, 6), alike, sold).mean() == pytest.approx(0.5, abs=0.01)
    one_thing = breadth([100], [100 * 99], sold)
    assert one_thing == pytest.approx([_PRIOR / (100 * 99 + _PRIOR) / 2])
    assert breadth([2, 1, 0], [0, 0, 0], sold)[0] > 0.5
    assert np.isnan(breadth([2, 1, 0], [0, 0, 0], sold)[1:]).all()
    assert np.isnan(breadth([5], [20], [10.0])).all()
