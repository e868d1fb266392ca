import pandas as pd

from retention import aggregate
from tests.aggregate.shops import as_rows, prepared


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


def test_customers_who_spent_the_same_in_another_order_are_alike():
    # (.1 + .1) + .2 + .3 is not (.1 + .3) + .2 + .1 where numbers float
    values = {"a": (0.1, 0.1, 0.2, 0.3), "b": (0.1, 0.3, 0.2, 0.1)}
    rows = [(who, f"2024-01-0{1 + n}", value) for who, each in values.items() for n, value in enumerate(each)]
    purchases = prepared(rows, "2024-01-01", "2024-03-31")
    for table in (
        aggregate.worth_by_age(purchases, (1,)),
        aggregate.around(purchases, "month", 12 * 2024),
        aggregate.spend(aggregate.customers(purchases)),
    ):
        assert table["customers"].tolist() == [2]
