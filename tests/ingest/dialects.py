"""Orders, and the many ways people write them down: what the property test of reading draws from."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from hypothesis import strategies as st

HEADINGS = {
    "customer": [
        "Codice cliente",
        "Cliente",
        "E-mail",
        "Ragione sociale",
        "Customer ID",
        "Buyer email",
        "Client",
    ],
    "order": ["N. ordine", "Numero ordine", "N. fattura", "Order ID", "order_number", "Invoice No"],
    "date": [
        "Data",
        "Data ordine",
        "Data fattura",
        "Data emissione documento",
        "Order date",
        "Date",
        "Created at",
    ],
    "amount": [
        "Importo",
        "Importo riga (€)",
        "Totale riga",
        "Imponibile",
        "Amount",
        "Line total",
        "Importo IVA incl.",
    ],
}
MONTHS = {
    "it": [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
CUSTOMERS = [
    "007",
    "0042",
    "C1",
    "Niccolò Rossi",
    "Zoë",
    "Mario.Rossi@example.com",
    " mario.rossi@EXAMPLE.com",
    "12",
]
DATE_FORMS = {
    "d/m/y": "{d:02}/{m:02}/{y}",
    "d/m/y short": "{d}/{m}/{y}",
    "d.m.y": "{d:02}.{m:02}.{y}",
    "d-m-yy": "{d:02}-{m:02}-{yy:02}",
    "m/d/y": "{m:02}/{d:02}/{y}",
    "m/d/yy": "{m}/{d}/{yy:02}",
    "iso": "{y}-{m:02}-{d:02}",
    "iso with time": "{y}-{m:02}-{d:02} 10:30:00 +0200",
    "compact": "{y}{m:02}{d:02}",
    "italian": "{d} {it} {y}",
    "italian short": "{d:02}-{it:.3}-{yy:02}",
    "english": "{en:.3} {d}, {y}",
    "serial": "{serial}",
}


@dataclass(frozen=True)
class Row:
    """A row as it is meant: its order, None where the file has no such column, and its worth in cents."""

    customer: str
    order: str
    day: date
    cents: int


@dataclass(frozen=True)
class Dialect:
    """How a file writes its rows."""

    headings: dict[str, str]
    columns: tuple[str, ...]
    date_form: str
    decimal: str
    thousands: str
    places: int
    around: str
    minus: str
    workbook: bool
    typed: bool
    delimiter: str
    encoding: str
    newline: str
    titles: int
    total: bool
    other_sheet: str
    two_lines: bool
    page: int  # rows after which the headings repeat; 0 for never

    @property
    def has_order(self) -> bool:
        return "order" in self.columns


ROWS = st.lists(
    st.builds(
        Row,
        customer=st.sampled_from(CUSTOMERS),
        order=st.sampled_from(["A1", "A2", "B-7", "00123"]),
        day=st.one_of(
            st.dates(date(2001, 1, 1), date(2023, 12, 31)),
            st.builds(date, st.just(2023), st.integers(1, 12), st.integers(1, 12)),
        ),
        cents=st.one_of(st.integers(-50_000, 500_000), st.integers(-900, 9_000).map(lambda n: 100_000 * n)),
    ),
    min_size=2,
    max_size=12,
)


@st.composite
def dialects(draw: Any) -> Dialect:
    """A way to write orders that one person or program could have chosen."""
    roles = draw(st.permutations(["customer", "date", "amount", "order", "note"]))
    columns = tuple(role for role in roles if role not in draw(st.sets(st.sampled_from(["order", "note"]))))
    decimal = draw(st.sampled_from([",", "."]))
    workbook = draw(st.booleans())
    encodings = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
    return Dialect(
        headings={role: draw(st.sampled_from(names)) for role, names in HEADINGS.items()} | {"note": "Note"},
        columns=columns,
        date_form=draw(st.sampled_from(sorted(DATE_FORMS))),
        decimal=decimal,
        thousands=draw(st.sampled_from(["", "", ".,".replace(decimal, ""), " ", "'"])),
        places=draw(st.sampled_from([2, 2, 0])),
        around=draw(st.sampled_from(["{}", "{}", "€ {}", "{} €", "EUR {}"])),
        minus=draw(st.sampled_from(["-{}", "-{}", "({})", "{}-"])),
        workbook=workbook,
        typed=workbook and draw(st.booleans()),
        delimiter=draw(st.sampled_from([";", ",", "\t", "|"])),
        encoding=draw(st.sampled_from(encodings)),
        newline=draw(st.sampled_from(["\n", "\r\n"])),
        titles=draw(st.sampled_from([0, 0, 1, 2])),
        total=draw(st.booleans()),
        other_sheet=draw(st.sampled_from(["none", "after", "before"])),
        two_lines=draw(st.sampled_from([False, False, True])),
        page=draw(st.sampled_from([0, 0, 3])),
    )


def meant(rows: list[Row], dialect: Dialect) -> list[Row]:
    """Rows as the dialect can say them: an order on one day, whole units where it writes no decimals."""
    step = 100 if dialect.places == 0 else 1
    days: dict[tuple[str, str], date] = {}
    return [
        Row(
            r.customer,
            r.order,
            _day_of_order(r, days) if dialect.has_order else r.day,
            r.cents // step * step,
        )
        for r in rows
    ]


def _day_of_order(row: Row, days: dict[tuple[str, str], date]) -> date:
    """The day of the first row with this customer and number: on another it would be another order."""
    return days.setdefault((row.customer.strip().lower(), row.order), row.day)


def orders(rows: list[Row], dialect: Dialect) -> list[tuple[str, str | None, date, float]]:
    """Orders the rows make, worked out apart from the library: customer, order, day, value."""
    sums: dict[tuple[str, str, date | None], tuple[date, int]] = {}
    for row in rows:
        customer = row.customer.strip()
        customer = customer.lower() if "@" in customer else customer
        key = (customer, row.order, None) if dialect.has_order else (customer, "", row.day)
        day, cents = sums.get(key, (row.day, 0))
        sums[key] = (min(day, row.day), cents + row.cents)
    return sorted(
        (customer, order or None, day, cents / 100) for (customer, order, _), (day, cents) in sums.items()
    )


def written_date(day: date, form: str) -> str:
    return DATE_FORMS[form].format(
        d=day.day,
        m=day.month,
        y=day.year,
        yy=day.year % 100,
        it=MONTHS["it"][day.month - 1],
        en=MONTHS["en"][day.month - 1],
        serial=(day - date(1899, 12, 30)).days,
    )


def written_amount(cents: int, dialect: Dialect) -> str:
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", dialect.thousands)
    text += f"{dialect.decimal}{rest:02}" if dialect.places else ""
    return dialect.around.format(dialect.minus.format(text) if cents < 0 else text)


def written(rows: list[Row], dialect: Dialect) -> bytes:
    """The file."""
    table = [[_cell(row, role, dialect) for role in dialect.columns] for row in rows]
    titles = [["Elenco ordini"], ["Stampato il 31/12/2023"]][: dialect.titles]
    heading = _heading(dialect)
    pages = (
        [table[i : i + dialect.page] for i in range(0, len(table), dialect.page)] if dialect.page else [table]
    )
    printed = [line for page in pages for line in (*heading, *page)]
    lines = [*titles, *printed, *([_total(rows, dialect)] if dialect.total else [])]
    return _workbook(lines, dialect) if dialect.workbook else _text(lines, dialect)


def _heading(dialect: Dialect) -> list[list[str]]:
    """One line of headings, or two with a word each where there are more."""
    names = [dialect.headings[role] for role in dialect.columns]
    if not dialect.two_lines or not any(" " in name for name in names):
        return [names]
    return [[name.partition(" ")[0] for name in names], [name.partition(" ")[2] for name in names]]


def _cell(row: Row, role: str, dialect: Dialect) -> Any:
    if role == "note":
        return "consegna al piano"
    if role == "date" and dialect.typed:
        return datetime(row.day.year, row.day.month, row.day.day)  # noqa: DTZ001  a spreadsheet's
    if role == "date":
        return written_date(row.day, dialect.date_form)
    if role == "amount":
        return row.cents / 100 if dialect.typed else written_amount(row.cents, dialect)
    return getattr(row, role)


def _total(rows: list[Row], dialect: Dialect) -> list[Any]:
    sum_of_all = Row("", "", date.min, sum(row.cents for row in rows))
    line = [_cell(sum_of_all, role, dialect) if role == "amount" else None for role in dialect.columns]
    line[0 if dialect.columns[0] != "amount" else 1] = "Totale"
    return line


def _text(lines: list[list[Any]], dialect: Dialect) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.delimiter, lineterminator=dialect.newline).writerows(lines)
    return text.getvalue().encode(dialect.encoding)


def _workbook(lines: list[list[Any]], dialect: Dialect) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    if dialect.other_sheet != "none":
        notes = book.create_sheet("Istruzioni", 0 if dialect.other_sheet == "before" else 1)
        notes.append(["Compilare una riga per ordine"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def open_date_order(rows: list[Row], dialect: Dialect) -> bool:
    """Whether every date can be read day first and month first, and not always to the same day."""
    if dialect.typed:
        return False
    texts = [written_date(row.day, dialect.date_form) for row in rows]
    if not all(re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", text) for text in texts):
        return False
    parts = [[int(part) for part in re.split(r"[-/.]", text)] for text in texts]
    return all(max(one, two) <= 12 for one, two, _ in parts) and any(one != two for one, two, _ in parts)


def open_decimal(rows: list[Row], dialect: Dialect) -> bool:
    """Whether every amount has one sign before exactly three digits, or none, and some have one."""
    if dialect.typed:
        return False
    bare = [re.sub(r"[^0-9.,]", "", written_amount(row.cents, dialect)) for row in rows]
    signed = [text for text in bare if re.search(r"[.,]", text)]
    return bool(signed) and all(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) for text in signed)
