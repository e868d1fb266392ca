"""`source:NAME` in the place of a file: the same figures, and what cannot be used said in a line."""

import csv
import json
import sys
from contextlib import closing

import psycopg
import pytest

from retention import ingest
from retention.__main__ import main
from tests.command_line.same import differences
from tests.sharing.servers import postgresql
from tests.sources.conftest import run
from tests.sources.servers import mariadb


@pytest.fixture(scope="module")
def orders(tmp_path_factory):
    """The sample shop's orders as a file, told apart by names nothing suggests."""
    raw = ingest.open_sample("shop")
    table = ingest.to_orders(raw, ingest.guess(raw).mapping).orders.table
    file = tmp_path_factory.mktemp("sales") / "orders.csv"
    kept = table[["customer_id", "order_id", "date", "value"]].head(3000)
    kept.to_csv(file, index=False, header=["a", "b", "c", "d"], date_format="%Y-%m-%d", float_format="%.2f")
    return file


@pytest.fixture(scope="module")
def database(orders):
    with postgresql() as server:
        address = server.new_database()
        run(server, address, "CREATE TABLE sales (a text, b text, c date, d numeric(10, 2))")
        with (
            psycopg.connect(address) as connection,
            connection.cursor().copy("COPY sales FROM STDIN (FORMAT csv, HEADER)") as copied,
        ):
            copied.write(orders.read_text())
        yield address.replace("ritorno@", "ritorno:geheim@")


@pytest.fixture(scope="module")
def secrets(database, orders):
    file = orders.parent / "secrets.toml"
    columns = 'columns = { customer = "a", order = "b", date = "c", amount = "d" }'
    file.write_text(f"""
[sources.rows]
name = "Shop orders"
address = "{database}"
table = "sales"
{columns}
[sources.files]
name = "Archive"
path = "{orders}"
{columns}
[sources.down]
name = "Down"
address = "postgresql://a:geheim@127.0.0.1:1/x"
table = "sales"
""")
    return str(file)


COLUMNS = ["--customer", "a", "--order", "b", "--date", "c", "--amount", "d"]
FEW = ["--model", "bg-nbd", "--season", "off", "--regularity", "1", "--until", "2024-12-31"]


def figures(out, *arguments):
    assert main(["analyse", *map(str, arguments), *FEW, "--json", str(out)]) == 0
    return json.loads(out.read_text("utf-8"))


@pytest.fixture(scope="module")
def of_file(orders):
    return figures(orders.parent / "file.json", orders, *COLUMNS)


@pytest.mark.parametrize("name", ["rows", "files"])
def test_a_source_gives_the_figures_of_its_file(of_file, secrets, name, tmp_path, capsys):
    found = figures(tmp_path / "out.json", f"source:{name}", "--secrets", secrets)
    expected = {**of_file, "input": dict(of_file["input"])}
    if name == "rows":  # whose headings are no row
        expected["input"] |= {"rows_read": 3000, "not_data": {}}
    assert found == expected
    assert "geheim" not in capsys.readouterr().err


@pytest.fixture(scope="module")
def of_mysql(orders):
    """A secrets file that names a MariaDB with the same rows."""
    with mariadb() as server:
        name = server.new_database()
        server.run("CREATE TABLE sales (a text, b text, c date, d decimal(10, 2))", name=name)
        with closing(server.connection(name)) as connection, connection.cursor() as cursor:
            rows = list(csv.reader(orders.read_text().splitlines()))[1:]
            cursor.executemany("INSERT INTO sales VALUES (%s, %s, %s, %s)", rows)
        file = orders.parent / "mysql.toml"
        columns = 'columns = { customer = "a", order = "b", date = "c", amount = "d" }'
        file.write_text(f"""
[sources.rows]
name = "Shop orders"
address = "{server.address(name)}"
table = "sales"
{columns}
[sources.closed]
name = "Closed"
address = "{server.address(name, "ritorno:falsch")}"
table = "sales"
""")
        yield str(file)


def test_a_mysql_gives_the_figures_of_its_file(of_file, of_mysql, tmp_path, capsys):
    found = figures(tmp_path / "out.json", "source:rows", "--secrets", of_mysql)
    assert found == {**of_file, "input": {**of_file["input"], "rows_read": 3000, "not_data": {}}}
    assert "geheim" not in capsys.readouterr().err


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_mysql_that_lets_nobody_in_is_told_in_a_line(of_mysql, capsys, language):
    assert main(["analyse", "--secrets", of_mysql, "source:closed", "--language", language]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert "Closed" in told[-1]
    assert not [secret for secret in ("falsch", "127.0.0.1") if secret in "".join(told)]


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_driver_that_is_not_installed_is_told_in_a_line(tmp_path, monkeypatch, capsys, language):
    monkeypatch.setitem(sys.modules, "pymysql", None)
    file = tmp_path / "secrets.toml"
    file.write_text('[sources.a]\nname = "A"\naddress = "mysql://a:geheim@db/x"\ntable = "sales"\n')
    assert main(["analyse", "--secrets", str(file), "source:a", "--language", language]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert 'pip install ".[mysql]"' in told[-1]
    assert "geheim" not in "".join(told)


def test_the_file_of_secrets_is_the_one_the_server_is_told_of(secrets, monkeypatch, capsys):
    monkeypatch.setenv("STREAMLIT_SECRETS_FILES", secrets)
    assert main(["columns", "source:rows"]) == 0
    assert "Shop orders" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["source:nothing"], "rows"),
        (["source:"], "rows"),
        (["source:down"], "Down"),
        (["source:rows", "--engine", "duckdb"], "--engine duckdb"),
        (["source:rows", "--secrets", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_line(secrets, capsys, language, arguments, said):
    assert main(["analyse", "--secrets", secrets, *arguments, "--language", language]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert said in told[-1]
    assert "geheim" not in "".join(told)


def test_files_of_a_source_are_counted_where_they_are(secrets, of_file, tmp_path):
    found = figures(tmp_path / "out.json", "source:files", "--secrets", secrets, "--engine", "duckdb")
    assert found["input"]["customers"] == of_file["input"]["customers"]
    assert found["input"]["orders"] == of_file["input"]["orders"]


def test_a_report_names_the_source_and_when_it_was_read(secrets, tmp_path):
    out = tmp_path / "report.html"
    assert (
        main(["report", "source:rows", "--secrets", secrets, "--sections", "cohorts", "--out", str(out)]) == 0
    )
    assert "Shop orders (read on " in out.read_text("utf-8")


def test_a_snapshot_names_the_source(secrets, tmp_path):
    out = tmp_path / "snapshot.json"
    assert main(["snapshot", "source:rows", "--secrets", secrets, "--out", str(out)]) == 0
    assert json.loads(out.read_text("utf-8"))["name"] == "Shop orders"


def test_a_source_an_engine_counts_is_counted_by_it(of_file, orders, tmp_path, capsys):
    secrets, kept = tmp_path / "secrets.toml", tmp_path / "clv.parquet"
    columns = 'columns = { customer = "a", order = "b", date = "c", amount = "d" }'
    secrets.write_text(f'[sources.large]\nname = "Large"\npath = "{orders}"\nengine = "duckdb"\n{columns}\n')
    found = figures(tmp_path / "out.json", "source:large", "--secrets", secrets, "--predictions", kept)
    assert differences(found["metrics"], of_file["metrics"]) == []
    assert any(warning["code"] == "not_looked_over" for warning in found["warnings"])
    assert kept.exists()
    capsys.readouterr()
    assert main(["columns", "source:large", "--secrets", str(secrets)]) == 2
    assert "“Large”" in capsys.readouterr().err
