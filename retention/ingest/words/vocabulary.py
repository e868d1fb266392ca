"""The words people and exports head their columns with, and purposes of spend, in English and Italian.

Headings stand here as `headings.plain` writes them: small letters, no accents, no "of" or "di".
"""

from __future__ import annotations

# Best first: where a file has several of them, the earlier is meant.
ORDERS: dict[str, tuple[str, ...]] = {
    "customer": (
        *("customer id", "codice cliente", "id cliente", "cod cliente", "client id", "user id", "buyer id"),
        *("customer email", "customer e mail", "email cliente", "e mail cliente", "billing email"),
        *("buyer email", "email acquirente", "email address", "indirizzo email", "indirizzo e mail", "email"),
        *("e mail", "mail", "customer number", "customer code", "customer no", "numero cliente"),
        *("n cliente", "account id", "member id", "id utente", "numero tessera", "tessera", "card number"),
        *("codice fiscale", "partita iva", "p iva", "customer", "cliente", "client", "buyer", "user"),
        *("utente", "ragione sociale", "intestatario", "customer name", "nome cliente", "billing name"),
        *("buyer name", "nominativo", "acquirente"),
    ),
    "order": (
        *("order id", "id ordine", "order number", "numero ordine", "n ordine", "nr ordine", "num ordine"),
        *(
            "order no",
            "order nr",
            "order ref",
            "codice ordine",
            "rif ordine",
            "order",
            "ordine",
            "invoice no",
        ),
        *("invoice number", "invoice id", "invoice", "n fattura", "numero fattura", "nr fattura", "fattura"),
        *("numero documento", "n documento", "documento", "document number", "reference", "riferimento"),
        *("receipt id", "receipt", "numero scontrino", "n scontrino", "scontrino", "sale id", "id vendita"),
        *("transaction id", "id transazione", "codice transazione"),
    ),
    "date": (
        *("order date", "data ordine", "purchase date", "data acquisto", "invoice date", "data fattura"),
        *("transaction date", "data transazione", "sale date", "data vendita", "order created at"),
        *("ordered at", "placed at", "data documento", "data emissione", "created at", "created date"),
        *("data creazione", "created", "paid at", "date time", "datetime", "data ora", "data e ora"),
        *("timestamp", "date", "data", "day", "giorno"),
    ),
    "amount": (
        *("order total", "totale ordine", "order value", "valore ordine", "order amount", "importo ordine"),
        *("total amount", "importo totale", "grand total", "total price", "prezzo totale", "line total"),
        *("totale riga", "importo riga", "net sales", "amount", "importo", "total", "totale"),
        *("totale fattura", "totale documento", "imponibile", "value", "valore", "revenue", "fatturato"),
        *("sales", "vendite", "ricavo", "ricavi", "incasso", "spend", "spesa", "lordo", "netto", "subtotal"),
        *("totale parziale",),
    ),
    "quantity": (
        *("quantity", "quantita", "qty", "qta", "q ta", "units", "pezzi", "quantity purchased"),
        *("lineitem quantity", "items sold"),
    ),
    "price": ("unit price", "prezzo unitario", "price", "prezzo", "lineitem price", "item price"),
    "segment": (
        *("segment", "segmento", "channel", "canale", "sales channel", "canale di vendita"),
        *("canale vendita", "source", "fonte", "store", "negozio", "punto vendita", "region", "regione"),
        *("country", "paese", "nazione", "category", "categoria", "campaign", "campagna"),
    ),
    "currency": (
        *("currency", "valuta", "divisa", "currency code", "codice valuta", "order currency", "moneta"),
    ),
    "status": (
        *("order status", "stato ordine", "payment status", "stato pagamento", "financial status", "status"),
        *("stato",),
    ),
    "refund": (
        *("refund", "is refund", "rimborso", "reso", "storno", "return", "tipo documento", "document type"),
        *("tipo movimento", "transaction type", "tipo transazione", "causale", "type", "tipo"),
    ),
    "refunded": (
        *("refunded amount", "amount refunded", "refund amount", "total refunded", "refunded"),
        *("importo rimborsato", "totale rimborsato", "rimborsato", "importo reso", "totale resi"),
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


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in text.split())


EMAIL = _words("email mail")
NUMBERS = _words("n nr num numero no number id cod codice code rif ref riferimento")
DOCUMENTS = _words("ordine order fattura invoice documento scontrino receipt ricevuta")
# Amounts that are an order's, not a line's, wherever they stand.
OF_ORDERS = frozenset(
    {
        *("order total", "totale ordine", "order value", "valore ordine", "order amount", "importo ordine"),
        *("grand total", "totale fattura", "totale documento", "invoice total"),
    }
)
TAX = _words("iva vat tax taxes imposta imposte")
WITH_OR_WITHOUT_TAX = _words(
    "inclusa incluso compresa compreso incl included including inc con esclusa escluso escl excluded excl ex",
    "senza netto lordo",
)
# A heading that holds one of these words means the role …
HOLDING = {
    "customer": _words("cliente customer client acquirente buyer email mail"),
    "order": DOCUMENTS,
    "date": _words("data date"),
    "amount": _words("importo totale total amount revenue fatturato sales vendite valore value incasso"),
    "quantity": _words("quantita quantity qty qta pezzi"),
    "price": _words("prezzo price"),
    "segment": _words(
        "canale channel paese country categoria category campagna campaign regione region negozio store",
        "fonte source",
    ),
}
# … unless one of these beside it tells otherwise.
OTHERWISE = {
    "customer": _words(
        "group gruppo type tipo tipologia since dal note notes nuovo new citta city phone telefono cellulare",
        "country paese service servizio opt marketing accepts prima first ultimo last",
    ),
    "order": _words("data date totale total stato status tipo type importo amount note"),
    "date": _words(
        "nascita birth scadenza due consegna delivery spedizione ship shipped shipping modifica modified",
        "updated update aggiornamento registrazione iscrizione registration signup last ultima ultimo",
        "cancelled annullamento refunded rimborso reso fulfilled pagamento payment valuta",
    ),
    "amount": _words(
        "sconto sconti discount shipping spedizione spese fee fees commissione commissioni costo cost costi",
        "refunded refund rimborsato rimborso quantita quantity qty items articoli prodotti pezzi punti",
        "points saldo balance tip rate cambio n numero number count unitario unit peso weight ordini orders",
    ),
    "quantity": _words("resa reso returned refunded"),
    "price": _words("totale total listino list costo cost"),
    "segment": _words("id codice code cod"),
}
ITALIAN = frozenset(
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
PASSED_OVER = frozenset(
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
PURPOSES = {
    "acquisition": frozenset(
        {
            *(
                "acquisition",
                "acquisizione",
                "acquire",
                "prospecting",
                "new",
                "new customers",
                "customer acquisition",
            ),
            *("nuovo", "nuovi", "nuovi clienti", "acquisizione clienti"),
        }
    ),
    "retention": frozenset(
        {
            *(
                "retention",
                "retain",
                "loyalty",
                "crm",
                "existing",
                "existing customers",
                "customer retention",
            ),
            *("fidelizzazione", "fedelta", "mantenimento", "clienti esistenti", "fidelizzazione clienti"),
        }
    ),
}
