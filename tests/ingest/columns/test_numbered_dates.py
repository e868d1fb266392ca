from datetime import datetime

import pandas as pd
import pytest

from retention.ingest.columns.dates import read_dates

at = datetime.fromisoformat


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000])
@pytest.mark.parametrize("kind", ["str", "int64", "float64"])
def test_time_since_1970_in_seconds_and_their_parts(unit, kind):
    # 1672912800 seconds after 1970 it was 10 o'clock on 5 January 2023 in Greenwich
    read = read_dates(pd.Series([1_672_912_800 * unit, 1_676_628_000 * unit]).astype(kind))
    assert read.when.tolist() == [at("2023-01-05 10:00"), at("2023-02-17 10:00")]
    assert (read.since_1970, read.utc, read.serial, read.numbered) == (True, True, False, True)


@pytest.mark.parametrize("texts", [["1672912800", "17850", "x"], ["3331234567", "3339876543"], ["600000000"]])
def test_other_long_numbers_are_no_times(texts):
    assert not read_dates(pd.Series(texts)).since_1970


@pytest.mark.parametrize(
    "text",
    [
        "2023-02",
        "2023/2",
        "202302",
        "02/2023",
        "2.2023",
        "Feb 2023",
        "febbraio 2023",
        "Feb-23",
        "févr. 2023",
        "Fevereiro de 2023",
        "2023 Februar",
        "2023M02",
    ],
)
def test_months_are_read_as_their_first_days(text):
    read = read_dates(pd.Series([text, ""]))
    assert read.when.tolist() == [at("2023-02-01"), None]
    assert read.months


def test_a_number_with_a_point_is_no_month():
    assert not read_dates(pd.Series(["2023.01", "2023.1"])).months


def test_first_days_alone_do_not_tell_the_days():
    first = pd.Series(["2023-01-01", "2023-02-01", "2023-03-01"])
    assert read_dates(first).first_days
    assert read_dates(pd.to_datetime(first)).first_days
    assert not read_dates(first[:2]).first_days
    assert not read_dates(pd.Series([*first, "2023-03-02"])).first_days
