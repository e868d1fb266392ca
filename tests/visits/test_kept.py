"""A visit is there for who has its secret, as long as it is alive, and for nobody else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from retention.sharing import new_secret
from retention.sharing.keys import token_of, visit_of
from retention.sharing.place import place
from retention.visits import (
    Choices,
    NoRoomToKeepError,
    TamperedVisitError,
    TooLargeToKeepError,
    Visits,
    VisitsUnreachableError,
    visits_in,
)
from retention.visits.limits import Limits, limits_in
from retention.visits.memory import InMemory
from retention.visits.table import InDatabase
from tests.visits.conftest import CHOICES, FILES


def size_of(visits, secret):
    return visits._place.get(visit_of(secret).id, visits._now()).size


def test_what_is_kept_is_found_as_it_was(visits, secret):
    mark = visits.keep(secret, FILES, CHOICES)
    found = visits.find(secret)
    assert found.files == FILES
    assert found.choices.plain == CHOICES.plain
    pd.testing.assert_frame_equal(found.choices.tables["spend"], CHOICES.tables["spend"])
    assert found.mark == mark


def test_another_secret_finds_nothing(visits, secret):
    visits.keep(secret, FILES, CHOICES)
    assert visits.find(new_secret()) is None
    assert not visits.alive(new_secret())


@pytest.mark.parametrize("wrong", ["", "x" * 42, "é" * 43, "../../" + "x" * 37])
def test_what_is_no_secret_of_ours_is_refused(visits, wrong):
    with pytest.raises(ValueError, match="43"):
        visits.find(wrong)


def test_id_and_key_are_derived_apart_and_not_as_those_of_a_share(secret):
    keys, share = visit_of(secret), token_of(secret)
    assert len({keys.id, keys.key.hex(), share.id, share.key.hex()}) == 4
    assert keys.key.hex() not in repr(keys)


def test_a_visit_is_kept_for_half_an_hour_after_the_last_sign_of_life(visits, secret, clock):
    visits.keep(secret, FILES, CHOICES)
    clock.go_on(minutes=20)
    assert visits.alive(secret)
    clock.go_on(minutes=29, seconds=59)
    assert visits.find(secret) is not None
    clock.go_on(seconds=1)
    assert visits.find(secret) is None
    assert not visits.alive(secret)
    assert not visits.note(secret, b"x" * 32, CHOICES)
    assert visits.purge() == 1
    assert visits.purge() == 0


def test_the_host_says_how_long(made, secret, clock):
    visits = made(keep_minutes=2)
    visits.keep(secret, FILES, CHOICES)
    clock.go_on(minutes=2)
    assert visits.find(secret) is None


def test_choices_change_and_files_stay(visits, secret):
    mark = visits.keep(secret, FILES, CHOICES)
    assert visits.note(secret, mark, Choices({"currency": "EUR"}))
    found = visits.find(secret)
    assert (found.files, found.choices.plain) == (FILES, {"currency": "EUR"})


def test_another_file_takes_the_place_of_the_one_before(visits, secret):
    visits.keep(secret, FILES, CHOICES)
    visits.keep(secret, [("b.csv", b"other")], Choices())
    assert visits.find(secret).files == (("b.csv", b"other"),)


def test_what_is_forgotten_is_gone_at_once(visits, secret):
    mark = visits.keep(secret, FILES, CHOICES)
    visits.forget(secret)
    assert visits.find(secret) is None
    assert not visits.note(secret, mark, CHOICES)
    visits.forget(secret)  # once more is no error


def test_one_visit_may_take_so_much(made, secret):
    size = size_of_one(made, secret)
    made(keep_bytes=size).keep(secret, FILES, CHOICES)
    visits = made(keep_bytes=size - 1)
    with pytest.raises(TooLargeToKeepError) as refused:
        visits.keep(secret, FILES, CHOICES)
    assert refused.value.details == {"bytes": size, "limit": size - 1}


def size_of_one(made, secret):
    visits = made()
    visits.keep(secret, FILES, CHOICES)
    size = size_of(visits, secret)
    visits.forget(secret)
    return size


def test_choices_count_as_well_and_what_was_kept_stays(made, secret):
    visits = made(keep_bytes=size_of_one(made, secret) + 500)
    mark = visits.keep(secret, FILES, CHOICES)
    with pytest.raises(TooLargeToKeepError):
        visits.note(secret, mark, Choices({"left_out": [new_secret() for _ in range(40)]}, CHOICES.tables))
    assert visits.find(secret).choices.plain == CHOICES.plain


@pytest.mark.parametrize("limit", ["kept_visits", "kept_bytes"])
def test_all_together_may_be_so_many_and_take_so_much(made, secret, limit, clock):
    most = {"kept_visits": 1, "kept_bytes": size_of_one(made, secret) * 3 // 2}[limit]
    visits = made(**{limit: most})
    visits.keep(secret, FILES, CHOICES)
    with pytest.raises(NoRoomToKeepError):
        visits.keep(new_secret(), FILES, CHOICES)
    visits.keep(secret, FILES, CHOICES)  # the same visit takes no other's room
    clock.go_on(minutes=30)
    visits.keep(new_secret(), FILES, CHOICES)  # nor do those that are over


def changed(visits, secret, **parts):
    """Have who can write to the place put other bytes in."""
    row = visits._place.get(visit_of(secret).id, visits._now())
    visits._place.put(replace(row, **parts), visits._now())


@pytest.mark.parametrize("part", ["files", "choices"])
def test_a_single_bit_is_noticed(visits, secret, part):
    visits.keep(secret, FILES, CHOICES)
    row = visits._place.get(visit_of(secret).id, visits._now())
    content = bytearray(getattr(row, part))
    content[-1] ^= 1
    changed(visits, secret, **{part: bytes(content)})
    with pytest.raises(TamperedVisitError):
        visits.find(secret)


def test_rows_cannot_take_each_others_place_nor_parts_of_a_row(visits, secret):
    other = new_secret()
    for each in (secret, other):
        visits.keep(each, FILES, CHOICES)
    row, theirs = (visits._place.get(visit_of(each).id, visits._now()) for each in (secret, other))
    for parts in ({"files": theirs.files, "choices": theirs.choices}, {"files": row.choices}):
        changed(visits, secret, **parts)
        with pytest.raises(TamperedVisitError):
            visits.find(secret)


def test_choices_of_an_earlier_file_cannot_be_put_back(visits, secret):
    visits.keep(secret, FILES, CHOICES)
    before = visits._place.get(visit_of(secret).id, visits._now())
    visits.keep(secret, [("b.csv", b"other")], Choices())
    changed(visits, secret, choices=before.choices)
    with pytest.raises(TamperedVisitError):
        visits.find(secret)


def test_visits_outlive_the_server_in_a_database_and_not_in_its_memory(on_sqlite, secret):
    visits_in(on_sqlite).keep(secret, FILES, CHOICES)
    assert visits_in(on_sqlite).find(secret).files == FILES
    visits_in({}).keep(secret, FILES, CHOICES)
    assert visits_in({}).find(secret) is None


def test_a_database_says_where_and_else_it_is_the_servers_memory(on_sqlite, tmp_path):
    assert isinstance(visits_in(on_sqlite)._place, InDatabase)
    assert isinstance(visits_in({"RITORNO_DATA": str(tmp_path)})._place, InMemory)


def test_a_database_that_cannot_be_reached_is_said(secret, clock):
    url = place({"RITORNO_DATABASE_URL": "postgresql://ritorno@127.0.0.1:1/none"})
    visits = Visits(InDatabase(url, Limits()), Limits(), clock)
    for act in (
        lambda: visits.keep(secret, FILES, CHOICES),
        lambda: visits.find(secret),
        lambda: visits.forget(secret),
    ):
        with pytest.raises(VisitsUnreachableError):
            act()


def test_purging_makes_no_store_where_there_was_none(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}"
    assert visits_in({"RITORNO_DATABASE_URL": url}).purge() == 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["kept_visits", "visitors", "keep_bytes"])
def test_only_the_minutes_may_be_none(name):
    assert limits_in({"RITORNO_KEEP_MINUTES": "0"}).keep_minutes == 0
    with pytest.raises(ValueError, match=f"RITORNO_{name.upper()} must be a whole number above 0"):
        limits_in({f"RITORNO_{name.upper()}": "0"})
    with pytest.raises(ValueError, match="RITORNO_KEEP_MINUTES must be a whole number from 0"):
        limits_in({"RITORNO_KEEP_MINUTES": "-1"})
