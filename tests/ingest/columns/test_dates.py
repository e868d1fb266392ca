from datetime import date, datetime, time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.ingest.columns.dates import read_dates

at = datetime.fromisoformat

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def moments(texts, **options):
    return read_dates(pd.Series(texts, dtype="str"), **options).when.tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011-12-09", at("2011-12-09")),
        ("2011/12/9", at("2011-12-09")),
        ("2011.12.09 12:50", at("2011-12-09 12:50")),
        ("2011-12-09T12:50:07.25Z", at("2011-12-09 12:50:07")),
        ("2025-10-07 09:50:26 +0200", at("2025-10-07 09:50:26")),
        ("19970131", at("1997-01-31")),
        ("31/12/2020", at("2020-12-31")),
        ("31.12.20 8:05", at("2020-12-31 08:05")),
        ("12-31-2020 1:05 PM", at("2020-12-31 13:05")),
        ("12/31/2020 12:05 a.m.", at("2020-12-31 00:05")),
        ("31/12/1999", at("1999-12-31")),
        ("31/12/68", at("2068-12-31")),
        ("31/12/69", at("1969-12-31")),
        ("31/12/99", at("1999-12-31")),
        ("31/12/00", at("2000-12-31")),
        ("5 marzo '00", at("2000-03-05")),
        ("lun 5 mar. 2012 ore 7:08", at("2012-03-05 07:08")),
        ("March 5th, 2012 12:00 pm", at("2012-03-05 12:00")),
        ("2012-03-05 23:59:59", at("2012-03-05 23:59:59")),
        ("01/01/1900", at("1900-01-01")),
        ("31/12/2999", at("2999-12-31")),
        ("29/02/2024", at("2024-02-29")),
    ],
)
def test_ways_to_write_a_date(text, expected):
    assert moments([text]) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "30/02/2020",
        "2021-02-29",
        "2020-13-01",
        "13/13/2020",
        "00/01/2020",
        "1899-12-31",
        "20201301",
        "12:30",
        "2020-01-01 24:00",
        "2020-01-01 10:60",
        "2020-01-01 10:59:60",
        "01/01/1899",
        "01/01/3000",
        "00/00/2020",
        "1/2",
        "next week",
        "20200101x",
    ],
)
def test_what_is_no_date_is_not_made_one(text):
    read = read_dates(pd.Series([text, ""]))
    assert np.isnat(read.when).all()
    assert read.blank.tolist() == [False, True]


def test_one_cell_settles_the_order_for_the_column():
    assert moments(["03/02/2020", "13/02/2020"])[0] == at("2020-02-03")
    assert moments(["03/02/2020", "02/13/2020"])[0] == at("2020-03-02")


def test_the_order_most_dates_allow_leaves_the_others_unread():
    assert moments(["13/02/2020", "14/02/2020", "02/15/2020"])[1:] == [at("2020-02-14"), None]


def test_an_open_order_is_assumed_and_said():
    for day_first in (True, False):
        read = read_dates(pd.Series(["03/02/2020"]), otherwise=day_first)
        assert (read.assumed, read.day_first) == (True, day_first)
    assert moments(["03/02/2020"], otherwise=True) == [at("2020-02-03")]
    assert moments(["03/02/2020"], otherwise=False) == [at("2020-03-02")]


def test_a_given_order_is_kept_without_a_warning():
    read = read_dates(pd.Series(["13/02/2020", "03/02/2020"]), day_first=False)
    assert (read.assumed, read.day_first) == (False, False)
    assert read.when.tolist() == [None, at("2020-03-02")]


def test_iso_dates_leave_nothing_open():
    read = read_dates(pd.Series(["2020-02-03", "20200203"]))
    assert (read.assumed, read.day_first) == (False, None)


def test_iso_and_other_dates_may_stand_together():
    assert moments(["2020-12-31 10:00:00", "31/12/2020"]) == [
        at("2020-12-31 10:00"),
        at("2020-12-31"),
    ]


def test_dates_of_a_workbook_stay_as_they_are():
    column = pd.Series(pd.to_datetime(["2010-12-01 08:26", None, "1899-12-31 10:00"])).astype(
        "datetime64[ms]"
    )
    read = read_dates(column)
    assert read.when.tolist() == [at("2010-12-01 08:26"), None, None]
    assert read.blank.tolist() == [False, True, False]


def test_numbers_are_compact_dates_or_days_of_a_spreadsheet():
    # Excel shows 40513.35 as 2010-12-01 08:24 and 43831 as 2020-01-01.
    read = read_dates(pd.Series([40513.35, 43831.0, 19970101.0, 12.0, np.nan]))
    assert read.when.tolist() == [
        at("2010-12-01 08:24"),
        at("2020-01-01"),
        at("1997-01-01"),
        None,
        None,
    ]


def test_texts_are_days_of_a_spreadsheet_where_nearly_all_could_be_of_our_times():
    # 29221 is the first day of 1980, 73050 the last of 2099
    assert moments(["29221", "73050"]) == [at("1980-01-01"), at("2099-12-31")]
    assert moments(["40513,5"]) == [at("2010-12-01 12:00")]
    assert moments(["29220"]) == moments(["73051"]) == [None]
    assert moments([*["40000"] * 9, "12"])[0] is None  # of two distinct texts one
    days = [str(day) for day in range(40_000, 40_009)]
    assert moments([*days, "12"])[:1] == [at("2009-07-06")]  # of ten nine
    assert moments([*days[:8], "12", "13"])[0] is None
    assert not read_dates(pd.Series(["", ""])).serial


def test_numbers_are_days_from_1901_to_2999():
    # 367 is the first day of 1901 by the spreadsheet's count; what lies outside is no day
    read = read_dates(pd.Series([366.0, 367.0, 401_768.0, 401_769.0]))
    assert read.when.tolist() == [None, at("1901-01-01"), at("2999-12-31"), None]
    assert read.serial


def test_a_workbook_may_count_its_days_from_1904():
    # day 0 is the first of January 1904, 1462 days after that of the other count
    read = read_dates(pd.Series([38_000.0, 38_000.25]), since_1904=True)
    assert read.when.tolist() == [at("2008-01-15"), at("2008-01-15 06:00")]


def test_cells_a_file_stores_as_numbers_are_days_beside_texts():
    column = pd.Series(["2020-01-02", "43831", "43831"], dtype="str")
    read = read_dates(column, typed=np.array([False, True, False]))
    assert read.when.tolist() == [at("2020-01-02"), at("2020-01-01"), None]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2020-01-01T10:00:00Z", True),
        ("2020-01-01 10:00:00 UTC", True),
        ("2020-01-01 10:00:00 +00:00", True),
        ("2020-01-01 10:00:00 +0200", False),
        ("2020-01-01 10:00:00", False),
        ("next week UTC", False),
    ],
)
def test_times_may_say_that_they_are_universal(text, utc):
    assert read_dates(pd.Series([text, "2020-01-02"])).utc is utc


def test_stored_times_with_a_zone_are_local_and_universal_only_in_that_zone():
    for zone, utc in (("UTC", True), ("Europe/Rome", False)):
        read = read_dates(pd.Series(pd.to_datetime(["2020-01-01 10:00"])).dt.tz_localize(zone))
        assert (read.when.tolist(), read.utc) == ([at("2020-01-01 10:00")], utc)


def test_an_order_is_open_only_where_it_matters():
    read = read_dates(pd.Series(["02/02/2020", "03/03/2020"]))
    assert not read.assumed
    read = read_dates(pd.Series(["13/02/2020", "02/13/2020"]), otherwise=True)
    assert (read.day_first, read.assumed) == (True, True)


@given(
    st.lists(DAYS, min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%Y%m%d", "%d.%m.%Y"])
)
def test_days_survive_being_written(days, form):
    written = [f"{day:{form}}" for day in days]
    assert moments(written, day_first=form.startswith("%d")) == [datetime.combine(d, time()) for d in days]
