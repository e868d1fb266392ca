import io

import openpyxl
import pandas as pd
import pytest

from retention.ingest import RawTable


@pytest.fixture(scope="session")
def workbook():
    """Bytes of a workbook whose cells begin at a row, one sheet for each table."""

    def build(*sheets, start=1):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = book.create_sheet(f"Sheet{number}")
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    sheet.cell(start + i, 1 + j).value = value
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return build


@pytest.fixture(scope="session")
def raw_table():
    """A table as if it had been read from a file."""

    def build(columns, **about):
        return RawTable(pd.DataFrame(columns), "file.csv", "0" * 64, **about)

    return build
