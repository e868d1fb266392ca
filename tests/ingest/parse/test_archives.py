"""What comes out of files, and of archives of them."""

import gzip
import struct
from dataclasses import replace

import pytest

from retention.errors import InputError
from retention.ingest import Limits
from retention.ingest.parse.archives import unpack
from tests.ingest.parse.making import archive

TABLE = b"a;b\n1;2\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def names(*files, **limits):
    return [name for name, _, _ in unpack(files, replace(Limits(), **limits)).tables]


def refused(*files, **limits):
    with pytest.raises(InputError) as raised:
        unpack(files, replace(Limits(), **limits))
    return raised.value.code, raised.value.details


def test_a_file_is_itself():
    found = unpack([("a.csv", TABLE)], Limits())
    assert (found.tables, found.left_out) == ([("a.csv", TABLE, "text")], [])


@pytest.mark.parametrize(
    ("name", "inner"), [("a.csv.gz", "a.csv"), ("a", "a.csv"), (".gz", ".gz.csv"), ("a.gz.gz", "a.gz")]
)
def test_a_compressed_file_has_its_name_without_the_ending(name, inner):
    found = unpack([(name, gzip.compress(TABLE))], Limits())
    assert found.tables == [(inner, TABLE, "text")]


def test_of_a_compressed_file_every_stream_counts():
    content = gzip.compress(TABLE) + gzip.compress(b"3;4\n") + bytes(8)
    assert unpack([("a.csv.gz", content)], Limits()).tables[0][1] == TABLE + b"3;4\n"
    large = TABLE + b"1;2\n" * 600_000  # more than comes out at a time
    assert unpack([("a.csv.gz", gzip.compress(large))], Limits()).tables[0][1] == large


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TABLE)[:-12], gzip.compress(TABLE)[:12] + b"x" * 20],
    ids=["cut", "spoiled"],  # the bytes hold the second they were made in
)
def test_a_broken_compressed_file(content):
    assert refused(("a.gz", content)) == ("broken_file", {"name": "a.gz"})


def test_files_of_an_archive_and_what_lies_beside_them():
    beside = {
        "README.txt": b"x",
        "__MACOSX/a.csv": b"x",
        ".hidden/a.csv": b"x",
        "logo.PNG": PICTURE,
        "Licenza": b"x",
    }
    found = unpack(
        [("all.zip", archive({"a.csv": TABLE, "in/b.csv": TABLE, "in/": b"", **beside}))], Limits()
    )
    assert [name for name, _, _ in found.tables] == ["a.csv", "in/b.csv"]
    assert found.left_out == list(beside)


def test_files_that_are_no_tables_are_left_out():
    found = unpack([("a.csv", TABLE), ("b.csv", PICTURE), ("c.csv", b"")], Limits())
    assert ([name for name, _, _ in found.tables], found.left_out) == (["a.csv"], ["b.csv", "c.csv"])
    assert [error.code for error in found.refusals] == ["not_a_spreadsheet", "empty_file"]


def test_archives_in_archives_as_deep_as_allowed():
    inner = archive({"a.csv": TABLE})
    outer = archive({"inner.zip": inner})
    assert names(("outer.zip", outer), nesting=2) == ["a.csv"]
    assert refused(("outer.zip", outer), nesting=1) == ("nested_too_deep", {"name": "inner.zip", "limit": 1})
    packed = archive({"a.csv.gz": gzip.compress(TABLE)})
    assert names(("outer.zip", packed), nesting=2) == ["a.csv"]
    assert refused(("outer.zip", packed), nesting=1)[0] == "nested_too_deep"


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: archive({"a.csv": content})])
def test_as_much_comes_out_as_allowed(pack):
    content = TABLE * 100
    assert names(("a", pack(content)), expanded_bytes=len(content))
    code, details = refused(("a", pack(content)), expanded_bytes=len(content) - 1)
    assert (code, details["bytes"], details["limit"]) == ("expands_too_far", len(content), len(content) - 1)


def test_several_archives_share_what_is_allowed():
    packed = gzip.compress(TABLE * 100)
    both = ("a.gz", packed), ("b.gz", packed)
    assert len(names(*both, expanded_bytes=200 * len(TABLE))) == 2
    assert refused(*both, expanded_bytes=200 * len(TABLE) - 1)[0] == "expands_too_far"


def test_as_many_tables_as_allowed():
    files = [(f"{i}.csv", TABLE) for i in range(3)]
    assert len(names(*files, files=3)) == 3
    assert refused(*files, files=2) == ("too_many_files", {"files": 3, "limit": 2})


def test_as_many_members_as_ten_times_the_tables():
    beside = {f"{i}.png": b"x" for i in range(19)}
    assert names(("a.zip", archive({"a.csv": TABLE, **beside})), files=2) == ["a.csv"]
    code, details = refused(("a.zip", archive({"a.csv": TABLE, "b.png": b"x", **beside})), files=2)
    assert (code, details["files"], details["limit"]) == ("too_many_files", 21, 2)


def test_a_protected_member():
    content = bytearray(archive({"a.csv": TABLE}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.index(sign) + place
        (flags,) = struct.unpack_from("<H", content, start)
        struct.pack_into("<H", content, start, flags | 1)
    assert refused(("a.zip", bytes(content))) == ("encrypted", {"name": "a.zip"})


@pytest.mark.parametrize(
    ("files", "code", "kind"),
    [
        ([("a.png", PICTURE)], "not_a_spreadsheet", "image"),
        ([("a.csv", b"")], "empty_file", None),
        ([("a.png", PICTURE), ("b.csv", b"")], "not_a_spreadsheet", "image"),
        ([("a.zip", archive({"a.csv": PICTURE, "b.csv": b""}))], "not_a_spreadsheet", "archive"),
        ([("a.zip", archive({"a.png": PICTURE}))], "not_a_spreadsheet", "archive"),
        ([("a.zip", archive({"a.csv": b""}))], "not_a_spreadsheet", "archive"),
    ],
)
def test_without_a_table_the_reason_is_that_of_the_file(files, code, kind):
    found, details = refused(*files)
    assert (found, details.get("kind")) == (code, kind)
