"""Data several tests read: a hand-made shop, and the real workbook where it is there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from retention import ingest, threads
from retention.orders import Orders
from retention.periods import Window
from retention.study import Study
from tests import decks
from tests.analysed import analyse

settings.register_profile(
    "project", deadline=None, derandomize=True
)  # no timed tests, the same examples always
settings.load_profile("project")
threads.use_one()

WORKBOOK = Path(__file__).parents[2] / "shared" / "data" / "online_retail.xlsx"


def shop(rows, first, last):
    """Orders from (customer, "YYYY-MM-DD", value) rows; value > 0 is a purchase, < 0 a refund."""
    table = pd.DataFrame(
        {
            "customer_id": [customer for customer, _, _ in rows],
            "order_id": [str(n) for n in range(len(rows))],
            "date": pd.to_datetime([when for _, when, _ in rows]),
            "value": [float(value) for _, _, value in rows],
        }
    )
    table["kind"] = [
        "purchase" if value > 0 else "refund" if value < 0 else "zero" for value in table["value"]
    ]
    return Orders(table, Window(date.fromisoformat(first), date.fromisoformat(last)))


@pytest.fixture
def small_shop():
    """Three customers over the first quarter of 2024, all of whose figures can be worked by hand.

    a buys in January (twice), February and March; b in January and March and has 5 refunded in February;
    c buys first in February. d has only a refund. The data ends on 20 March, so March is incomplete.
    """
    rows = [
        ("a", "2024-01-01", 10),
        ("a", "2024-01-31", 20),
        ("a", "2024-02-10", 30),
        ("a", "2024-03-05", 40),
        ("b", "2024-01-15", 50),
        ("b", "2024-02-01", -5),
        ("b", "2024-03-20", 60),
        ("c", "2024-02-20", 70),
        ("d", "2024-02-25", -7),
    ]
    return shop(rows, "2024-01-01", "2024-03-20")


@pytest.fixture
def small_study(small_shop):
    return Study(small_shop)


@pytest.fixture(scope="session")
def retail_file():
    if not WORKBOOK.exists():
        pytest.skip(f"the Online Retail workbook is not at {WORKBOOK.name} beside the project")
    return ingest.read(WORKBOOK.read_bytes(), WORKBOOK.name)


@pytest.fixture(scope="session")
def online_retail(retail_file):
    """The Online Retail workbook as orders and account."""
    return ingest.to_orders(retail_file, ingest.guess(retail_file).mapping, now=datetime(2012, 1, 1))  # noqa: DTZ001  local


@pytest.fixture(scope="session")
def retail_study(online_retail):
    """What is computed of the Online Retail workbook, once for all tests that ask."""
    return Study(online_retail.orders, online_retail.lines, online_retail.exported)


@pytest.fixture(scope="session")
def analysed_shop():
    """The sample shop with its spend, analysed as the command line does."""
    return analyse("shop", spend=True)


@pytest.fixture(scope="session")
def analysed_cdnow():
    """The published sample, analysed as the command line does."""
    return analyse("cdnow")


@pytest.fixture(scope="session")
def told_shop(analysed_shop):
    """What is told of the sample shop, by language."""
    return decks.of_shop(analysed_shop.study)


@pytest.fixture(scope="session")
def shop_decks(told_shop):
    """Its messages, by language."""
    return decks.decks(told_shop)


@pytest.fixture(scope="session")
def retail_decks(retail_study, online_retail, retail_file):
    """The messages of Online Retail, by language."""
    return decks.decks(decks.of_retail(retail_study, online_retail, retail_file))


@pytest.fixture
def two_months():
    """Five customers over January and February 2024, which can be held against each other by hand.

    January: a 100, b 60, c 40. February: a 70 in two orders, c 90, d (new) 50, e (bought in December) 20, b
    nothing; a gets 10 back in January and 5 in February.
    """
    rows = [
        ("e", "2023-12-05", 15),
        ("a", "2024-01-02", 100),
        ("a", "2024-01-20", -10),
        ("b", "2024-01-03", 60),
        ("c", "2024-01-04", 40),
        ("a", "2024-02-02", 30),
        ("a", "2024-02-12", 40),
        ("a", "2024-02-20", -5),
        ("c", "2024-02-04", 90),
        ("d", "2024-02-05", 50),
        ("e", "2024-02-06", 20),
    ]
    return Study(shop(rows, "2023-12-01", "2024-02-29"))
