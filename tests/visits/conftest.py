"""Visits to keep, in every place there is for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from retention.sharing import new_secret
from retention.sharing.place import place
from retention.visits import Choices, Visits
from retention.visits.limits import limits_in
from retention.visits.memory import InMemory
from retention.visits.table import InDatabase
from tests.sharing.servers import postgresql

KNOWN = "aaron.agnelli@example.it"
PICTURE = np.random.default_rng(7).bytes(2_000)  # what cannot be made smaller stands packed as it is
FILES = (
    ("vendite-agnelli.csv", f"Cliente,Data,Importo\n{KNOWN},2024-03-01,12.50\n".encode() * 40),
    ("picture", PICTURE),
)
CHOICES = Choices(
    {"until": datetime(2024, 3, 31, tzinfo=UTC).date(), "left_out": [KNOWN], "currency": None},
    {
        "spend": pd.DataFrame({"month": ["2024-03"], "amount": [12.5]}),
        "complaints": pd.DataFrame({"customer_id": [KNOWN], "day": [738_000]}),
    },
)


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.now

    def go_on(self, **time):
        self.now += timedelta(**time)


@pytest.fixture(scope="session")
def server():
    with postgresql() as started:
        yield started


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def secret():
    return new_secret()


@pytest.fixture
def on_sqlite(tmp_path):
    return {"RITORNO_DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'store.sqlite'}"}


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def made(request, clock):
    """What makes visits in a place of its own, with limits of one's own; twice the same place."""
    kinds = {
        "memory": InMemory,
        "sqlite": lambda limits: InDatabase(place(request.getfixturevalue("on_sqlite")), limits),
        "postgresql": lambda limits: InDatabase(_new(request.getfixturevalue("server")), limits),
    }

    def with_limits(**limits):
        given = limits_in({f"RITORNO_{name.upper()}": str(n) for name, n in limits.items()})
        return Visits(kinds[request.param](given), given, clock)

    return with_limits


def _new(server):
    return place({"RITORNO_DATABASE_URL": server.new_database()})


@pytest.fixture
def visits(made):
    return made()
