"""Files that are no spreadsheet, broken, or meant to harm: each an InputError, none a crash."""

import gzip
import io
import os
import struct
import sys
import zipfile

import pytest

from retention.errors import InputError
from retention.ingest import Limits, read
from retention.ingest.parse import sandbox
from tests.ingest.parse.making import archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def edited(book, part, change, name=None):
    """A workbook with one part of its archive changed, and under another name if told."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each == part:
                new.writestr(name or part, change(old.read(part)))
            else:
                new.writestr(each, old.read(each))
    return content.getvalue()


@pytest.fixture(scope="module")
def book(workbook):
    return workbook([["customer", "date", "amount"], ["a", "2020-01-01", 1.5]])


def refusal(content, name="file.csv", **options):
    with pytest.raises(InputError) as caught:
        read(content, name, **options)
    assert caught.value.details.pop("name") == name
    return caught.value.code, caught.value.details


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file(content):
    assert refusal(content) == ("empty_file", {})


@pytest.mark.parametrize("content", [b"customer;date;amount\n", b"a;b\n;\n;;\n", b"name"])
def test_headings_alone(content):
    assert refusal(content) == ("no_rows", {})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "markup"),
        (bytes(range(256)) * 16, "binary"),
    ],
)
def test_a_file_that_is_no_spreadsheet(content, kind):
    assert refusal(content) == ("not_a_spreadsheet", {"kind": kind})


def test_text_under_the_ending_of_a_workbook_is_read_as_text():
    assert read(b"a;b\n1;2\n", "orders.xlsx").delimiter == ";"


def test_a_web_page_under_the_ending_of_a_workbook():
    page = b"<html><table><tr><td>1</td></tr></table></html>"
    assert refusal(page, "orders.xls") == ("not_a_spreadsheet", {"kind": "markup"})


def test_another_archive():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("photo.jpg", b"x")
    assert refusal(archive.getvalue()) == ("not_a_spreadsheet", {"kind": "archive"})


def test_old_and_protected_workbooks():
    assert refusal(OLE + bytes(600)) == ("not_a_spreadsheet", {"kind": "binary"})
    assert refusal(OLE + bytes(600) + "Workbook\0".encode("utf-16-le")) == ("broken_file", {})
    assert refusal(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")) == ("encrypted", {})


def test_a_workbook_without_rows(workbook):
    assert refusal(workbook([["a", "b"]])) == ("no_rows", {"sheets": ["Sheet1"]})
    assert refusal(workbook([], [])) == ("no_rows", {"sheets": ["Sheet1", "Sheet2"]})


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_truncated_workbook(book, kept):
    assert refusal(book[: int(kept * len(book))]) == ("broken_file", {})


def test_a_workbook_whose_parts_are_no_workbook(book):
    assert refusal(edited(book, "xl/workbook.xml", lambda _: b"no xml")) == ("broken_file", {})
    assert refusal(edited(book, "xl/worksheets/sheet1.xml", lambda xml: xml[:300])) == ("broken_file", {})


def test_a_zip_bomb_is_told_by_its_declared_size(book):
    bomb = edited(book, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 50_000_000)
    code, details = refusal(bomb, limits=Limits(expanded_bytes=10_000_000))
    assert (code, details["limit"]) == ("expands_too_far", 10_000_000)
    assert details["bytes"] > 50_000_000


LAUGHS = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
DECLARATION = b"<?xml version='1.0'?>"


@pytest.mark.parametrize("before", ["", f"<!--<a>{' ' * 70_000}-->", " " * 70_000, f"<?a {'<a>' * 30_000}?>"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_that_multiply_are_refused(book, part, before):
    laughs = f'<?xml version="1.0"?>{before}<!DOCTYPE x [<!ENTITY e0 "ha">{LAUGHS}]>'.encode()
    harmful = edited(book, part, lambda xml: laughs + xml.removeprefix(DECLARATION))
    assert refusal(harmful) == ("broken_file", {})


def test_a_document_type_is_refused_in_a_part_of_any_name(book):
    typed = edited(book, "docProps/app.xml", lambda _: b"<!DOCTYPE x><x/>", name="docProps/app.bin")
    assert refusal(typed) == ("broken_file", {})


def test_a_document_type_is_refused_where_the_end_of_a_comment_is_feigned(book):
    feigned = f"<!-- \u2d2d><a {' ' * 40_000}--><!DOCTYPE x><x/>".encode("utf-16")  # byte by byte: --><a
    assert refusal(edited(book, "docProps/app.xml", lambda _: feigned)) == ("broken_file", {})


def test_what_may_stand_before_a_part_is_read(book):
    before = DECLARATION + b"<!-- by hand --><?note <!DOCTYPE?>\n"
    noted = edited(book, "xl/worksheets/sheet1.xml", lambda xml: before + xml.removeprefix(DECLARATION))
    assert len(read(noted, "a.xlsx").table) == len(read(book, "a.xlsx").table)


def test_a_cell_at_the_far_corner_of_the_sheet_meets_the_memory_limit(book):
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    far = edited(book, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", row))
    assert refusal(far, limits=Limits(memory_bytes=1 << 30)) == ("too_much_memory", {"limit": 1 << 30})


def test_too_many_columns():
    wide = ",".join(f"c{i}" for i in range(100_000)).encode()
    expected = ("too_many_columns", {"columns": 100_000, "limit": 1_000})
    assert refusal(wide + b"\n1,2\n") == expected
    assert refusal(b"a,b\n" + wide + b"\n") == expected


def test_too_many_rows():
    rows = b"a;b\n" + b"1;2\n" * 1_000
    assert refusal(rows, limits=Limits(rows=999)) == ("too_many_rows", {"rows": 1_000, "limit": 999})
    assert len(read(rows, "a.csv", limits=Limits(rows=1_000)).table) == 1_000


def test_one_line_without_an_end():
    assert refusal(b"a;b\n" + b"x" * 50_000_000) == ("line_too_long", {"limit": 1 << 20})


@pytest.mark.parametrize("content", [b'"a;b\n1;2\n', b'a;b\n1;"2\n3;4\n', b'a;b\n"1;x";2\n3;"4\n'])
def test_a_quote_that_never_closes(content):
    assert refusal(content) == ("broken_quotes", {})


def test_time_is_limited(book):
    busy = edited(
        book,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 4_000_000 + b"</sheetData>"),
    )
    assert refusal(busy, limits=Limits(seconds=1)) == ("took_too_long", {"limit": 1})


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os; os.abort()", "too_much_memory"),
        ("raise SystemExit(1)", "reading_failed"),
        ("import sys; sys.exit(3)", "reading_failed"),
        ("print('no table')", "reading_failed"),
        ("import time; time.sleep(60)", "took_too_long"),
    ],
)
def test_a_child_that_ends_badly_is_silent(monkeypatch, capfd, program, code):
    start = sandbox.subprocess.Popen
    child = [sys.executable, "-c", f"import sys; print('noise', file=sys.stderr); {program}"]
    monkeypatch.setattr(sandbox.subprocess, "Popen", lambda _, **options: start(child, **options))
    monkeypatch.setattr(sandbox, "_SLACK", 1)
    assert refusal(b"a;b\n1;2\n", limits=Limits(seconds=1))[0] == code
    assert capfd.readouterr() == ("", "")


def test_a_child_that_cannot_be_started(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert refusal(b"a;b\n1;2\n") == ("reading_failed", {})


def test_a_process_kept_ready_is_taken_once_and_replaced():
    sandbox.keep_ready()
    waiting = sandbox._ready._parser
    sandbox.keep_ready()
    assert sandbox._ready._parser is waiting
    assert len(read(b"a;b\n1;2\n", "a.csv").table) == 1
    assert waiting.returncode == 0
    sandbox.keep_ready()
    assert sandbox._ready._parser is not waiting


def test_a_process_kept_ready_may_die_before_its_file_comes():
    sandbox.keep_ready()
    waiting = sandbox._ready._parser
    waiting._process.kill()
    waiting._process.wait()
    assert len(read(b"a;b\n1;2\n", "a.csv").table) == 1


def test_a_process_kept_ready_ends_with_its_parent():
    program = """
from retention.ingest.parse import sandbox
sandbox.keep_ready()
print(sandbox._ready._parser._process.pid)
"""
    done = sandbox.subprocess.run(
        [sys.executable, "-c", program],
        env=sandbox._environment(),
        check=True,
        stdout=sandbox.subprocess.PIPE,
    )
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_the_child_is_found_wherever_the_parent_was_started(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert len(read(b"a;b\n1;2\n", "a.csv").table) == 1


def test_the_child_starts_without_pandas():
    program = "import sys, retention.ingest.parse.child; sys.exit('pandas' in sys.modules)"
    done = sandbox.subprocess.run([sys.executable, "-c", program], env=sandbox._environment(), check=False)
    assert done.returncode == 0


def test_archives_inside_archives():
    content = b"a;b\n1;2\n"
    for depth in range(5):
        content = archive({f"{depth}.zip": content})
    code, details = refusal_of(content, limits=Limits(nesting=3))
    assert (code, details["limit"]) == ("nested_too_deep", 3)


def test_a_gzip_that_expands_without_end():
    bomb = gzip.compress(bytes(50_000_000))
    code, details = refusal_of(bomb, limits=Limits(expanded_bytes=10_000_000))
    assert (code, details["limit"]) == ("expands_too_far", 10_000_000)
    assert details["bytes"] < 20_000_000  # it stopped there


def test_a_zip_that_declares_too_much():
    bomb = archive({f"{i}.csv": b"a;b\n" * 1_000_000 for i in range(5)})
    assert refusal_of(bomb, limits=Limits(expanded_bytes=10_000_000))[0] == "expands_too_far"


def test_a_zip_of_very_many_files():
    crowd = archive({f"{i}.csv": b"a;b\n1;2\n" for i in range(3_000)})
    assert refusal_of(crowd) == ("too_many_files", {"files": 3_000, "limit": 200})


def test_a_workbook_whose_parts_share_their_bytes(book):
    entry = book[book.index(b"PK\x01\x02") : book.rindex(b"PK\x05\x06")]
    end = bytearray(book[book.rindex(b"PK\x05\x06") :])
    count = struct.unpack_from("<H", end, 8)[0]
    struct.pack_into("<HHI", end, 8, count * 50, count * 50, len(entry) * 50)
    shared = book[: book.index(b"PK\x01\x02")] + entry * 50 + bytes(end)
    assert refusal_of(shared)[0] == "broken_file"


def test_headings_that_are_formulas_markup_or_control_characters_stay_text():
    raw = read(b'=cmd();<script>x</script>;"a\x7fb"\n1;2;3\n4;5;6\n', "a.csv")
    assert list(raw.table.columns) == ["=cmd()", "<script>x</script>", "a\x7fb"]


def refusal_of(content, **options):
    with pytest.raises(InputError) as caught:
        read(content, "file", **options)
    caught.value.details.pop("name")
    return caught.value.code, caught.value.details
