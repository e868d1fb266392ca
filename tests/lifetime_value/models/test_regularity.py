"""How regularly customers buy: by hand, of simulated Erlang times, and of two real shops."""

import numpy as np
import pandas as pd
import pytest

from retention import aggregate
from retention.lifetime_value.models.regularity import regularity
from tests.lifetime_value import shops


def table(*rows):
    return pd.DataFrame(rows, columns=["before", "last", "customers"])


@pytest.mark.parametrize("k", [1, 2, 4])
def test_of_erlang_times_it_is_their_k_whatever_the_rates(k):
    chance = np.random.default_rng(k)
    before, last = chance.standard_gamma(k, (2, 60_000)) * chance.standard_gamma(0.5, 60_000)
    found = regularity(pd.DataFrame({"before": before, "last": last, "customers": 1}))
    assert found == pytest.approx(k, rel=0.03)


def test_on_average_it_is_about_the_true_k_of_few_customers_too():
    times = np.random.default_rng(1).standard_gamma(1.0, (1_000, 2, 40))
    tables = ({"before": before, "last": last, "customers": 1} for before, last in times)
    assert np.mean([regularity(pd.DataFrame(each)) for each in tables]) == pytest.approx(1.0, abs=0.02)


def test_counts_are_the_same_as_repeated_rows():
    counted, repeated = table((5, 9, 2), (7, 1, 1)), table((5, 9, 1), (5, 9, 1), (7, 1, 1))
    assert regularity(counted) == pytest.approx(regularity(repeated))


def test_who_buys_in_bursts_is_not_regular_at_all():
    assert regularity(table((1, 999, 1), (999, 1, 1))) == 0.0


@pytest.mark.parametrize("rows", [[], [(5, 9, 1)], [(7, 7, 3), (2, 2, 4)]])
def test_nothing_can_be_said_of_too_few_or_of_clockwork(rows):
    assert regularity(table(*rows)) is None


def test_cdnow_buys_at_random():
    purchases = aggregate.prepare(shops.cdnow(shops.HOLDOUT_END))
    assert regularity(aggregate.last_two_gaps(purchases)) == pytest.approx(0.98, abs=0.005)


def test_online_retail_buys_regularly(online_retail):
    purchases = aggregate.prepare(online_retail.orders)
    assert regularity(aggregate.last_two_gaps(purchases)) == pytest.approx(1.83, abs=0.005)
