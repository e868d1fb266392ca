"""How spreadsheets and presentations write a number of ours, so that it stays one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.text import LANGUAGES
from retention.text.formats import around_money

if TYPE_CHECKING:
    from retention.text import Words
    from retention.text.kinds import CellKind

# Signs of thousands and decimals are those of the reader's own spreadsheet: a format names them in English
_FORMATS: dict[CellKind, str] = {
    "share": "0.0%",
    "change": "+0.0%;-0.0%;0.0%",
    "points": "+0.0;-0.0;0.0",
    "count": "#,##0",
    "number": "#,##0.00",
    "text": "@",
}


def number_format(kind: CellKind, words: Words) -> str:
    """The format of a kind; money with its sign where the language puts it, without cents from 100 on."""
    if kind == "day":
        return LANGUAGES[words.language].date_input.lower()
    if kind == "money":
        whole, cents = in_money("#,##0", words), in_money("#,##0.00", words)
        return f"[>=100]{whole};[<=-100]-{whole};{cents}"
    return _FORMATS[kind]


def axis_format(kind: CellKind, words: Words) -> str:
    """The same where there is little room."""
    if kind == "money":
        return in_money("#,##0", words)
    return "0%" if kind == "share" else number_format(kind, words)


def in_money(digits: str, words: Words) -> str:
    """A format of amounts with the currency's sign."""
    before, after = (f'"{sign}"' if sign else "" for sign in around_money(words.language, words.currency))
    return f"{before}{digits}{after}"
