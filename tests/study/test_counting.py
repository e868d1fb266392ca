"""In one analysis everything is done once: purchases prepared, each small table, each model."""

from collections import Counter
from dataclasses import replace

import pytest

from retention.lifetime_value import FAMILIES, OPEN, Variant


@pytest.fixture(scope="module", params=["shop", "cdnow"])
def analysed(request):
    return request.getfixturevalue(f"analysed_{request.param}")


def test_the_purchases_are_prepared_once(analysed):
    """Once as they are, and once with orders worth 0 as purchases, which others count."""
    assert analysed.prepared == [False, True]


def test_every_result_is_computed_once(analysed):
    computed = analysed.study.memo.computed
    assert len(computed) > 50
    assert {asked: times for asked, times in computed.items() if times != 1} == {}


def test_no_purchase_model_is_fitted_twice(analysed):
    assert {kind for kind, _, _, _ in analysed.fitted} == set(FAMILIES)
    assert set(analysed.fitted.values()) == set(analysed.seasons.values()) == {1}


def test_every_model_tried_is_fitted_at_each_origin_and_on_all_days_and_nowhere_else(analysed):
    compared = analysed.study.models.compared()
    origins, tried = len(compared.days), set(compared.found)
    assert origins == 3
    assert analysed.study.models.calibration_end() in compared.days  # what the holdout of one day tells
    used = analysed.study.models.best(OPEN)  # once more, on what was known before the last year
    known = {used, replace(used, season=False)}
    plain = Counter((kind, k) for kind, k, _, _ in analysed.fitted)
    seasonal = Counter((kind, k) for kind, k, _, _ in analysed.seasons)
    for variant in tried:
        assert (seasonal if variant.season else plain)[variant.kind, variant.k] == (
            origins + 1 + (variant in known)
        )
    only_likelier_or_not = {place: times for place, times in plain.items() if Variant(*place) not in tried}
    assert set(only_likelier_or_not.values()) <= {1}
