"""What an order's status says: that it never was a sale, or that its money went back; and what a movement is.

The words are those of Shopify, WooCommerce, PrestaShop, Magento, Stripe, PayPal and BigCommerce and of
people's own lists, in English and Italian.

PayPal's report lists everything that moved the balance. Sales are what its type calls a payment ("Pagamento
Express Checkout", "Pagamento su sito web", "Pagamento preautorizzato", "Mobile Payment", "Subscription
Payment" …) with money coming in; the same types with money going out are the shop's own purchases, and a mass
payment is one. "Rimborso", "Storno" and "Chargeback" with money going out are refunds, and name the customer
as the receiver. Withdrawals ("Prelievo", "Bonifico"), deposits, fees, conversions of currency, and holds with
their release ("Blocco", "Trattenuta", "Riserva", "Authorization") are no sales.
"""

from __future__ import annotations

import re
from typing import Literal

from retention.ingest.words.headings import plain

Status = Literal["cancelled", "refunded", "partly_refunded"]
Movement = Literal["payment", "refund"]

# Waiting for the money is unpaid; waiting for the goods (shipment, pickup, stock) is a sale.
_CANCELLED = re.compile(
    r"\b(?:cancel\w*|cancellat\w*|annull\w*|void\w*|fail\w*|fallit\w*|declin\w*|rifiutat\w*|negat[oaie]|denied"
    r"|reject\w*|respint\w*|expired|scadut\w*|abandon\w*|abbandon\w*|fraud|frode|trash|cestino|draft|bozza"
    r"|non (?:riuscit\w*|pagat\w*|reclamat\w*)|da pagare|not paid|unpaid|unclaimed|uncaptured|incomplete"
    r"|blocked|requires \w+.*|payment error|errore pagamento|payment review|on hold|onhold|holded"
    r"|pending(?! (?:ship|deliver|pick|fulfil|stock))"
    r"|sospeso|awaiting .*(?:payment|check|cheque|cash)\b.*)\b"
    r"|^attesa$|\battesa .*(?:pagamento|bonifico|assegno|contrassegno|conferma|autorizzazione)\b"
)
_REFUNDED = re.compile(
    r"(?:fully |totalmente )?(?:refunded|rimborsat[oaie]|rimborso|reso|resi|returned|restituit[oaie]"
    r"|stornat[oaie]|reversed|charged back|chargeback)(?: completo| totale)?"
)
_PARTLY = re.compile(r"parti\w*|parz\w*")
_REFUND_MARK = re.compile(
    r"\b(?:refund\w*|rimbors\w*|reso|resi|returns?|returned|storn\w*|not[ae] credito|not[ae] accredito"
    r"|credit (?:note|memo)s?|chargebacks?|reversals?|td04|td08)\b"
)
_STANDS = re.compile(
    r"\b(?:paid|pagat[oaie]|pagamento accettato|payment accepted|complet\w*|processing|lavorazione|evas[oaie]"
    r"|preparazione|preparation|ship\w*|spedit\w*|deliver\w*|consegnat\w*|confirm\w*|confermat\w*|approved"
    r"|approvat\w*|accepted|accettat\w*|succe\w*|riuscit\w*|fulfilled|closed|chius[oaie]|authorized|captured"
    r"|incassat\w*|saldat[oaie]|fatturat[oaie]|invoiced|done|ok|open|apert[oaie]|active|new|nuov[oaie]"
    r"|fulfillment|shipment|pickup|spedizione|backorder|rifornimento)\b"
)
_YES = frozenset({"1", "true", "yes", "y", "si", "s", "x", "vero"})

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
    if _CANCELLED.search(words):
        return "cancelled"
    if _REFUNDED.fullmatch(words):
        return "refunded"
    if _PARTLY.search(words) and _REFUND_MARK.search(words):
        return "partly_refunded"
    return None


def is_status(text: str) -> bool:
    """Whether a word is one that statuses use, for orders that stand or for others.

    Examples
    --------
    >>> [is_status(text) for text in ("Pagamento accettato", "Annullato", "Lombardia")]
    [True, True, False]
    """
    return status_of(text) is not None or bool(_STANDS.search(plain(text)))


def marks_refund(text: str) -> bool:
    """Whether a document's type or a movement's reason says that money goes back.

    Examples
    --------
    >>> [marks_refund(text) for text in ("Nota di credito", "TD04", "Fattura")]
    [True, True, False]
    """
    return bool(_REFUND_MARK.search(plain(text)))


def says_yes(text: str) -> bool:
    """Whether a cell of a column headed "refund" says that the row is one."""
    return plain(text) in _YES or marks_refund(text)


def is_refund_heading(heading: str) -> bool:
    """Whether a column is headed as the mark of refunds itself, so that "yes" below it says enough."""
    return bool(_REFUND_MARK.search(plain(heading)))


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
