"""Whatever keeps a share from being opened is said in words, in every language."""

from __future__ import annotations

from datetime import date

import pytest

from retention.errors import InputError
from retention.sharing import errors
from retention.text import LANGUAGES, Words

EACH = [
    errors.UnknownShareError(),
    errors.ExpiredShareError(date(2026, 3, 31)),
    errors.ForColleaguesError(),
    errors.TamperedShareError(),
    errors.ShareVersionError(2),
    errors.ShareTooLargeError(70 << 20, 64 << 20),
    errors.TooManySharesError(50),
    errors.StoreFullError(),
    errors.StoreUnreachableError(),
    errors.StoreVersionError(2),
    InputError("share_days_out_of_range", value=91, minimum=1, maximum=90),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", EACH, ids=lambda error: error.code)
def test_each_is_a_sentence(language, error):
    said = Words(language).error(error)
    assert said[0].isupper()
    assert said.endswith(".")


def test_each_class_has_a_sentence_of_its_own():
    assert {type(each) for each in EACH[:-1]} == set(errors.SharingError.__subclasses__())
    assert len({Words("en").error(each) for each in EACH}) == len(EACH)


def test_a_sentence_says_what_to_do():
    assert Words("en").error(EACH[2]) == "This link is for colleagues only: sign in first."
    assert Words("it").error(EACH[10]) == "Un link può durare da 1 a 90 giorni; hai indicato 91."
