"""Signs nobody sees: control signs, blanks of no width, hard blanks, and accents apart from their letter."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import bytes_of

_SOON = np.zeros(256, dtype=bool)  # bytes that are such a sign, or by which one begins in UTF-8
_SOON[:32] = _SOON[127] = True
_SOON[[0xC2, 0xCC, 0xCD, 0xE1, 0xE2, 0xE3, 0xEF, ord("=")]] = True
_NEXT = np.zeros((256, 256), dtype=bool)  # and the byte that follows
_NEXT[:32] = _NEXT[127] = True
_NEXT[0xC2, 0x80:0xA1] = _NEXT[0xC2, 0xAD] = True  # C1 controls, hard blank; soft hyphen
_NEXT[0xCC] = _NEXT[0xCD] = True  # combining accents
_NEXT[0xE1, [0x9A, 0xA0]] = True  # Ogham blank, Mongolian vowel separator
_NEXT[0xE2, [0x80, 0x81]] = True  # blanks and signs of writing direction
_NEXT[0xE3, 0x80] = True  # ideographic blank
_NEXT[0xEF, 0xBB] = True  # byte order mark
_NEXT[ord("="), ord('"')] = True  # ="001"

_BLANK = r"[\t\n\v\f\r\x{0085}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]"
_UNSEEN = (
    r"[\x00-\x1F\x7F-\x9F\x{00AD}\x{034F}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]"
)
_FORMULA = r'^ *="([^"]*)" *$'


def without_hidden_signs(texts: pa.StringArray) -> pa.StringArray:
    r"""Texts as a reader sees them: blanks are blanks, accents on their letters, ``="001"`` is 001.

    Examples
    --------
    >>> without_hidden_signs(pa.array(["\x1f00\u200b1", "Jose\u0301", '="007"'])).to_pylist()
    ['001', 'José', '007']
    """
    if not _may_have(texts):
        return texts
    seen = pc.replace_substring_regex(texts, _BLANK, " ")
    seen = pc.replace_substring_regex(seen, _UNSEEN, "")
    seen = pc.replace_substring_regex(seen, _FORMULA, r"\1")
    return pc.utf8_normalize(seen, "NFC")


def _may_have(texts: pa.StringArray) -> bool:
    of = bytes_of(texts)
    signs = of.data[of.starts[0] : of.ends[-1]] if len(texts) else of.data
    if not signs.size or (
        signs.min() >= ord(" ") and signs.max() <= ord("~") and not (signs == ord("=")).any()
    ):
        return False
    soon = np.flatnonzero(_SOON[signs])
    following = np.append(signs[1:], np.uint8(0))[soon] if len(soon) else soon
    return bool(_NEXT[signs[soon], following].any()) if len(soon) else False
