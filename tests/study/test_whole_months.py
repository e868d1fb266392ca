"""Beyond so many customers models are tried on whole months, so that a month's figures stay as they are."""

from datetime import date

import pytest

from retention.engines.in_duckdb import DuckDB
from retention.periods import Window
from retention.study import Study
from tests.aggregate.engines import held_by
from tests.simulated import simulated_shop

SHOP = simulated_shop(4, customers=300)


@pytest.mark.parametrize("most", [0, 10**6])
def test_the_days_models_are_tried_on_move_once_a_month(most):
    with DuckDB() as engine:
        found = []
        orders = held_by(engine, SHOP)
        end = orders.window.last
        for day in (date(end.year, end.month, 3), date(end.year, end.month, 9)):
            study = Study(orders)
            study.most_one_by_one = most
            early = study.until(day)
            early.most_one_by_one = most
            found.append((early.models.calibration_end(), early.models.origins((), 90.0).days))
    assert (found[0] == found[1]) == (most == 0)
    assert found[0][1]


def test_whole_months_end_with_the_last_that_is_over():
    first = date(2024, 1, 10)
    assert Window(first, date(2024, 4, 29)).whole_months() == Window(first, date(2024, 3, 31))
    assert Window(first, date(2024, 4, 30)).whole_months() == Window(first, date(2024, 4, 30))
    assert Window(first, date(2024, 2, 20)).whole_months() == Window(first, date(2024, 2, 20))
