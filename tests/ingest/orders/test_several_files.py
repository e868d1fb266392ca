import dataclasses

import numpy as np
import pytest

from retention.ingest import Mapping, checks, to_orders

MAPPING = Mapping("customer", "date", order="order", amount="amount")


def joined(raw_table, *files):
    """A table made of rows (customer, order, date, amount) of several files."""
    rows = [row for file in files for row in file]
    table = dict(
        zip(["customer", "order", "date", "amount"], map(list, zip(*rows, strict=True)), strict=True)
    )
    return dataclasses.replace(
        raw_table(table),
        files=tuple(f"month{i}.csv" for i in range(len(files))),
        file=np.repeat(np.arange(len(files)), [len(file) for file in files]),
        row_numbers=np.concatenate([np.arange(2, 2 + len(file)) for file in files]),
    )


JANUARY = [
    ["a", "1", "2024-01-10", "10"],
    ["b", "2", "2024-01-31", "20"],
    ["b", "2", "2024-01-31", "5"],
]
FEBRUARY = [
    ["b", "2", "2024-01-31", "20"],
    ["b", "2", "2024-01-31", "5"],
    ["b", "2", "2024-01-31", "-1"],
    ["a", "3", "2024-02-10", "30"],
    ["a", None, "2024-02-11", "7"],
]


def test_an_order_in_two_files_counts_once_as_the_first_has_it(raw_table):
    result = to_orders(joined(raw_table, JANUARY, FEBRUARY), MAPPING)
    assert result.orders.table[["order_id", "value"]].dropna().to_numpy().tolist() == [
        ["1", 10.0],
        ["3", 30.0],
        ["2", 25.0],
    ]
    account = result.account
    assert (account.rows, account.rows_used, account.overlap, account.set_aside) == (8, 5, 3, {})
    assert account.money["overlap"] == pytest.approx(24.0)


def test_the_rows_of_the_overlap_lead_back_to_their_file(raw_table):
    rows = to_orders(joined(raw_table, JANUARY, FEBRUARY), MAPPING).account.left_out_rows
    assert rows["reason"].tolist() == ["overlap"] * 3
    assert rows["file"].tolist() == ["month1.csv"] * 3
    assert rows["row"].tolist() == [2, 3, 4]


def test_which_file_comes_first_only_matters_where_they_differ(raw_table):
    one = to_orders(joined(raw_table, JANUARY, FEBRUARY), MAPPING)
    other = to_orders(joined(raw_table, FEBRUARY, JANUARY), MAPPING)
    assert one.orders.table["value"].sum() - other.orders.table["value"].sum() == pytest.approx(1.0)
    assert other.account.overlap == 2


def test_without_order_ids_rows_repeated_across_files_are_reported_with_their_switch(raw_table):
    raw = joined(raw_table, JANUARY, FEBRUARY)
    mapping = Mapping("customer", "date", amount="amount")
    kept = to_orders(raw, mapping)
    assert (kept.account.overlap, kept.account.duplicate_rows, kept.account.duplicates_across_files) == (
        0,
        2,
        2,
    )
    found = next(check for check in checks(kept) if check.code == "duplicates")
    assert found.details == {"rows": 2, "across_files": 2, "dropped": False}
    dropped = to_orders(raw, mapping, **{found.switch.option: found.switch.value})
    assert dropped.account.duplicates_dropped == 2
    assert dropped.account.money["duplicate"] == pytest.approx(25.0)


def test_a_row_twice_in_one_file_is_not_across_files(raw_table):
    twice = [["a", None, "2024-01-10", "10"]] * 2
    account = to_orders(joined(raw_table, twice, FEBRUARY), MAPPING).account
    assert (account.duplicate_rows, account.duplicates_across_files) == (1, 0)


def test_an_order_of_two_files_whose_total_is_repeated_counts_once(raw_table):
    lines = [["a", "1", "2024-01-10", "10"], ["a", "1", "2024-01-10", "10"]]
    mapping = dataclasses.replace(MAPPING, once_per_order=True)
    result = to_orders(joined(raw_table, lines, lines), mapping)
    assert result.orders.table["value"].tolist() == [10.0]
    assert result.account.overlap == 2
