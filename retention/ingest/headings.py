"""What headings mean, in English and Italian: the words people and exports use for each column."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Best first: where a file has several of them, the earlier is meant.
ORDERS: dict[str, tuple[str, ...]] = {
    "customer": (
        *("customer id", "codice cliente", "id cliente", "cod cliente", "client id", "user id", "buyer id"),
        *(
            "customer email",
            "customer e mail",
            "email cliente",
            "billing email",
            "buyer email",
            "email address",
        ),
        *("email", "e mail", "mail", "customer number", "customer code", "numero cliente", "account id"),
        *("member id", "customer", "cliente", "client", "buyer", "user", "ragione sociale", "customer name"),
        *("nome cliente", "billing name", "buyer name", "nominativo", "acquirente"),
    ),
    "order": (
        *("order id", "id ordine", "order number", "numero ordine", "n ordine", "nr ordine", "num ordine"),
        *("order no", "order nr", "codice ordine", "order", "ordine", "invoice no", "invoice number"),
        *("invoice id", "invoice", "n fattura", "numero fattura", "nr fattura", "fattura", "reference"),
        *("riferimento", "receipt id", "receipt", "scontrino", "transaction id", "codice transazione"),
    ),
    "date": (
        *("order date", "data ordine", "purchase date", "data acquisto", "invoice date", "data fattura"),
        *(
            "transaction date",
            "data transazione",
            "sale date",
            "data vendita",
            "order created at",
            "created at",
        ),
        *("created date", "created", "paid at", "date time", "datetime", "timestamp", "date", "data", "day"),
        *("giorno",),
    ),
    "amount": (
        *("order total", "totale ordine", "order value", "valore ordine", "order amount", "importo ordine"),
        *("total amount", "importo totale", "grand total", "total price", "prezzo totale", "line total"),
        *("totale riga", "net sales", "amount", "importo", "total", "totale", "totale fattura", "imponibile"),
        *(
            "value",
            "valore",
            "revenue",
            "fatturato",
            "sales",
            "vendite",
            "ricavo",
            "incasso",
            "spend",
            "spesa",
        ),
        *("lordo", "netto", "subtotal", "totale parziale"),
    ),
    "quantity": (
        *("quantity", "quantita", "qty", "qta", "q ta", "units", "pezzi", "quantity purchased"),
        *("lineitem quantity", "items sold"),
    ),
    "price": ("unit price", "prezzo unitario", "price", "prezzo", "lineitem price", "item price"),
    "segment": (
        *(
            "segment",
            "segmento",
            "channel",
            "canale",
            "sales channel",
            "canale di vendita",
            "source",
            "fonte",
        ),
        *("store", "negozio", "region", "regione", "country", "paese", "nazione", "category", "categoria"),
        *("campaign", "campagna"),
    ),
}
SPEND: dict[str, tuple[str, ...]] = {
    "month": ("month", "mese", "period", "periodo", "date", "data", "day", "giorno"),
    "channel": ("channel", "canale", "source", "fonte", "medium", "mezzo", "campaign", "campagna"),
    "amount": (
        "amount",
        "importo",
        "spend",
        "spesa",
        "cost",
        "costo",
        "budget",
        "total",
        "totale",
        "value",
        "valore",
    ),
    "purpose": ("purpose", "scopo", "obiettivo", "goal", "objective", "type", "tipo", "finalita"),
    "leads": ("leads", "lead", "contatti", "prospects", "prospect"),
}
_ITALIAN = frozenset(
    {
        *(
            "cliente",
            "clienti",
            "data",
            "ordine",
            "numero",
            "codice",
            "importo",
            "totale",
            "prezzo",
            "quantita",
        ),
        *("fattura", "imponibile", "canale", "negozio", "paese", "regione", "categoria", "campagna", "fonte"),
        *("mese", "scopo", "spesa", "acquisto", "riferimento", "ragione", "sociale", "unitario"),
    }
)
_PASSED_OVER = frozenset(
    {
        "the",
        "of",
        "in",
        "di",
        "del",
        "della",
        "dell",
        "eur",
        "euro",
        "euros",
        "usd",
        "gbp",
        "utc",
        "formatted",
    }
)


def plain(heading: str) -> str:
    """Heading in small letters without accents, signs, units and joined words.

    Examples
    --------
    >>> [plain(heading) for heading in ("InvoiceDate", "Quantità", "order_id", "Totale (€)", "CustomerID")]
    ['invoice date', 'quantita', 'order id', 'totale', 'customer id']
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    letters = unicodedata.normalize("NFKD", apart).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", " ", letters).split()
    return " ".join([word for word in words if word not in _PASSED_OVER] or words)


def matching(names: Sequence[str], meant: Iterable[str]) -> list[str]:
    """Names that are among the headings meant, best first."""
    by_heading: dict[str, list[str]] = {}
    for name in names:
        by_heading.setdefault(plain(name), []).append(name)
    return [name for heading in meant for name in by_heading.get(heading, [])]


def first_matching(names: Sequence[str], meant: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Choose the best name for each column meant, each name used once."""
    found: dict[str, str] = {}
    for column, headings in meant.items():
        free = [name for name in matching(names, headings) if name not in found.values()]
        if free:
            found[column] = free[0]
    return found


def are_italian(names: Iterable[str]) -> bool:
    """Whether any heading has a word that only Italian uses."""
    return any(word in _ITALIAN for name in names for word in plain(name).split())
