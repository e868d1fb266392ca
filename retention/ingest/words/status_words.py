"""The words of orders' statuses, documents and events, language by language, as `headings.plain` writes them.

Each is a regular expression of whole words. Waiting for the money is unpaid; waiting for the goods (shipment,
pickup, stock) is a sale.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENGLISH_CANCELLED = (
    r"cancel\w*|void\w*|fail\w*|declin\w*|denied|reject\w*|expired|abandon\w*|fraud\w*|trash|draft"
    r"|not paid|unpaid"
    r"|unclaimed|uncaptured|uncollectible|incomplete|blocked|requires \w+.*|payment error|payment review"
    r"|on hold|onhold|holded|overdue|past due|bounced|unsuccessful|not approved|deleted|writ\w+ off"
    r"|pending(?! (?:ship|deliver|pick|fulfil|stock))|awaiting .*(?:payment|check|cheque|cash)\b.*"
)
_ITALIAN_CANCELLED = (
    r"cancellat\w*|annull\w*|fallit\w*|rifiutat\w*|negat[oaie]|respint\w*|scadut\w*|abbandon\w*|frode"
    r"|cestino|bozza"
    r"|non (?:riuscit\w*|pagat\w*|reclamat\w*|andat\w* a buon fine)|da (?:pagare|incassare|saldare)"
    r"|insolut[oaie]|inesigibil\w*|impagat[oaie]|errore pagamento|sospes[oaie]|eliminat[oaie]"
    r"|incomplet[oaie]"
    r"|attesa .*(?:pagamento|bonifico|assegno|contrassegno|conferma|autorizzazione)"
)
_GERMAN_CANCELLED = (
    r"storniert\w*|stornierung|abgebrochen\w*|abgelehnt\w*|fehlgeschlagen\w*|gescheitert\w*|unbezahlt\w*"
    r"|nicht (?:be)?(?:ge)?zahlt\w*|ausstehend\w*|zahlung (?:offen|erwartet)|wart\w+ auf .*zahlung\w*"
    r"|zuruckgewiesen\w*"
    r"|verworfen|entwurf|abgelaufen\w*|uneinbringlich\w*|gesperrt\w*|betrug|geloscht\w*|uberfallig\w*"
    r"|annulliert\w*"
    r"|gekundigt\w*|unvollstandig\w*|offene? (?:zahlung|rechnung)"
)
_FRENCH_CANCELLED = (
    r"annul\w*|echou\w*|echec\w*|refus\w*|rejet\w*|impaye\w*|non (?:paye\w*|regle\w*"
    r"|acquitte\w*)|expire\w*"
    r"|abandonne\w*|brouillon|fraude|irrecouvrable|supprime\w*|incomplet\w*"
    r"|attente (?:de |du )?(?:paiement|reglement|virement|cheque)\b.*"
)
_SPANISH_CANCELLED = (
    r"cancelad\w*|anulad\w*|anulacion|fallid\w*|fallo|rechazad\w*|impagad\w*|no pagad\w*|expirad\w*"
    r"|caducad\w*"
    r"|vencid\w*|borrador|abandonad\w*|incobrable|denegad\w*|eliminad\w*|suspendid\w*|incomplet\w*"
    r"|esper\w+ .*pago|pendientes?(?! (?:de )?(?:envio|entrega|recogida))|fraudulent\w*"
)
_PORTUGUESE_CANCELLED = (
    r"falhad\w*|falhou|recusad\w*|rejeitad\w*|nao (?:pag\w*|autorizad\w*|aprovad\w*)"
    r"|aguardando (?:o )?pagamento"
    r"|aguarda pagamento|rascunho|negad\w*|excluid\w*|pendentes?(?! (?:de )?(?:envio|entrega))|em aberto"
)
_ALONE_CANCELLED = r"attesa|in attesa|en attente|en espera|wartend|aguardando|em espera|in wartestellung"

_REFUNDED = (
    # English, Italian, German, French, Spanish, Portuguese
    r"refunded|returned|reversed|charged back|chargeback",
    r"rimborsat[oaie]|rimborso|res[oaie]|resi|restituit[oaie]|stornat[oaie]",
    (
        r"(?:zurue?ck)?erstattet|(?:rue?ck)?erstattung|retourniert|retoure"
        r"|zurue?ckgesendet|zurue?ckgegeben"
        r"|zurue?ckgezahlt|gutgeschrieben|rue?ckabgewickelt|rue?ckbuchung"
    ),
    r"rembourse(?:e?s?)|remboursement|retourne(?:e?s?)|retour|renvoye(?:e?s?)",
    r"reembolsad[oa]s?|reembolso|devuelt[oa]s?|devolucion|reintegrad[oa]s?",
    r"devolvid[oa]s?|devolucao|estornad[oa]s?|estorno",
)
_WHOLLY = r"fully|totalmente|vollstandig|voll|integralement|totalement|completo|totale|integral|total"

_REFUND_MARKS = (
    # English, Italian, German, French, Spanish, Portuguese
    r"refund\w*|returns?|returned|credit (?:note|memo|invoice)s?|chargebacks?|reversals?",
    r"rimbors\w*|res[oi]|storn\w*|not[ae] (?:credito|accredito)|td04|td08",
    (
        r"gutschrift\w*|retouren?|rue?ckgaben?|\w*erstatt\w*|stornorechnung\w*|rechnungskorrektur\w*"
        r"|rue?cksendung\w*"
    ),
    r"avoirs?|rembours\w*|retours?|notes? (?:de )?credit",
    r"nota\w? (?:de )?(?:credito|abono)|abonos?|devoluci\w+|devuelt\w*|reembols\w*|rectificativas?",
    r"devolu\w+|devolvid\w*|estorn\w*",
)
_REFUND_ALONE = r"nc|ndc|n c|ncr|cn|credit|credito|crediti|rettifica credito"

_SALE_DOCUMENTS = (
    # English, Italian, German, French, Spanish, Portuguese
    r"invoices?|receipts?|sales?|orders?|bills?|purchases?|payments?|charges?",
    (
        r"fattur[ae]|ricevut[ae]|scontrin[oi]|vendit[ae]|ordin[ei]|parcell[ae]"
        r"|corrispettiv[oi]|ddt|td\d\d"
        r"|acquist[oi]"
        r"|pagament[oi]|incass[oi]"
    ),
    r"rechnung(?:en)?|quittung(?:en)?|verkauf|verkaufe|bestellung(?:en)?|beleg|bon|kauf|zahlung(?:en)?",
    r"factures?|recus?|tickets?|ventes?|commandes?|achats?|paiements?",
    r"facturas?|recibos?|ventas?|pedidos?|compras?|boletas?|pagos?",
    r"faturas?|vendas?|notas? fisca\w+|encomendas?|pagamentos?",
)
_STANDS = (
    # English
    (
        r"paid|payment accepted|complet\w*|processing|preparation|ship\w*|deliver\w*|confirm\w*|approved"
        r"|accepted"
        r"|succe\w*|fulfill?ed|unfulfill?ed|closed|authorized|captured|invoiced|done|ok|open|active|new"
        r"|fulfillment"
        r"|shipment|pickup|backorder|sent|finished|settled|processed|dispatched|received"
        r"|placed|partially paid"
    ),
    # Italian
    (
        r"pagat[oaie]|pagamento accettato|lavorazione|evas[oaie]|inevas[oaie]|preparazione|spedit\w*"
        r"|consegnat\w*"
        r"|confermat\w*|approvat\w*|accettat\w*|riuscit\w*|chius[oaie]|incassat\w*"
        r"|saldat[oaie]|fatturat[oaie]"
        r"|apert[oaie]|nuov[oaie]|spedizione|rifornimento|conclus[oaie]|ritirat[oaie]|inviat[oaie]"
        r"|ricevut[oaie]"
    ),
    # German
    (
        r"(?:teil)?bezahlt\w*|gezahlt|abgeschlossen\w*|erledigt\w*|versendet|versandt|verschickt|(?:aus"
        r"|teil)?geliefert"
        r"|zugestellt|bestatigt|bearbeitung|neu|offen|fertig\w*|abgeholt|genehmigt|erhalten|komplett"
        r"|erfolgreich\w*"
        r"|eingegangen|akzeptiert|versand|vollstandig\w*|gebucht|fakturiert|aktiv|beglichen"
    ),
    # French
    (
        r"paye\w*|termine\w*|livre\w*|expedi\w*|envoye\w*|en cours.*|confirme\w*"
        r"|valide\w*|accepte\w*|traite\w*"
        r"|traitement|recue?s?|acquitte\w*|facture\w*|nouveau|nouvelle|regle\w*|soldee?s?|encaisse\w*"
        r"|cloture\w*"
        r"|ouverte?s?|preparation"
    ),
    # Spanish
    (
        r"pagad\w*|completad\w*|enviad\w*|entregad\w*|procesando|procesad\w*|en proceso"
        r"|preparando|aprobad\w*"
        r"|aceptad\w*|cobrad\w*|facturad\w*|nuev\w*|finalizad\w*|cerrad\w*|abiert\w*|confirmad\w*|envio"
        r"|entrega|exito"
    ),
    # Portuguese
    (
        r"pag[oa]s?|concluid\w*|entregues?|processando|processamento|aprovad\w*"
        r"|faturad\w*|nov[oa]s?|abert\w*"
        r"|fechad\w*|efetuad\w*|liquidad\w*"
    ),
)
# What is still open where others are paid waits for its money.
_OPEN = r"open|apert[oaie]|offen|ouverte?s?|abiert[oa]s?|abert[oa]s?|partially paid"
_PAID = (
    r"paid|pagat[oaie]|saldat[oaie]|incassat[oaie]|bezahlt|beglichen|payee?s?|acquittee?s?|reglee?s?"
    r"|pagad[oa]s?"
    r"|cobrad[oa]s?|pag[oa]s?|liquidad[oa]s?"
)
_EVENTS = (
    r"(?:page |product |item )?views?|view (?:item|page|product|cart)\w*|page ?views?|(?:add"
    r"|remove)\w* (?:to |from )?"
    r"(?:cart|wishlist|favou?rites)|cart|wishlist|(?:begin|start|initiate)? ?checkout|click\w*"
    r"|search\w*|visits?"
    r"|impressions?|session start|log ?in|sign ?up|register|first visit|scroll"
    r"|select item|add payment info"
    r"|add shipping info|visualizzazione|carrello|aggiunt\w+ (?:al )?carrello|clic"
    r"|ricerca|visita|warenkorb"
    r"|ansicht|panier|vue|carrito|vista|carrinho|visualizacao"
)
_BUYING = r"purchase[ds]?|order completed|buy|bought|acquisto|kauf|achat|compra|transaction|sale|order placed"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(", "))


YES = _set("1, true, yes, y, si, s, x, vero, ja, j, wahr, oui, o, vrai, verdadero, sim, verdadeiro")
NO = _set("0, false, no, n, falso, nein, falsch, non, faux, nao")
VALID_HEADINGS = _set(
    "valid, is valid, valido, valida, gultig, valide, pagato, pagata, paid, is paid, bezahlt, paye, "
    "payee, pagado, "
    "pagada, pago, paga"
)
CANCELLED_HEADINGS = _set(
    "cancelled, canceled, is cancelled, is canceled, annullato, annullata, cancellato, storniert, "
    "annule, annulee, "
    "cancelado, cancelada, anulado, anulada, void, voided, is void, deleted, is deleted, eliminato, "
    "geloscht"
)
STATUS_HEADINGS = _set(
    "status, order status, payment status, financial status, invoice status, stato ordine, "
    "stato pagamento, "
    "stato fattura, bestellstatus, zahlungsstatus, auftragsstatus, rechnungsstatus, statut, "
    "statut commande, "
    "statut paiement, etat commande, etat, estado pedido, estado del pedido, estado pago, estado del pago, "
    "estado factura, estado do pedido, status do pedido, status pedido, status pagamento, situacao, "
    "current state"
)


def _whole(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def _any(words: Iterable[str]) -> str:
    return "|".join(words)


CANCELLED = re.compile(
    rf"\b(?:{_ENGLISH_CANCELLED}|{_ITALIAN_CANCELLED}|{_GERMAN_CANCELLED}|{_FRENCH_CANCELLED}|{_SPANISH_CANCELLED}"
    rf"|{_PORTUGUESE_CANCELLED})\b|^(?:{_ALONE_CANCELLED})$"
)
REFUNDED = re.compile(rf"(?:(?:{_WHOLLY}) )?(?:{_any(_REFUNDED)})(?: (?:{_WHOLLY}))?")
PARTLY = re.compile(r"\b(?:parti\w*|parz\w*|parc\w*|teil\w*)")
REFUND_MARK = re.compile(rf"\b(?:{_any(_REFUND_MARKS)})\b|^(?:{_REFUND_ALONE})$")
SALE_DOCUMENT = _whole(*_SALE_DOCUMENTS)
STANDS = _whole(*_STANDS)
OPEN = re.compile(_OPEN)
PAID = re.compile(_PAID)
EVENT = re.compile(_EVENTS)
BUYING = re.compile(_BUYING)
