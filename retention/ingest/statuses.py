"""What an order's status says: that it never was a sale, or that its money went back.

The words are those of Shopify, WooCommerce, PrestaShop, Magento, Stripe, PayPal and BigCommerce and of
people's own lists, in English and Italian.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.ingest.headings import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from retention.ingest.columns import Coded

Status = Literal["cancelled", "refunded", "partly_refunded"]

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


def saying(texts: Coded, says: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Rows whose text says something."""
    said = np.array([*map(says, texts.names.to_pylist()), False])
    return said[texts.codes]


def is_refund_heading(heading: str) -> bool:
    """Whether a column is headed as the mark of refunds itself, so that "yes" below it says enough."""
    return bool(_REFUND_MARK.search(plain(heading)))
