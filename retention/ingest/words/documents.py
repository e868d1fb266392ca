"""What the type of a document or of a transaction says: a sale, money that goes back, or no sale at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ingest.words.headings import plain
from retention.ingest.words.status_words import (
    CANCELLED,
    DELIVERY_DOCUMENT,
    INVOICE_DOCUMENT,
    OFFER,
    ORDER_DOCUMENT,
    PAYMENT_DOCUMENT,
    REFUND_MARK,
    SALE_DOCUMENT,
    YES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOSTLY = 0.5  # share of a column's words that are known
_STEPS = (ORDER_DOCUMENT, DELIVERY_DOCUMENT, INVOICE_DOCUMENT, PAYMENT_DOCUMENT)


def looks_like_documents(words: Sequence[str]) -> bool:
    """Whether words are those of a column of documents, some of which give money back or are no sale.

    Examples
    --------
    >>> looks_like_documents(["Rechnung", "Gutschrift"]), looks_like_documents(["Rossi", "Reso"])
    (True, False)
    >>> looks_like_documents(["Rechnung", "Angebot"])
    True
    """
    other = [marks_refund(word) or is_no_sale_document(word) for word in words]
    sold = [
        not gone and bool(SALE_DOCUMENT.search(plain(word))) for word, gone in zip(words, other, strict=True)
    ]
    return any(other) and any(sold) and sum(other) + sum(sold) > _MOSTLY * len(words)


def is_no_sale_document(text: str) -> bool:
    """Whether a document's type says that it is an offer, or was cancelled.

    Examples
    --------
    >>> [is_no_sale_document(text) for text in ("Preventivo", "Fattura annullata", "Nota di credito")]
    [True, True, False]
    """
    words = plain(text)
    return not marks_refund(text) and bool(OFFER.search(words) or CANCELLED.search(words))


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


def tell_of_one_sale(words: Sequence[str]) -> list[str]:
    """Words for documents one sale passes through in turn; none where a column has one kind of them.

    Examples
    --------
    >>> tell_of_one_sale(["Fattura", "DDT", "Nota di credito"])
    ['Fattura', 'DDT']
    >>> tell_of_one_sale(["Fattura", "Scontrino"])
    []
    """
    steps = [_step(word) for word in words]
    known = [
        marks_refund(word) or bool(SALE_DOCUMENT.search(plain(word))) or is_no_sale_document(word)
        for word in words
    ]
    if len({*steps} - {None}) < 2 or sum(known) <= _MOSTLY * len(words):  # noqa: PLR2004  two kinds
        return []
    return [word for word, step in zip(words, steps, strict=True) if step is not None]


def _step(word: str) -> int | None:
    """Which step of a sale a document is, None where it is none."""
    if marks_refund(word) or is_no_sale_document(word):
        return None
    meant = plain(word)
    return next((step for step, pattern in enumerate(_STEPS) if pattern.fullmatch(meant)), None)
