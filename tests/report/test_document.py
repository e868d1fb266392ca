"""The document as a file: one, that asks nobody for anything, in headings and tables anybody can read."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from retention.report.brand import Brand, read_logo
from retention.report.document import document
from retention.text import LANGUAGES
from retention.text.marked import plain
from tests.report.test_brand import picture

HOSTILE = """</script><img src=x onerror="alert(1)"> & 'q' "d" </style> **b** \u2028 {{ 1 }} \\"""
_EMPTY = {"meta", "br", "img"}


class Read(HTMLParser):
    """What a page holds: its elements in order, the text of each, and its attributes."""

    def __init__(self, content):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])
        if tag not in _EMPTY:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def of(self, tag):
        return [(attributes, text) for name, attributes, text in self.elements if name == tag]


@pytest.fixture(scope="module", params=["shop_decks", "retail_decks"])
def decks(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module", params=LANGUAGES)
def deck(request, decks):
    return decks[request.param]


@pytest.fixture(scope="module")
def content(deck):
    return document(deck, Brand())


@pytest.fixture(scope="module")
def page(content):
    return Read(content)


def test_it_is_in_its_language_and_says_whose_and_of_when(deck, page):
    assert page.of("html")[0][0]["lang"] == deck.words.language
    (title,) = page.of("h1")
    assert title[1] == deck.title
    body = page.of("body")[0][1]
    assert deck.source in body
    assert deck.words.day(deck.day) in body
    assert deck.words.say("report.verdict", forecast=deck.forecast) in body


def test_headings_are_in_order(page):
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_message_says_its_sentence_its_figures_and_its_table(deck, page):
    headings = [text for _, text in page.of("h2")]
    terms, values = ([text for _, text in page.of(tag)] for tag in ("dt", "dd"))
    cells = [text for tag in ("th", "td") for _, text in page.of(tag)]
    for message in deck.messages:
        assert plain(message.title) in headings
        for figure in message.figures:
            assert (figure.label, figure.written) in list(zip(terms, values, strict=True))
        if message.table is not None:
            for name in map(str, message.table.frame):
                assert deck.words.heading(name) in cells
                assert message.table.written(name, 0, deck.words) in cells


def test_charts_say_what_they_show(deck, page):
    said = [attributes["aria-label"] for attributes, _ in page.of("div") if attributes.get("role") == "img"]
    assert said == [message.reading for message in deck.messages if message.drawing is not None]
    assert all(said)


def test_charts_hold_their_data(deck, page):
    (charts,) = [text for attributes, text in page.of("script") if attributes.get("id") == "charts"]
    specs = json.loads(charts)
    assert set(specs) == {message.name for message in deck.messages if message.drawing is not None}
    assert all(spec["datasets"] for spec in specs.values())


def test_it_asks_nobody_for_anything(page):
    named = [
        attributes[name]
        for _, attributes, _ in page.elements
        for name in ("src", "href", "action", "data", "srcset")
        if name in attributes
    ]
    assert all(address.startswith(("#", "data:")) for address in named)
    assert [tag for tag, _, _ in page.elements if tag in {"link", "iframe", "object", "embed", "base"}] == []


def test_it_runs_its_own_scripts_and_no_other(page):
    (policy,) = [
        attributes["content"]
        for attributes, _ in page.of("meta")
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = set(re.findall(r"'sha256-([^']+)'", policy))
    scripts = [text for attributes, text in page.of("script") if "type" not in attributes]
    assert {base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts} == allowed
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert [name for _, attributes, _ in page.elements for name in attributes if name.startswith("on")] == []


def test_links_lead_to_what_is_there(page):
    ids = {attributes["id"] for _, attributes, _ in page.elements if "id" in attributes}
    assert {attributes["href"][1:] for attributes, _ in page.of("a")} <= ids


def test_made_twice_it_is_the_same(deck, content):
    assert document(deck, Brand()) == content


def test_text_of_a_file_is_text(shop_decks):
    deck = shop_decks["en"]
    made = document(replace(deck, title=HOSTILE, source=HOSTILE, messages=deck.messages[:1]), Brand())
    page, benign = Read(made), Read(document(replace(deck, messages=deck.messages[:1]), Brand()))
    assert [tag for tag, _, _ in page.elements] == [tag for tag, _, _ in benign.elements]
    assert page.of("h1")[0][1] == HOSTILE
    assert HOSTILE in page.of("body")[0][1]
    (style,) = page.of("style")
    assert "</style" not in style[1]
    running = re.search(r'@top-left \{ content: ("(?:[^"\\]|\\.)*")', style[1])
    assert running
    assert "onerror=" not in running[1]


def test_a_brand_colours_it_and_its_logo_is_in_it(shop_decks):
    brand = Brand(name="Bottega", logo=read_logo("a.png", picture()), colour="#ffd400")
    page = Read(document(replace(shop_decks["it"], title="Bottega", messages=()), brand))
    ((logo, _),) = page.of("img")
    assert base64.b64decode(logo["src"].split(",")[1]) == picture()
    assert "Bottega" in logo["alt"]
    assert "background: #ffd400; color: #000000" in page.of("style")[0][1]
