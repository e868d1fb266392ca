import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.dropoff import compare_groups, drop_off
from retention.orders import Orders
from retention.periods import number_of
from retention.report.dropoff import steps as plain_steps
from retention.statistics import wilson
from retention.study import Study
from tests.conftest import shop
from tests.overview.shops import simulated
from tests.simulated import DROP_OFF, Going, simulated_shop
from tests.statistics.test_survival import lifelines


def waits(purchase, *rows):
    """Counts of waits after one purchase number from (days, followed, count)."""
    return pd.DataFrame(rows, columns=["days", "followed", "count"]).assign(purchase=purchase)


DAYS = 401  # of a file that shows these waits: less than two years

# Of 100 first buyers 40 return after 10 days, 20 after 50; 10 are last seen after 20, 30 after 400.
FIRST = waits(1, (10, True, 40), (50, True, 20), (20, False, 10), (400, False, 30))


def plain(orders):
    """The steps of a shop as they are written."""
    return plain_steps(Study(orders).dropoff.steps())


def by_cohort(orders):
    return aggregate.gaps_by_cohort(aggregate.prepare(orders), "month")


def test_a_step_by_hand():
    (step,) = drop_off(FIRST, DAYS).steps
    # S(10) = 60/100; then 10 leave the sight, and S(50) = 60/100 · 30/50
    assert step.goes_on.value == pytest.approx(1 - 0.6 * 0.6)
    assert (step.customers, step.followed, step.naive) == (100, 60, 0.6)
    assert step.read_at_day == 400
    assert step.within.value == pytest.approx(0.64)
    # half of .64 is passed by .40, 80 % only by .64; both happen within 180 days
    assert (step.asked_within, step.median_days, step.trigger_day) == (180, 10, 50)


def test_the_trigger_day_is_of_those_who_go_on_within_180_days_or_a_year_by_hand():
    # Of 100, 40 go on after 10 days, 10 after 50, 30 after 300; 20 wait for 800 days
    gaps = waits(1, (10, True, 40), (50, True, 10), (300, True, 30), (800, False, 20))
    (half_a_year,), (year,) = drop_off(gaps, 729).steps, drop_off(gaps, 730).steps
    # within 180 days 50 go on: half by day 10, 40 of 50 by day 10 too; within 365, 80: 64 of them by day 300
    assert (half_a_year.asked_within, half_a_year.median_days, half_a_year.trigger_day) == (180, 10, 10)
    assert (year.asked_within, year.median_days, year.trigger_day) == (365, 10, 300)
    # all else is the same
    assert (half_a_year.within, half_a_year.goes_on) == (year.within, year.goes_on)


def test_a_file_that_shows_less_names_the_longest_time_it_can():
    found = drop_off(waits(1, (10, True, 40), (70, False, 60)), 71)
    assert (found.asked_within, found.steps[0].asked_within, found.steps[0].trigger_day) == (70, 70, 10)


def test_a_step_not_followed_so_long_is_asked_about_with_those_after_it():
    long = waits(1, (10, True, 40), (800, False, 60))
    short = waits(2, (20, True, 10), (200, False, 30))  # can be compared at 180 days, not read at 365
    found = drop_off(pd.concat([long, short]), 801)
    assert [step.purchase for step in found.compared] == [1, 2]
    assert (found.steps[1].asked_within, found.steps[1].trigger_day) == (None, None)
    assert (found.triggers, found.later) == ({1: 10}, (2, 20))


@pytest.mark.parametrize("seed", range(3))
def test_of_an_unchanging_shop_the_trigger_day_does_not_depend_on_the_length_of_the_file(seed):
    # Customers very unlike each other, 400 won a month
    def first(months):
        days = round(months * 30.4375)
        study = Study(simulated(seed, customers=400 * months, days=days, shape=0.5))
        return study.tables.gaps(), days

    def asked(gaps, days):
        step = drop_off(gaps, days).steps[0]
        return step.asked_within, step.median_days, step.trigger_day

    year, two, three = (first(months) for months in (12, 24, 36))
    for limit, window in ((729, 180), (730, 365)):  # the same time, whatever the length of the file
        found = [asked(gaps, limit) for gaps, _ in ((year, two, three) if window == 180 else (two, three))]
        assert {within for within, _, _ in found} == {window}
        for of in (1, 2):
            days = [row[of] for row in found]
            assert max(days) <= 1.15 * min(days)
    assert [asked(*file)[0] for file in (year, two, three)] == [180, 365, 365]
    ever = [  # what this replaced: of all who ever go on
        curve.day_of(0.8 * curve.gone_by(curve.last_day(30)).value)
        for curve in (drop_off(*file).steps[0].curve for file in (year, three))
    ]
    assert ever[1] > 1.3 * ever[0]


def test_a_step_is_read_while_30_wait():
    (step,) = drop_off(
        waits(1, (10, True, 40), (50, True, 20), (20, False, 10), (400, False, 29)), DAYS
    ).steps
    assert step.read_at_day == 50
    assert step.goes_on.value == pytest.approx(1 - 59 / 99 * 29 / 49)


def test_fewer_than_30_customers_say_nothing():
    found = drop_off(waits(1, (10, True, 20), (300, False, 9)), DAYS)
    (step,) = found.steps
    assert (step.goes_on, step.read_at_day, step.within, step.median_days) == (None, None, None, None)
    assert (step.customers, step.followed) == (29, 20)
    assert (found.day, found.worst, found.later, found.triggers) == (None, None, None, {})


def test_where_nobody_or_everybody_goes_on_there_is_no_interval():
    (nobody,) = drop_off(waits(1, (300, False, 50)), DAYS).steps
    assert nobody.goes_on.value == nobody.within.value == 0.0
    assert nobody.goes_on.low is None
    assert nobody.trigger_day is None
    (everybody,) = drop_off(waits(1, (10, True, 50)), DAYS).steps
    assert everybody.goes_on.value == everybody.within.value == 1.0
    assert everybody.within.high is None


def test_of_no_orders_there_are_no_steps():
    found = drop_off(FIRST.iloc[:0], DAYS)
    assert (found.steps, found.day, found.worst, found.later) == ((), None, None, None)


def test_steps_are_compared_at_180_days_or_as_far_as_the_first_is_followed():
    assert drop_off(FIRST, DAYS).day == 180
    short = drop_off(waits(1, (10, True, 40), (70, False, 60)), DAYS)
    assert short.day == 70
    assert short.steps[0].within.value == pytest.approx(0.4)


def test_a_later_step_not_followed_so_long_is_not_compared():
    found = drop_off(pd.concat([FIRST, waits(2, (5, True, 30), (40, False, 30))]), DAYS)
    assert found.steps[1].goes_on.value == pytest.approx(0.5)
    assert found.steps[1].within is None
    assert [step.purchase for step in found.compared] == [1]


def with_losses(*losses, customers=400):
    """Steps of which these shares are lost, everybody being followed."""
    return drop_off(
        pd.concat(
            waits(k, (10, True, round(customers * (1 - lost))), (400, False, round(customers * lost)))
            for k, lost in enumerate(losses, start=1)
        ),
        DAYS,
    )


@pytest.mark.parametrize(
    ("losses", "worst", "later"),
    [
        ((0.5, 0.3, 0.2, 0.1), 1, None),  # the second step's is the greatest after the first, as in any shop
        ((0.5, 0.2, 0.4, 0.2), 1, 3),
        ((0.3, 0.2, 0.4, 0.2), 3, 3),  # more than at the first
        ((0.3, 0.5, 0.3), 2, 2),
        ((0.5, 0.2, 0.23, 0.2), 1, None),  # three points of 400 customers are chance
        ((0.3, 0.33, 0.3), 1, None),  # even where they are the greatest of all
        ((0.5, 0.2, 0.4, 0.39), 1, None),  # more than before, not than after
        ((0.6, 0.2, 0.35, 0.1, 0.45, 0.1), 1, 5),  # of two the greater
        ((0.5, 0.2, 0.4), 1, 3),  # beside the last there is one step alone
        ((0.5,), 1, None),
        ((0.5, 1.0, 0.2), 1, None),  # of a share of all no error is known
    ],
)
def test_a_later_drop_off_point_loses_more_than_the_steps_beside_it(losses, worst, later):
    found = with_losses(*losses)
    assert found.worst.purchase == worst
    assert (found.later_point and found.later_point.purchase) == later


def test_the_more_steps_are_looked_at_the_more_one_has_to_stand_out():
    few, many = (0.5, 0.2, 0.3, 0.2), (0.5, 0.2, 0.3, 0.2, *[0.2] * 12)
    assert with_losses(*few, customers=270).later_point.purchase == 3
    assert with_losses(*many, customers=270).later_point is None


@pytest.mark.slow
def test_a_later_drop_off_point_is_rarely_named_where_there_is_none_and_found_where_there_is_one():
    def named(make, shops):
        return [Study(make(seed)).dropoff.steps().later_point for seed in range(shops)]

    alike = [named(lambda seed, c=c: simulated_shop(seed, c, {}, Going(0.6, 40)), 100) for c in (500, 3000)]
    unlike = named(lambda seed: simulated(seed, customers=2000, shape=0.5), 40)  # k = 2 was named in 39
    assert sum(step is not None for found in (*alike, unlike) for step in found) <= 12  # of 240: 5 %
    true = named(lambda seed: simulated_shop(seed, 1000), 50)
    assert sum(step is not None and step.purchase == 3 for step in true) >= 45


def test_who_comes_through_all_steps_is_the_product():
    found = drop_off(pd.concat([FIRST, waits(2, (10, True, 40), (400, False, 30))]), DAYS)
    reached = found.compared[1].reached
    assert reached.value == pytest.approx(0.64 * 4 / 7)
    # delta method: the relative variances add; that of the second step is that of a plain share of 70
    first = found.steps[0].curve.relative_variance(180)
    spread = 1.959963984540054 * np.sqrt(first + (3 / 7) / (4 / 7) / 70)
    assert np.log(reached.value / reached.low) == pytest.approx(spread)


def test_later_purchases_share_one_trigger_day():
    # The second purchase is followed for 40 days only: from it on all waits are taken together
    later = [waits(k, (10 * k, True, 30), (40, False, 30)) for k in (2, 3)]
    found = drop_off(pd.concat([FIRST, *later]), DAYS)
    # of the 120 waits half go on: a quarter after 20 days, a quarter after 30, which passes 80 % of the half
    assert found.later == (2, 30)
    assert found.triggers == {1: 50}


def test_groups_by_hand():
    rows = pd.concat(
        [FIRST.assign(group="web"), waits(1, (10, True, 20), (400, False, 10)).assign(group="shop")]
    )
    few = waits(1, (10, True, 29)).assign(group="fair")
    late = waits(1, (10, True, 20), (100, False, 80)).assign(group="late")
    found = compare_groups(pd.concat([rows, few, late]), 1, 180).set_index("group")
    assert found["customers"].to_dict() == {"late": 100, "shop": 30, "web": 100}
    assert found["within"][["web", "shop"]].tolist() == pytest.approx([0.64, 2 / 3])
    assert found.loc["late", ["within", "median_days"]].isna().all()
    assert found["median_days"]["web"] == 10


def test_a_group_of_whom_few_were_followed_so_long_is_left_open():
    # 503 won in one month: 150 return after 10 days, 343 are seen for 60 days only, 10 for 180. At 180 days
    # 10 of the 70 % who wait are left: as many as of 14 customers, who can tell nothing
    month = waits(1, (10, True, 150), (60, False, 343), (200, False, 10)).assign(group="late")
    # 30 % of 503 again, but 21 are seen for 180 days: of 30 customers
    enough = waits(1, (10, True, 150), (60, False, 331), (200, False, 22)).assign(group="enough")
    whole = waits(1, (10, True, 20), (400, False, 10)).assign(group="whole")  # 10 wait, but 30 were followed
    found = compare_groups(pd.concat([month, enough, whole]), 1, 180).set_index("group")
    assert found["followed_to_day"].to_dict() == {"late": 14, "enough": 31, "whole": 30}
    assert found.loc["late", ["within", "within_low", "within_high", "median_days"]].isna().all()
    assert found.loc["enough", "within"] == pytest.approx(150 / 503)
    assert found.loc["whole", "within"] == pytest.approx(2 / 3)


def test_a_cohort_is_told_of_where_half_of_it_was_followed_so_long():
    # 100 customers each: 20 return after 10 days, 40 or 41 of the others are seen for 60 days only
    half, less = (
        waits(1, (10, True, 20), (60, False, short), (200, False, 80 - short)).assign(group=name)
        for name, short in (("half", 40), ("less", 41))
    )
    gaps = pd.concat([half, less])
    told = compare_groups(gaps, 1, 180, least_followed=0.5).set_index("group")
    # 40 and 39 of the 80 who wait are seen so long: as many as of 50 and of 48 customers
    assert told["followed_to_day"].to_dict() == {"half": 50, "less": 48}
    assert told["within"]["half"] == pytest.approx(0.2)
    assert told.loc["less", ["within", "within_low", "within_high", "median_days"]].isna().all()
    assert compare_groups(gaps, 1, 180).set_index("group")["within"].notna().all()


def test_four_weeks_must_be_seen_to_tell_who_stops():
    short, enough = (drop_off(waits(1, (3, True, 20), (day, False, 40)), DAYS) for day in (27, 28))
    assert (short.day, short.is_short) == (27, True)
    assert (enough.day, enough.is_short) == (28, False)
    assert not drop_off(waits(1, (3, True, 5)), DAYS).is_short  # of so few nothing is compared at all


def test_a_step_of_whom_few_were_followed_so_long_is_not_compared():
    # 30 wait for 90 days, 10 of them for 180: of 200, 100 gone on, that is as many as of 20
    second = waits(2, (10, True, 100), (60, False, 60), (100, False, 30), (200, False, 10))
    found = drop_off(pd.concat([FIRST, second]), DAYS)
    assert found.steps[1].within is None
    more = second.assign(count=[100, 50, 30, 20])
    assert drop_off(pd.concat([FIRST, more]), DAYS).steps[1].within.value == pytest.approx(0.5)


@given(
    st.lists(st.tuples(st.integers(0, 300), st.booleans(), st.integers(1, 60)), min_size=1, max_size=30),
    st.integers(1, 300),
)
def test_no_share_is_shown_of_customers_not_followed(rows, day):
    found = compare_groups(waits(1, *rows).assign(group="a"), 1, day)
    for row in found.itertuples():
        waited = sum(count for days, _, count in rows if days >= day)
        gone = sum(count for days, on, count in rows if on and days < day)
        lost = row.customers - waited - gone
        if row.followed_to_day < 30:
            assert np.isnan(row.within)
        if not lost and waited:
            assert row.followed_to_day == row.customers  # all that were not seen long enough had gone on
        assert row.followed_to_day <= row.customers


def test_json_by_hand():
    rows = [(f"c{n}", "2024-01-01", 1) for n in range(40)] + [(f"c{n}", "2024-01-11", 1) for n in range(8)]
    first, second = plain(shop(rows, "2024-01-01", "2024-12-31"))
    shares = [first[name] for name in ("goes_on", "within_180_days", "naive")]
    assert shares == pytest.approx([8 / 40] * 3)
    assert first["low"] < 8 / 40 < first["high"]
    assert (first["read_at_day"], first["median_days"], first["trigger_day"]) == (365, 10, 10)
    assert first["trigger_within_days"] == 180
    assert second == {
        **dict.fromkeys(second),
        "purchase": 2,
        "customers": 8,
        "naive": 0.0,
    }


def test_what_is_not_followed_for_180_days_is_null_there():
    rows = [(f"c{n}", "2024-01-01", 1) for n in range(40)] + [(f"c{n}", "2024-01-11", 1) for n in range(8)]
    (first, _) = plain(shop(rows, "2024-01-01", "2024-03-31"))
    assert (first["goes_on"], first["within_180_days"]) == (pytest.approx(0.2), None)


def test_online_retail(retail_study):
    first, second, third = retail_study.dropoff.steps().steps[:3]
    steps = (first, second, third)
    assert [step.goes_on.value for step in steps] == pytest.approx([0.8544, 0.9091, 0.9327], abs=5e-5)
    assert [step.read_at_day for step in steps] == [372, 306, 236]
    assert [step.median_days for step in steps] == [49, 47, 41]
    assert [step.trigger_day for step in steps] == [110, 95, 87]
    assert [step.within.value for step in steps] == pytest.approx([0.6678, 0.8308, 0.8965], abs=5e-5)
    assert [step.customers for step in steps] == [4338, 2845, 2010]


def test_online_retail_agrees_with_lifelines(retail_study):
    gaps = retail_study.tables.gaps()
    for step in drop_off(gaps, DAYS).steps[:12]:
        rows = gaps[gaps["purchase"] == step.purchase]
        share, low, high = lifelines(rows["days"], rows["followed"], rows["count"])
        np.testing.assert_allclose(step.curve.waiting, share, atol=1e-9, rtol=0)
        defined = (share > 1e-12) & (share < 1)
        np.testing.assert_allclose(step.curve.low[defined], low[defined], atol=1e-9, rtol=0)
        np.testing.assert_allclose(step.curve.high[defined], high[defined], atol=1e-9, rtol=0)


def test_the_groups_of_a_step_are_its_customers(retail_study):
    orders, everybody = retail_study.orders, retail_study.dropoff.steps().steps[1]
    cohorts = compare_groups(retail_study.tables.gaps_by_cohort("year"), 2, 180)
    assert cohorts["customers"].sum() == everybody.customers
    of_one_land = Study(Orders(orders.table.assign(segment="UK"), orders.window))
    (row,) = of_one_land.dropoff.by_segment("segment", 2, 180).itertuples()
    assert (row.group, row.customers) == ("UK", everybody.customers)
    assert row.within == pytest.approx(everybody.within.value)


def test_of_a_shop_whose_drop_off_is_known_the_estimate_is_right_and_the_naive_ratio_wrong():
    found = Study(simulated_shop(seed=1)).dropoff.steps()
    for step in found.steps[: len(DROP_OFF)]:
        truth = DROP_OFF[step.purchase]
        assert step.within.low < truth.within(180) < step.within.high
        assert step.goes_on.low < truth.within(step.read_at_day) < step.goes_on.high
        _, high = wilson(step.followed, step.customers)
        assert high < truth.goes_on  # the naive ratio takes those without the time for lost
    assert (found.worst.purchase, found.later_point.purchase) == (1, 3)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    held = [
        step.within.low < DROP_OFF[step.purchase].within(180) < step.within.high
        for seed in range(50)
        for step in Study(simulated_shop(seed, customers=1000)).dropoff.steps().steps[:3]
    ]
    assert 0.90 < np.mean(held) < 0.99  # 95 % of 150, give or take three standard errors


def test_leaving_old_customers_out_is_warned_of_where_it_moves_the_step():
    # Old customers seen from the first day on all return; those won later never do
    old = [(f"o{n}", day, 1) for n in range(60) for day in ("2024-01-01", "2024-01-20")]
    new = [(f"n{n}", "2024-05-01", 1) for n in range(60)]
    study = Study(shop([*old, *new], "2024-01-01", "2024-12-31"))
    (warning,) = study.dropoff.warnings()
    assert warning.details["rate"] == pytest.approx(0.5)
    assert warning.details["rate_without"] == 0.0
    assert Study(shop(new, "2024-01-01", "2024-12-31")).dropoff.warnings() == ()
    for leave_out, customers in ((True, 60), (False, 120)):
        found = study.counted(leave_out_left_truncated=leave_out).dropoff.steps()
        assert plain_steps(found)[0]["customers"] == customers


rows = st.lists(
    st.tuples(
        st.integers(0, 60).map("c{}".format),
        st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-06-30").date()).map(str),
        st.integers(1, 100),
    ),
    min_size=30,
    max_size=200,
)


@settings(max_examples=8)
@given(rows, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, random):
    renamed = [(f"x{customer[::-1]}", when, value) for customer, when, value in rows]
    random.shuffle(renamed)
    one, other = shop(rows, "2024-01-01", "2024-06-30"), shop(renamed, "2024-01-01", "2024-06-30")
    assert plain(one) == plain(other)
    pd.testing.assert_frame_equal(*(by_cohort(orders) for orders in (one, other)))


def test_a_cohort_is_the_period_of_the_first_purchase(small_shop):
    found = by_cohort(small_shop)
    january = number_of(pd.Timestamp("2024-01-01").date(), "month")
    counted = found.groupby(["group", "purchase"])["count"].sum().to_dict()
    assert counted == {
        (january, 1): 2,
        (january, 2): 2,
        (january, 3): 1,
        (january, 4): 1,
        (january + 1, 1): 1,
    }
