"""A report in somebody's colours stays readable."""

import io

import pytest
from hypothesis import given, strategies
from PIL import Image

from retention.errors import InputError
from retention.report.brand import AA, COLOUR, INK, MOST_BYTES, PAPER, Brand, contrast, read_logo

COLOURS = strategies.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def picture(kind="PNG", size=(40, 20)):
    held = io.BytesIO()
    Image.new("RGB", size, "#b03a2e").save(held, kind)
    return held.getvalue()


def test_contrast_is_that_of_the_standard():
    # WCAG's own examples: #767676 is the lightest grey read on white, #777777 no longer
    assert contrast("#767676", "#ffffff") > AA > contrast("#777777", "#ffffff")
    assert contrast("#1f5fa8", "#1f5fa8") == 1.0


@given(COLOURS)
def test_text_is_read_on_any_colour(colour):
    brand = Brand(colour=colour)
    assert contrast(brand.on_colour, brand.colour) >= AA
    assert contrast(brand.text, PAPER) >= AA
    assert contrast(INK, brand.second) >= AA


@pytest.mark.parametrize(
    ("colour", "on", "text"),
    [("#1f5fa8", "#ffffff", "#1f5fa8"), ("#ffd400", "#000000", INK), ("#000000", "#ffffff", "#000000")],
)
def test_a_light_colour_has_dark_text_and_is_none_itself(colour, on, text):
    brand = Brand(colour=colour)
    assert (brand.on_colour, brand.text) == (on, text)


@pytest.mark.parametrize("colour", ["red", "#fff", "1f5fa8", "#1f5fa8;", "#gggggg", ""])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(InputError) as refused:
        Brand(colour=colour)
    assert refused.value.code == "colour_unreadable"


def test_the_app_s_own_where_nothing_is_given():
    assert (Brand().colour, Brand().logo, Brand().name) == (COLOUR, None, None)


@pytest.mark.parametrize(("kind", "named"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_a_logo_keeps_its_bytes_and_its_shape(kind, named):
    content = picture(kind)
    logo = read_logo("a", content)
    assert (logo.content, logo.kind, logo.width, logo.height) == (content, named, 40, 20)
    assert logo.within(100, 100) == (100, 50)
    assert logo.within(100, 10) == (20, 10)


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg/>", b"\x89PNG\r\n\x1a\nbroken", picture("GIF"), picture()[:60], bytes(MOST_BYTES + 1)],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(InputError) as refused:
        read_logo("logo", content)
    assert refused.value.code == "logo_unusable"


def test_a_picture_of_too_many_pixels_is_refused():
    with pytest.raises(InputError):
        read_logo("logo", picture(size=(4001, 1)))
