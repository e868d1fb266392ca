"""The list of customers to ask: the first of them on screen, as they are read."""

from datetime import date

import pandas as pd

from retention.ui.dropoff import steps
from tests.keyed import ENGLISH

JANUARY = date(2024, 1, 1).toordinal()


def test_the_first_of_a_long_list_are_on_screen():
    given = {"customer_id": [f"c{n}" for n in range(501)], "purchase": 2, "last_day": JANUARY}
    to_ask = pd.DataFrame(given | {"waited": 40, "trigger": 35, "revenue": 9.5})
    found = steps._listed(to_ask, ENGLISH)
    assert len(found.data) == 500
    assert found.data.iloc[0].tolist() == ["c0", 2, date(2024, 1, 1), 40, 35, 9.5]
