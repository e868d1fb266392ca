"""Every small table, asked of any purchases: what engines must agree on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from retention import aggregate
from retention.returned import Returned
from retention.subscriptions import BOUNDS

PARTS = ("all", "since", "until")


def held_by(engine, orders, folder=None):
    """The same orders as a table of an engine, read from Parquet in a folder where there is one."""
    if folder is None:
        return replace(orders, table=engine.beside(orders.table), engine=engine)
    path = str(folder / "orders.parquet")
    orders.table.to_parquet(path, index=False)
    return replace(orders, table=engine.parquet(path, engine.files(path)), engine=engine)


class Polars:
    """Polars, of which the app makes no use: what is written in Narwhals is the same on it too."""

    code = "polars"
    in_memory = False

    def kept(self, query):
        return query.collect("polars").to_native()

    def beside(self, table):
        return polars().from_pandas(table)


def polars():
    return pytest.importorskip("polars", reason="Polars is not installed (pip install polars)")


def in_polars(purchases):
    """Purchases prepared in memory, as tables of Polars."""
    engine = Polars()
    names = purchases.names.to_frame(index=False, name="customer_id").reset_index(names="customer")
    return replace(
        purchases,
        table=engine.beside(purchases.table.drop(columns="order")),
        refunds=engine.beside(purchases.refunds),
        names=engine.beside(names),
        engine=engine,
    )


def small_tables(purchases, parts=PARTS):
    """Every small table by its name, as functions; of all, of some customers, or as of an evening."""
    middle = purchases.window.first + timedelta(days=purchases.window.days // 2)
    start, end = purchases.window.first.toordinal(), purchases.window.last.toordinal()
    months = purchases.window.numbers("month")
    taken = {
        "all": purchases,
        "since": purchases.since(start + 30),
        "until": purchases.until(middle),
    }
    asked = {
        **{f"cells {p}": (aggregate.cells, p) for p in ("week", "month", "quarter", "year")},
        **{f"flows {p}": (aggregate.flows, p) for p in ("day", "month")},
        "last_periods": (aggregate.last_periods, "month"),
        "steadiness": (aggregate.steadiness, "month", months[0], months[-1]),
        "patterns": (aggregate.patterns, "month"),
        "spells": (aggregate.spells, "month", 40),
        "gaps": (aggregate.gaps,),
        "gaps_by_cohort": (aggregate.gaps_by_cohort, "month"),
        "gaps_by_day": (aggregate.gaps_by_day,),
        "last_two_gaps": (aggregate.last_two_gaps,),
        "order_values": (aggregate.order_values, "month"),
        "followed": (aggregate.followed, "month", 30),
        "early_life": (aggregate.early_life, "month", 30),
        "around": (aggregate.around, "month", months[len(months) // 2]),
        "value_by_age": (aggregate.value_by_age,),
        "worth_by_age": (aggregate.worth_by_age, (1, 6)),
        "recency": (aggregate.recency, "month", months[-1]),
        "buying_again": (aggregate.buying_again, (end - 60, end - 30), 30, (10, 20)),
        "held_back": (aggregate.held_back, middle),
        "a_year_before": (aggregate.a_year_before, middle, middle + timedelta(days=30)),
        "repeats_by_day": (aggregate.repeats_by_day, middle),
        "spent_between": (aggregate.spent_between, purchases.window.first, middle),
        "brought_after": (aggregate.brought_after, middle, purchases.window.last),
        "outcomes_by_first_order": (aggregate.outcomes_by_first_order, (5.0, 20.0), 30),
        "customers": (aggregate.customers,),
        "rhythms": (aggregate.rhythms,),
        "bought_between": (aggregate.bought_between, start + 10, start + 100),
        "times_between": (aggregate.times_between, BOUNDS),
    }
    found = {
        f"{name} of {part}": (lambda those=those, ask=ask: ask[0](those, *ask[1:]))
        for part, those in taken.items()
        if part in parts
        for name, ask in asked.items()
    }
    everybody = aggregate.people(purchases)
    twice, spending = Returned(2, 0.0), Returned(1, 15.0)
    found |= {
        "gaps by day": lambda: aggregate.gaps(purchases, unit="day"),
        "by number": lambda: aggregate.followed(purchases, "month", 20, by="number"),
        "cells twice": lambda: aggregate.cells(purchases, "month", returned=twice),
        "cells spending": lambda: aggregate.cells(purchases, "month", returned=spending),
        "last_periods twice": lambda: aggregate.last_periods(purchases, "month", returned=twice),
        "last_periods spending": lambda: aggregate.last_periods(purchases, "month", returned=spending),
        "rungs twice": lambda: aggregate.gaps(aggregate.rungs(purchases, twice)),
        "rungs spending": lambda: aggregate.gaps(aggregate.rungs(purchases, spending)),
        "quartiles": lambda: pd.DataFrame({"edge": aggregate.first_order_quartiles(everybody)}),
        "day_value_edges": lambda: pd.DataFrame({"edge": aggregate.day_value_edges(purchases)}),
    }
    for name in purchases.segments.values():
        found |= {
            f"cells by {name}": lambda name=name: aggregate.cells(purchases, "month", by=name),
            f"of_segment {name}": lambda name=name: aggregate.flows(purchases.of_segment(name, ""), "month"),
            f"not_of_segment {name}": lambda name=name: aggregate.flows(
                purchases.not_of_segment(name, "web"), "month"
            ),
            f"gaps by {name}": lambda name=name: aggregate.gaps_by_segment(purchases, name),
            f"values by {name}": lambda name=name: aggregate.order_values(purchases, "month", by=name),
            f"retained by {name}": lambda name=name: aggregate.retained_by_segment(purchases, "month", name),
            f"value by age by {name}": lambda name=name: aggregate.value_by_age(purchases, name),
            f"outcomes by {name}": lambda name=name: aggregate.outcomes_by_segment(purchases, name, 30),
            f"last_periods by {name}": lambda name=name: aggregate.last_periods(purchases, "month", by=name),
        }
    return found


def assert_same(one, other, about=""):
    """Counts and keys to the last digit, money to a billionth of itself, rows in whatever order of ties."""
    assert one.columns.tolist() == other.columns.tolist(), about
    money = [name for name in one if one[name].dtype.kind == "f"]
    keys = [name for name in one if name not in money]
    one, other = (_sorted(table, keys, money) for table in (one, other))
    pd.testing.assert_frame_equal(one[keys], other[keys], check_dtype=False, obj=f"{about}: keys and counts")
    pd.testing.assert_frame_equal(
        one[money], other[money], rtol=1e-9, atol=1e-9, check_dtype=False, obj=f"{about}: money"
    )


def _sorted(table, keys, money):
    texts = [name for name in keys if not pd.api.types.is_numeric_dtype(table[name])]
    table = table.assign(
        **{name: table[name].astype(object).where(table[name].notna(), "–").astype(str) for name in texts}
    )
    return table.sort_values([*keys, *money], ignore_index=True)
