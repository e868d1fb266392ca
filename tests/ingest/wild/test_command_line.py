"""What the command line says of random files: all that the library says, on stderr and in the JSON."""

import io
import json
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, strategies as st

from retention import ingest
from retention.__main__ import main
from retention.ingest.parse.reading import read_own
from retention.text import Words
from tests.ingest.wild.making import FEW, MANY
from tests.ingest.wild.outcome import csv, outcome

DAYS = st.one_of(
    st.integers(0, 700).map(lambda n: (date(2022, 1, 1) + timedelta(days=n)).isoformat()),
    st.sampled_from(["1900-01-01", "", "2999-01-01", "soon"]),
)
ROWS = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(["Ann", "Bob", "Cid", "guest", ""]),
        DAYS,
        st.sampled_from(["Paid", "Paid", "Cancelled", "Parked"]),
        st.sampled_from(["10.5", "20", "-3", "0", "", "1,5", "x"]),
        st.integers(1, 9),
    ),
    min_size=3,
    max_size=25,
)


def asked(file):
    """What `columns` writes of a file, parsed in this process, and what it says beside it."""
    out, beside = io.StringIO(), io.StringIO()
    here = patch.object(ingest, "read", lambda content, name, **_: read_own(content, name))
    with here, redirect_stdout(out), redirect_stderr(beside):
        code = main(["columns", str(file), "--json", "-"])
    return code, out.getvalue(), beside.getvalue()


def check(rows):
    content = csv("Order,Customer,Date,Status,Amount,Points", *(",".join(map(str, row)) for row in rows))
    known = outcome(content, "sales.csv")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sales.csv"
        file.write_bytes(content)
        code, out, beside = asked(file)
    if code:  # refused before its columns were looked at
        assert known.refused == "wider_than_headings"
        assert beside.count("error: ") == 1
        return
    found = json.loads(out)
    if known.intake is None:
        assert found["missing"] or found["problem"]["code"] == known.refused
        return
    account = found["account"]
    parts = ("rows_used", "cancelled", "overlap", "after_until", "duplicates_dropped")
    left = sum(account["set_aside"].values()) + sum(account["left_out"].values())
    assert account["rows"] == sum(account[part] for part in parts) + left
    assert account["rows_read"] == account["rows"] + sum(account["not_data"].values())
    listed = [note["code"] for kind in ("questions", "warnings", "checks") for note in found[kind]]
    assert set(known.said) <= set(listed)
    words = Words("en", known.intake.orders.currency)
    assert all(words.warning(warning) in beside for warning in known.intake.warnings)
    assert beside.count("warning: ") >= len(set(known.said))


@FEW
@given(ROWS)
def test_all_that_is_said_of_a_file_is_on_stderr_and_in_the_json(rows):
    check(rows)


@pytest.mark.slow
@MANY
@given(ROWS)
def test_all_that_is_said_of_many_files_is_on_stderr_and_in_the_json(rows):
    check(rows)


def test_the_files_made_at_random_are_spoken_of():
    """Else the properties above would hold of files about which there is nothing to say."""
    content = csv(
        "Order,Customer,Date,Status,Amount,Points",
        *("1,Ann,2022-01-05,Paid,10.5,1", "1,Bob,2022-02-05,Parked,20,2", "2,guest,soon,Paid,x,3"),
    )
    raw = ingest.read(content, "sales.csv")
    said = {warning.code for warning in ingest.to_orders(raw, ingest.guess(raw).mapping).warnings}
    assert {"order_numbers_repeat", "unknown_status_words"} <= said
