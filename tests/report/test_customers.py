"""Groups and occasions as the JSON has them: everybody once, and what the lists say."""

import pytest

from retention.lifetime_value import Variant, Wanted
from retention.lists import OCCASIONS
from retention.report.customers import customers
from retention.segments import GROUPINGS
from retention.study import Settings


def test_groups_hold_everybody_once(analysed_shop):
    figures = analysed_shop.figures
    for by, names in GROUPINGS.items():
        rows = figures["customers"]["groups"][by]
        assert [row["group"] for row in rows] == list(names)
        assert sum(row["customers"] for row in rows) == len(analysed_shop.study.tables.customers())
        assert sum(row["clv"] for row in rows) == pytest.approx(figures["lifetime_value"]["total"])
        assert sum(row["share_of_revenue"] for row in rows) == pytest.approx(1)


def test_occasions_are_the_lists_of_the_model_in_use(analysed_shop):
    figures, settings = analysed_shop.figures, Settings()
    used = figures["lifetime_value"]
    model = Wanted.exactly(Variant(used["model"], used["k"], season=used["season"]["on"]))
    found = analysed_shop.study.customers(analysed_shop.study.value(model, margin=settings.margin))
    told = figures["customers"]["occasions"]
    assert list(told) == list(OCCASIONS)
    for occasion, row in told.items():
        called = found.called(occasion)
        assert row == {
            "customers": called.customers,
            "stake": pytest.approx(called.stake),
            "at_stake": called.at_stake,
        }


def test_without_a_model_there_are_none(small_study):
    assert customers(small_study, None) is None
