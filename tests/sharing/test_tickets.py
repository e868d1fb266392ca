"""What a browser is given to hold says nothing, and is good for one purpose and a while."""

from datetime import UTC, datetime, timedelta

import pytest

from retention.sharing import StoreUnreachableError, Tickets, tickets_in

SECRET = "x" * 43
KEY = bytes(range(32))


class Clock:
    def __init__(self):
        self.now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self):
        return self.now


def test_a_ticket_gives_its_secret_back_and_does_not_show_it():
    tickets = Tickets(KEY)
    ticket = tickets.issue("link", SECRET, 60)
    assert tickets.read("link", ticket) == SECRET
    assert SECRET not in ticket
    assert ticket != tickets.issue("link", SECRET, 60)
    assert set(ticket) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_it_is_good_for_so_many_seconds():
    clock = Clock()
    tickets = Tickets(KEY, clock)
    ticket = tickets.issue("link", SECRET, 60)
    clock.now += timedelta(seconds=59)
    assert tickets.read("link", ticket) == SECRET
    clock.now += timedelta(seconds=1)
    assert tickets.read("link", ticket) is None


def test_it_is_good_for_its_purpose_and_at_its_server_alone():
    ticket = Tickets(KEY).issue("link", SECRET, 60)
    assert Tickets(KEY).read("owner", ticket) is None
    assert Tickets(bytes(32)).read("link", ticket) is None


@pytest.mark.parametrize("place", [0, 10, -1])
def test_a_changed_one_is_none(place):
    ticket = list(Tickets(KEY).issue("link", SECRET, 60))
    ticket[place] = "A" if ticket[place] != "A" else "Q"
    assert Tickets(KEY).read("link", "".join(ticket)) is None


@pytest.mark.parametrize("text", ["", "a", "no ticket", "ä" * 50, "A" * 41, "A" * 200])
def test_any_other_text_is_none(text):
    assert Tickets(KEY).read("link", text) is None


def test_a_servers_key_outlives_it_and_is_its_owners_alone(tmp_path):
    there = {"RITORNO_DATA": str(tmp_path / "data")}
    ticket = tickets_in(there).issue("link", SECRET, 60)
    assert tickets_in(there).read("link", ticket) == SECRET
    (file,) = (tmp_path / "data").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_bytes()) == 32
    assert tickets_in({"RITORNO_DATA": str(tmp_path / "other")}).read("link", ticket) is None


def test_servers_of_one_secret_read_each_others(tmp_path):
    one, other = ({"RITORNO_DATA": str(tmp_path / n), "RITORNO_SECRET": "s" * 16} for n in "ab")
    assert tickets_in(other).read("link", tickets_in(one).issue("link", SECRET, 60)) == SECRET
    assert not list(tmp_path.iterdir())


def test_a_short_secret_is_refused_by_name():
    with pytest.raises(ValueError, match="RITORNO_SECRET"):
        tickets_in({"RITORNO_SECRET": "short"})


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnreachableError):
        tickets_in({"RITORNO_DATA": str(tmp_path / "file")})
