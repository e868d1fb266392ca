import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.acquisition import costs
from retention.acquisition.costs import AcquisitionCosts
from retention.errors import DataWarning
from retention.statistics import Estimate

JANUARY = 12 * 2024
FLOWS = pd.DataFrame(
    [
        (JANUARY - 1, False, 5, 0),
        (JANUARY, True, 10, 2),
        (JANUARY + 1, True, 20, 4),
        (JANUARY + 2, True, 0, 6),
        (JANUARY + 3, True, 10, 8),
        (JANUARY + 4, False, 3, 1),
    ],
    columns=["period", "complete", "new", "retained"],
)
COLUMNS = ["month", "channel", "purpose", "amount"]
INSIDE = [
    (JANUARY, "Google", "acquisition", 100.0),
    (JANUARY + 1, " google ", "acquisition", 200.0),
    (JANUARY + 1, "Email", "retention", 40.0),
    (JANUARY + 3, "Meta", "acquisition", 100.0),
    (JANUARY + 3, "Email", "retention", 60.0),
]


def spending(rows):
    return pd.DataFrame(rows, columns=COLUMNS).astype({"month": "int64", "amount": float})


def codes(result):
    return [warning.code for warning in result.warnings]


def long_run(months, acquisition, retention, new, retained):
    """Spend and flows of consecutive complete months after one that is not counted."""
    number = np.arange(JANUARY, JANUARY + months)
    spend = pd.concat(
        pd.DataFrame({"month": number, "channel": "x", "purpose": purpose, "amount": amount})
        for purpose, amount in (("acquisition", acquisition), ("retention", retention))
    )
    flows = pd.DataFrame({"period": number, "complete": True, "new": new, "retained": retained})
    before = pd.DataFrame({"period": [JANUARY - 1], "complete": True, "new": 0, "retained": 0})
    return spend, pd.concat([before, flows], ignore_index=True)


def test_costs_by_hand():
    result = costs(spending(INSIDE), FLOWS)
    assert result.months == tuple(range(JANUARY, JANUARY + 4))
    assert (result.acquisition_spend, result.new_customers) == (400, 40)
    assert (result.retention_spend, result.retained_customers) == (100, 20)
    assert (result.cac, result.retention_cost, result.ratio) == (Estimate(10.0), Estimate(5.0), Estimate(2.0))
    assert result.ratio_position == "below"
    assert result.against_seven == "below"


def test_monthly_table_by_hand():
    expected = pd.DataFrame(
        {
            "month": range(JANUARY, JANUARY + 4),
            "acquisition": [100.0, 200.0, 0.0, 100.0],
            "retention": [0.0, 40.0, 0.0, 60.0],
            "new": [10, 20, 0, 10],
            "retained": [2, 4, 6, 8],
            "cac": [10.0, 10.0, np.nan, 10.0],
            "retention_cost": [0.0, 10.0, 0.0, 7.5],
        }
    )
    pd.testing.assert_frame_equal(costs(spending(INSIDE), FLOWS).monthly, expected)


def test_months_before_the_spend_begins_are_not_counted():
    result = costs(spending([(JANUARY + 1, "Google", "acquisition", 200.0)]), FLOWS)
    assert result.months == (JANUARY + 1,)
    assert result.cac.value == pytest.approx(200 / 20)


def test_a_month_without_spend_inside_its_range_spent_nothing_and_is_named():
    warned = [w.details for w in costs(spending(INSIDE), FLOWS).warnings if w.code == "months_without_spend"]
    assert warned == [
        {"purpose": "acquisition", "months": ["2024-03"]},
        {"purpose": "retention", "months": ["2024-01", "2024-03"]},
    ]


def test_spend_outside_the_data_is_reported_and_not_counted():
    outside = [(JANUARY - 2, "Google", "acquisition", 70.0), (JANUARY + 5, "Email", "retention", 50.0)]
    result = costs(spending([*INSIDE, *outside]), FLOWS)
    assert result.cac == Estimate(10.0)
    warning = DataWarning("spend_outside_data", {"amount": 120.0, "months": ["2023-11", "2024-06"]})
    assert warning in result.warnings


def test_spend_in_an_incomplete_month_is_reported_and_not_counted():
    result = costs(spending([*INSIDE, (JANUARY + 4, "Google", "acquisition", 30.0)]), FLOWS)
    assert result.cac == Estimate(10.0)
    assert (
        DataWarning("spend_in_incomplete_months", {"amount": 30.0, "months": ["2024-05"]}) in result.warnings
    )


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(JANUARY - 3, JANUARY + 7),
            st.sampled_from(["Google", "google", "Meta", None]),
            st.sampled_from(["acquisition", "retention"]),
            st.integers(0, 1000).map(float),
        ),
        max_size=12,
    )
)
def test_every_amount_is_counted_or_reported(rows):
    result = costs(spending(rows), FLOWS)
    left_out = sum(w.details["amount"] for w in result.warnings if w.code.startswith("spend_"))
    assert result.acquisition_spend + result.retention_spend + left_out == sum(row[3] for row in rows)
    by_channel = result.channels[["acquisition", "retention"]].sum()
    assert by_channel.tolist() == [result.acquisition_spend, result.retention_spend]


def test_the_data_s_first_month_takes_every_buyer_for_new():
    flows = FLOWS[FLOWS["period"] >= JANUARY]
    assert DataWarning("first_month_counted", {"month": "2024-01"}) in costs(spending(INSIDE), flows).warnings
    assert "first_month_counted" not in codes(costs(spending(INSIDE), FLOWS))


def test_no_spend_at_all():
    result = costs(spending([]), FLOWS)
    assert (result.cac, result.retention_cost, result.ratio) == (None, None, None)
    assert codes(result) == ["no_acquisition_spend", "no_retention_spend"]
    assert (result.ratio_position, result.ratio_interval_positions, result.against_seven) == (
        None,
        None,
        None,
    )
    assert len(result.monthly) == len(result.channels) == 0


def test_only_acquisition_is_paid_for():
    result = costs(spending([row for row in INSIDE if row[2] == "acquisition"]), FLOWS)
    assert result.cac == Estimate(10.0)
    assert (result.retention_cost, result.ratio) == (None, None)
    assert "no_retention_spend" in codes(result)


def test_spend_that_won_and_kept_nobody():
    result = costs(spending(INSIDE), FLOWS.assign(new=0, retained=0))
    assert (result.cac, result.retention_cost, result.ratio) == (None, None, None)
    assert {"no_new_customers", "no_retained_customers"} <= set(codes(result))


def test_all_spend_outside_the_data():
    result = costs(spending([(JANUARY + 20, "Google", "acquisition", 70.0)]), FLOWS)
    assert result.months == ()
    assert codes(result) == ["spend_outside_data", "no_acquisition_spend", "no_retention_spend"]


def test_five_months_are_too_few_for_an_interval_and_six_are_not():
    for months, known in ((5, False), (6, True)):
        spend, flows = long_run(months, 100.0, 20.0, 10, 20)
        assert (costs(spend, flows).cac.ends is not None) == known


def test_months_that_are_all_alike_leave_no_doubt():
    result = costs(*long_run(12, 100.0, 20.0, 10, 20))
    assert result.cac == Estimate(10.0, 10.0, 10.0, "resampled")
    assert result.ratio == Estimate(10.0, 10.0, 10.0, "resampled")
    assert result.ratio_position == "within"
    assert result.ratio_interval_positions == ("within", "within")
    assert result.against_seven == "above"


def test_interval_is_as_wide_as_the_spread_between_months():
    generator = np.random.default_rng(5)
    acquisition, new = generator.gamma(9, 100, 60), generator.poisson(80, 60)
    interval = costs(*long_run(60, acquisition, 50.0, new, 40)).cac
    cac = acquisition.sum() / new.sum()
    linearised = (acquisition - cac * new).std(ddof=1) * np.sqrt(60) / new.sum()
    assert interval.high - interval.low == pytest.approx(2 * 1.96 * linearised, rel=0.15)
    assert interval.low < cac < interval.high


def test_a_resample_without_retention_spend_leaves_the_ratio_without_interval():
    retention = np.array([90.0, *[0.0] * 7])
    result = costs(*long_run(8, 100.0, retention, 10, 20))
    assert result.cac.ends is not None
    assert result.ratio == Estimate((800 / 80) / (90 / 160))


@pytest.mark.parametrize(
    ("ratio", "answer"),
    [
        (Estimate(7.0), "within"),
        (Estimate(9.0), "above"),
        (Estimate(9.0, 6.0, 12.0), "within"),
        (Estimate(4.0, 3.0, 5.0), "below"),
    ],
)
def test_the_seven_times_is_told_apart_only_by_the_interval(ratio, answer):
    nothing = pd.DataFrame()
    result = AcquisitionCosts((), 0, 0, 0, 0, None, None, ratio, nothing, nothing, nothing, ())
    assert result.against_seven == answer


def test_an_unknown_purpose_is_an_error():
    with pytest.raises(ValueError, match="purpose"):
        costs(spending([(JANUARY, "Google", "brand", 1.0)]), FLOWS)


def test_an_amount_that_is_no_number_is_an_error():
    with pytest.raises(ValueError, match="finite"):
        costs(spending([(JANUARY, "Google", "acquisition", np.nan)]), FLOWS)
