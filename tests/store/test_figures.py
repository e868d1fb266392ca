"""With a store every table is what it is from scratch, however the rows came in."""

from dataclasses import asdict
from datetime import timedelta

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.engines import collected
from tests.aggregate.engines import PARTS, assert_same, small_tables
from tests.store.shops import put, reading, rows_of


def tables_of(orders, parts):
    """Every small table there is, and those of customers alike, as functions by name."""
    purchases = aggregate.prepare(orders)
    people = aggregate.people(purchases)
    found = small_tables(purchases, parts)
    end = purchases.window.last
    months = purchases.window.whole_months().last
    earlier = aggregate.people(purchases.until(months - timedelta(days=60)), once=True)
    found |= {
        "names": lambda: pd.DataFrame({"name": aggregate.names(people, "segment")}, dtype="str"),
        "starts": lambda: aggregate.starts(people, "segment"),
        "worths": lambda: aggregate.worths(people),
        "spend": lambda: aggregate.spend(people),
        "spend in bins": lambda: aggregate.spend_in_bins(people, "segment"),
        "spend until": lambda: aggregate.spend_in_bins(earlier),
        "grain": lambda: pd.DataFrame({"grain": [aggregate.grain_of(people, n) for n in (10, 50, 10**6)]}),
        "held back alike": lambda: aggregate.held_back(
            purchases, months - timedelta(days=60), months, grain=7
        ),
        "worth summarised": lambda: aggregate.worth_summarised(purchases, (1, 6)),
        "patterns sampled": lambda: aggregate.patterns_sampled(purchases, "month"),
        "order kinds": lambda: aggregate.order_kinds(orders),
        "refunds by order": lambda: aggregate.refunds_by_order(orders, "month"),
        "zeros kept": lambda: aggregate.flows(aggregate.prepare(aggregate.zeros_kept(orders)), "month"),
        "all people": lambda: _people(purchases, people),
    }
    for grain in (1, 7, 28):
        found[f"alike {grain}"] = lambda grain=grain: aggregate.alike(people, grain, end)
        found[f"alike {grain} by"] = lambda grain=grain: aggregate.alike(people, grain, end, "segment_2")
    return found


def _people(purchases, people):
    """Everybody's row, by name."""
    rows = people.change.whole() if hasattr(people, "change") else people
    found = collected(aggregate.with_names(purchases, nw.from_native(rows).lazy()))
    columns = sorted(found.columns)
    return found[columns].assign(customer_id=found["customer_id"].astype(str))


def compare(folder, store, parts=PARTS):
    """The tables with a store and without one; the store is written."""
    with reading(folder) as plain, reading(folder, store) as found:
        assert found.anew is None
        assert _account(found.intake) == _account(plain)
        assert found.intake.orders.window == plain.orders.window
        there = tables_of(found.intake.orders, parts)
        for name, ask in tables_of(plain.orders, parts).items():
            assert_same(ask(), there[name](), name)
        found.write()


def _account(intake):
    """What became of the rows; money to a millionth, which no sum here is near."""
    told = asdict(intake.account)
    others = {"now", "set_aside_rows", "left_out_rows"}
    kept = {name: value for name, value in told.items() if name not in others}
    return kept | {"money": {name: round(value, 6) for name, value in told["money"].items()}}


def come_in(rows, draw, files):
    """Rows in so many files: most by their day, one in ten late, and some alone."""
    day = rows["date"].rank(method="first").to_numpy() / len(rows)
    first = 0.6 * (draw.random() < 0.8)  # of the rows, in the first file
    when = np.clip(np.floor((day - first) / (1.0 - first) * (files - 1)) + 1, 0, files - 1).astype(int)
    late = draw.random(len(rows)) < 0.1
    when[late] = draw.integers(0, files, late.sum())
    when[0] = 0  # a folder without any row is refused
    return [rows[when == n] for n in range(files)]


@pytest.mark.parametrize(
    ("seed", "customers", "numbers", "parts"),
    [
        (1, 40, False, ("all",)),
        (2, 40, True, ("until",)),
        pytest.param(2, 80, True, PARTS, marks=pytest.mark.slow),
        pytest.param(3, 5, False, PARTS, marks=pytest.mark.slow),
    ],
)
def test_tables_are_those_from_scratch(seed, customers, numbers, parts, tmp_path):
    rows, draw = rows_of(seed, customers, numbers=numbers), np.random.default_rng(seed)
    for n, part in enumerate(come_in(rows, draw, 3)):
        put(tmp_path / "orders", f"{n:02}", part)
        compare(tmp_path / "orders", tmp_path / "store", parts)


@pytest.mark.slow
@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10**6), st.sampled_from([3, 30, 150]), st.booleans(), st.integers(2, 5))
def test_tables_of_any_shop_in_any_files_are_those_from_scratch(
    tmp_path_factory, seed, customers, numbers, files
):
    place = tmp_path_factory.mktemp("shop")
    rows, draw = rows_of(seed, customers, numbers=numbers), np.random.default_rng(seed)
    for n, part in enumerate(come_in(rows, draw, files)):
        put(place / "orders", f"{n:02}", part)
        compare(place / "orders", place / "store", ("all",))
