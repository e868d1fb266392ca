from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.errors import DataWarning, InputError
from retention.ingest import Mapping, to_orders
from retention.periods import Window

at = datetime.fromisoformat

NOW = at("2024-06-30 12:00")
MAPPING = Mapping("customer", "date", order="order", amount="amount")


def intake(raw_table, rows, mapping=MAPPING, **options):
    names = ["customer", "order", "date", "amount", "segment"]
    width = len(rows[0])
    table = {name: [row[i] for row in rows] for i, name in enumerate(names[:width])}
    return to_orders(raw_table(table), mapping, **{"now": NOW, **options})


def attempt(*args, **options):
    """The intake, or the error it ended in."""
    try:
        return intake(*args, **options)
    except InputError as error:
        return error


def attempt_orders(*args, **options):
    try:
        return to_orders(*args, **options)
    except InputError as error:
        return error


def orders_of(result, *columns):
    """The orders in the columns named."""
    table = result.orders.table[list(columns)]
    return [tuple(row) for row in table.astype(object).where(table.notna(), None).itertuples(index=False)]


def column_of(result, column):
    return [value for (value,) in orders_of(result, column)]


def test_rows_of_one_order_are_summed_at_their_earliest_time(raw_table):
    rows = [
        ["a", "1", "2024-01-02 10:00", "2.5"],
        ["a", "1", "2024-01-01 09:00", "3"],
        ["b", "1", "2024-01-03", "4"],
    ]
    assert orders_of(intake(raw_table, rows), "customer_id", "order_id", "date", "value", "kind") == [
        ("a", "1", at("2024-01-01 09:00"), 5.5, "purchase"),
        ("b", "1", at("2024-01-03"), 4.0, "purchase"),
    ]


def test_without_an_order_id_a_day_is_an_order(raw_table):
    rows = [
        ["a", "x", "2024-01-02 23:00", "1"],
        ["a", "y", "2024-01-02 01:00", "2"],
        ["a", "z", "2024-01-03", "4"],
    ]
    result = intake(raw_table, rows, Mapping("customer", "date", amount="amount"))
    assert orders_of(result, "customer_id", "order_id", "date", "value", "kind") == [
        ("a", None, at("2024-01-02 01:00"), 3.0, "purchase"),
        ("a", None, at("2024-01-03"), 4.0, "purchase"),
    ]


def test_rows_lacking_their_order_id_join_by_day_and_no_other_order(raw_table):
    rows = [["a", "1", "2024-01-02", "1"], ["a", None, "2024-01-02", "2"], ["a", " ", "2024-01-02", "3"]]
    assert orders_of(intake(raw_table, rows), "order_id", "value") == [("1", 1.0), (None, 5.0)]


def test_the_amount_is_quantity_times_price(raw_table):
    table = {"c": ["a", "a"], "d": ["2024-01-01"] * 2, "q": ["3", "-1"], "p": ["1,50", "2,25"]}
    result = to_orders(raw_table(table), Mapping("c", "d", quantity="q", price="p"), now=NOW)
    assert column_of(result, "value")[0] == 2.25


def test_value_is_rounded_before_it_is_compared_with_zero(raw_table):
    rows = [["a", "1", "2024-01-01", amount] for amount in ("0.1", "0.2", "-0.3")] + [
        ["a", "2", "2024-01-01", "5"]
    ]
    result = intake(raw_table, rows)
    assert orders_of(result, "value", "kind")[0] == (0.0, "zero")
    assert (result.account.zero_orders, result.account.purchases) == (1, 1)


def test_zero_orders_can_be_kept_as_purchases(raw_table):
    rows = [["a", "1", "2024-01-01", "0"], ["b", "2", "2024-01-01", "5"], ["c", "3", "2024-01-01", "-5"]]
    left_out, kept = (intake(raw_table, rows, zero_orders=choice) for choice in ("leave-out", "keep"))
    assert column_of(left_out, "kind") == ["zero", "purchase", "refund"]
    assert column_of(kept, "kind") == ["purchase", "purchase", "refund"]
    assert (left_out.account.customers, left_out.account.customers_without_purchase) == (1, 2)
    assert (kept.account.customers, kept.account.customers_without_purchase) == (2, 1)
    assert left_out.account.zero_orders == kept.account.zero_orders == 1


def test_the_segment_is_that_of_the_largest_row(raw_table):
    rows = [
        ["a", "1", "2024-01-01", "1", "web"],
        ["a", "1", "2024-01-01", "9", "shop"],
        ["a", "1", "2024-01-01", "99", None],
        ["b", "2", "2024-01-01", "1", None],
        ["c", "3", "2024-01-01", "1", "b"],
        ["c", "3", "2024-01-01", "1", "a"],
    ]
    mapping = Mapping("customer", "date", order="order", amount="amount", segment="segment")
    assert column_of(intake(raw_table, rows, mapping), "segment") == ["shop", None, "a"]


def test_each_segment_is_that_of_the_largest_row_that_has_it(raw_table):
    names = ["customer", "order", "date", "amount", "Channel", "Country"]
    rows = [
        ["a", "1", "2024-01-01", "1", "web", "IT"],
        ["a", "1", "2024-01-01", "9", None, "FR"],
        ["b", "2", "2024-01-01", "1", "shop", None],
    ]
    mapping = Mapping(
        "customer", "date", order="order", amount="amount", segment="Channel", segment_2="Country"
    )
    orders = to_orders(
        raw_table(dict(zip(names, zip(*rows, strict=True), strict=True))), mapping, now=NOW
    ).orders
    assert orders.segments == {"Channel": "segment", "Country": "segment_2"}
    assert orders.table["segment"].tolist() == ["web", "shop"]
    country = orders.table["segment_2"]
    assert (country[0], country.isna().tolist()) == ("FR", [False, True])


def test_what_cannot_be_used_is_set_aside_with_its_reason(raw_table):
    rows = [
        ["a", "1", "2024-01-01", "1"],
        [None, "2", "x", "2"],
        ["nan", "3", "2024-01-01", "x"],
        ["a", "4", None, "4"],
        ["a", "5", "31/31/2024", "5"],
        ["a", "6", "2024-01-01", ""],
        ["a", "7", "2024-01-01", "x"],
        ["a", "8", "2024-07-01", "8"],
        ["a", "9", "2024-06-30 23:59", "9"],
    ]
    account = intake(raw_table, rows).account
    assert account.set_aside == {
        "missing_customer": (2, 2.0),
        "missing_date": (1, 4.0),
        "unreadable_date": (1, 5.0),
        "missing_amount": (1, None),
        "unreadable_amount": (1, None),
        "future_date": (1, 8.0),
    }
    assert account.rows_used == 2
    assert account.now == NOW
    aside = account.set_aside_rows
    assert aside.columns.tolist() == ["row", "reason", "customer", "order", "date", "amount"]
    assert aside["row"].tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert aside["reason"].tolist()[-1] == "future_date"
    assert aside["order"].tolist() == ["2", "3", "4", "5", "6", "7", "8"]


def test_columns_of_the_file_keep_their_names_among_the_rows_set_aside(raw_table):
    table = {"row": [None, "a"], "reason": ["2024-01-01"] * 2, "amount": ["1", "2"]}
    result = to_orders(raw_table(table), Mapping("row", "reason", amount="amount"), now=NOW)
    assert result.account.set_aside_rows.columns.tolist() == ["row_", "reason_", "row", "reason", "amount"]


def test_the_window_ends_at_the_last_usable_row_or_where_told(raw_table):
    rows = [
        ["a", "1", "2024-01-05", "1"],
        ["a", "2", "2024-02-05 23:59", "-1"],
        ["a", "3", "2024-02-06", "1"],
    ]
    assert intake(raw_table, rows).orders.window == Window(date(2024, 1, 5), date(2024, 2, 6))
    cut = intake(raw_table, rows, until=date(2024, 2, 5))
    assert cut.orders.window == Window(date(2024, 1, 5), date(2024, 2, 5))
    assert (cut.account.after_until, cut.account.rows_used, cut.account.last_date) == (1, 2, date(2024, 2, 5))
    later = intake(raw_table, rows, until=date(2024, 2, 29))
    assert later.orders.window.last == date(2024, 2, 29)
    assert later.account.last_date == date(2024, 2, 6)


def test_exact_duplicates_are_counted_and_dropped_on_request(raw_table):
    rows = [["a", "1", "2024-01-01", "1"]] * 3 + [
        ["a", "1", "2024-01-01", "1.0"],
        [None, "1", "2024-01-01", "1"],
    ] * 2
    kept, dropped = (intake(raw_table, rows, duplicates=choice) for choice in ("keep", "drop"))
    assert (kept.account.duplicate_rows, kept.account.duplicates_dropped, kept.account.rows_used) == (3, 0, 5)
    assert (
        dropped.account.duplicate_rows,
        dropped.account.duplicates_dropped,
        dropped.account.rows_used,
    ) == (3, 3, 2)
    assert column_of(dropped, "value")[0] == 2.0


def test_a_refund_answers_for_one_purchase_at_its_time_or_before(raw_table):
    rows = [
        ["a", "1", "2024-01-01", "10"],
        ["a", "2", "2024-01-02", "10"],
        ["a", "3", "2024-01-03", "-10"],
        ["b", "4", "2024-01-01", "-20"],
        ["b", "5", "2024-01-02", "20"],
        ["c", "6", "2024-01-01", "30"],
        ["c", "7", "2024-01-01", "-30"],
        ["c", "8", "2024-01-05", "-30"],
        ["d", "9", "2024-01-01", "10"],
        ["e", "10", "2024-01-02", "-10"],
    ]
    assert intake(raw_table, rows).account.reversed_orders == (2, 40.0)


def test_an_open_date_order_is_day_first_for_italian_files_and_said(raw_table):
    italian = {"cliente": ["a"], "data": ["03/02/2024"], "importo": ["1"]}
    english = {"customer": ["a"], "date": ["03/02/2024"], "amount": ["1"]}
    commas = {"customer": ["a"], "date": ["03/02/2024"], "amount": ["1,50"]}
    for table, about, expected in [
        (italian, {}, date(2024, 2, 3)),
        (english, {}, date(2024, 3, 2)),
        (english, {"delimiter": ";"}, date(2024, 2, 3)),
        (commas, {}, date(2024, 2, 3)),
    ]:
        customer, when, amount = table
        result = to_orders(raw_table(table, **about), Mapping(customer, when, amount=amount), now=NOW)
        assert result.account.first_date == expected
        details = {"column": when, "day_first": expected.day == 3}
        assert result.warnings == (DataWarning("date_order_assumed", details),)


def test_an_open_decimal_sign_is_said(raw_table):
    result = intake(raw_table, [["a", "1", "2024-01-01", "1.250"]])
    assert result.warnings == (DataWarning("decimal_assumed", {"column": "amount", "decimal": "."}),)
    assert column_of(result, "value")[0] == 1.25


def test_given_formats_are_obeyed_without_a_warning(raw_table):
    mapping = Mapping("customer", "date", order="order", amount="amount", day_first=True, decimal=",")
    result = intake(raw_table, [["a", "1", "03/02/2024", "1.250"]], mapping)
    assert orders_of(result, "date", "value")[0] == (at("2024-02-03"), 1250.0)
    assert result.warnings == ()


def test_nothing_usable_is_an_error_with_the_counts(raw_table):
    rows = [[None, "1", "2024-01-01", "1"], ["a", "2", "x", "1"], ["a", "3", "2024-05-01", "1"]]
    with pytest.raises(InputError) as caught:
        intake(raw_table, rows, until=date(2024, 4, 30))
    assert caught.value.code == "no_usable_rows"
    assert caught.value.details == {
        "rows": 3,
        "reasons": {"missing_customer": 1, "unreadable_date": 1, "after_until": 1},
    }


def test_a_mapped_column_that_is_not_there(raw_table):
    with pytest.raises(InputError) as caught:
        intake(raw_table, [["a", "1", "2024-01-01", "1"]], Mapping("customer", "day", amount="amount"))
    assert caught.value.code == "no_such_column"
    assert caught.value.details["column"] == "day"


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", " a", "A@x.it", "a@X.it", None]),
        st.sampled_from(["1", "2", None]),
        st.sampled_from(
            ["2024-01-01 10:00", "2024-01-01", "03/02/2024", "2024-09-01", "2024-03-01", "x", ""]
        ),
        st.sampled_from(["0.1", "0.2", "-0.3", "1e3", "1000000000.01", "-7", "0", ""]),
        st.sampled_from(["web", "shop", None]),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None)
@given(rows=ROWS, data=st.data(), duplicates=st.sampled_from(["keep", "drop"]))
def test_no_figure_depends_on_the_order_of_rows(raw_table, rows, data, duplicates):
    mapping = Mapping("customer", "date", order="order", amount="amount", segment="segment")
    shuffled = data.draw(st.permutations(rows))
    options = {"duplicates": duplicates, "until": date(2024, 2, 28)}
    results = [attempt(raw_table, version, mapping, **options) for version in (rows, shuffled)]
    first, second = results
    if isinstance(first, InputError):
        assert (first.code, first.details) == (second.code, second.details)
        return
    by = ["customer_id", "order_id", "date"]
    tables = [r.orders.table.sort_values(by).reset_index(drop=True) for r in results]
    pd.testing.assert_frame_equal(*tables, check_exact=True)
    of_the_file = {"set_aside_rows", "left_out_rows"}
    fields = [{k: v for k, v in vars(r.account).items() if k not in of_the_file} for r in results]
    assert fields[0] == fields[1]
    assert first.orders.window == second.orders.window


@settings(deadline=None)
@given(rows=ROWS, duplicates=st.sampled_from(["keep", "drop"]))
def test_every_row_is_accounted_for(raw_table, rows, duplicates):
    result = attempt(raw_table, rows, duplicates=duplicates, until=date(2024, 2, 28))
    if isinstance(result, InputError):
        assert result.details["rows"] == sum(result.details["reasons"].values())
        return
    account = result.account
    aside = sum(n for n, _ in account.set_aside.values())
    assert account.rows == len(rows)
    left = account.after_until + account.duplicates_dropped
    assert account.rows == account.rows_used + aside + left
    assert (len(account.set_aside_rows), len(account.left_out_rows)) == (aside, left)


ANY_COLUMN = st.one_of(
    st.lists(st.text(max_size=12) | st.none(), min_size=4, max_size=4).map(
        lambda v: pd.Series(v, dtype="str")
    ),
    st.lists(st.floats(), min_size=4, max_size=4).map(pd.Series),
    st.lists(st.booleans(), min_size=4, max_size=4).map(pd.Series),
    st.lists(st.datetimes(), min_size=4, max_size=4).map(lambda v: pd.Series(np.array(v, "datetime64[ms]"))),
    st.lists(st.timedeltas(), min_size=4, max_size=4).map(
        lambda v: pd.Series(np.array(v, "timedelta64[ms]"))
    ),
)


@settings(deadline=None)
@given(columns=st.tuples(ANY_COLUMN, ANY_COLUMN, ANY_COLUMN, ANY_COLUMN, ANY_COLUMN))
def test_any_columns_make_orders_or_an_input_error(raw_table, columns):
    raw = raw_table(dict(zip("abcde", columns, strict=True)))
    result = attempt_orders(raw, Mapping("a", "b", order="c", amount="d", segment="e"), now=NOW)
    if isinstance(result, InputError):
        assert result.code in {"no_usable_rows", "ids_cut_short"}
        return
    assert result.orders.table[["customer_id", "date", "value", "kind"]].notna().all(axis=None)
