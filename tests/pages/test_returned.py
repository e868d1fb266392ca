"""Back only after so many purchases: Cohorts and Drop-off say what counts, and show what the study finds."""

import pytest

from retention import ingest
from retention.returned import Returned
from retention.statistics import value_of
from retention.study import Study
from tests.pages.visit import Visit

TWO = Returned(2, 50.0)
ASKED = {"returned_after": "2", "returned_spend": "50"}


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("shop")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders).counting_back(TWO)


def test_cohorts_count_and_say_so(study):
    page = Visit("en", sample="shop", **ASKED).open("cohorts")
    first = study.cohorts.table("month").pooled.iloc[0]
    assert not page.failures
    assert page.says("cohorts.returned.spend", n=2, spend=50.0)
    assert page.headline == page.words.say(
        "cohorts.headline.month", rate=first["rate"], low=first["low"], high=first["high"]
    ).replace("**", "")
    assert not Visit("en", sample="shop").open("cohorts").says("cohorts.returned.spend", n=1, spend=0.0)


def test_drop_off_counts_and_says_so_and_the_list_stays(study):
    page = Visit("it", sample="shop", **ASKED).open("dropoff")
    found = study.dropoff.steps()
    lost = found.steps[0].lost
    assert not page.failures
    assert page.says("dropoff.returned.spend", n=2, spend=50.0)
    assert not page.says("dropoff.goes_on.help")  # which is of the next purchase
    assert page.headline == page.words.say(
        "dropoff.headline.back", within=found.day, lost=value_of(lost), low=lost.low, high=lost.high
    ).replace("**", "")
    assert study.dropoff.to_ask().equals(Study(study.orders).dropoff.to_ask())
