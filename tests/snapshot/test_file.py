"""A snapshot in its file and back, and everything that is no such file refused in words."""

import json
from datetime import date

import pytest

from retention.errors import InputError
from retention.snapshot import LARGEST, Past, Sealed, Snapshot, Span, Sums, dump, load
from retention.statistics import Estimate
from retention.text import LANGUAGES, Words

KEPT_SUMS = Sums(40, 9.0, 11.0, 60.0, 90.0, 14.5)
KEPT = Snapshot(
    made=date(2024, 4, 2),
    name="vendite «1».csv",
    currency="EUR",
    first=date(2023, 1, 1),
    end=date(2024, 3, 31),
    past=Past(1200, 3000, 45678.9),
    within=60,
    spans=(
        Span(
            12 * 2023 + 3,
            12 * 2023 + 5,
            {"new": Sums(50, 50.0, 50.0), "kept": KEPT_SUMS},
        ),
        Span(12 * 2023 + 3, 12 * 2024 + 2, {}),
    ),
    model="mbg_nbd",
    regularity=2,
    season=True,
    sealed=(
        Sealed(
            1, date(2024, 4, 30), Estimate(90.5, 70.0, 110.0, "predictive"), Estimate(900.25), corrected=True
        ),
    ),
)


def changed(**values):
    return json.dumps(json.loads(dump(KEPT)) | values).encode()


def reason(content):
    with pytest.raises(InputError) as refused:
        load(content)
    assert refused.value.code == "not_a_snapshot"
    for language in LANGUAGES:
        assert Words(language).error(refused.value)
    return refused.value.details["reason"]


def test_it_comes_back_as_it_was():
    assert load(dump(KEPT)) == KEPT
    assert load(b"\xef\xbb\xbf" + dump(KEPT)) == KEPT
    assert dump(load(dump(KEPT))) == dump(KEPT)


def test_without_a_forecast_too():
    bare = Snapshot(KEPT.made, "", None, KEPT.first, KEPT.end, KEPT.past, 30, ())
    assert load(dump(bare)) == bare


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_json"),
        (b"customer,date,amount\na,2024-01-01,3\n", "not_json"),
        (b"\xff\xfe\x00\x01", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[]", "other_content"),
        (b'{"what": "retention-mapping", "version": 1}', "other_content"),
        (changed(version=2), "other_version"),
        (changed(version=None), "other_version"),
        (b" " * (LARGEST + 1), "too_long"),
    ],
)
def test_other_files_are_refused(content, why):
    assert reason(content) == why


NUMBERS = {"value": 1.0, "low": 0.5, "high": 2.0}
SEALED = {
    "months": 1,
    "due": "2024-04-30",
    "purchases": NUMBERS,
    "revenue": NUMBERS,
    "corrected": False,
}
SUMS = {"customers": 3, "part": 1, "part2": 1, "whole": 1, "whole2": 1, "cross": 1}
SPAN = {"from": "2023-04", "to": "2023-05"}


@pytest.mark.parametrize(
    "values",
    [
        {"made": "yesterday"},
        {"made": 20240402},
        {"name": "x" * 1000},
        {"name": "line\nline"},
        {"currency": 7},
        {"first": "2024-04-01"},
        {"past": None},
        {"past": {"customers": -1, "orders": 1, "revenue_net": 1}},
        {"past": {"customers": True, "orders": 1, "revenue_net": 1}},
        {"past": {"customers": 1, "orders": 1, "revenue_net": "1"}},
        {"past": {"customers": 1, "orders": 1, "revenue_net": 10**400}},
        {"within": 1.5},
        {"spans": "all"},
        {"spans": [SPAN] * 100},
        {"spans": [SPAN | {"to": "2023-03"}]},
        {"spans": [SPAN | {"to": "2024-04"}]},
        {"spans": [SPAN | {"new": {}}]},
        {"spans": [SPAN | {"new": SUMS | {"part2": -1}}]},
        {"spans": [SPAN | {"new": SUMS | {"part": 1e400}}]},
        {"model": "oracle"},
        {"regularity": None},
        {"season": "yes"},
        {"sealed": [SEALED | {"due": "2024-03-31"}]},
        {"sealed": [SEALED | {"purchases": {"value": 1.0, "low": 2.0, "high": 1.0}}]},
        {"sealed": [SEALED | {"corrected": 1}]},
        {"sealed": [SEALED] * 50},
        {"sealed": {}},
    ],
)
def test_a_value_that_cannot_be_is_refused(values):
    assert reason(changed(**values)) == "wrong_value"


def test_these_values_are_refused_for_what_was_changed_in_them():
    load(changed(sealed=[SEALED], spans=[SPAN | {"new": SUMS}]))


def test_nan_is_refused():
    assert reason(dump(KEPT).replace(b"45678.9", b"NaN")) == "wrong_value"
