"""Where in the catalogues the texts of a page come from."""

from __future__ import annotations

import re
import string
from functools import cache

from retention.text import LANGUAGES, keys
from retention.text.catalogue import translations
from tests.pages.visit import unescaped

_LONG = 20  # letters from which on a sentence is recognised inside another text
_LETTERS = re.compile(r"[^\W\d_]")
_WITHOUT = {"nel": "in", "del": "di", "dal": "da", "al": "a", "sul": "su"}
_OF_YEARS = re.compile(r"\b(nel|del|dal|al|sul) (?=(?:T[1-4] )?(?:19|20)\d\d\b)", re.IGNORECASE)


def foreign(texts, language, of_the_file):
    """Texts said in any other language; words that stand in the file are nobody's."""
    others = [code for code in LANGUAGES if code != language]
    asked = {_plain(text) for text in texts} - {_plain(text) for text in of_the_file}
    return sorted(text for text in asked if any(_is_rather_of(text, other, language) for other in others))


def said_by(text, language, group):
    """Keys of a group whose sentence a text is, whatever its values."""
    found = {key for key in keys(language) if key.startswith(f"{group}.")}
    plain = _plain(text)
    return {
        key
        for key in found
        for form in _forms(language, key)
        if re.fullmatch(_pattern(form), plain, re.DOTALL)
    }


def _is_rather_of(text, other, language):
    return _is_of(text, other, language) and not _is_of(text, language, other)


def _is_of(text, language, other):
    short, long = _patterns(language, other)
    return any(literal in text and p.fullmatch(text) for literal, p in short) or any(
        literal in text and p.search(text) for literal, p in long
    )


@cache
def _patterns(language, other):
    """Sentences of a language that another says otherwise: those to match whole, those to find anywhere.

    Each with its longest part without a value, which tells soonest that a text is another one.
    """
    told_apart = {}
    for key in keys(language):
        for form in _forms(language, key) - _forms(other, key):
            told_apart[form] = _literals(form)
    found = [
        (letters, (_longest(form), re.compile(_pattern(form), re.DOTALL)))
        for form, letters in told_apart.items()
        if letters
    ]
    return [p for letters, p in found if letters < _LONG], [p for letters, p in found if letters >= _LONG]


def _forms(language, key):
    catalogue = translations(language)
    found = {catalogue.gettext(key), *(catalogue.ngettext(key, key, n) for n in (1, 2))} - {key}
    return {_plain(form) for form in found}


def _literals(form):
    return sum(len(_LETTERS.findall(literal)) for literal, *_ in string.Formatter().parse(form))


def _longest(form):
    return max((literal for literal, *_ in string.Formatter().parse(form)), key=len)


def _pattern(form):
    parts = string.Formatter().parse(form)
    return "".join(re.escape(literal) + (".+?" if name else "") for literal, name, *_ in parts)


def _plain(text):
    """A text without its formatting, and without the article of a year in Italian, which no catalogue has."""
    bare = unescaped(text).replace("**", "").lstrip("# ").strip()
    return _OF_YEARS.sub(_without, bare)


def _without(found):
    way = _WITHOUT[found[1].lower()]
    return f"{way.capitalize() if found[1][0].isupper() else way} "
