"""Several files of one shape are one table."""

import hashlib

import pytest

from retention.errors import InputError
from retention.ingest import Limits, read, read_many
from tests.ingest.parse.making import archive, xlsx

JANUARY = b"Cliente;Data;Importo\nC1;02/01/2023;1,50\nC2;03/01/2023;2,50\n"
FEBRUARY = b"Elenco\n IMPORTO;cliente;data\n3,50;C3;04/02/2023\nTotale;;\n"


def refusal(files, **options):
    with pytest.raises(InputError) as caught:
        read_many(files, **options)
    return caught.value.code, caught.value.details


def test_columns_are_joined_by_their_headings():
    raw = read_many([("jan.csv", JANUARY), ("feb.csv", FEBRUARY)])
    assert raw.table["Cliente"].tolist() == ["C1", "C2", "C3"]
    assert raw.table["Importo"].tolist() == ["1,50", "2,50", "3,50"]
    assert (raw.name, raw.files, raw.file.tolist()) == ("jan.csv", ("jan.csv", "feb.csv"), [0, 0, 1])
    assert raw.row_numbers.tolist() == [2, 3, 3]
    assert raw.not_data_rows["file"].tolist() == ["jan.csv", "feb.csv", "feb.csv", "feb.csv"]


def test_an_archive_is_its_files():
    members = {
        "2023/jan.csv": JANUARY,
        "feb.csv": FEBRUARY,
        "__MACOSX/._jan.csv": b"\0\5",
        "foto.jpg": b"\xff\xd8\xff",
    }
    raw = read(archive(members | {"note.txt": "nota\nsenza tabella\n"}), "anno.zip")
    assert raw.files == ("2023/jan.csv", "feb.csv")
    assert raw.file.tolist() == [0, 0, 1]
    assert set(raw.left_out) == {"__MACOSX/._jan.csv", "foto.jpg", "note.txt"}


def test_a_picture_among_the_files_is_left_out():
    raw = read_many([("logo.png", b"\x89PNG\r\n\x1a\n"), ("jan.csv", JANUARY)])
    assert (raw.files, raw.left_out) == (("jan.csv",), ("logo.png",))


def test_files_of_another_shape():
    other = JANUARY.replace(b"Importo", b"Prezzo")
    assert refusal([("jan.csv", JANUARY), ("feb.csv", other)]) == (
        "files_differ",
        {
            "name": "jan.csv",
            "file": "feb.csv",
            "other": "jan.csv",
            "missing": ["Importo"],
            "extra": ["Prezzo"],
        },
    )


def test_a_broken_file_is_named():
    book = xlsx(("A", [["Cliente", "Data"], ["C1", 1.0]]))
    assert refusal([("jan.csv", JANUARY), ("feb.xlsx", book[:-40])]) == ("broken_file", {"name": "feb.xlsx"})


def test_text_and_numbers_of_different_files_meet_as_text():
    book = xlsx(("A", [["Cliente", "Data", "Importo"], ["C9", "05/03/2023", 7.25]]))
    raw = read_many([("jan.csv", JANUARY), ("mar.xlsx", book)])
    assert raw.table["Importo"].tolist() == ["1,50", "2,50", "7.25"]
    assert raw.typed["Importo"].tolist() == [False, False, True]


def test_the_hash_covers_every_file():
    one, other = (("a.csv", JANUARY), ("b.csv", FEBRUARY))
    hashes = {read_many(files).content_hash for files in ([one], [one, other], [other, one])}
    assert len(hashes) == 3
    assert hashlib.sha256(JANUARY).hexdigest() in hashes


def test_limits_hold_for_all_files_together():
    files = [(f"{i}.csv", JANUARY) for i in range(4)]
    assert refusal(files, limits=Limits(files=3)) == (
        "too_many_files",
        {"name": "0.csv", "files": 4, "limit": 3},
    )
    assert refusal(files, limits=Limits(file_bytes=100))[0] == "file_too_large"
    assert refusal(files, limits=Limits(rows=7))[0] == "too_many_rows"
    assert refusal([("a.zip", archive(dict(files)))], limits=Limits(files=3))[0] == "too_many_files"
    assert refusal([], limits=Limits())[0] == "empty_file"
