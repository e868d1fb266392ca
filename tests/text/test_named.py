from datetime import datetime

import pandas as pd
import pytest

from retention.ingest import RawTable
from retention.text import Words, file_named, when_read

TABLE = pd.DataFrame({"x": range(1234)})
NOON = datetime(2026, 3, 1, 12, 5).astimezone()  # by the clock here


def test_a_file_is_called_by_its_name():
    file = RawTable(TABLE, "sales.csv", "")
    assert (file_named(file, Words("en"), 1234), when_read(file, Words("en"), 1234)) == ("sales.csv", None)


@pytest.mark.parametrize(
    ("language", "named", "when"),
    [
        ("en", "Shop (read on 1 Mar 2026 at 12:05, 1,234 rows)", "Read on 1 Mar 2026 at 12:05: 1,234 rows."),
        ("it", "Shop (lettura del 1 mar 2026, ore 12:05, 1.234 righe)", "Lettura del 1 mar 2026, ore 12:05: 1.234 righe."),  # noqa: E501
    ],
)  # fmt: skip
def test_what_changes_is_called_by_when_it_was_read_too(language, named, when):
    raw = RawTable(TABLE, "Shop", "", read=NOON)
    assert (file_named(raw, Words(language), 1234), when_read(raw, Words(language), 1234)) == (named, when)


@pytest.mark.parametrize(
    ("language", "named", "when"),
    [
        ("en", "Shop (opened on 1 Mar 2026 at 12:05)", "Opened on 1 Mar 2026 at 12:05."),
        ("it", "Shop (apertura del 1 mar 2026, ore 12:05)", "Apertura del 1 mar 2026, ore 12:05."),
    ],
)
def test_of_rows_nobody_has_counted_no_number_is_said(language, named, when):
    raw = RawTable(TABLE, "Shop", "", read=NOON)
    assert (file_named(raw, Words(language), None), when_read(raw, Words(language), None)) == (named, when)
