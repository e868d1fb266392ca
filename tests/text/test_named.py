from datetime import datetime

import pandas as pd
import pytest

from retention.ingest import RawTable
from retention.text import Words, file_named, when_read

TABLE = pd.DataFrame({"x": range(1234)})
NOON = datetime(2026, 3, 1, 12, 5).astimezone()  # by the clock here


def test_a_file_is_called_by_its_name():
    file = RawTable(TABLE, "sales.csv", "")
    assert (file_named(file, Words("en")), when_read(file, Words("en"))) == ("sales.csv", None)


@pytest.mark.parametrize(
    ("language", "named", "when"),
    [
        ("en", "Shop (read on 1 Mar 2026 at 12:05, 1,234 rows)", "Read on 1 Mar 2026 at 12:05: 1,234 rows."),
        ("it", "Shop (lettura del 1 mar 2026, ore 12:05, 1.234 righe)", "Lettura del 1 mar 2026, ore 12:05: 1.234 righe."),  # noqa: E501
    ],
)  # fmt: skip
def test_what_changes_is_called_by_when_it_was_read_too(language, named, when):
    raw = RawTable(TABLE, "Shop", "", read=NOON)
    assert (file_named(raw, Words(language)), when_read(raw, Words(language))) == (named, when)
