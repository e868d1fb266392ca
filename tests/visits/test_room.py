"""How many visitors there is room for, and when a place is free again."""

from __future__ import annotations

import pickle

import pytest

from retention.visits import Room, Seat, ServerFullError, VisitTooLargeError
from retention.visits.limits import Limits


def test_as_many_as_may_are_admitted_and_then_none():
    room, seats = Room(Limits(visitors=2)), [Seat(), Seat()]
    for seat in seats:
        room.admit(seat)
    with pytest.raises(ServerFullError) as refused:
        room.admit(Seat())
    assert refused.value.details == {"limit": 2}


def test_who_has_a_place_keeps_it():
    room, seat = Room(Limits(visitors=1)), Seat()
    room.admit(seat)
    room.admit(seat)


def test_who_has_left_makes_room_even_where_a_circle_holds_them():
    room = Room(Limits(visitors=1))
    visit = {"seat": Seat()}
    visit["itself"] = visit
    room.admit(visit["seat"])
    del visit
    room.admit(Seat())


def test_who_was_refused_takes_no_place():
    room, seat, late = Room(Limits(visitors=1)), Seat(), Seat()
    room.admit(seat)
    with pytest.raises(ServerFullError):
        room.admit(late)
    del seat
    room.admit(Seat())


def test_a_visit_may_take_so_much_memory():
    room = Room(Limits(visit_bytes=100))
    room.check(100)
    with pytest.raises(VisitTooLargeError) as refused:
        room.check(101)
    assert refused.value.details == {"bytes": 101, "limit": 100}


def test_a_place_can_lie_in_a_visits_state():
    assert isinstance(pickle.loads(pickle.dumps(Seat())), Seat)  # noqa: S301  made here
