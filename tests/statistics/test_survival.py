import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from lifelines import KaplanMeierFitter
from scipy import stats

from retention.statistics import kaplan_meier

waits = st.lists(
    st.tuples(st.integers(0, 40), st.booleans(), st.integers(1, 30)), min_size=1, max_size=60
).map(lambda rows: tuple(np.array(column) for column in zip(*rows, strict=True)))


def lifelines(days, gone_on, count):
    """The independent estimate: S and both ends of its interval on the days of ours."""
    fitted = KaplanMeierFitter().fit(days, gone_on, weights=count, timeline=np.unique(days))
    ends = fitted.confidence_interval_survival_function_.to_numpy()
    return fitted.survival_function_.iloc[:, 0].to_numpy(), ends[:, 0], ends[:, 1]


def test_by_hand():
    # Of five: one goes on after 3 days, one after 5; one is last seen after 3, two after 8
    found = kaplan_meier([3, 3, 5, 8], [True, False, True, False], [1, 1, 1, 2])
    assert found.days.tolist() == [3, 5, 8]
    assert found.at_risk.tolist() == [5, 3, 2]  # who is last seen on day 3 was at risk on it
    assert found.waiting == pytest.approx([4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3])
    assert found.gone_on == 2
    assert (found.gone_by(2).value, found.gone_by(4).value) == (0.0, pytest.approx(1 / 5))
    assert (found.last_day(3), found.last_day(6), found.at_risk_on(4), found.at_risk_on(9)) == (5, None, 3, 0)
    assert (found.day_of(0.2), found.day_of(0.4), found.day_of(0.5)) == (3, 5, None)


def test_the_interval_by_hand():
    # Greenwood's sum after day 3 is 1 / (5 · 4); the ends are S to the power exp(± z·√sum / log S)
    found = kaplan_meier([3, 8], [True, False], [1, 4])
    spread = 1.959963984540054 * np.sqrt(1 / 20) / -np.log(0.8)
    assert found.low[0] == pytest.approx(0.8 ** np.exp(spread))
    assert found.high[0] == pytest.approx(0.8 ** np.exp(-spread))


def test_none_and_all_have_no_interval():
    nobody = kaplan_meier([1, 2], [False, False], [3, 4])
    assert nobody.gone_by(2).value == 0.0
    assert np.isnan(nobody.low).all()
    everybody = kaplan_meier([1, 2], [True, True], [3, 4])
    assert everybody.gone_by(2).value == 1.0
    assert np.isnan(everybody.high[-1])
    assert np.isfinite(everybody.high[0])


def test_of_nobody_nothing_is_known():
    found = kaplan_meier([], [], [])
    assert (found.people, found.last_day(1), found.day_of(0.0), found.gone_by(5).value) == (
        0,
        None,
        None,
        0.0,
    )


def test_the_relative_variance_by_hand():
    # of five one goes on on day 3, and one of three on day 5: S is 4/5, then 8/15;
    # Greenwood's sum is 1/(5·4), then 1/20 + 1/(3·2)
    found = kaplan_meier([3, 3, 5, 8], [True, False, True, False], [1, 1, 1, 2])
    assert found.relative_variance(4) == pytest.approx(0.8**2 / 20 / 0.2**2)
    assert found.relative_variance(8) == pytest.approx((8 / 15) ** 2 * (1 / 20 + 1 / 6) / (7 / 15) ** 2)
    assert np.isnan(found.relative_variance(2))
    nobody, everybody = kaplan_meier([3], [False], [4]), kaplan_meier([3], [True], [4])
    assert np.isnan(nobody.relative_variance(3))
    assert everybody.relative_variance(3) == 0.0


def test_who_waited_until_a_day_is_counted_on_it():
    found = kaplan_meier([0, 3, 8], [True, True, False], [1, 2, 2])
    assert [found.at_risk_on(day) for day in (0, 1, 3, 4, 8, 9)] == [5, 4, 4, 2, 2, 0]
    assert [found.last_day(least) for least in (1, 2, 3, 4, 5, 6)] == [8, 8, 3, 3, 0, None]
    assert found.gone_by(0).value == pytest.approx(0.2)
    assert found.gone_by(0).ends == (1 - found.high[0], 1 - found.low[0])
    assert found.gone_by(0).method == "log-log"
    assert found.people == 5
    assert found.day_of(0.6) == 3


@settings(max_examples=60)
@given(waits)
def test_agrees_with_lifelines_weighted_and_its_intervals_wherever_they_are_defined(rows):
    found = kaplan_meier(*rows)
    share, low, high = lifelines(*rows)
    np.testing.assert_allclose(found.waiting, share, atol=1e-9, rtol=0)
    defined = (share > 1e-12) & (share < 1)
    assert np.isfinite(found.low[defined]).all()
    np.testing.assert_allclose(found.low[defined], low[defined], atol=1e-9, rtol=0)
    np.testing.assert_allclose(found.high[defined], high[defined], atol=1e-9, rtol=0)


@settings(max_examples=40)
@given(waits)
def test_counts_are_so_many_single_customers_to_scipy_too(rows):
    days, gone_on, count = rows
    assume(gone_on.any())
    found = kaplan_meier(days, gone_on, count)
    single, went = np.repeat(days, count), np.repeat(gone_on, count)
    theirs = stats.ecdf(stats.CensoredData(uncensored=single[went], right=single[~went])).sf
    np.testing.assert_allclose(found.waiting, theirs.evaluate(found.days), atol=1e-9, rtol=0)
    one_by_one = kaplan_meier(single, went, np.ones_like(single))
    np.testing.assert_allclose(found.waiting, one_by_one.waiting, atol=1e-12, rtol=0)
    np.testing.assert_array_equal(found.at_risk, one_by_one.at_risk)


@given(waits, st.randoms())
def test_the_order_of_the_counts_does_not_matter(rows, random):
    order = list(range(rows[0].size))
    random.shuffle(order)
    one, other = kaplan_meier(*rows), kaplan_meier(*(column[order] for column in rows))
    np.testing.assert_array_equal(one.waiting, other.waiting)
    np.testing.assert_array_equal(one.low, other.low)
