"""What an order's status says: that it never was a sale, or that its money went back; and what a movement is.

The words are those of Shopify, WooCommerce, PrestaShop, Magento, Stripe, PayPal and BigCommerce and of
people's own lists, in the languages of `status_words`.

PayPal's report lists everything that moved the balance. Sales are what its type calls a payment ("Pagamento
Express Checkout", "Pagamento su sito web", "Pagamento preautorizzato", "Mobile Payment", "Subscription
Payment" …) with money coming in; the same types with money going out are the shop's own purchases, and a mass
payment is one. "Rimborso", "Storno" and "Chargeback" with money going out are refunds, and name the customer
as the receiver. Withdrawals ("Prelievo", "Bonifico"), deposits, fees, conversions of currency, and holds with
their release ("Blocco", "Trattenuta", "Riserva", "Authorization") are no sales.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from retention.ingest.words.headings import plain
from retention.ingest.words.status_words import (
    BUYING,
    CANCELLED,
    CANCELLED_HEADINGS,
    EVENT,
    NO,
    OPEN,
    PAID,
    PARTLY,
    REFUND_MARK,
    REFUNDED,
    SALE_DOCUMENT,
    STANDS,
    STATUS_HEADINGS,
    VALID_HEADINGS,
    YES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Status = Literal["cancelled", "refunded", "partly_refunded", "no_sale"]
Movement = Literal["payment", "refund"]

_MOSTLY = 0.5  # share of a column's words that are known
_LONGEST = 6  # words of a status; more are a note

# Types of a payment account's movements; of those that fit several, the first counts.
_NEITHER = re.compile(
    r"\b(?:blocc\w*|holds?|trattenut\w*|riserv\w*|reserve\w*|autorizzazion\w*|authorization|conversion\w*"
    r"|preliev\w*|withdrawal|deposit\w*|bonific\w*|transfer|trasferiment\w*|commission\w*|tariff\w*|fees?"
    r"|massa|mass)\b"
)
_BACK = re.compile(r"\b(?:rimbors\w*|refund\w*|storn\w*|reversals?|chargebacks?|revoc\w*)\b")
_PAYMENT = re.compile(r"\b(?:pagament\w*|payments?|donazion\w*|donations?|acquist\w*|purchase)\b")


def status_of(text: str) -> Status | None:
    """What a status says, None where the order stands.

    Examples
    --------
    >>> [status_of(text) for text in ("In attesa di pagamento", "In attesa di spedizione", "Rimborsato")]
    ['cancelled', None, 'refunded']
    """
    words = plain(text)
    if CANCELLED.search(words):
        return "cancelled"
    if REFUNDED.fullmatch(words):
        return "refunded"
    if PARTLY.search(words) and REFUND_MARK.search(words):
        return "partly_refunded"
    return None


def is_status(text: str) -> bool:
    """Whether a word is one that statuses use, for orders that stand or for others.

    Examples
    --------
    >>> [is_status(text) for text in ("Pagamento accettato", "Annullato", "Lombardia")]
    [True, True, False]
    """
    return status_of(text) is not None or bool(STANDS.search(plain(text)))


def status_reading(heading: str, words: Sequence[str]) -> Callable[[str], Status | None]:
    """How the words of one column are to be read: as events, as yes and no, or as statuses.

    Examples
    --------
    >>> read = status_reading("Status", ["paid", "open", "void"])
    >>> [read(word) for word in ("paid", "open", "void")]
    [None, 'cancelled', 'cancelled']
    """
    if _are_events(words):
        return lambda text: None if BUYING.fullmatch(plain(text)) else "no_sale"
    if _is_flag(heading, words):
        refused = NO if plain(heading) in VALID_HEADINGS else YES
        return lambda text: "cancelled" if plain(text) in refused else None
    if any(PAID.fullmatch(plain(word)) for word in words):  # then what is open is not
        return lambda text: "cancelled" if OPEN.fullmatch(plain(text)) else status_of(text)
    return status_of


def looks_like_statuses(words: Sequence[str]) -> bool:
    """Whether words are those of a column of statuses or events, some of which were never a sale.

    Examples
    --------
    >>> looks_like_statuses(["Abgeschlossen", "Storniert"]), looks_like_statuses(["Fattura", "Reso"])
    (True, False)
    """
    if _are_events(words):
        return True
    known = [is_status(word) and len(word.split()) <= _LONGEST for word in words]
    some = any(status_of(word) is not None for word in words) and not all(map(marks_refund, words))
    return some and sum(known) > _MOSTLY * len(words) and not looks_like_documents(words)


def tells_status(heading: str, words: Sequence[str]) -> bool:
    """Whether a column tells what was no sale, whatever it is headed, or as yes and no below a heading."""
    return looks_like_statuses(words) or (
        _is_flag(heading, words) and any(status_reading(heading, words)(word) for word in words)
    )


def unknown_statuses(heading: str, words: Sequence[str]) -> list[str]:
    """Words of a column of statuses that say nothing we know."""
    if _are_events(words) or _is_flag(heading, words):
        return []
    return [word for word in words if not is_status(word)]


def is_status_heading(heading: str) -> bool:
    """Whether a column is headed as the status of orders or of their payment."""
    return plain(heading) in STATUS_HEADINGS


def _are_events(words: Sequence[str]) -> bool:
    meant = [plain(word) for word in words]
    bought = [bool(BUYING.fullmatch(word)) for word in meant]
    return (
        any(bought)
        and not all(bought)
        and all(buys or EVENT.fullmatch(word) for word, buys in zip(meant, bought, strict=True))
    )


def _is_flag(heading: str, words: Sequence[str]) -> bool:
    return (
        bool(words)
        and plain(heading) in VALID_HEADINGS | CANCELLED_HEADINGS
        and all(plain(word) in YES | NO for word in words)
    )


def looks_like_documents(words: Sequence[str]) -> bool:
    """Whether words are those of a column of documents or transactions, some of which give money back.

    Examples
    --------
    >>> looks_like_documents(["Rechnung", "Gutschrift"]), looks_like_documents(["Rossi", "Reso"])
    (True, False)
    """
    back = [marks_refund(word) for word in words]
    sold = [
        not gone and bool(SALE_DOCUMENT.search(plain(word))) for word, gone in zip(words, back, strict=True)
    ]
    return any(back) and any(sold) and sum(back) + sum(sold) > _MOSTLY * len(words)


def marks_refund(text: str) -> bool:
    """Whether a document's type or a movement's reason says that money goes back.

    Examples
    --------
    >>> [marks_refund(text) for text in ("Nota di credito", "TD04", "Fattura")]
    [True, True, False]
    """
    return bool(REFUND_MARK.search(plain(text)))


def says_yes(text: str) -> bool:
    """Whether a cell of a column headed "refund" says that the row is one."""
    return plain(text) in YES or marks_refund(text)


def is_refund_heading(heading: str) -> bool:
    """Whether a column is headed as the mark of refunds itself, so that "yes" below it says enough."""
    return bool(REFUND_MARK.search(plain(heading)))


def movement_of(text: str) -> Movement | None:
    """What the type of a payment account's movement says, None where it is neither a payment nor a refund.

    Examples
    --------
    >>> [movement_of(text) for text in ("Pagamento su sito web", "Rimborso del pagamento", "Bonifico")]
    ['payment', 'refund', None]
    """
    words = plain(text)
    if _NEITHER.search(words):
        return None
    if _BACK.search(words):
        return "refund"
    return "payment" if _PAYMENT.search(words) else None
