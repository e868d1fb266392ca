"""Orders worth nothing or less."""

from tests.ingest.wild.outcome import wild


def test_orders_of_nothing_are_counted_apart_and_negative_ones_are_refunds():
    found = wild("n05_zero.csv")
    assert (found.orders, found.total, found.refunds, found.refunded) == (2, 19.50, 1, -4.00)
    assert found.intake.account.zero_orders == 2
