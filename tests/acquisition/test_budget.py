import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from retention.acquisition.budget import Market
from retention.acquisition.response import Response

WINNING = Response(10.0, 110.0, 0.001)
KEEPING = Response(200.0, 260.0, 0.004)
MARKET = Market(WINNING, KEEPING, value_won=60.0, value_kept=40.0)


@settings(max_examples=40)
@given(budget=st.floats(10.0, 10_000.0), won=st.floats(1.0, 300.0), kept=st.floats(1.0, 300.0))
def test_no_other_split_earns_more(budget, won, kept):
    market = Market(WINNING, KEEPING, won, kept)
    best = market.best(budget)
    assert best.spend <= budget * (1 + 1e-9)
    for part in np.linspace(0.0, 1.0, 51):
        for used in (1.0, 0.5, 0.0):
            other = market.split(part * used * budget, (1 - part) * used * budget)
            assert best.profit >= other.profit - 1e-6 * (1 + abs(other.profit))


def test_where_both_are_bought_their_next_units_return_alike():
    best = MARKET.best(1000.0)
    assert best.spend == pytest.approx(1000.0)
    assert best.winning.return_of_next == pytest.approx(best.keeping.return_of_next, rel=1e-9)
    assert best.winning.return_of_next > 1.0


def test_money_that_would_not_come_back_is_left_unspent():
    best = MARKET.best(1_000_000.0)
    assert best.spend < 10_000.0
    assert best.winning.return_of_next == pytest.approx(1.0)
    assert best.keeping.marginal_cost == pytest.approx(40.0)
    assert best.winning.marginal_cost == pytest.approx(60.0)


def test_a_side_whose_first_customer_costs_too_much_gets_nothing():
    best = Market(WINNING, KEEPING, value_won=60.0, value_kept=1.0).best(1000.0)
    assert best.keeping.spend == 0.0
    assert best.keeping.customers == 200.0
    assert best.keeping.average_cost is None


def test_moving_a_tenth_by_hand():
    found = MARKET.next_euro(800.0, 200.0)
    moved = found.to_keeping
    assert (moved.winning.spend, moved.keeping.spend) == (700.0, 300.0)
    won, kept = 110 - 100 * np.exp(-0.7), 260 - 60 * np.exp(-1.2)
    assert moved.profit == pytest.approx(60 * won + 40 * kept - 1000.0)
    assert (found.to_winning.winning.spend, found.to_winning.keeping.spend) == (900.0, 100.0)
    assert found.best.profit >= max(found.today.profit, moved.profit, found.to_winning.profit)
    assert found.unlimited.profit >= found.best.profit


def test_the_average_ratio_and_the_next_customers_differ():
    found = MARKET.next_euro(800.0, 200.0)
    average = (800 / (100 * (1 - np.exp(-0.8)))) / (200 / (60 * (1 - np.exp(-0.8))))
    assert found.average_ratio == pytest.approx(average)
    assert found.marginal_ratio == pytest.approx((1 / (0.1 * np.exp(-0.8))) / (1 / (0.24 * np.exp(-0.8))))


def test_with_nothing_spent_there_is_no_average():
    found = MARKET.next_euro(0.0, 0.0)
    assert (found.today.profit, found.average_ratio) == (10 * 60.0 + 200 * 40.0, None)
    assert found.best == found.today


def test_beyond_the_ceiling_nobody_more_can_be_bought_at_any_price():
    found = Market(Response(0.0, 10.0, 1.0), KEEPING, 60.0, 40.0).next_euro(1e6, 0.0)
    assert found.today.winning.marginal_cost is None
    assert found.marginal_ratio is None


@settings(max_examples=60)
@given(
    winning=st.floats(1.0, 5_000.0),
    keeping=st.floats(1.0, 5_000.0),
    won=st.floats(1.0, 300.0),
    kept=st.floats(1.0, 300.0),
)
def test_no_other_move_of_up_to_a_tenth_earns_more(winning, keeping, won, kept):
    market = Market(WINNING, KEEPING, won, kept)
    found = market.next_euro(winning, keeping)
    move, tenth = found.best_move, 0.1 * (winning + keeping)
    assert move.spend == pytest.approx(winning + keeping)
    assert abs(move.keeping.spend - keeping) <= tenth * (1 + 1e-9)
    for moved in np.linspace(-min(tenth, keeping), min(tenth, winning), 41):
        other = market.split(winning - moved, keeping + moved)
        assert move.profit >= other.profit - 1e-9 * (1 + abs(other.profit))


def test_a_tenth_that_goes_too_far_does_not_hide_which_way_money_should_go():
    # little is spent on keeping, which is soon saturated: a tenth of the budget is more than doubling it
    market = Market(Response(0.0, 250.0, 2.55e-4), Response(78.0, 117.0, 1.55e-3), 113.0, 120.2)
    found = market.next_euro(4308.0, 446.0)
    gain = found.to_keeping.profit - found.today.profit
    assert gain < 0.005 * found.today.spend
    assert found.best_move.profit - found.today.profit > 5 * abs(gain)
    assert found.advice == "to_keeping"
    move = found.best_move
    assert move.winning.return_of_next == pytest.approx(move.keeping.return_of_next, rel=1e-9)


def test_money_goes_a_whole_tenth_where_it_brings_more_all_the_way():
    found = Market(WINNING, KEEPING, 60.0, 60.0).next_euro(800.0, 200.0)
    assert (found.best_move, found.advice) == (found.to_keeping, "to_keeping")
    turned = Market(WINNING, KEEPING, 300.0, 10.0).next_euro(800.0, 200.0)
    assert (turned.best_move, turned.advice) == (turned.to_winning, "to_winning")


def test_where_both_return_alike_money_stays():
    best = MARKET.best(1000.0)
    assert MARKET.next_euro(best.winning.spend, best.keeping.spend).advice == "stay"
    assert MARKET.next_euro(0.0, 0.0).advice == "stay"


@given(kept=st.floats(1.0, 300.0), part=st.floats(0.01, 1.0), keeping=st.floats(10.0, 990.0))
def test_a_kept_customer_worth_less_never_turns_money_to_keeping(kept, part, keeping):
    order = ["to_winning", "stay", "to_keeping"]
    dear, cheap = (
        Market(WINNING, KEEPING, 60.0, value).next_euro(1000.0 - keeping, keeping).advice
        for value in (kept, part * kept)
    )
    assert order.index(cheap) <= order.index(dear)


def test_what_it_takes_to_get_to_another_split_and_what_that_brings():
    found = MARKET.next_euro(800.0, 200.0)
    kept, won = found.move_to(found.to_keeping), found.move_to(found.to_winning)
    assert (kept.moved, kept.share) == pytest.approx((100.0, 0.1))
    assert (won.moved, won.share) == pytest.approx((100.0, 0.1))
    assert kept.gain == found.to_keeping.profit - found.today.profit > 0 > won.gain
    assert found.move_to(found.today).gain == 0
    assert MARKET.next_euro(0.0, 0.0).move_to(MARKET.split(0.0, 10.0)).share == 0


def test_what_the_best_split_leaves():
    all_spent, too_much = MARKET.next_euro(800.0, 200.0), MARKET.next_euro(900_000.0, 100_000.0)
    assert (all_spent.spends_all, too_much.spends_all) == (True, False)
    assert all_spent.unspent == pytest.approx(0.0, abs=1e-6)
    assert too_much.unspent == pytest.approx(1_000_000.0 - too_much.best.spend)
