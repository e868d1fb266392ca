"""The same table comes out of every format."""

import gzip
import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import guess, read, to_orders
from retention.ingest.parse.formats import is_packed
from tests.ingest.parse.making import archive, ods, parquet_of, xls, xlsb, xlsx

at = datetime.fromisoformat

HEADINGS = ["Cliente", "Data", "Importo"]
ROWS = [["C1", at("2023-01-02"), 12.5], ["C2", at("2023-02-03"), 2.0], ["C1", at("2023-12-31"), 1234.0]]
TABLE = [HEADINGS, *ROWS]
TEXT = "Cliente;Data;Importo\nC1;02/01/2023;12,50\nC2;03/02/2023;2,00\nC1;31/12/2023;1.234,00\n"
SERIALS = [[c, float((d - at("1899-12-30")).days), v] for c, d, v in ROWS]

FILES = {
    "csv": TEXT.encode(),
    "tsv": TEXT.replace(";", "\t").encode(),
    "announced.csv": b"sep=;\r\n" + TEXT.encode(),
    "caret.txt": TEXT.replace(";", "^").encode(),
    "utf-16.csv": TEXT.encode("utf-16"),
    "xlsx": xlsx(("Ordini", TABLE)),
    "xlsm": xlsx(("Ordini", TABLE)),
    "1904.xlsx": xlsx(("Ordini", TABLE), since_1904=True),
    "xls": xls(TABLE),
    "1904.xls": xls(TABLE, since_1904=True),
    "ods": ods(TABLE),
    "xlsb": xlsb([HEADINGS, *SERIALS]),
    "parquet": parquet_of(
        {
            "Cliente": ["C1", "C2", "C1"],
            "Data": [d.date() for _, d, _ in ROWS],
            "Importo": [Decimal(str(v)) for _, _, v in ROWS],
        }
    ),
    "csv.gz": gzip.compress(TEXT.encode()),
    "zip": archive({"ordini.csv": TEXT}),
    "workbook in a zip.zip": archive({"ordini.xls": xls(TABLE), "leggimi.txt": "ordini del 2023"}),
    "zip in a zip.zip": archive({"a.zip": archive({"ordini.csv.gz": gzip.compress(TEXT.encode())})}),
}


@pytest.mark.parametrize("name", FILES)
def test_the_same_orders_come_out_of_every_format(name):
    raw = read(FILES[name], f"ordini.{name}")
    table = to_orders(raw, guess(raw).mapping, now=at("2024-06-01")).orders.table
    orders = sorted(zip(table["customer_id"], table["date"].dt.date, table["value"], strict=True))
    assert orders == sorted((customer, day.date(), amount) for customer, day, amount in ROWS)


@pytest.mark.parametrize("make", [xlsb, xls, lambda rows, **o: xlsx(("Ordini", rows), **o)])
@pytest.mark.parametrize("since_1904", [True, False])
def test_a_workbook_says_from_when_it_counts_bare_numbers_of_days(make, since_1904):
    raw = read(make([HEADINGS, *SERIALS], since_1904=since_1904), "a")
    assert raw.date_system_1904 is since_1904


def test_cells_that_differ_in_type_are_texts_that_say_what_was_stored():
    rows = [["C1", at("2023-01-02"), 1.5], ["C2", "03/01/2023", "1.500"], ["C3", None, 2e-7]]
    raw = read(xlsx(("Ordini", [HEADINGS, *rows])), "a.xlsx")
    assert raw.table["Data"].tolist()[:2] == ["2023-01-02", "03/01/2023"]
    assert raw.table["Importo"].tolist() == ["1.5", "1.500", "0.0000002"]
    assert {name: mask.tolist() for name, mask in raw.typed.items()} == {
        "Data": [True, False, False],
        "Importo": [True, False, True],
    }


def test_durations_among_dates():
    def write(sheet):
        sheet["B3"], sheet["B3"].number_format = 1.25, "[h]:mm"

    rows = [["C1", at("2023-01-02"), 1.5], ["C2", None, 2.0]]
    raw = read(xlsx(("Ordini", [HEADINGS, *rows]), change=write), "a.xlsx")
    assert raw.table["Importo"].tolist() == [1.5, 2.0]
    assert raw.table["Data"].tolist() == ["2023-01-02", "1 day, 6:00:00"]
    assert raw.typed["Data"].tolist() == [True, False]


def test_types_of_parquet_that_tables_do_not_have():
    raw = read(
        parquet_of(
            {
                "id": ["a", "b"],
                "parts": [[1, 2], None],
                "at": [time(10, 30), None],
                "day": [date(2023, 1, 2), None],
            }
        ),
        "a.parquet",
    )
    assert raw.table["parts"].tolist()[0] == "[1, 2]"
    assert raw.table["at"].tolist()[0].startswith("10:30:00")
    assert raw.table["day"].tolist()[0] == pd.Timestamp("2023-01-02")
    assert raw.row_numbers.tolist() == [1, 2]


def refused(content, name="a"):
    with pytest.raises(InputError) as caught:
        read(content, name)
    return caught.value.code


@pytest.mark.parametrize("name", ["xls", "ods", "xlsb", "parquet", "csv.gz", "zip"])
@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_truncated_file(name, kept):
    content = FILES[name]
    assert refused(content[: int(len(content) * kept)]) in {"broken_file", "not_a_spreadsheet", "no_rows"}


def test_protected_files():
    beginning = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    protected = xls(TABLE)
    at_globals = protected.index(beginning[:8]) + 20
    password = b"\x2f\x00\x36\x00" + bytes(54)
    assert refused(protected[:at_globals] + password + protected[at_globals + 58 :]) == "encrypted"
    manifest = "<manifest:manifest xmlns:manifest='m'><manifest:encryption-data/></manifest:manifest>"
    assert refused(ods(TABLE, manifest=manifest)) == "encrypted"
    assert refused(b"PARE" + FILES["parquet"][4:]) == "encrypted"
    assert refused(with_flag(FILES["zip"])) == "encrypted"


def with_flag(content):
    """A zip whose member says it is encrypted."""
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    changed[content.index(b"PK\x03\x04") + 6] |= 1
    return bytes(changed)


def test_other_documents_of_an_office():
    document = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
    assert refused(document) == "not_a_spreadsheet"


def test_an_archive_without_a_directory_entry():
    content = io.BytesIO()
    zipfile.ZipFile(content, "w").close()
    assert refused(content.getvalue()) == "not_a_spreadsheet"


def test_workbooks_and_archives_are_packed_and_texts_are_not():
    packed = [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"]
    assert [is_packed(content) for content in packed] == [True, True]
    assert [is_packed(content) for content in (b"", b"a;b\n1;2\n", b"PAR1")] == [False] * 3
