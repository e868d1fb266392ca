import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import Mapping, guess, read


def columns_of(text, **given):
    return guess(read(text.encode(), "a.csv"), **given).mapping.columns


def test_italian_headings():
    text = "N. ordine;Data acquisto;Ragione sociale;Canale;Importo (€)\n1;01/02/2020;Rossi;web;1,5\n"
    expected = {"order": "N. ordine", "date": "Data acquisto", "customer": "Ragione sociale"}
    assert columns_of(text) == expected | {"segment": "Canale", "amount": "Importo (€)"}


def test_english_headings():
    text = "order_id,Customer ID,Order Date,Total\n1,a,2020-01-02,1.5\n"
    assert columns_of(text) == {
        "order": "order_id",
        "customer": "Customer ID",
        "date": "Order Date",
        "amount": "Total",
    }


def test_quantity_and_price_where_there_is_no_amount():
    text = "Cliente;Data;Quantità;Prezzo unitario\na;01/02/2020;2;1,5\n"
    expected = {"customer": "Cliente", "date": "Data", "quantity": "Quantità", "price": "Prezzo unitario"}
    assert columns_of(text) == expected


def test_the_amount_goes_before_quantity_and_price():
    text = "cliente;data;quantità;prezzo;totale ordine\na;01/02/2020;2;1,5;3\n"
    assert columns_of(text) == {"customer": "cliente", "date": "data", "amount": "totale ordine"}


def test_a_price_alone_is_the_amount():
    assert columns_of("cliente;data;prezzo\na;01/02/2020;1,5\n")["amount"] == "prezzo"


def test_contents_outweigh_a_heading():
    text = "cliente;data;data ordine;totale;importo\na;x;01/02/2020;no;1,5\nb;y;02/02/2020;no;2\n"
    assert columns_of(text) == {"customer": "cliente", "date": "data ordine", "amount": "importo"}


def test_contents_speak_where_headings_are_strange():
    text = "wer;wann;was\na@b.it;01/02/2020;1,5\nc@d.it;02/02/2020;2,5\n"
    assert columns_of(text) == {"customer": "wer", "date": "wann", "amount": "was"}


def test_a_file_without_headings_by_its_contents():
    rows = [
        "4 0001 19970101 2 29.33",
        "4 0001 19970118 2 29.73",
        "21 0002 19970101 3 63.34",
        "50 0003 19970101 3 6.79",
    ]
    text = "\n".join(rows)
    assert columns_of(text) == {"customer": "B", "date": "C", "amount": "E"}


def test_further_segments_are_columns_that_tell_customers_apart():
    text = "Cliente;Data;Importo;Canale;Paese;Categoria;Regione;Negozio;Fonte\n"
    lines = [
        f"c{i};2024-01-{i + 10};1,5;web{i % 2};p{i % 3};libri;r{i};n{i % 2};f{i % 2}\n" for i in range(9)
    ]
    found = guess(read((text + "".join(lines)).encode(), "a.csv")).mapping
    assert list(found.segments.values()) == ["Canale", "Fonte", "Negozio", "Regione"]


def test_given_columns_are_kept():
    text = "cliente;codice;data;totale;importo\na;1;01/02/2020;2;1,5\n"
    assert columns_of(text, customer="codice", amount="totale", order=None)["customer"] == "codice"
    assert columns_of(text, customer="codice", amount="totale")["amount"] == "totale"


def test_a_given_column_that_is_not_there(raw_table):
    with pytest.raises(InputError) as caught:
        guess(raw_table({"a": ["1"], "b": ["2"]}), customer="c")
    assert (caught.value.code, caught.value.details) == (
        "no_such_column",
        {"column": "c", "columns": ["a", "b"]},
    )


def test_a_role_that_does_not_exist(raw_table):
    with pytest.raises(TypeError, match="no such role"):
        guess(raw_table({"a": ["1"]}), client="a")


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ({"cliente": ["a"], "data": ["01/02/2020"]}, ("amount",)),
        ({"data": ["01/02/2020"], "importo": ["1,5"]}, ("customer",)),
        ({"cliente": ["a"], "importo": ["1,5"]}, ("date",)),
        ({"foo": ["a"], "bar": ["b"]}, ("customer", "date", "amount")),
        ({"cliente": ["a"], "data": ["01/02/2020"], "quantità": ["2"]}, ("amount",)),
    ],
)
def test_what_could_not_be_found_is_said(raw_table, columns, missing):
    found = guess(raw_table(columns))
    assert found.mapping is None
    assert found.missing == missing


def test_a_mapping_needs_money():
    with pytest.raises(ValueError, match="amount"):
        Mapping("customer", "date", quantity="quantity")


def test_a_known_export_can_be_corrected(raw_table):
    headings = [
        "InvoiceNo",
        "StockCode",
        "Description",
        "Quantity",
        "InvoiceDate",
        "UnitPrice",
        "CustomerID",
        "Country",
    ]
    raw = raw_table({key: ["1"] for key in headings})
    found = guess(raw, amount="UnitPrice", segment="Country")
    assert found.platform == "uci_online_retail"
    assert found.mapping == Mapping(
        "CustomerID",
        "InvoiceDate",
        order="InvoiceNo",
        amount="UnitPrice",
        segment="Country",
        product="Description",
    )


def test_columns_of_a_workbook(raw_table):
    dates = pd.to_datetime(["2020-01-02", "2020-01-03"])
    found = guess(raw_table({"Customer": [1.0, 2.0], "Date": dates, "Sales": [1.5, 2.5]}))
    assert found.mapping == Mapping("Customer", "Date", amount="Sales")
