"""The gettext catalogues: one .po file a language, read as they are written, so nothing needs compiling."""

from __future__ import annotations

import gettext
import io
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import mofile, pofile

from retention.text.languages import LANGUAGES, LanguageCode

if TYPE_CHECKING:
    from babel.messages import Catalog

_FOLDER = Path(__file__).parent / "catalogues"
_SEVERAL = 2


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: LanguageCode) -> Catalog:
    with (_FOLDER / f"{language}.po").open("rb") as source:
        return pofile.read_po(source, locale=language, abort_invalid=True)


@lru_cache(maxsize=len(LANGUAGES))
def translations(language: LanguageCode) -> gettext.GNUTranslations:
    """The catalogue of a language, its keys being the message ids."""
    compiled = io.BytesIO()
    mofile.write_mo(compiled, _catalogue(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=len(LANGUAGES))
def keys(language: LanguageCode) -> frozenset[str]:
    """The keys a catalogue holds."""
    return frozenset(m.id if isinstance(m.id, str) else m.id[0] for m in _catalogue(language) if m.id)


@lru_cache(maxsize=1 << 12)
def counted(language: LanguageCode, key: str) -> str | None:
    """Name of the first value that is a count in the plural form of a key; None where it has no forms."""
    text = translations(language).ngettext(key, key, _SEVERAL)
    found = re.search(r"\{(\w+):count\}", text)
    return found[1] if found else None


def sentence(language: LanguageCode, key: str, n: float | None = None) -> str:
    """The unfilled sentence of a key, in the plural form of `n` where it has forms.

    Raises
    ------
    KeyError
        If the catalogue has no such key.
    """
    if key not in keys(language):
        raise KeyError(key)
    if n is not None:
        text = translations(language).ngettext(key, key, round(n))
        if text != key:
            return text
    return translations(language).gettext(key)
