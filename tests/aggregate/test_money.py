import pandas as pd

from retention import aggregate
from tests.aggregate.shops import as_rows


def test_value_by_age_by_hand(small):
    table = aggregate.value_by_age(small)
    first, second, third = (
        pd.Timestamp(day).toordinal() for day in ("2024-01-01", "2024-01-15", "2024-02-20")
    )
    assert as_rows(table) == [
        (first, 0, 30.0, 0.0),  # ages 0 and 30 days lie in the first 30.4375
        (first, 1, 30.0, 0.0),
        (first, 2, 40.0, 0.0),
        (second, 0, 0.0 + 50.0, -5.0),
        (second, 2, 60.0, 0.0),
        (third, 0, 70.0, 0.0),
    ]
