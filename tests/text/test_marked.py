"""Sentences with their marks, read without a browser."""

import pytest

from retention.text import escaped
from retention.text.marked import Span, blocks, paragraphs, plain, spans


def test_marks_are_pieces_and_no_text():
    assert spans("Of 100, **22** come *back*: :gray[by a model].") == (
        Span("Of 100, "),
        Span("22", bold=True),
        Span(" come "),
        Span("back", italic=True),
        Span(": "),
        Span("by a model", grey=True),
        Span("."),
    )


@pytest.mark.parametrize(
    "text", ["**a** [b](http://c.d) :gray[e] *f* \\", "x@y.zz $1 `c` <b>", "]", "a\nb", "::"]
)
def test_text_of_a_file_is_read_back_as_it_was(text):
    assert plain(f"**{escaped(text)}** {escaped(text)}") == f"{text} {text}"
    assert all(not span.italic and not span.grey for span in spans(escaped(text)))


def test_a_bracket_that_ends_nothing_stays():
    assert plain("[a] :gray[b] c]") == "[a] b c]"


def test_paragraphs_and_items_of_a_definition():
    said = "A **cohort** is one.\n\n- first\n- *second*"
    assert [(kind, "".join(span.text for span in pieces)) for kind, pieces in blocks(said)] == [
        ("paragraph", "A cohort is one."),
        ("item", "first"),
        ("item", "second"),
    ]
    assert paragraphs(said) == "A cohort is one.\n• first\n• second"


def test_nothing_said_is_nothing():
    assert spans("") == () == blocks("")
