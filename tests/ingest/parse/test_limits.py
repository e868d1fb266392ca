"""Limits can be set in the environment, and what is no limit is refused by name."""

import pytest

from retention.ingest.parse.limits import Limits, limits_in


def test_nothing_set_leaves_the_defaults():
    assert limits_in({"PATH": "/bin"}) == Limits()


def test_what_is_set_holds_and_the_rest_stays():
    assert limits_in({"RITORNO_SECONDS": "7"}) == Limits(seconds=7)


@pytest.mark.parametrize("text", ["", "0", "-5", "many", "1e6"])
def test_what_is_no_limit_is_refused_by_name(text):
    with pytest.raises(ValueError, match="RITORNO_ROWS"):
        limits_in({"RITORNO_ROWS": text})
