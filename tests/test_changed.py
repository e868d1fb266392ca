"""Sums over customers, brought up to date by those whose rows changed."""

import pandas as pd
import pytest

from retention.changed import Change, Changed, additive, brought_up_to_date, carried

KEYS = ["group", "day"]


def table(*rows):
    return pd.DataFrame(rows, columns=[*KEYS, "money", "customers"]).astype({"group": object, "money": float})


OLD = table(("a", 1, 10.0, 2), ("a", 2, 0.1 + 0.2, 2), (None, 1, 5.0, 1)).assign(
    **{"most of money": [10.0, 0.3, 5.0]}
)


def updated(before, after):
    found = brought_up_to_date(OLD, before, after, KEYS)
    return None if found is None else found.drop(columns="most of money")


def test_what_was_is_taken_off_and_what_is_put_in():
    found = updated(table(("a", 1, 4.0, 1)), table(("a", 1, 4.0, 1), ("a", 2, 1.0, 1), ("b", 7, 2.0, 1)))
    expected = table((None, 1, 5.0, 1), ("a", 1, 10.0, 2), ("a", 2, 1.3, 3), ("b", 7, 2.0, 1))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_row_nobody_is_left_in_goes():
    found = updated(table((None, 1, 5.0, 1)), table())
    assert found["group"].tolist() == ["a", "a"]


def test_what_rounding_leaves_is_nothing():
    found = updated(table(("a", 2, 0.2, 1), ("a", 2, 0.1, 0)), table())
    assert found.loc[found["day"] == 2, "money"].tolist() == [0.0]
    assert found.loc[found["day"] == 2, "customers"].tolist() == [1]


@pytest.mark.parametrize(("left", "known"), [(1e-3, True), (1e-6, False), (1e-12, True)])
def test_a_sum_of_which_too_little_is_left_is_not_trusted(left, known):
    assert (updated(table(("a", 1, 10.0 - left, 1)), table()) is not None) == known


def test_the_largest_a_sum_has_been_is_remembered():
    less = brought_up_to_date(OLD, table(("a", 1, 9.99, 0)), table(), KEYS)
    assert brought_up_to_date(less, table(("a", 1, 0.00999, 0)), table(), KEYS) is None


def test_a_table_of_one_row_stays_one():
    old = pd.DataFrame({"orders": [5]})
    assert brought_up_to_date(old, old, old * 0, [])["orders"].tolist() == [0]


class Kept:
    def __init__(self, tables):
        self.tables, self.now = tables, {}

    def table(self, name):
        return self.tables.get(name)

    def made(self, name):
        return self.now.get(name)

    def keep(self, name, table):
        self.now[name] = table


class Rows(Changed):
    def __init__(self, change):
        self.change = change


@additive("customer")
def counted(rows, least=0):
    return (
        pd.DataFrame({"customer": rows})
        .query(f"customer >= {least}")
        .value_counts()
        .reset_index(name="orders")
    )


@carried(Rows)
def doubled(rows, by=2):
    return [by * row for row in rows]


def changed(kept, before, after):
    return Rows(Change("rows", kept, lambda: pytest.fail("asked for all"), lambda: before, lambda: after))


def test_only_who_changed_is_asked_for():
    first = Kept({})
    assert counted(Rows(Change("rows", first, lambda: [1, 1, 2])))["orders"].tolist() == [2, 1]
    later = changed(Kept(first.now), [2], [2, 2, 3])
    assert counted(later)["orders"].tolist() == [2, 2, 1]
    assert counted(later, least=0).equals(counted(later, 0))


def test_a_table_is_told_by_all_it_is_made_with():
    first = Kept({})
    rows = Rows(Change("rows", first, lambda: [1, 1, 2]))
    for asked in (rows, doubled(rows), doubled(rows, by=3)):
        counted(asked)
        counted(asked, least=2)
    assert len(first.now) == 6


def test_rows_made_of_rows_carry_the_change():
    first = Kept({})
    counted(doubled(Rows(Change("rows", first, lambda: [1, 1, 2]))))
    assert counted(doubled(changed(Kept(first.now), [1, 1], [1])))["orders"].tolist() == [1, 1]


def test_plain_rows_are_simply_counted():
    assert counted([3, 3])["orders"].tolist() == [2]
    assert doubled([3]) == [6]
