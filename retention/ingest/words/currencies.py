"""What names a currency: ISO codes, and the signs and words that stand for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retention.ingest.words.headings import language_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISO_4217 = (  # currencies in circulation
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT "
    "LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR "
    "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
    "STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF "
    "YER ZAR ZMW"
)
CODES = frozenset(_ISO_4217.split())
_COMMON = (
    "EUR USD GBP CHF CAD AUD SEK NOK DKK PLN CZK HUF RON TRY BRL MXN INR CNY JPY KRW AED ZAR SGD HKD NZD"
)
# Signs that belong to one currency become its code; $, ¥ and kr belong to several and stay as they are.
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₺": "TRY",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₴": "UAH",
    "₦": "NGN",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "R$": "BRL",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "CA$": "CAD",
    "C$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
    "FR.": "CHF",
    "SFR": "CHF",
    "EURO": "EUR",
    "EUROS": "EUR",
    "DOLLARS": "$",
    "DOLLARI": "$",
    "STERLINE": "GBP",
    "&EURO;": "EUR",
    "&#8364;": "EUR",
    "&POUND;": "GBP",
    "$": "$",
    "¥": "¥",
    "KR": "kr",
    "KR.": "kr",
}
_SHARED = {"$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN"), "¥": ("JPY", "CNY")}
_SHARED["kr"] = ("SEK", "NOK", "DKK", "ISK")
_ANY_SIGN = re.compile(r"US\$|CA\$|AU\$|NZ\$|HK\$|R\$|A\$|C\$|S\$|[€£₹₺₽₩₪฿₫₴₦$¥]")
_IN_BRACKETS = re.compile(r"[(\[][A-Za-z]{3}[)\]]")
_KNOWN = re.compile(r"(?i)\b(?:eur|euro|usd|gbp|chf)\b")
# What may stand around a number; the longest first, so that US$ does not leave its letters behind.
DECORATION = (
    r"(?i)&(?:[a-z]+|#[0-9]+);|[a-z]{1,2}\$|\p{Sc}|zł|kč|kr\.?|fr\.|sfr\.?|rs\.?|euros?|(?:"
    + "|".join(sorted(CODES))
    + ")"
)


def currency_of(text: str) -> str | None:
    """ISO code, or sign where it belongs to several currencies; None where a text names none.

    Examples
    --------
    >>> [currency_of(text) for text in ("€", "eur", "US$", "$", "EUR (Euro)", "pieces", "")]
    ['EUR', 'EUR', 'USD', '$', 'EUR', None, None]
    """
    name = text.strip().upper()
    if name in CODES:
        return name
    if name in _SIGNS:
        return _SIGNS[name]
    if sign := _ANY_SIGN.search(name):
        return _SIGNS[sign[0]]
    words = re.findall(r"[^\W\d_]+", name)
    return next((_SIGNS.get(word, word) for word in words if word in CODES or word in _SIGNS), None)


def currency_in_heading(heading: str) -> str | None:
    """Currency a heading names by a sign, a code in brackets, or one of the best known codes.

    Examples
    --------
    >>> [currency_in_heading(text) for text in ("Totale (€)", "Amount [chf]", "Importo EUR", "All totals")]
    ['EUR', 'CHF', 'EUR', None]
    """
    if found := _ANY_SIGN.search(heading.upper()) or _IN_BRACKETS.search(heading) or _KNOWN.search(heading):
        return currency_of(found[0].strip("()[]"))
    return None


def offered_currencies(headings: Iterable[str]) -> tuple[str, ...]:
    """Codes to choose from where a file names no currency: its language's, common ones, all.

    Examples
    --------
    >>> offered_currencies(["Kundennummer", "Bestelldatum", "Betrag"])[:4]
    ('EUR', 'CHF', 'USD', 'GBP')
    """
    language = language_of(headings)
    own = language.currencies.split() if language else []
    return tuple(dict.fromkeys([*own, *_COMMON.split(), *sorted(CODES)]))


def same_currency(names: set[str]) -> dict[str, str]:
    """What each name stands for, once a sign that several share is given to the only one of them here.

    Examples
    --------
    >>> same_currency({"$", "USD", "EUR"})["$"]
    'USD'
    """
    meaning = {name: name for name in names}
    for sign, owners in _SHARED.items():
        here = names.intersection(owners)
        if sign in names and len(here) == 1:
            meaning[sign] = here.pop()
    return meaning
