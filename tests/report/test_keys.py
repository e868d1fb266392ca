"""The names in the JSON are a contract: whoever reads it finds what was there before."""

from datetime import date
from pathlib import Path

from retention.report.lifetime_value import lifetime_value
from retention.study import Settings

STORED = Path(__file__).with_name("keys_of_sample_shop.txt")


def paths(value, before=""):
    """Every name in nested dicts and lists, "[]" standing for the items of a list."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield f"{before}.{name}" if before else name
            yield from paths(part, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        for item in value:
            yield from paths(item, f"{before}[]")


def test_the_keys_of_the_sample_shop_are_those_stored(analysed_shop):
    """With those of a year held back: only such days, or fewer, have the same days a year before."""
    held_back = lifetime_value(analysed_shop.study, None, Settings(holdout=date(2024, 1, 1)))
    found = {*paths(analysed_shop.figures), *paths({"lifetime_value": held_back})}
    assert sorted(found) == STORED.read_text("utf-8").splitlines()
