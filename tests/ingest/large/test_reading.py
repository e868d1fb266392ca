"""Files an engine reads come to the orders and the account of the same file read into memory."""

from datetime import date

import narwhals as nw
import pandas as pd
import pytest

from retention import ingest
from retention.engines import collected
from retention.engines.in_duckdb import DuckDB
from retention.errors import InputError
from retention.periods import Window
from retention.text import LANGUAGES, Words
from tests.engines.sparks import spark_here

ROWS = pd.DataFrame(
    {
        "Customer": ["anna", " bob ", "anna", None, "guest", "carl", "carl", "dora", "dora", "eve", "anna"],
        "Order": ["1", "2", "3", "4", "5", "6", "6", "7", None, "9", "10"],
        "Date": [
            *("2024-01-05 10:00:00", "2024-01-06 11:30:00", "2024-02-01 09:00:00", "2024-02-02 00:00:00"),
            *("2024-02-03 00:00:00", "2024-02-04 08:00:00", "2024-02-04 08:05:00", "soon", None),
            *("2024-03-01 00:00:00", "2024-03-09 23:59:00"),
        ],
        "Total": [10.5, 20.0, -3.25, 7.0, 8.0, 1.1, 2.2, 5.0, 6.0, 0.0, 12.0],
        "Channel": ["web", None, "shop", "web", "web", "web", "shop", None, None, "shop", "web"],
    }
)
FACTS = (
    *("rows", "rows_used", "purchases", "refunds", "zero_orders", "customers", "customers_without_purchase"),
    *("after_until", "first_date", "last_date"),
)
GIVEN = {"customer": "Customer", "order": "Order", "date": "Date", "amount": "Total", "segment": "Channel"}


@pytest.fixture(scope="module", params=["duckdb", "spark"])
def engine(request):
    with DuckDB() if request.param == "duckdb" else spark_here() as engine:
        yield engine


@pytest.fixture
def of_text():
    """The one that reads text."""
    with DuckDB() as engine:
        yield engine


def rows_of(frame):
    return collected(nw.from_native(frame).lazy())


def both(path, engine, given=GIVEN, **asked):
    """A file read into memory, and where it is."""
    raw = ingest.read(path.read_bytes(), path.name)
    here = ingest.to_orders(raw, ingest.guess(raw, **given).mapping, **asked)
    source = ingest.Source.of(str(path), engine.files)
    part = source.part(engine)
    return here, ingest.large_orders(source, part, ingest.guess(part, **given).mapping, engine, **asked)


def assert_same(here, there):
    names = ["customer_id", "order_id", "date", "value", "kind", *here.orders.segments.values()]
    one, other = (
        table[names]
        .astype(object)
        .where(table[names].notna(), None)
        .sort_values(["date", "value"])
        .to_numpy()
        for table in (here.orders.table, rows_of(there.orders.table))
    )
    assert one.tolist() == other.tolist()
    assert here.orders.window == there.orders.window
    assert {name: getattr(here.account, name) for name in FACTS} == {
        name: getattr(there.account, name) for name in FACTS
    }
    assert here.account.set_aside == there.account.set_aside


@pytest.mark.parametrize("asked", [{}, {"until": date(2024, 2, 5)}, {"zero_orders": "keep"}])
def test_parquet(tmp_path, engine, asked):
    path = tmp_path / "sales.parquet"
    ROWS.to_parquet(path)
    assert_same(*both(path, engine, **asked))


WRITTEN = {
    "year first": [
        "2024-01-31",
        "2024-02-03 14:30",
        "2024-02-05 09:05:07",
        "2024-02-06T10:00:00Z",
        "20240207",
    ],
    "other signs": ["2024/01/31", "2024.02.03 10:00", "2024-02-05T23:59:59", "2024-02-31", "x"],
    "day first": ["31/01/2024", "3/2/2024 14:30", "5.2.24", "06-02-2024 9:05", "30/02/2024"],
    "month first": ["01/31/2024", "2/3/2024 2:30 PM", "02/05/2024 12:05 am", "02-06-24", "13/13/2024"],
}


@pytest.mark.parametrize("dates", WRITTEN.values(), ids=WRITTEN)
def test_dates_and_amounts_as_text_in_parquet(tmp_path, engine, dates):
    path = tmp_path / "sales.parquet"
    amounts = ["€ 1.234,50", "20,00", "(7,25)", "12 euro e mezzo", "-1,00"]
    table = {"Cliente": ["anna", "bruno", "d'Elia", "carla", "a\\b"], "Data": dates, "Totale": amounts}
    pd.DataFrame(table | {"Ordine": list("12345")}).to_parquet(path)
    given = {"customer": "Cliente", "order": "Ordine", "date": "Data", "amount": "Totale"}
    assert_same(*both(path, engine, given, leave_out_customers=frozenset({"d'Elia", "a\\b"})))


def test_names_and_cells_that_are_written_as_sql_are_names_and_cells(tmp_path, engine):
    hostile = """x" `y` '); DROP TABLE t; -- {0} {read} \\"""
    path = tmp_path / "sales.parquet"
    named = {name: f"{name} {hostile}" for name in ROWS}
    table = ROWS.assign(Customer=ROWS["Customer"] + hostile, Channel=ROWS["Channel"] + hostile)
    table.rename(columns=named).to_parquet(path)
    given = {role: named[column] for role, column in GIVEN.items()}
    here, there = both(path, engine, given, leave_out_customers=frozenset({"dora" + hostile}))
    assert_same(here, there)
    assert here.account.left_out == there.account.left_out
    assert "anna" + hostile in set(rows_of(there.orders.table)["customer_id"])


def test_text(tmp_path, of_text):
    path = tmp_path / "sales.csv"
    ROWS.to_csv(path, index=False)
    assert_same(*both(path, of_text))


def test_days_first_and_decimal_commas(tmp_path, of_text):
    path = tmp_path / "vendite.csv"
    path.write_text(
        "Cliente;Ordine;Data;Totale\n"
        "anna;1;31/01/2024;€ 1.234,50\nbruno;2;03/02/2024 14:30;20,00\nanna;3;05/02/2024;(7,25)\n"
        "carla;4;06/02/2024;12 euro e mezzo\ncarla;5;07/02/2024;-1,00\n",
        "utf-8",
    )
    given = {"customer": "Cliente", "order": "Ordine", "date": "Data", "amount": "Totale"}
    here, there = both(path, of_text, given)
    assert rows_of(there.orders.table).sort_values("date")["value"].tolist() == [1234.5, 20.0, -7.25, -1.0]
    assert_same(here, there)


def test_quantity_times_price_and_a_folder_of_files(tmp_path, engine):
    lines = pd.DataFrame(
        {
            "customer": [12346.0, 12347.0, None, 12346.0],
            "order": ["a", "b", "c", "a"],
            "date": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-01"]),
            "quantity": [2, 3, 1, 1],
            "price": [1.5, 2.0, 9.0, 4.0],
        }
    )
    folder = tmp_path / "lines" / "deeper"
    folder.mkdir(parents=True)
    lines.iloc[:2].to_parquet(folder / "1.parquet")
    lines.iloc[2:].to_parquet(folder / "2.parquet")
    source = ingest.Source.of(str(tmp_path / "lines"), engine.files)
    part = source.part(engine)
    found = ingest.large_orders(source, part, ingest.guess(part).mapping, engine)
    orders = rows_of(found.orders.table).sort_values("date")
    assert orders[["customer_id", "value"]].to_numpy().tolist() == [[12346, 7.0], [12347, 6.0]]
    assert found.account.set_aside == {"missing_customer": (1, 9.0)}


def test_a_time_with_a_zone_counts_in_utc(tmp_path, engine):
    path = tmp_path / "sales.parquet"
    given = pd.DataFrame({"customer": ["a"], "order": ["1"], "amount": [5.0]})
    given.assign(date=pd.to_datetime(["2024-01-05 08:00"]).tz_localize("Asia/Tokyo")).to_parquet(path)
    source = ingest.Source.of(str(path), engine.files)
    part = source.part(engine)
    found = ingest.large_orders(source, part, ingest.guess(part).mapping, engine)
    assert found.orders.window == Window(date(2024, 1, 4), date(2024, 1, 4))
    (warning,) = (each for each in found.warnings if each.code == "times_in_utc")
    for language in LANGUAGES:
        assert "date" in Words(language).warning(warning)


def test_customers_left_out(tmp_path, engine):
    path = tmp_path / "sales.parquet"
    ROWS.to_parquet(path)
    here, there = both(path, engine, leave_out_customers=frozenset({"anna"}))
    assert_same(here, there)
    assert there.account.left_out == here.account.left_out


@pytest.mark.parametrize("columns", [{"Status": "cancelled"}, {"Discount": 1.0}])
def test_rules_an_engine_does_not_know_are_refused(tmp_path, engine, columns):
    path = tmp_path / "sales.parquet"
    ROWS.assign(**columns).to_parquet(path)
    source = ingest.Source.of(str(path), engine.files)
    part = source.part(engine)
    role = next(iter(columns)).casefold()
    mapping = ingest.Mapping(**GIVEN, **{role: next(iter(columns))})
    with pytest.raises(InputError) as refused:
        ingest.large_orders(source, part, mapping, engine)
    assert refused.value.code == "engine_cannot_read"


def test_open_order_of_day_and_month_is_refused(tmp_path, engine):
    path = tmp_path / "sales.parquet"
    pd.DataFrame(
        {"customer": ["a", "b"], "order": ["1", "2"], "date": ["03/02/2024", "04/05/2024"], "amount": [5, 6]}
    ).to_parquet(path)
    source = ingest.Source.of(str(path), engine.files)
    part = source.part(engine)
    with pytest.raises(InputError) as refused:
        ingest.large_orders(source, part, ingest.guess(part).mapping, engine)
    assert refused.value.code == "day_or_month_first"


def test_nothing_usable_says_why(tmp_path, engine):
    path = tmp_path / "sales.parquet"
    ROWS.assign(Customer=None).astype({"Customer": "str"}).to_parquet(path)
    source = ingest.Source.of(str(path), engine.files)
    mapping = ingest.Mapping(**GIVEN)
    with pytest.raises(InputError) as refused:
        ingest.large_orders(source, source.part(engine), mapping, engine)
    assert refused.value.code == "no_usable_rows"
    assert refused.value.details["reasons"] == {"missing_customer": 11}


@pytest.mark.parametrize("made", [(), ("a.csv", "b.parquet"), ("a.xlsx",)])
def test_folders_without_one_kind_of_file(tmp_path, engine, made):
    for name in made:
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError) as refused:
        ingest.Source.of(str(tmp_path), engine.files)
    assert refused.value.code == "nothing_to_read"
