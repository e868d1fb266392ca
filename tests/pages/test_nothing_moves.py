"""No page shows anything else where a file's rows are shuffled, its ids renamed, its last week cut off."""

import io
import json
import re
from datetime import timedelta

import pandas as pd
import pyarrow as pa
import pytest

from tests.pages.visit import PAGES, Visit

NAME = "negozio.csv"
SHOWN = [page for page in PAGES if page != "data"]
LARGEST = 999_999
OF_ROWS = "rows read = "  # a second file has its own headings
OF_FILES = r"2 files, read as one: negozio\\.csv, settimana\\.csv\. "  # and its own name
DIGITS = "%.9g"  # what sums in another order may change lies behind


@pytest.fixture(scope="module")
def file(samples):
    table = samples["shop"][0].table
    table = table[table["Codice cliente"].str.fullmatch(r"C\d{5}", na=False)]
    day = pd.to_datetime(table["Data ordine"], format="%d/%m/%Y", errors="coerce")
    return table.assign(day=day)[day < day.max() - timedelta(days=3)]  # so that the last week is not complete


def as_csv(table):
    return table.drop(columns="day").to_csv(index=False, sep=";").encode()


def changed(table):
    """Shuffled, its customers renamed, its last days in a file of their own."""
    table = table.sample(frac=1, random_state=5)
    table["Codice cliente"] = table["Codice cliente"].map(other_name)
    early = table["day"] < table["day"].max() - timedelta(days=4)
    return [(NAME, as_csv(table[early])), ("settimana.csv", as_csv(table[~early]))]


def other_name(customer):
    """A name that puts customers in the opposite order."""
    return f"K{LARGEST - int(customer[1:]):06}"


def first_name(text):
    return re.sub(r"\bK(\d{6})\b", lambda name: f"C{LARGEST - int(name[1]):05}", text)


def shown(files):
    """What every page says, with its figures, tables and charts."""
    visit = Visit("en").upload_all(files)
    assert visit.failures == visit.errors == []
    return {page: of_page(visit.open(page)) for page in SHOWN}


def of_page(visit):
    assert visit.failures == visit.errors == []
    texts = [first_name(text) for text in visit.formatted]
    tables = [rows_of(frame) for frame in visit.frames]
    return texts, visit.metrics, tables, [of_chart(chart) for chart in visit.charts]


def of_chart(chart):
    tables = [pa.ipc.open_stream(data.data.data).read_all().to_pandas() for data in chart.datasets]
    marks = re.sub(r'"(data-)?[0-9a-f]{32,}"', '""', chart.spec)
    spec = json.loads(marks, parse_float=lambda number: DIGITS % float(number))
    return spec, [rows_of(table) for table in tables]


def rows_of(table):
    """Rows of a table, by their first names: equals may stand in the order of theirs."""
    text = io.StringIO()
    table.to_csv(text, index=False, float_format=DIGITS)
    return sorted(first_name(text.getvalue()).splitlines())


def on_data(files):
    """What the Data page makes of the files: purchases, rows used and set aside, checks."""
    visit = Visit("en").upload_all(files).open("data")
    assert visit.failures == visit.errors == []
    told = (re.sub(OF_FILES, "", text) for text in visit.formatted if OF_ROWS not in text)
    said = [first_name(text) for text in told]
    rows = visit.rows()
    as_read = {visit.words.say(f"account.{what}") for what in ("read", "not_data.heading")}
    return said, visit.metrics, {what: count for what, count in rows.items() if what not in as_read}


def test_the_data_page_counts_the_same(file):
    assert on_data(changed(file)) == on_data([(NAME, as_csv(file))])


@pytest.mark.slow
def test_no_page_shows_anything_else(file):
    as_it_is, found = shown([(NAME, as_csv(file))]), shown(changed(file))
    for page, before in as_it_is.items():
        for part, was, now in zip(("texts", "metrics", "tables", "charts"), before, found[page], strict=True):
            assert now == was, (page, part)
