"""Every key the code can ask the catalogues for is there, those put together at run time among them."""

import pytest

from retention.text import LANGUAGES, keys
from tests.text.built_keys import BUILT, NO_KEYS, WORDED
from tests.text.lookups import (
    built_keys,
    filled,
    keys_asked,
    modules,
    passed,
    put_together_otherwise,
    worded_groups,
    written_keys,
)

FOUND = built_keys()


def expanded():
    """Keys by the shape they come of; values that stand in the f-string itself need no telling."""
    for form, places in FOUND.items():
        if form not in NO_KEYS:
            yield (
                form,
                set(filled(form, BUILT[form] if form in BUILT else [v for each in places for v in each])),
            )


def worded():
    """Keys of the codes sentences word themselves."""
    return {f"{group}.{value}" for group, values in WORDED.items() for value in values}


def test_every_key_put_together_has_its_values_told():
    untold = {form for form, places in FOUND.items() if None in places} - BUILT.keys() - NO_KEYS
    assert untold == set(), "tell their values in tests/text/built_keys.py"


def test_no_values_are_told_of_keys_nobody_puts_together():
    assert (BUILT.keys() | NO_KEYS) - FOUND.keys() == set()


def test_keys_are_written_or_f_strings():
    assert put_together_otherwise() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_put_together_is_there(language):
    missing = {form: wanted - keys(language) for form, wanted in expanded()}
    assert {form: wanted for form, wanted in missing.items() if wanted} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_asked_for_in_full_is_there(language):
    assert keys_asked() - keys(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_reads_like_a_key_is_one(language):
    groups = {key.split(".")[0] for key in keys(language)}
    alike = {text for text in written_keys() if "." in text and text.split(".")[0] in groups}
    others = passed("computed", 0) | {"data.py", "chart.pooled", "cohorts.example", "cohorts.revenue.chart"}
    others |= modules()
    assert alike - keys(language) - others == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_a_sentence_words_is_there(language):
    assert worded_groups(language) == WORDED.keys()
    assert worded() - keys(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_catalogue_can_be_asked_for(language):
    reached = written_keys() | worded() | set().union(*(wanted for _, wanted in expanded()))
    assert keys(language) - reached == set()
