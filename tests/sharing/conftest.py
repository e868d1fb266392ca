"""A study to share, and both databases to share it on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from retention import ingest
from retention.sharing import SharedStudy, Shares, Source, new_secret, owner_of
from retention.sharing.limits import limits_in
from retention.sharing.place import place
from retention.sharing.store import Store
from tests.sharing.servers import postgresql

KNOWN = "aaron.agnelli@example.it"  # the first of all customers: what a Parquet file says openly of its texts
TITLE = "Bottega Agnelli, primavera"
_PEOPLE = [KNOWN, "bruna@example.it", "carlo@example.it", "dora@example.it"]


def _line(n):
    when = f"2024-{1 + n % 9:02d}-{1 + n % 27:02d} 1{n % 9}:30"
    return f"{_PEOPLE[n % 4]},V{n:04d},{when},{10 + n % 7}.50,{('web', 'negozio')[n % 2]},P{n % 4}"


SALES = "\n".join(["Cliente,Ordine,Data,Importo,Canale,Prodotto", *map(_line, range(120))])


def study_of(sales, title=TITLE, **more):
    """A study of sales as text."""
    raw = ingest.read(sales.encode(), "vendite.csv")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping, now=datetime(2025, 1, 1))  # noqa: DTZ001  local
    return SharedStudy(title, Source("vendite.csv"), intake, **more)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.now

    def go_on(self, **time):
        self.now += timedelta(**time)


@pytest.fixture(scope="session")
def study():
    return study_of(SALES, settings={"margin": 30.0}, scenarios=(("più margine", {"uplift": 5.0}),))


@pytest.fixture(scope="session")
def server():
    with postgresql() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path):
    """Where the store is, as a host would say it; a database nobody has used."""
    if request.param == "sqlite":
        return {"RITORNO_DATA": str(tmp_path / "data")}
    return {"RITORNO_DATABASE_URL": request.getfixturevalue("server").new_database()}


@pytest.fixture
def on_sqlite(tmp_path):
    return {"RITORNO_DATA": str(tmp_path / "data")}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def made(environment, clock):
    """What makes shares on the store, with limits of one's own."""

    def with_limits(**limits):
        given = limits_in({f"RITORNO_{name.upper()}": str(n) for name, n in limits.items()})
        return Shares(Store(place(environment), given), clock)

    return with_limits


@pytest.fixture
def shares(made):
    return made()


@pytest.fixture
def owner():
    return owner_of(new_secret())


@pytest.fixture
def other():
    return owner_of(new_secret())


@pytest.fixture
def rows(environment, shares):
    """The table itself, as who has the database sees it."""
    shares.purge()  # makes it
    return SimpleNamespace(url=place(environment))
