"""The page Products: which first product brings customers back, what follows what, and what is left out."""

import pytest

from retention import ingest
from retention.study import Study
from tests.pages.visit import Visit


@pytest.fixture(scope="module")
def products():
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    return Study(intake.orders, intake.lines).products()


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_headline_says_what_the_study_does(products, language):
    page, found = Visit(language, sample="shop").open("products"), products.first()
    assert not page.failures
    assert page.headline == page.words.say(
        "products.headline.none", n=found.compared, days=found.days, rate=found.rate
    ).replace("**", "")
    assert page.says("products.do.none")


def test_another_step_shows_other_pairs(products):
    page = Visit("en", sample="shop").open("products")
    shown = [frame for frame in page.frames if page.words.heading("next_product") in frame]
    assert len(shown[0]) == 8
    page.set("next_step", "2")
    other = [frame for frame in page.frames if page.words.heading("next_product") in frame]
    assert not other[0].equals(shown[0])
    assert products.following(2).strongest["product"] == other[0].iloc[0, 0]


def test_what_is_no_product_can_be_chosen():
    page = Visit("en", sample="shop").open("products").set("no_products", ["Barolo"])
    assert not page.failures
    assert any("Barolo" in text and "169" not in text for text in page.texts if "Left out" in text)


def test_a_file_without_products_is_told_how_to_get_them():
    page = Visit("en", sample="cdnow").open("products")
    assert not page.failures
    assert page.says("products.none")
