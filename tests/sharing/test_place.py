"""Where the store is, as a host says it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from retention.sharing.limits import Limits, limits_in
from retention.sharing.place import folder, place


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_is_reached_by_one_driver(scheme):
    url = place({"RITORNO_DATABASE_URL": f"{scheme}://who:word@db:5433/shop?sslmode=require"})
    assert (url.drivername, url.host, url.port, url.database) == ("postgresql+psycopg", "db", 5433, "shop")
    assert (url.password, dict(url.query)) == ("word", {"sslmode": "require"})


def test_without_an_address_it_is_a_file(tmp_path):
    url = place({"RITORNO_DATA": str(tmp_path), "RITORNO_DATABASE_URL": " "})
    assert (url.drivername, url.database) == ("sqlite", str(tmp_path / "shares.sqlite"))


@pytest.mark.parametrize(
    ("system", "environment", "there"),
    [
        ("linux", {"XDG_STATE_HOME": "/state"}, Path("/state/ritorno")),
        ("linux", {}, Path.home() / ".local" / "state" / "ritorno"),
        ("darwin", {}, Path.home() / "Library" / "Application Support" / "Ritorno"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/Ritorno")),
        ("linux", {"RITORNO_DATA": "/data", "XDG_STATE_HOME": "/state"}, Path("/data")),
    ],
)
def test_the_file_is_where_the_system_keeps_such(monkeypatch, system, environment, there):
    monkeypatch.setattr(sys, "platform", system)
    assert folder(environment) == there


@pytest.mark.parametrize("address", ["mysql://who:secret-word@db/shop", "secret-word", "://"])
def test_any_other_address_is_refused_without_repeating_it(address):
    with pytest.raises(ValueError, match="RITORNO_DATABASE_URL must begin with") as refused:
        place({"RITORNO_DATABASE_URL": address})
    assert "secret-word" not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__


def test_limits_are_set_one_by_one():
    assert limits_in({}) == Limits()
    assert limits_in({"RITORNO_STORE_BYTES": "10"}) == Limits(store_bytes=10)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "1 "])
def test_limits_are_whole_numbers(text):
    with pytest.raises(ValueError, match="RITORNO_SHARE_BYTES"):
        limits_in({"RITORNO_SHARE_BYTES": text})
