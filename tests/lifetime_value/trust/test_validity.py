from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.orders import Orders
from retention.periods import Window
from retention.study import Study

FIRST = date(2021, 1, 1)


def found(orders):
    return {note.code: note.details for note in Study(orders).models.validity()}


def shop(customer, day, days):
    """Orders of 10 by customer numbers and days since the shop opened, those beyond the last left out."""
    seen = np.asarray(day) < days
    table = pd.DataFrame({"customer_id": np.asarray(customer)[seen].astype(str), "order_id": None})
    table["date"] = pd.Timestamp(FIRST) + pd.to_timedelta(np.asarray(day)[seen], unit="D")
    last = date.fromordinal(FIRST.toordinal() + days - 1)
    return Orders(table.assign(value=10.0, kind="purchase"), Window(FIRST, last))


def unchanging(chance, customers=2500, days=1096, *, within=None):
    """Customers won evenly who buy at random at a rate of their own until they leave: BG/NBD's story."""
    born = chance.integers(0, within or days, customers)
    rate, leaves = chance.gamma(1.2, size=customers) / 60, chance.beta(0.9, 4.0, customers)
    repeats = np.minimum(chance.geometric(leaves), chance.poisson(rate * days) + 1)
    who = np.repeat(np.arange(customers), repeats)
    waits = chance.exponential(size=who.size) / rate[who]
    starts = np.cumsum(repeats) - repeats
    passed = np.cumsum(waits)
    since = passed - (passed - waits)[starts][who]
    return np.concatenate([np.arange(customers), who]), np.concatenate([born, born[who] + np.ceil(since)])


def test_an_unchanging_shop_is_of_the_models_kind():
    chance = np.random.default_rng(2)
    for days in (820, 1096):
        assert found(shop(*unchanging(chance, days=days), days)) == {}


@pytest.mark.slow
def test_unchanging_shops_are_not_warned_of():
    chance, warned = np.random.default_rng(7), 0
    for _ in range(100):
        days, customers = int(chance.integers(750, 1600)), int(chance.integers(500, 4000))
        notes = found(shop(*unchanging(chance, customers, days), days))
        warned += len(set(notes) - {"seasons_unknown"})
    assert warned <= 3  # the F test errs once in a hundred, but for the strength it must have too


def test_a_shop_whose_customers_come_before_christmas_follows_the_seasons():
    chance = np.random.default_rng(3)
    customer, day = unchanging(chance)
    month = pd.DatetimeIndex(pd.Timestamp(FIRST) + pd.to_timedelta(day, unit="D")).month
    stays = (month == 12) | (chance.random(day.size) < 0.6) | (np.arange(day.size) < 2500)
    notes = found(shop(customer[stays], day[stays], 1096))
    assert list(notes) == ["seasonal"]
    assert notes["seasonal"]["high"] == 12
    # 1 against .6 for the rest is 1 / .6^(11/12) − 1 = 60 % above the geometric mean of the year; somewhat
    # less here, as who buys twice in a month counts once.
    assert 0.35 < notes["seasonal"]["above"] < 0.65


def test_with_less_than_two_years_seasons_are_unknown():
    notes = found(shop(*unchanging(np.random.default_rng(4), days=600), 600))
    assert notes == {"seasons_unknown": {"months": 18, "needed": 23}}


def test_customers_won_in_one_campaign():
    notes = found(shop(*unchanging(np.random.default_rng(5), within=30), 1096))
    details = notes["one_acquisition_date"]
    assert details["share"] == pytest.approx(0.9, abs=0.01)
    assert details["days"] <= 30


def test_most_purchases_on_a_few_sale_days():
    chance = np.random.default_rng(6)
    customer, day = unchanging(chance)
    sale = chance.choice(1096, 12, replace=False)
    moved = chance.random(day.size) < 0.3
    moved[:2500] = False  # customers are won as before
    day = np.where(moved, chance.choice(sale, day.size), day)
    later = day >= day[:2500][customer]  # nobody repeats before the first purchase
    notes = found(shop(customer[later], day[later], 1096))
    assert "heavy_promotions" in notes
    assert notes["heavy_promotions"]["peaks"] <= 12
    assert notes["heavy_promotions"]["share"] > 0.1
    assert notes["heavy_promotions"]["dispersion"] > 3


@pytest.mark.parametrize("length", [30, 91, 365])
def test_renewals_on_a_date_are_contracts(length):
    chance = np.random.default_rng(8)
    born = chance.integers(0, 1096, 600)
    renewals = chance.geometric(0.2, 600)
    who = np.repeat(np.arange(600), renewals)
    number = np.arange(who.size) - np.repeat(np.cumsum(renewals) - renewals, renewals)
    notes = found(shop(who, born[who] + number * length + chance.integers(0, 2, who.size), 1096))
    assert notes["contracts"]["share"] > 0.9
    assert notes["contracts"]["low"] < length < notes["contracts"]["high"] + 1
    assert notes["contracts"]["variation"] < 0.2


def test_regular_shoppers_among_many_others_are_no_contracts():
    chance = np.random.default_rng(9)
    customer, day = unchanging(chance)
    regular = np.repeat(np.arange(10_000, 10_040), 20)
    notes = found(shop(np.append(customer, regular), np.append(day, np.tile(np.arange(20) * 30, 40)), 1096))
    assert "contracts" not in notes


def test_the_samples_and_the_retailer_are_judged_sensibly(online_retail):
    assert set(found(online_retail.orders)) == {"seasons_unknown"}
    for name, codes in (("cdnow", {"seasons_unknown"}), ("shop", {"seasonal"})):
        raw = ingest.open_sample(name)
        assert set(found(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)) == codes


def test_a_handful_of_orders_can_be_judged():
    assert set(found(shop([1], [0], 1))) == {"seasons_unknown"}
    assert set(found(shop([1, 1, 2], [0, 3, 1], 5))) == {"seasons_unknown"}
