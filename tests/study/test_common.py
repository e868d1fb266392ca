"""Samples are nobody's own: who looks at one shares what others have computed of it, and nothing else."""

import io
import pickle
import threading
from types import ModuleType

import pandas as pd
import pytest

from retention.errors import InputError
from retention.lifetime_value.models.when_asked import WhenAsked
from retention.study import Common, Study
from retention.study.memo import Memo, Part, result


class Sums(Part):
    """A subject that notes what it computes."""

    def __init__(self, study, noted):
        super().__init__(study)
        self.noted = noted

    @result
    def double(self, one):
        self.noted.append(one)
        return [2 * one]

    @result
    def refused(self):
        self.noted.append("refused")
        raise InputError("cannot_add", one=1)


class Own(Sums):
    of_visitor = True


@pytest.fixture
def visits(small_shop):
    """Two visitors' studies of one sample."""
    common = Common()
    return [Study(small_shop, common=common) for _ in range(2)]


def test_what_one_visitor_computed_the_next_is_given(visits):
    noted = []
    first, second = (Sums(study, noted).double(2) for study in visits)
    assert first == [4]
    assert second is first
    assert noted == [2]


def test_without_a_sample_nothing_is_shared(small_shop):
    noted = []
    first, second = (Sums(Study(small_shop), noted).double(2) for _ in range(2))
    assert first is not second
    assert noted == [2, 2]


def test_what_comes_of_something_a_visitor_brings_is_their_own(visits):
    noted = []
    first, second = (Own(study, noted).double(2) for study in visits)
    assert first is not second
    assert noted == [2, 2]


def test_a_refusal_is_shared_without_where_it_was_raised(visits):
    noted, raised = [], []
    for study in visits:
        with pytest.raises(InputError) as caught:
            Sums(study, noted).refused()
        raised.append(caught.value)
    assert noted == ["refused"]
    assert [(each.code, each.details) for each in raised] == [("cannot_add", {"one": 1})] * 2
    assert raised[0] is not raised[1]
    kept = visits[0].memo.common.get("Sums.refused", ((),), None)
    assert kept.__traceback__ is None


def test_who_asks_while_it_is_computed_waits_for_it():
    common, started, go_on, computed = Common(), threading.Event(), threading.Event(), []

    def slow():
        started.set()
        assert go_on.wait(10)
        computed.append(1)
        return object()

    found = []
    asking = [
        threading.Thread(target=lambda: found.append(Memo(common).get("it", (), slow, common=True)))
        for _ in range(3)
    ]
    asking[0].start()
    assert started.wait(10)
    for thread in asking[1:]:
        thread.start()
    go_on.set()
    for thread in asking:
        thread.join(10)
    assert computed == [1]
    assert len(found) == 3
    assert len({id(each) for each in found}) == 1


def test_where_the_first_was_broken_off_the_next_computes():
    def broken():
        raise KeyboardInterrupt

    common = Common()
    with pytest.raises(KeyboardInterrupt):
        Memo(common).get("it", (), broken, common=True)
    assert Memo(common).get("it", (), lambda: 5, common=True) == 5


def test_the_oldest_make_room_for_others():
    common = Common()
    for one in range(70):
        common.get("it", (one,), lambda: 1)
    assert common.get("it", (69,), lambda: 2) == 1
    assert common.get("it", (0,), lambda: 2) == 2


class _NoStudy(pickle.Pickler):
    """Pickles what belongs to nobody; a study, its memo or part of it is somebody's."""

    def persistent_id(self, value):
        if isinstance(value, Study | Memo | Part):
            raise TypeError(type(value))
        if isinstance(value, type(threading.Lock())):
            return "lock"
        if isinstance(value, ModuleType) or (callable(value) and not _closes_over(value)):
            return "code"
        return None

    def reducer_override(self, value):
        return (list, (_closes_over(value),)) if callable(value) else NotImplemented


def _closes_over(value):
    """What a function that is not called yet holds on to."""
    return [cell.cell_contents for cell in getattr(value, "__closure__", None) or ()]


def test_what_is_shared_refers_to_no_visitor(analysed_shop):
    """All that a whole analysis has of a sample: none of it leads back to a study."""
    own = ("Spending.", "Complaints.", "customers", "Products.loyal")
    kept = {
        name: list(results.values())
        for name, results in analysed_shop.study.memo._kept.items()
        if not name.startswith(own)
    }
    assert len(kept) > 50
    for name, results in kept.items():
        for each in results:
            try:
                _NoStudy(io.BytesIO()).dump(each)
            except TypeError as somebody:
                pytest.fail(f"{name} refers to {somebody}")


def test_what_refers_to_a_study_is_noticed(analysed_shop):
    study = analysed_shop.study
    with pytest.raises(TypeError, match="Customers"):
        _NoStudy(io.BytesIO()).dump([study.customers(study.value())])
    with pytest.raises(TypeError, match="Study"):
        _NoStudy(io.BytesIO()).dump(WhenAsked(lambda: study.window))


@pytest.mark.parametrize("name", ["spending", "complaints"])
def test_spend_and_complaints_are_a_visitors(name, small_study):
    spend = pd.DataFrame({"month": [], "channel": [], "purpose": [], "amount": []})
    complaints = pd.DataFrame({"customer_id": [], "day": [], "resolved": []})
    part = small_study.acquisition(spend) if name == "spending" else small_study.complaints(complaints)
    assert part.of_visitor
