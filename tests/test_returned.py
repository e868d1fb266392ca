"""Back only after so many purchases or so much: by hand, by plain Python; any purchase as it always was."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.aggregate import CellOf
from retention.errors import InputError
from retention.periods import number_of
from retention.returned import ONCE, Returned
from retention.study import Study
from tests.conftest import shop

# Won in January 2024: a buys twice in February for 30 and once in March for 50; b once in February for 40;
# c twice in March for 20, of which 15 come back. Won in February: d, who buys once in March for 5.
ROWS = [
    ("a", "2024-01-10", 10), ("a", "2024-02-03", 10), ("a", "2024-02-20", 20), ("a", "2024-03-15", 50),
    ("b", "2024-01-20", 10), ("b", "2024-02-25", 40),
    ("c", "2024-01-25", 10), ("c", "2024-03-01", 5), ("c", "2024-03-09", 15), ("c", "2024-03-20", -15),
    ("d", "2024-02-10", 10), ("d", "2024-03-05", 5),
]  # fmt: skip
JANUARY = 12 * 2024


@pytest.fixture(scope="module")
def study():
    return Study(shop(ROWS, "2024-01-01", "2024-03-31"))


def customers(table):
    cells = table.cells
    return {
        (int(c) - JANUARY, int(age)): int(n)
        for c, age, n in zip(cells["cohort"], cells["age"], cells["customers"], strict=True)
    }


@pytest.mark.parametrize(
    ("returned", "february", "march", "march_of_d"),
    [
        (ONCE, 2, 2, 1),
        (Returned(2), 1, 1, 0),  # a in February, c in March
        (Returned(1, 25.0), 2, 1, 0),  # a and b in February, a in March
        (Returned(2, 20.0), 1, 1, 0),  # c spent 20, whatever came back later
        (Returned(2, 20.01), 1, 0, 0),
        (Returned(3), 0, 0, 0),
    ],
)
def test_cohorts_by_hand(study, returned, february, march, march_of_d):
    back = study.counting_back(returned)
    table = back.cohorts.table("month")
    assert customers(table) == {
        (0, 0): 3, (0, 1): february, (0, 2): march, (1, 0): 1, (1, 1): march_of_d,
    }  # fmt: skip
    usual = study.cohorts.table("month").cells
    others = ["size", "orders", "gross", "revenue", "cumulative_revenue"]
    pd.testing.assert_frame_equal(table.cells[others], usual[others])
    for cohort, age, number in ((0, 1, february), (0, 2, march), (1, 1, march_of_d), (0, 0, 3)):
        cell = back.cohorts.cell_customers("month", "on", None, 0, JANUARY + cohort, age)
        assert len(cell.customers) == number


def test_on_or_after_counts_the_purchases_from_that_period_on(study):
    """Of January: from February on a has three, c two, b one; from March on a one, c two."""
    two = study.counting_back(Returned(2)).cohorts.table("month", "on_or_after")
    assert {key: n for key, n in customers(two).items() if key[0] == 0} == {(0, 0): 3, (0, 1): 2, (0, 2): 1}
    much = study.counting_back(Returned(1, 50.0)).cohorts.table("month", "on_or_after")
    assert {key: n for key, n in customers(much).items() if key[0] == 0} == {(0, 0): 3, (0, 1): 1, (0, 2): 1}
    behind = study.counting_back(Returned(2)).cohorts.cell_customers(
        "month", "on_or_after", None, 0, JANUARY, 2
    )
    assert behind.customers["customer_id"].tolist() == ["c"]


def steps_of(rows, returned, last="2024-03-31"):
    table = Study(shop(rows, "2024-01-01", last)).tables.steps(returned)
    return [tuple(row) for row in table.itertuples(index=False)]


def test_drop_off_after_two_purchases_by_hand():
    """a is back at the third purchase, after 31 days, and again at the fifth, after 10; b is on the way."""
    days = ["01-01", "01-11", "02-01", "02-02", "02-11", "03-01"]
    rows = [("a", f"2024-{day}", 10) for day in days] + [("b", "2024-01-31", 10), ("b", "2024-02-01", 10)]
    assert steps_of(rows, Returned(2)) == [
        (1, 31, True, 1),
        (1, 60, False, 1),
        (2, 10, True, 1),
        (3, 49, False, 1),
    ]


def test_drop_off_after_a_spend_by_hand():
    """Every further 25, and an order each: 10 + 20 after 19 days; 70 then make up for the first two."""
    rows = [
        ("a", "2024-01-01", 99),
        ("a", "2024-01-05", 10),
        ("a", "2024-01-20", 20),
        ("a", "2024-01-30", 70),
    ]
    assert steps_of(rows, Returned(1, 25.0)) == [
        (1, 19, True, 1),
        (2, 10, True, 1),
        (3, 0, True, 1),
        (4, 61, False, 1),
    ]


def test_any_purchase_is_as_it_always_was(study):
    assert study.tables.steps(Returned()) is study.tables.gaps()
    again = study.counting_back(Returned(1, 0.0))
    assert again.cohorts.table("month") is study.cohorts.table("month")
    assert again.dropoff.steps() is study.dropoff.steps()
    assert again.purchases is study.purchases


DAYS = st.dates(date(2024, 1, 1), date(2024, 6, 30))
bought = st.lists(st.tuples(st.sampled_from("abcd"), DAYS, st.integers(1, 60)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(bought, st.integers(1, 4), st.sampled_from([0.0, 15.0, 40.0]))
def test_cells_and_steps_against_plain_python(rows, purchases, spend):
    returned = Returned(purchases, spend)
    prepared = aggregate.prepare(
        shop([(who, str(day), value) for who, day, value in rows], "2024-01-01", "2024-06-30")
    )
    found = aggregate.cells(prepared, "month", returned=returned)
    expected, waits = {}, []
    for who in {who for who, _, _ in rows}:
        own = sorted(((day, -value) for name, day, value in rows if name == who))
        cohort = number_of(own[0][0], "month")
        for period in {number_of(day, "month") for day, _ in own}:
            values = [-value for day, value in own if number_of(day, "month") == period]
            if period == cohort or (len(values) >= purchases and sum(values) >= spend):
                expected[cohort, period] = expected.get((cohort, period), 0) + 1
        days = [own[0][0]]
        for times in range(1, 60):
            so_far = [sum(-value for _, value in own[1 : k + 1]) for k in range(len(own))]
            enough = [k for k in range(len(own)) if k >= times * purchases and so_far[k] >= times * spend]
            if not enough:
                break
            days.append(own[enough[0]][0])
        days = days[: aggregate.MOST_RUNGS]
        waits += [(k + 1, (days[k + 1] - days[k]).days, True) for k in range(len(days) - 1)]
        if len(days) < aggregate.MOST_RUNGS:
            waits.append((len(days), (prepared.window.last - days[-1]).days, False))
    counted = {
        (int(c), int(p)): int(n)
        for c, p, n in zip(found["cohort"], found["period"], found["customers"], strict=True)
        if n
    }
    assert counted == expected
    rungs = aggregate.gaps(aggregate.rungs(prepared, returned))
    assert sorted(waits) == sorted(
        (p, d, f) for p, d, f, n in rungs.itertuples(index=False) for _ in range(n)
    )


def test_reaching_further_loses_more():
    draw = np.random.default_rng(4)
    rows = [
        (f"c{n}", str(pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(day)))[:10], 10)
        for n in range(300)
        for day in np.cumsum(draw.geometric(1 / 25, draw.geometric(0.3)))
        if day < 360
    ]
    one = Study(shop(rows, "2024-01-01", "2024-12-31"))
    lost = [one.counting_back(Returned(n)).dropoff.steps().steps[0].lost.value for n in (1, 2, 3)]
    assert lost == sorted(lost)
    assert lost[0] < lost[2]


@pytest.mark.parametrize(
    "given_", [{"purchases": 0}, {"purchases": 51}, {"spend": -1.0}, {"spend": float("nan")}]
)
def test_what_cannot_be_asked_is_refused(given_):
    with pytest.raises(InputError, match="setting_out_of_range"):
        Returned(**given_)


def test_a_cell_asks_for_nothing_more_unless_told():
    assert CellOf(1, (JANUARY,)).returned == ONCE
