"""Values computed when somebody asks for them."""

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from retention.lifetime_value.models.when_asked import WhenAsked


def test_it_is_computed_once_however_many_ask_at_once():
    computed, together = [], Barrier(8)

    def ask():
        together.wait(timeout=30)
        return later.value

    later = WhenAsked(lambda: computed.append("again") or len(computed))
    assert computed == []
    with ThreadPoolExecutor(8) as people:
        found = [asked.result() for asked in [people.submit(ask) for _ in range(8)]]
    assert found == [1] * 8


def test_what_it_took_is_let_go():
    class Large:
        size = 5

    large = Large()
    gone, later = weakref.ref(large), WhenAsked(lambda large=large: large.size)
    del large
    assert gone() is not None
    assert later.value == 5
    gc.collect()
    assert gone() is None
