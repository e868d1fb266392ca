import json

import pytest
from hypothesis import given, strategies as st

from retention.errors import InputError
from retention.ingest import ROLES, Mapping, dump, load, shape

HEADINGS = st.text(min_size=1, max_size=20)
MAPPINGS = st.builds(
    Mapping,
    **dict.fromkeys(["customer", "date", "amount"], HEADINGS),
    **{role: st.none() | HEADINGS for role in ROLES if role not in {"customer", "date", "amount"}},
    day_first=st.none() | st.booleans(),
    decimal=st.sampled_from([None, ",", "."]),
    once_per_order=st.booleans(),
    platform=st.sampled_from([None, "shopify_orders", "paypal_it"]),
)


def attempt(text):
    """The mapping, or the code of the error it ended in."""
    try:
        return load(text)
    except InputError as error:
        return error.code


@given(MAPPINGS)
def test_a_mapping_survives_being_saved(mapping):
    assert load(dump(mapping)) == mapping


def test_a_saved_mapping_can_be_read_by_a_person():
    saved = json.loads(dump(Mapping("cliente", "data", amount="totale", decimal=",")))
    assert saved["columns"] == {"customer": "cliente", "date": "data", "amount": "totale"}
    assert saved["decimal"] == ","


def changed(**fields):
    return json.dumps(json.loads(dump(Mapping("a", "b", amount="c"))) | fields)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[("", "not_json"), ("{", "not_json"), ("[" * 30_000, "not_json"), ("[]", "other_content")],
        *[("{}", "other_content"), ('"retention-mapping"', "other_content"), (" " * 70_000, "too_long")],
        (changed(version=2), "other_version"),
        (changed(what="recipe"), "other_content"),
    ],
)
def test_what_is_no_mapping_is_refused_with_its_reason(text, reason):
    with pytest.raises(InputError) as caught:
        load(text)
    assert (caught.value.code, caught.value.details) == ("not_a_mapping", {"reason": reason})


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"columns": None}, "columns"),
        ({"columns": {"customer": "a", "date": "b"}}, "columns"),
        ({"columns": {"customer": "a", "amount": "b"}}, "columns"),
        ({"columns": {"customer": 7, "date": "b", "amount": "c"}}, "customer"),
        ({"columns": {"customer": "", "date": "b", "amount": "c"}}, "customer"),
        ({"columns": {"customer": "a", "date": "b", "amount": "c", "colour": "d"}}, "colour"),
        ({"decimal": ";"}, "decimal"),
        ({"decimal": ["."]}, "decimal"),
        ({"day_first": "yes"}, "day_first"),
        ({"once_per_order": 1}, "once_per_order"),
        ({"platform": "atlantis"}, "platform"),
        ({"password": "x"}, "password"),
    ],
)
def test_wrong_values_are_named(fields, wrong):
    with pytest.raises(InputError) as caught:
        load(changed(**fields))
    assert (caught.value.code, caught.value.details) == (
        "not_a_mapping",
        {"reason": "wrong_value", "field": wrong},
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda v: st.lists(v) | st.dictionaries(st.text(), v),
    )
)
def test_any_json_is_a_mapping_or_refused(content):
    for text in (json.dumps(content), changed(columns=content), changed(decimal=content, platform=content)):
        assert attempt(text) == "not_a_mapping" or isinstance(attempt(text), Mapping)


def test_tables_with_the_same_headings_have_one_shape(raw_table):
    january, february = raw_table({"a": ["1"], "b": ["2"]}), raw_table({"A": ["3"] * 9, "b": ["4"] * 9})
    assert shape(january) == shape(february)
    assert shape(january) != shape(raw_table({"b": ["1"], "a": ["2"]}))
    assert shape(january) != shape(raw_table({"a": ["1"], "b": ["2"]}, headed=False))
