"""Files that hold no table we read: named for what they are."""

import io
import zipfile

import pytest

from retention import ingest
from retention.errors import InputError
from tests.ingest.wild.outcome import FILES

HTML = b"\xef\xbb\xbf<html><body><table><tr><td>Order</td><td>Total</td></tr></table></body></html>"


def archive(*names) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as members:
        for name in names:
            members.writestr(name, "x")
    return content.getvalue()


def kind_of(content: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        ingest.read(content, name)
    assert caught.value.code == "not_a_spreadsheet"
    return caught.value.details["kind"]


@pytest.mark.parametrize(("name", "kind"), [("n01.numbers", "numbers"), ("n02.json", "json")])
def test_small_files(name, kind):
    if not (FILES / name).exists():
        pytest.skip(f"{FILES / name} is not here")
    assert kind_of((FILES / name).read_bytes(), name) == kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"orders": [{"id": 1}]}', "json"),
        (b'\xef\xbb\xbf [\n  {"id": 1, "total": 10.5}\n]', "json"),
        (b'{"id": 1}\n{"id": 2}\n', "json"),
        (HTML, "markup"),
        (archive("Index/Document.iwa", "Metadata/Properties.plist"), "numbers"),
        (archive("[Content_Types].xml", "word/document.xml"), "document"),
        (b"{\\rtf1 Order Total}", "document"),
        (b"SQLite format 3\0\0\0", "database"),
    ],
)
def test_what_is_no_spreadsheet_is_named(content, kind):
    assert kind_of(content, "sales.xls") == kind


@pytest.mark.parametrize("heading", ["[Order],Customer,Date,Total", "{Order},Customer,Date,Total"])
def test_brackets_alone_are_no_json(heading):
    assert len(ingest.read(f"{heading}\n1,a,2023-01-05,10\n".encode(), "shop.csv").table) == 1
