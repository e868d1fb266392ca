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

from retention.ingest.words.documents import looks_like_documents, marks_refund
from retention.ingest.words.headings import bare, plain
from retention.ingest.words.status_words import (
    BUYING,
    CANCELLED,
    CANCELLED_HEADINGS,
    ENDING,
    EVENT,
    EVENT_HEADINGS,
    NEGATED,
    NO,
    OFFER,
    OPEN,
    PAID,
    PARTLY,
    REFUND_MARK,
    REFUNDED,
    REFUNDED_EVENT,
    RETURNING,
    STANDS,
    STATUS_HEADINGS,
    VALID_HEADINGS,
    YES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Status = Literal["cancelled", "refunded", "partly_refunded", "no_sale", "refund"]
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
    words = plain(text)
    return status_of(text) is not None or bool(STANDS.search(words) and not NEGATED.search(words))


def status_reading(heading: str, words: Sequence[str]) -> Callable[[str], Status | None]:
    """How the words of a column are to be read: as events, yes and no, ends of orders, or statuses.

    Examples
    --------
    >>> read = status_reading("Status", ["paid", "open", "void"])
    >>> [read(word) for word in ("paid", "open", "void")]
    [None, 'cancelled', 'cancelled']
    """
    if _are_events(heading, words):
        return _event
    if _is_flag(heading, words):
        refused = NO if plain(heading) in VALID_HEADINGS else YES
        return lambda text: "cancelled" if plain(text) in refused else None
    end: Status | None = "cancelled" if tells_the_end(heading) else None
    end = "refunded" if end is None and tells_the_return(heading) else end
    if end is not None:
        return lambda text: end if re.search("[1-9a-z]", plain(text)) else None  # not 0000-00-00
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
    if _are_events("", words):
        return True
    known = [is_status(word) and len(word.split()) <= _LONGEST for word in words]
    some = any(status_of(word) is not None for word in words) and not all(map(marks_refund, words))
    documents = any(map(marks_refund, words)) and looks_like_documents(words)
    return some and sum(known) > _MOSTLY * len(words) and not documents


def tells_status(heading: str, words: Sequence[str]) -> bool:
    """Whether a column tells what was no sale, whatever it is headed, or as yes and no below a heading."""
    if looks_like_statuses(words) or _are_events(heading, words):
        return True
    return _is_flag(heading, words) and any(status_reading(heading, words)(word) for word in words)


def unknown_statuses(heading: str, words: Sequence[str]) -> list[str]:
    """Words of a column of statuses that say nothing we know."""
    if _are_events(heading, words):
        return [word for word in words if not _is_event(word)]
    if _is_flag(heading, words) or tells_the_end(heading):
        return []
    return [word for word in words if not is_status(word)]


def is_status_heading(heading: str) -> bool:
    """Whether a column is headed as the status of orders or of their payment."""
    return plain(heading) in STATUS_HEADINGS


def tells_the_end(heading: str) -> bool:
    """Whether a column is headed as the day an order was cancelled on, or the reason.

    Examples
    --------
    >>> [tells_the_end(heading) for heading in ("Cancelled at", "Stornodatum", "Cancellation fee")]
    [True, True, False]
    """
    return bool(ENDING.fullmatch(bare(heading)) or ENDING.fullmatch(plain(heading)))


def tells_the_return(heading: str) -> bool:
    """Whether a column is headed as the day an order was paid back on, or the reason."""
    return bool(RETURNING.fullmatch(bare(heading)) or RETURNING.fullmatch(plain(heading)))


def is_no_sale(text: str) -> bool:
    """Whether a cell says by itself, and says nothing else, that a row never was a sale.

    Examples
    --------
    >>> [is_no_sale(text) for text in ("ANNULLATO", "Proforma", "non annullare")]
    [True, True, False]
    """
    return bool(CANCELLED.fullmatch(plain(text)) or OFFER.fullmatch(plain(text)))


def _are_events(heading: str, words: Sequence[str]) -> bool:
    """Whether some words are purchases and the others steps on the way; below a heading of events, most."""
    bought = [bool(BUYING.fullmatch(plain(word))) for word in words]
    if not any(bought) or all(bought):
        return False
    events = sum(map(_is_event, words))
    return events == len(words) or (plain(heading) in EVENT_HEADINGS and events > _MOSTLY * len(words))


def _is_event(word: str) -> bool:
    meant = plain(word)
    return bool(BUYING.fullmatch(meant) or EVENT.fullmatch(meant) or REFUNDED_EVENT.fullmatch(meant))


def _event(word: str) -> Status | None:
    meant = plain(word)
    if REFUNDED_EVENT.fullmatch(meant):
        return "refund"
    return "no_sale" if EVENT.fullmatch(meant) else None


def _is_flag(heading: str, words: Sequence[str]) -> bool:
    return (
        bool(words)
        and plain(heading) in VALID_HEADINGS | CANCELLED_HEADINGS
        and all(plain(word) in YES | NO for word in words)
    )


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
