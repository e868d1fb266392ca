"""Long columns are read as short ones are: by their runs, their order, their bytes and their forms."""

import math

import numpy as np
import pyarrow as pa
import pytest

from retention.ingest.columns.distinct import ascending, bytes_of, distinct_of, is_ascending, whole
from retention.ingest.columns.forms import forms_of
from retention.ingest.columns.numbers import exact_sum

DRAW = np.random.default_rng(7)
ROWS = 80_000
COLUMNS = {
    "ascending": [f"V{i:07}" for i in range(ROWS)],
    "ascending, some twice": [f"V{i // 3 * 2:07}" for i in range(ROWS)],
    "in runs": [str(1_000_000 - i // 50) for i in range(ROWS)],
    "few": [f"product {i}" for i in DRAW.integers(0, 50, ROWS)],
    "many, of one length": [f"{i:08}" for i in DRAW.integers(0, 10**8, ROWS)],
    "many, of any length": [f"{'è' * (i % 17)}{i}" for i in DRAW.integers(0, 30_000, ROWS).tolist()],
    "many, with none between": [
        None if i % 7 == 0 else str(i) for i in DRAW.integers(0, 10**6, ROWS).tolist()
    ],
    "whole numbers near each other": [str(i) for i in DRAW.integers(0, 30_000, ROWS).tolist()],
    "whole numbers in ascending order": [str(i) for i in range(1, ROWS + 1)],
    "whole numbers far apart": [str(i) for i in DRAW.integers(0, 10**17, ROWS).tolist()],
    "numbers with and without a zero": [f"{i % 2 * '0'}{i % 25_000}" for i in range(ROWS)],
    "ending in nothing": [str(i) + "\0" * (i % 3) for i in DRAW.integers(0, 20_000, ROWS).tolist()],
    "very long": ["x" * 100 + str(i) for i in DRAW.integers(0, 20_000, ROWS)],
}


@pytest.mark.parametrize("texts", COLUMNS.values(), ids=COLUMNS.keys())
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_distinct_texts_come_once(texts, kind):
    codes, values = distinct_of(pa.array(["before", *texts], kind)[1:])
    values = values.to_pylist()
    assert len(values) == len(set(values))
    assert set(values) == set(texts) - {None}
    assert [None if code < 0 else values[code] for code in codes] == texts


@pytest.mark.parametrize("texts", COLUMNS.values(), ids=COLUMNS.keys())
def test_texts_are_sorted_by_their_bytes(texts):
    distinct = list(dict.fromkeys(text for text in texts if text is not None))
    places = ascending(pa.array(distinct))
    assert [distinct[place] for place in places] == sorted(distinct, key=str.encode)


def test_texts_in_several_pieces_become_one():
    for pieces in ([["a"], ["b", None]], [["a", "b", None]], [["a"], [], ["b", None]]):
        found = whole(pa.chunked_array(pieces, pa.string()))
        assert isinstance(found, pa.StringArray)
        assert found.to_pylist() == ["a", "b", None]
    assert whole(pa.array(["a"])).to_pylist() == ["a"]
    assert whole(pa.chunked_array([], pa.string())).to_pylist() == []


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_the_bytes_of_each_text(kind):
    of = bytes_of(pa.array(["before", "è", "", "abc"], kind)[1:])
    assert of.lengths.tolist() == [2, 0, 3]
    texts = [bytes(of.data[start:end]) for start, end in zip(of.starts, of.ends, strict=True)]
    assert texts == ["è".encode(), b"", b"abc"]
    assert bytes_of(pa.array([], kind)).lengths.tolist() == []
    assert bytes_of(pa.array([None, None], kind)).lengths.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("texts", "told"),
    [([], True), (["b"], True), (["b", "a"], False), (["a", "a", "b"], True), (["a", "c", "b"], False)],
)
def test_no_text_comes_before_the_one_it_follows(texts, told):
    assert is_ascending(pa.array(texts, pa.string())) is told


def test_a_form_has_its_digits_where_its_texts_have_them():
    texts = pa.array(["no date", "5° è 12", "17° è 3", "9° è 84", ""])
    forms = forms_of(texts[1:])
    assert forms.forms.to_pylist() == ["0° è 00", "00° è 0", ""]
    parts = forms.parts(r"^(?P<one>[0-9]+)° (?P<word>[a-zè]) (?P<two>[0-9]+)(?P<more>!)?$", {"word": len})
    assert {name: values.tolist() for name, values in parts.items()} == {
        "one": [5, 17, 9, -1],
        "word": [1, 1, 1, -1],
        "two": [12, 3, 84, -1],
        "more": [0, 0, 0, -1],
    }


@pytest.mark.parametrize("spread", [0.1, 1.0, 10.0])
def test_a_sum_of_many_is_rounded_once(spread):
    amounts = DRAW.lognormal(3.0, spread, ROWS) * DRAW.choice([-1.0, 1.0], ROWS)
    assert exact_sum(amounts) == math.fsum(amounts.tolist())
    assert exact_sum(np.zeros(0)) == 0.0
