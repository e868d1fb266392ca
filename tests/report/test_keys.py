"""The names in the JSON are a contract: whoever reads it finds what was there before."""

from pathlib import Path

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
    assert sorted(set(paths(analysed_shop.figures))) == STORED.read_text("utf-8").splitlines()
