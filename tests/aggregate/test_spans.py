"""What customers brought between two days, against a count of the orders one by one."""

from datetime import timedelta

import pytest
from hypothesis import given

from retention import aggregate
from tests.aggregate.shops import evenings, shops, spans


def by_customer(orders, kept):
    """Each customer's orders of some days: numbers, gross and net."""
    found = {}
    for row in orders.table[orders.table["kind"] != "zero"].itertuples():
        if kept(row):
            each = found.setdefault(row.customer_id, [0, 0.0, 0.0])
            bought = row.kind == "purchase"
            each[0] += bought
            each[1] += row.value if bought else 0.0
            each[2] += row.value
    return found


@given(shops, evenings, spans)
def test_spent_between(orders, first, length):
    last = first + timedelta(days=length)
    each = by_customer(orders, lambda row: first <= row.date.date() <= last).values()
    found = aggregate.spent_between(aggregate.prepare(orders), first, last).iloc[0]
    assert found["customers"] == len(each)
    assert found["buyers"] == sum(n > 0 for n, _, _ in each)
    sums = {
        "whole": sum(n for n, _, _ in each),
        "part": sum(gross for _, gross, _ in each),
        "whole2": sum(n * n for n, _, _ in each),
        "cross": sum(n * gross for n, gross, _ in each),
        "part2": sum(gross**2 for _, gross, _ in each),
        "net": sum(net for _, _, net in each),
        "net2": sum(net**2 for _, _, net in each),
    }
    assert found[list(sums)].to_dict() == pytest.approx(sums)


@given(shops, evenings, spans)
def test_brought_after(orders, end, length):
    through = end + timedelta(days=length)
    bought = [
        (row.customer_id, row.date.date())
        for row in orders.table[orders.table["kind"] == "purchase"].itertuples()
    ]
    known = {customer for customer, day in bought if day <= end}
    each = by_customer(orders, lambda row: row.customer_id in known and end < row.date.date() <= through)
    later = {(customer, day) for customer, day in bought if customer in known and end < day <= through}
    found = aggregate.brought_after(aggregate.prepare(orders), end, through).iloc[0]
    assert found["customers"] == len(each)
    assert found["purchase_days"] == len(later)
    assert found["net"] == pytest.approx(sum(net for _, _, net in each.values()))
