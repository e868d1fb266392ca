import pyarrow as pa

from retention.ingest.columns.hidden_signs import without_hidden_signs


def test_texts_without_any_are_handed_back_as_they_are():
    texts = pa.array(["José", "12,50 €", "a=b", ""])
    assert without_hidden_signs(texts) is texts
    empty = pa.array([], pa.string())
    assert without_hidden_signs(empty) is empty


def test_a_slice_is_looked_at_where_it_lies():
    texts = pa.array(["x\u00a0y", "plain", "z\u200b"])[1:]
    assert without_hidden_signs(texts).to_pylist() == ["plain", "z"]
