import json

from retention.report.overview import overview
from retention.study import Study
from tests.overview.shops import simulated


def test_everything_is_json_and_named_by_period(small_study):
    found = overview(small_study, "month")
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [row["period"] for row in found["series"]["customers"]] == ["2024-01", "2024-02", "2024-03"]
    assert [row["value"] for row in found["series"]["strict_retention"]] == [None, 0.5, 0.5]
    change = found["changes"]["orders"]
    assert (change["period"], change["value"], change["before"]["difference"]) == ("2024-02", 2, -1)
    assert change["year_before"] is None
    assert found["signs"]["gap"]["verdict"] == "too_few"
    assert found["biggest_changes"] == []


def test_changes_and_signs_are_described_where_there_are_some():
    found = overview(Study(simulated(1, customers=600, trend=3.0)), "quarter")
    assert json.dumps(found, allow_nan=False)
    assert {"measure", "place", "item", "value", "other", "low", "high"} <= found["biggest_changes"][0].keys()
    assert found["signs"]["average_order"]["line"]["periods"] > 6
