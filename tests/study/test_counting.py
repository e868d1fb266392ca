"""In one analysis everything is done once: purchases prepared, each small table, each model."""

import pytest

from retention.lifetime_value import FAMILIES
from tests.analysed import analyse


@pytest.fixture(scope="module", params=["shop", "cdnow"])
def analysed(request):
    if request.param == "shop":
        return request.getfixturevalue("analysed_shop")
    return analyse("cdnow")


def test_the_purchases_are_prepared_once(analysed):
    assert analysed.prepared == 1


def test_every_result_is_computed_once(analysed):
    computed = analysed.study.memo.computed
    assert len(computed) > 50
    assert {asked: times for asked, times in computed.items() if times != 1} == {}


def test_no_purchase_model_is_fitted_twice(analysed):
    assert {kind for kind, _, _ in analysed.fitted} == set(FAMILIES)
    assert len(analysed.fitted) == 2 * len(FAMILIES)  # on all days, and on those before the ones held back
    assert set(analysed.fitted.values()) == {1}
