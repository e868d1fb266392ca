from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.doubtful_dates import swapped_back

at = datetime.fromisoformat


@pytest.mark.parametrize(
    "text",
    [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "00/00/0000",
        "0001-01-01",
        "9999-12-31",
        "1899-12-30",
        "1900-01-01",
        "1970-01-01 01:00:00",
    ],
)
def test_days_written_for_none_are_missing(text):
    read = read_dates(pd.Series([text, "2023-01-05"]))
    assert read.when.tolist() == [None, at("2023-01-05")]
    assert read.blank.tolist() == [True, False]


def test_a_file_of_1970_keeps_its_first_day():
    assert read_dates(pd.Series(["1970-01-01", "1970-05-05"])).when[0] == np.datetime64("1970-01-01")


def test_days_swapped_by_a_spreadsheet_program_are_swapped_back():
    column = pd.Series(["2023-05-01 00:00:00", "17/01/2023", "2023-05-02 00:00:00", "20/02/2023"])
    read = read_dates(column)
    assert [moment.isoformat()[:10] for moment in read.when.tolist()] == [
        *("2023-01-05", "2023-01-17"),
        *("2023-02-05", "2023-02-20"),
    ]
    assert read.swapped == 2


def test_stored_dates_beyond_the_12th_were_never_swapped():
    assert read_dates(pd.Series(["2023-05-01", "2023-05-13", "17/01/2023"])).swapped == 0
    assert read_dates(pd.Series(["2023-05-01", "17/01/2023", "05/01/2023"])).swapped == 0


def test_the_time_of_day_stays_where_it_is():
    moments = np.array(["2023-05-01T10:30", "2024-12-12T00:00"], dtype="datetime64[us]")
    assert swapped_back(moments).tolist() == [at("2023-01-05 10:30"), at("2024-12-12")]
