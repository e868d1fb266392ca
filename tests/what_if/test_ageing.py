"""Customers who grow older where they stand, against customers moved from age to age."""

from types import SimpleNamespace

import numpy as np
import pytest

from retention.what_if.ageing import Ageing, filled


def moved(people, age):
    """A period later: every age where the one before was, the last beside those who were in it."""
    later = np.zeros_like(people)
    later[:, age:] = people[:, :-age]
    later[:, -age:] += people[:, -age:]
    return later


def told(there, risks):
    """Customers by age, the youngest first."""
    found = np.zeros((len(there.rows), risks, there.rows.shape[2]))
    found[:, there.ages] = there.here
    return found


@pytest.mark.parametrize("ages", [2, 3, 5, 9])
@pytest.mark.parametrize("oldest", [0, 1, 2])
@pytest.mark.parametrize("joining", [0, 1, 2])
def test_they_are_where_they_would_have_been_moved_to(ages, oldest, joining):
    chance, age = np.random.default_rng(4), 3
    risks = ages * age
    stays = chance.random((risks, 4))
    people = np.zeros((2, risks, 4))
    people[:, : min(oldest, ages) * age] = chance.random((2, min(oldest, ages) * age, 4))
    there = Ageing.of(people, SimpleNamespace(risk=stays, ages=ages), 6, 4)
    for _ in range(6):
        people = moved(people * stays, age)
        there.here[:] *= stays[there.ages]
        there.grow_older()
        new = chance.random((2, joining, 4))
        people[:, :joining] += new
        there.join(new)
        assert told(there, risks) == pytest.approx(people, rel=1e-12)


def test_where_there_is_but_one_age_they_stay_in_it():
    people = np.random.default_rng(5).random((1, 4, 2))
    there = Ageing.of(people, SimpleNamespace(risk=np.ones((4, 1)), ages=1), 3, 2)
    there.grow_older()
    assert np.array_equal(there.here, people)


def test_rows_after_the_last_in_which_there_is_anybody_are_not_filled():
    people = np.zeros((2, 5, 3))
    assert filled(people) == 0
    people[1, 2, 0] = 1.0
    assert filled(people) == 3
