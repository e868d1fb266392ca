"""Two risks followed by hand: who is there at each period's end, and what they pay within it."""

import numpy as np
import pytest

from retention.what_if.mixture import Mixture
from retention.what_if.streams import Stream, follow, payments_per_customer

NOW = np.ones(1)
RISK = np.array([[0.5], [0.2]])


def weights(*rows):
    return np.array(rows, dtype=float)[:, :, None]


def people(**others):
    given = {"today": weights([0.4, 0.6]), "won": weights([0.5, 0.5]), "young": weights([0.1, 0.2])}
    return Mixture(RISK, **(given | others))


def told(stream):
    return stream.base[:, 0].tolist(), stream.new[:, 0].tolist()


def test_customers_of_every_period_by_hand():
    (found,) = follow(people(), [(NOW, NOW)] * 3)
    base, new = told(found)
    assert base == pytest.approx([0.2 + 0.48, 0.1 + 0.384, 0.05 + 0.3072])
    # one joins in each period and is there at its end: 1, then 0.65 of it and one more, …
    assert new == pytest.approx([1.0, 1.0 + 0.65, 1.0 + 0.65 + 0.125 + 0.32])
    assert found.firm[:, 0].tolist() == pytest.approx([1.68, 0.484 + 1.65, 0.3572 + 2.095])


def test_a_first_step_of_its_own_moves_the_young_alone():
    half, full = 0.5 * NOW, NOW
    (found,) = follow(people(), [(half, full)] * 2)
    base, new = told(found)
    old = [0.3 * 0.5, 0.4 * 0.8]
    young = [0.1 * 0.75, 0.2 * 0.9]
    assert base == pytest.approx([sum(old + young), 0.5 * (old[0] + young[0]) + 0.8 * (old[1] + young[1])])
    assert new == pytest.approx([1.0, 1.0 + 0.5 * 0.75 + 0.5 * 0.9])


def test_factors_may_change_with_time():
    (found,) = follow(people(), [(NOW, NOW), (2 * NOW, 2 * NOW), (0 * NOW, 0 * NOW)])
    base, new = told(found)
    assert base == pytest.approx([0.68, 0.48 * 0.6, 0.48 * 0.6])
    assert new == pytest.approx([1.0, 1.0 + 0.5 * 0.6, 2.3 - 0.0])


def test_money_grows_with_age_and_customers_do_not():
    customers, money = follow(people(), [(NOW, NOW)] * 2, growth=0.1, age=3.0)
    base, new = told(customers)
    assert (base, new) == (pytest.approx([0.68, 0.484]), pytest.approx([1.0, 1.65]))
    base, new = told(money)
    assert base == pytest.approx([1.1 * 0.68, 1.21 * 0.484])
    young = 1.1**-3  # what one who joins pays beside today's customers, three periods older
    assert new == pytest.approx([young, young * (1.0 + 1.1 * 0.65)])


def test_a_purchase_model_counts_what_is_bought_at_any_moment():
    # nobody leaves: customers, money and purchases of a whole period, and half of one for those who join
    still = Mixture(
        np.zeros((1, 1)),
        today=weights([1.0], [2.0], [3.0]),
        won=weights([1.0], [4.0], [6.0]),
        young=weights([0.5], [1.0], [1.5]),
        leaves="any_time",
        at_once=(10.0, 1.0),
    )
    customers, money, purchases = follow(still, [(NOW, NOW)] * 2)
    assert told(customers) == ([1.0, 1.0], [1.0, 2.0])
    assert told(money) == ([2.0, 2.0], [2.0 + 10.0, 4.0 + 2.0 + 10.0])
    assert told(purchases) == ([3.0, 3.0], [3.0 + 1.0, 6.0 + 3.0 + 1.0])


def test_who_joins_at_any_moment_may_have_left_by_the_end():
    # at a risk of ln 2 half are left after a period; of those who join within it the mean of e^(−ln 2 · u)
    leaving = Mixture(
        np.full((2, 1), np.log(2.0)),
        today=weights([1.0, 0.0], [2.0, 0.0], [3.0, 0.0]),
        won=weights([1.0, 0.0], [4.0, 0.0], [6.0, 0.0]),
        young=weights([0.0, 0.0], [0.0, 0.0], [0.0, 0.0]),
        leaves="any_time",
    )
    mean = 0.5 / np.log(2.0)
    paid = (1.0 - mean) / np.log(2.0)  # of a period, by who joins within it
    customers, money, purchases = follow(leaving, [(NOW, NOW)] * 2)
    assert told(customers) == (pytest.approx([0.5, 0.25]), pytest.approx([mean, 1.5 * mean]))
    assert told(money)[0] == pytest.approx([2 * mean, mean])
    assert told(money)[1] == pytest.approx([4 * paid, 4 * (mean**2 + paid)])
    assert told(purchases)[1] == pytest.approx([6 * paid, 6 * (mean**2 + paid)])
    alone = payments_per_customer(leaving, NOW, NOW, 2, 0.0)
    assert alone[:, 0].tolist() == pytest.approx([4 * mean, 2 * mean])


def test_who_is_lost_right_after_the_first_purchase_shrinks_with_the_risk():
    lossy = Mixture(
        np.zeros((1, 1)),
        today=weights([1.0], [1.0], [1.0]),
        won=weights([1.0], [2.0], [3.0]),
        young=weights([0.0], [0.0], [0.0]),
        leaves="any_time",
        lost_at_once=weights([0.4], [0.8], [1.2]),
    )
    for factor, left in ((1.0, 0.6), (0.5, 0.8)):
        customers, money, _ = follow(lossy, [(factor * NOW, factor * NOW)])
        assert told(customers)[1] == pytest.approx([left])
        assert told(money)[1] == pytest.approx([left])  # half a period's 2
        paid = payments_per_customer(lossy, factor * NOW, factor * NOW, 2, 0.0)
        assert paid[:, 0].tolist() == pytest.approx([2 * left, 2 * left])


def test_what_one_customer_won_pays_by_hand():
    half = 0.5 * NOW
    paid = payments_per_customer(people(), half, NOW, 3, 0.0)
    first = [0.5 * 0.75, 0.5 * 0.9]
    assert paid[:, 0].tolist() == pytest.approx(
        [sum(first), first[0] * 0.5 + first[1] * 0.8, first[0] * 0.25 + first[1] * 0.64]
    )
    grown = payments_per_customer(people(), half, NOW, 3, 0.1)
    assert grown[:, 0] == pytest.approx(paid[:, 0] * 1.1 ** np.arange(1, 4))


def test_draws_are_followed_beside_the_estimate():
    one = np.ones((1, 1, 3))
    mixture = Mixture(np.array([[0.5, 0.25, 0.0]]), today=one, won=one, young=0.0 * one)
    (found,) = follow(mixture, [(np.ones(3), np.ones(3))] * 2)
    assert found.base.tolist() == [[0.5, 0.75, 1.0], [0.25, 0.5625, 1.0]]
    assert found.new.tolist() == [[1.0, 1.0, 1.0], [1.5, 1.75, 2.0]]


def test_streams_add_up_are_cut_and_multiplied():
    one = Stream(np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]]))
    other = Stream(np.array([[10.0], [20.0]]), np.array([[30.0], [40.0]]))
    assert told(one + other) == ([11.0, 22.0], [33.0, 44.0])
    assert told(one.within(1)) == ([1.0], [3.0])
    assert told(one.times(2.0)) == ([2.0, 4.0], [6.0, 8.0])
    assert told(one.times(np.array([1.0, 0.5]))) == ([1.0, 1.0], [3.0, 2.0])
