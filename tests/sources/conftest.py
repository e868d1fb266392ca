"""A database with sales in it, on a real PostgreSQL."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress

import psycopg
import pytest

from retention.errors import InputError
from retention.ingest import Limits
from retention.sources import Reading, Shelf, sources_in
from retention.text import LANGUAGES, Words
from tests.sharing.servers import postgresql

PATIENCE = 30  # seconds within which any failure is said

SALES = """
CREATE TABLE sales (customer text, number text, day date, total numeric(10, 2));
INSERT INTO sales VALUES
  ('00017', '0001', '2024-01-01', 10.10), ('b@example.com', '0002', '2024-01-15', 40), ('00017', '0003', '2024-02-10', 20.05),
  ('d', '0004', '2024-02-11', NULL), (NULL, '0005', '2024-02-12', 7);
"""  # noqa: E501  as one reads rows


@pytest.fixture(scope="session")
def server():
    with postgresql() as started:
        yield started


@pytest.fixture
def database(server):
    """Address of a database with sales, nobody else's."""
    address = server.new_database()
    run(server, address, SALES)
    return address


def run(server, address, *statements):
    server.run(*statements, name=address.rpartition("/")[2])


def source(address, **told):
    """A source as a host would write it."""
    if not told.keys() & {"table", "query"}:
        told["table"] = "sales"
    return sources_in({"sales": {"name": "Shop orders", "address": address, **told}})["sales"]


@pytest.fixture
def free_port():
    """A port nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def running(database):
    """How many statements of ours the server is at."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ritorno' AND state = 'active'"
    with psycopg.connect(database) as connection:
        return connection.execute(asked).fetchone()[0]


def begun(database, **told):
    """A reading that is in the middle of a long query."""
    reading = Reading(source(database, **told), Shelf())
    while not running(database):
        assert not reading.wait(0.02)
    return reading


SLOW = {"query": "SELECT i, pg_sleep(60) FROM generate_series(1, 9) AS i", "seconds": 600}


def refusal(told, limits=None, shelf=None):
    """Why a source gives nothing, said within the time it may take."""
    reading = Reading(told, shelf or Shelf(), limits=limits or Limits())
    until = time.monotonic() + PATIENCE
    while not reading.wait(0.1):
        assert time.monotonic() < until
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.details["name"] == "Shop orders"
    assert refused.value.__context__ is refused.value.__cause__ is None
    for language in LANGUAGES:
        assert "Shop orders" in Words(language).error(refused.value)
    return refused.value


@contextmanager
def going_silent(server):
    """The address of a line to the server that, once told to, carries nothing any more."""
    cut = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def carry(one, other):
            with one, suppress(OSError):
                while content := one.recv(65_536):
                    if not cut.is_set():
                        other.sendall(content)
            with suppress(OSError):
                other.shutdown(socket.SHUT_RDWR)

        carrying = []

        def lead():
            inside, _ = door.accept()
            outside = socket.create_connection(("127.0.0.1", server.port))
            for ways in ((inside, outside), (outside, inside)):
                carrying.append(threading.Thread(target=carry, args=ways))
                carrying[-1].start()

        leading = threading.Thread(target=lead)
        leading.start()
        yield door.getsockname()[1], cut
        for each in (leading, *carrying):
            each.join()
