"""Who was contacted when: lists that were kept, and tables as people have them."""

from datetime import date

import pytest

from retention import ingest
from retention.errors import InputError


def read(text):
    return ingest.read_contacts(ingest.read(text.encode(), "contacts.csv"))


def rows(found):
    return [tuple(row) for row in found.table.itertuples(index=False)]


DAY = date(2024, 6, 3).toordinal()


@pytest.mark.parametrize(
    ("heads", "held"),
    [
        ("customer_id,group,date", "hold_back"),
        ("Email,Group,Sent on", "Control"),
        ("Cliente,Gruppo,Data", "gruppo di controllo"),
        ("Cliente,Gruppo,Inviato", "Non contattato"),
    ],
)
def test_groups_are_told_by_their_words(heads, held):
    found = read(f"{heads}\na@x.it,contact,2024-06-03\nb@x.it,{held},2024-06-03\n")
    assert rows(found) == [("a@x.it", False, DAY), ("b@x.it", True, DAY)]
    assert found.has_control


def test_without_groups_everybody_was_contacted():
    found = read("Cliente;Data\nA;03/06/2024\nB;13/06/2024\n")
    assert rows(found) == [("A", False, DAY), ("B", False, DAY + 10)]
    assert not found.has_control


def test_rows_without_a_customer_or_a_day_are_counted():
    found = read("customer,date\nA,2024-06-03\n,2024-06-03\nB,soon\n")
    assert (found.rows, found.unreadable, len(found.table)) == (3, 2, 1)


def test_an_id_kept_from_being_a_formula_is_the_id_again():
    assert rows(read("customer_id,date\n'=A1,2024-06-03\n'ndrangheta,2024-06-03\n")) == [
        ("=A1", False, DAY),
        ("'ndrangheta", False, DAY),
    ]


@pytest.mark.parametrize(
    ("text", "code"), [("a,b\n1,2\n", "missing_columns"), ("customer,date\nA,soon\n", "no_usable_contacts")]
)
def test_what_cannot_be_read_is_refused(text, code):
    with pytest.raises(InputError, match=code):
        read(text)
