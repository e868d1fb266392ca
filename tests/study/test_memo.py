"""Each result is computed on first use, once for what is asked."""

import traceback
from contextlib import contextmanager

import pytest

from retention.errors import InputError
from retention.study.memo import KEPT, Part, result


class Sums(Part):
    """A subject that notes what it computes."""

    def __init__(self, study, *given):
        super().__init__(study, *given)
        self.computed = []

    @result
    def add(self, one, other=1, *, times=1):
        """The sum, so many times."""
        self.computed.append((one, other, times))
        return times * (one + other)

    @result(heavy="adding")
    def slowly(self, one):
        return one

    @result
    def refused(self, one):
        self.computed.append(one)
        raise InputError("cannot_add", one=one)

    @result
    def broken(self):
        self.computed.append("broken")
        raise ZeroDivisionError


@pytest.fixture
def sums(small_study):
    return Sums(small_study)


def test_once_for_the_same_arguments_however_they_are_given(sums):
    assert [sums.add(2), sums.add(2, 1), sums.add(one=2, other=1), sums.add(2, times=1)] == [3] * 4
    assert sums.computed == [(2, 1, 1)]
    assert [sums.add(2, 2), sums.add(2, times=2), sums.add(3)] == [4, 6, 4]
    assert sums.computed == [(2, 1, 1), (2, 2, 1), (2, 1, 2), (3, 1, 1)]
    assert set(sums.study.memo.computed.values()) == {1}


def test_the_very_same_object_comes_back(small_study):
    assert small_study.shop.flows("month") is small_study.shop.flows("month")
    assert small_study.value(margin=0.5).terms.margin == 0.5


def test_a_refusal_is_kept_too_and_says_the_same(sums):
    said = []
    for _ in range(3):
        with pytest.raises(InputError) as caught:
            sums.refused(5)
        said.append((caught.value.code, caught.value.details, len(traceback.extract_tb(caught.tb))))
    assert sums.computed == [5]
    assert {(code, details["one"]) for code, details, _ in said} == {("cannot_add", 5)}
    assert len({depth for _, _, depth in said}) == 1  # asking again does not add to where it was raised


def test_a_bug_is_not_kept(sums):
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            sums.broken()
    assert sums.computed == ["broken"] * 2


def test_what_was_asked_longest_ago_makes_room(sums):
    for one in range(KEPT):
        sums.add(one)
    sums.add(0)  # asked again: now the youngest
    sums.add(KEPT)  # 1 goes
    sums.computed.clear()
    for one in (0, *range(2, KEPT + 1)):
        sums.add(one)
    assert sums.computed == []
    sums.add(1)
    assert sums.computed == [(1, 1, 1)]


def test_a_page_hears_of_what_is_heavy_only_while_it_is_computed(sums):
    heard = []

    @contextmanager
    def listen(code):
        heard.append(f"{code} begins")
        yield
        heard.append(f"{code} ends")

    sums.study.memo.waiting = listen
    assert [sums.slowly(1), sums.slowly(1), sums.add(1)] == [1, 1, 2]
    assert heard == ["adding begins", "adding ends"]


def test_parts_given_something_else_and_other_customers_share_no_result(small_study):
    others = small_study.without_left_truncated
    parts = [Sums(small_study), Sums(small_study, "other"), Sums(others)]
    for part in parts:
        part.add(1)
    assert [part.computed for part in parts] == [[(1, 1, 1)]] * 3
    again = Sums(small_study)
    again.add(1)
    assert again.computed == []  # the same subject of the same study, asked anew
