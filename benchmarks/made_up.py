"""Files of made-up orders in several shapes, for timing how they are read."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST_DAY, DAYS = np.datetime64("2021-01-01", "s"), 1095
ORDERS_PER_CUSTOMER = 5
LINES_PER_ORDER = 4


@dataclass(frozen=True)
class Shape:
    """How a file of orders is written.

    Attributes
    ----------
    headings : its columns, by what is in them: order, customer, date, amount, quantity, price, product
    date : form of its dates, as strftime has it
    customer : how the customer of a number is called
    separator, decimal : between cells, and before cents
    by_date : whether its rows stand in the order of their dates, as an export's do
    """

    headings: dict[str, str]
    date: str
    customer: str
    separator: str = ","
    decimal: str = "."
    by_date: bool = False


_ITALIAN = {
    "order": "Numero ordine",
    "date": "Data ordine",
    "customer": "Codice cliente",
    "amount": "Totale ordine",
}
_NO_ORDER = {"customer": "Customer ID", "date": "Date", "amount": "Amount"}
_LINES = {
    "order": "Invoice",
    "product": "Description",
    "quantity": "Quantity",
    "date": "InvoiceDate",
    "price": "Price",
    "customer": "Customer ID",
}

SHAPES = {
    "Italian, by date": Shape(_ITALIAN, "%d/%m/%Y", "C{:06d}", ";", ",", by_date=True),
    "Italian, in any order": Shape(_ITALIAN, "%d/%m/%Y", "C{:06d}", ";", ","),
    "ISO, e-mails": Shape(
        {"date": "Date", "order": "Order ID", "customer": "E-mail", "amount": "Total"},
        "%Y-%m-%d",
        "Name.Surname{}@example.com",
    ),
    "ISO with the time, numbers": Shape(
        {"order": "Order ID", "date": "Created at", "customer": "Customer ID", "amount": "Total"},
        "%Y-%m-%d %H:%M:%S",
        "{}",
        by_date=True,
    ),
    "no order numbers": Shape(_NO_ORDER, "%d/%m/%Y", "{}"),
    "no order numbers, e-mails": Shape(
        {"customer": "E-mail", "date": "Data", "amount": "Importo"},
        "%Y-%m-%d",
        "name.surname{}@example.com",
        ";",
        ",",
        by_date=True,
    ),
    "lines of orders": Shape(_LINES, "%d/%m/%Y %H:%M", "{}", by_date=True),
}


def written(shape: Shape, rows: int) -> bytes:
    """Write a file, the same for the same shape and rows."""
    draw = np.random.default_rng(1)
    columns = _lines(shape, rows, draw) if "quantity" in shape.headings else _orders(shape, rows, draw)
    table = pd.DataFrame({name: columns[meaning] for meaning, name in shape.headings.items()})
    file = io.BytesIO()
    table.to_csv(
        file,
        sep=shape.separator,
        decimal=shape.decimal,
        float_format="%.2f",
        date_format=shape.date,
        index=False,
    )
    return file.getvalue()


def _orders(shape: Shape, rows: int, draw: np.random.Generator) -> dict[str, Any]:
    """Orders of one row each, values log-normal around 45."""
    return {
        "order": [f"V{i:07d}" for i in range(rows)],
        "date": _moments(shape, rows, draw),
        "customer": _customers(shape, rows, draw),
        "amount": np.round(draw.lognormal(3.8, 0.7, rows), 2),
    }


def _lines(shape: Shape, rows: int, draw: np.random.Generator) -> dict[str, Any]:
    """Orders of several rows, each with a product, its price and how many were bought."""
    count = -(-rows // LINES_PER_ORDER)
    of_order = np.arange(rows) // LINES_PER_ORDER
    products = pd.Series([f"PRODUCT No. {i} IN A BOX" for i in range(4000)])
    return {
        "order": 489_434 + of_order,
        "product": products.to_numpy()[draw.integers(0, len(products), rows)],
        "quantity": draw.geometric(0.2, rows),
        "date": _moments(shape, count, draw)[of_order],
        "price": np.round(draw.lognormal(0.8, 0.9, rows), 2),
        "customer": np.asarray(_customers(shape, count, draw))[of_order],
    }


def _moments(shape: Shape, rows: int, draw: np.random.Generator) -> NDArray[np.datetime64]:
    seconds = draw.integers(0, DAYS * 86_400, rows)
    return FIRST_DAY + (np.sort(seconds) if shape.by_date else seconds)


def _customers(shape: Shape, rows: int, draw: np.random.Generator) -> list[str]:
    most = max(rows // ORDERS_PER_CUSTOMER, 1)
    return [shape.customer.format(10_000 + number) for number in draw.integers(0, most, rows)]
