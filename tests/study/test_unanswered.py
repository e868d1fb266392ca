"""Where whoever holds the rows gave no answer, nothing that rests on it is kept: asked again, they may."""

import pytest

from retention.errors import InputError, Unanswered
from retention.study import Common
from retention.study.memo import Memo


class Rows:
    """Somebody who answers the second time."""

    def __init__(self):
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if self.asked == 1:
            raise Unanswered("engine_out_of_disk", reason="full")
        return 5


def made_of(memo, rows):
    """A result that puts up with there being no other."""
    try:
        return memo.get("inner", (), rows, common=True)
    except InputError:
        return None


@pytest.fixture(params=[None, "common"])
def memo(request):
    return Memo(None if request.param is None else Common())


def test_it_is_asked_again(memo):
    rows = Rows()
    with pytest.raises(Unanswered):
        memo.get("it", (), rows, common=True)
    assert memo.get("it", (), rows, common=True) == 5
    assert memo.get("it", (), rows, common=True) == 5
    assert rows.asked == 2


def test_what_made_do_without_is_made_again_and_the_silence_is_known(memo):
    rows = Rows()
    assert memo.unanswered is None
    assert memo.get("outer", (), lambda: made_of(memo, rows), common=True) is None
    assert memo.unanswered.code == "engine_out_of_disk"
    assert memo.get("outer", (), lambda: made_of(memo, rows), common=True) == 5
    assert memo.get("outer", (), lambda: made_of(memo, rows), common=True) == 5
    assert rows.asked == 2


def test_nobody_else_is_given_it():
    common, rows = Common(), Rows()
    first, second = Memo(common), Memo(common)
    assert first.get("outer", (), lambda: made_of(first, rows), common=True) is None
    assert second.get("outer", (), lambda: made_of(second, rows), common=True) == 5
    assert second.unanswered is None


def test_a_refusal_is_not_asked_again(memo):
    asked = []

    def refused():
        asked.append(1)
        raise InputError("cannot_add", one=1)

    for _ in range(2):
        with pytest.raises(InputError):
            memo.get("it", (), refused, common=True)
    assert asked == [1]
    assert memo.unanswered is None
