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
    r"|ko|no ?show|not (?:valid\w*|confirmed|accepted|authori[sz]ed)|errors?"
)
_ITALIAN_CANCELLED = (
    r"cancellat\w*|annull\w*|fallit\w*|rifiutat\w*|negat[oaie]|respint\w*|scadut\w*|abbandon\w*|frode"
    r"|cestino|bozza"
    r"|non (?:riuscit\w*|pagat\w*|reclamat\w*|andat\w* a buon fine)|da (?:pagare|incassare|saldare)"
    r"|insolut[oaie]|inesigibil\w*|impagat[oaie]|errore pagamento|sospes[oaie]|eliminat[oaie]"
    r"|incomplet[oaie]"
    r"|attesa .*(?:pagamento|bonifico|assegno|contrassegno|conferma|autorizzazione)"
    r"|da (?:confermare|approvare)|non (?:valid\w*|confermat\w*|accettat\w*|approvat\w*|autorizzat\w*)"
    r"|disdett\w*|revocat\w*|errore"
)
_GERMAN_CANCELLED = (
    r"storniert\w*|stornierung|abgebrochen\w*|abgelehnt\w*|fehlgeschlagen\w*|gescheitert\w*|unbezahlt\w*"
    r"|nicht (?:be)?(?:ge)?zahlt\w*|ausstehend\w*|zahlung (?:offen|erwartet)|wart\w+ auf .*zahlung\w*"
    r"|zuruckgewiesen\w*"
    r"|verworfen|entwurf|abgelaufen\w*|uneinbringlich\w*|gesperrt\w*|betrug|geloscht\w*|uberfallig\w*"
    r"|annulliert\w*"
    r"|gekundigt\w*|unvollstandig\w*|offene? (?:zahlung|rechnung)|storno|widerrufen\w*|fehler\w*"
    r"|nicht (?:bestatigt|genehmigt|angenommen|autorisiert|erfolgreich)\w*|ungultig\w*"
)
_FRENCH_CANCELLED = (
    r"annul\w*|echou\w*|echec\w*|refus\w*|rejet\w*|impaye\w*|non (?:paye\w*|regle\w*"
    r"|acquitte\w*)|expire\w*"
    r"|abandonne\w*|brouillon|fraude|irrecouvrable|supprime\w*|incomplet\w*"
    r"|attente (?:de |du )?(?:paiement|reglement|virement|cheque)\b.*"
    r"|non (?:valide\w*|confirme\w*|accepte\w*|autorise\w*|abouti\w*)|erreur"
)
_SPANISH_CANCELLED = (
    r"cancelad\w*|anulad\w*|anulacion|fallid\w*|fallo|rechazad\w*|impagad\w*|no pagad\w*|expirad\w*"
    r"|caducad\w*"
    r"|vencid\w*|borrador|abandonad\w*|incobrable|denegad\w*|eliminad\w*|suspendid\w*|incomplet\w*"
    r"|esper\w+ .*pago|pendientes?(?! (?:de )?(?:envio|entrega|recogida))|fraudulent\w*"
    r"|sin (?:pagar|cobrar|confirmar)|no (?:valid\w*|confirmad\w*|aceptad\w*|aprobad\w*|autorizad\w*)"
)
_PORTUGUESE_CANCELLED = (
    r"falhad\w*|falhou|recusad\w*|rejeitad\w*|nao (?:pag\w*|autorizad\w*|aprovad\w*|confirmad\w*|valid\w*)"
    r"|boleto vencido|erro|por pagar|sem pagamento"
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
# Documents that one sale passes through, whole cells.
_ORDER_DOCUMENTS = (
    r"(?:sales |customer )?orders?|ordin[ei](?: clienti?| vendita)?|(?:kunden)?auftrag|bestellung(?:en)?"
    r"|(?:bon de )?commandes?(?: clients?)?|pedidos?(?: (?:de )?(?:clientes?|venta))?|encomendas?"
)
_DELIVERY_DOCUMENTS = (
    r"delivery notes?|packing slips?|ddt|documento (?:di )?trasporto|boll[ae]|lieferschein(?:e)?"
    r"|bons? (?:de )?livraison|albaran(?:es)?|guias? (?:de )?(?:remessa|transporte)"
)
_INVOICE_DOCUMENTS = (
    r"(?:sales )?invoices?|bills?|fattur[ae](?: (?:vendita|accompagnatoria|immediata|differita))?|td01|td24"
    r"|(?:ausgangs)?rechnung(?:en)?|factures?(?: (?:de )?(?:vente|client))?"
    r"|facturas?(?: (?:de )?(?:venta|cliente))?|faturas?"
)
_PAYMENT_DOCUMENTS = (
    r"payments?(?: received)?|receive payment|pagament[oi]|incass[oi]|zahlung(?:en)?|zahlungseingang"
    r"|paiements?|reglements?|pagos?|cobros?|recebimentos?"
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
        r"|erfolg(?:reich\w*)?"
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
# What is not so, of the words of orders that stand, is open, unless it is about the goods' way.
_NOT = r"not|non|nicht|no|nao|sin|sem|ne|pas"
_ON_ITS_WAY = (
    r"\b(?:ship|sped|ver(?:sand|send|schick)|liefer|geliefert|deliver|consegn|evas|exped|livr|envi|entreg"
    r"|fulfil|ritir|invia|abgeholt|fattur|fatur|factur|invoic|fakturiert|dispatch|sent|recog|collect)"
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
_REFUNDED_EVENT = r"(?:partial )?refund(?:ed)?|purchase refund(?:ed)?|order (?:refunded|returned)"
_OFFERS = (
    # English, Italian, German, French, Spanish, Portuguese
    r"quotes?|quotations?|estimates?|pro ?forma\w*|drafts?",
    r"preventiv[oi]|offert[ae]|bozz[ae]",
    r"angebote?|kostenvoranschlag\w*|entwurf|entwurfe",
    r"devis|brouillons?",
    r"presupuestos?|cotizaci\w+|borrador\w*",
    r"orcamentos?|cotac\w+|rascunhos?",
)
_BUYING = r"purchase[ds]?|order completed|buy|bought|acquisto|kauf|achat|compra|transaction|sale|order placed"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split(", "))


YES = _set("1, true, yes, y, si, s, x, vero, ja, j, wahr, oui, o, vrai, verdadero, sim, verdadeiro")
NO = _set("0, false, no, n, falso, nein, falsch, non, faux, nao")
VALID_HEADINGS = _set(
    "valid, is valid, valido, valida, gultig, valide, pagato, pagata, paid, is paid, bezahlt, paye, "
    "payee, pagado, pagada, pago, paga, confirmed, is confirmed, confermato, confermata, bestatigt, "
    "confirme, confirmee, confirmado, confirmada, approved, approvato, approvata, genehmigt, approuve, "
    "approuvee, aprobado, aprobada, aprovado, aprovada, livemode, live mode"
)
CANCELLED_HEADINGS = _set(
    "cancelled, canceled, is cancelled, is canceled, annullato, annullata, cancellato, storniert, "
    "annule, annulee, "
    "cancelado, cancelada, anulado, anulada, void, voided, is void, deleted, is deleted, eliminato, "
    "geloscht, test, is test, test order, test mode, ordine di prova, ordine prova, testbestellung"
)
_ENDED = r"cancel\w*|void\w*|annul\w*|storn\w*|anula\w*|delet\w*|elimina\w*|gelosch\w*"
_RETURNED = r"refund\w*|return\w*|rimbors\w*|reso|\w*erstatt\w*|rembours\w*|reembols\w*|devol\w+|estorn\w*"
_WHEN_OR_WHY = (
    r"at|on|by|date|time|datetime|timestamp|reason|data|ora|il|motivo|causale|datum|zeitpunkt|am|grund|date"
    r"|le|motif|raison|fecha|el|razon|em"
)
EVENT_HEADINGS = _set(
    "event, event name, event type, event action, action, activity, evento, nome evento, tipo evento, "
    "azione, ereignis, ereignisname, aktion, evenement, action type, tipo de evento, accion, acao"
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
ENDING = re.compile(
    rf"(?:{_ENDED}) (?:{_WHEN_OR_WHY})|(?:{_WHEN_OR_WHY}) (?:{_ENDED})|storn\w*(?:datum|zeitpunkt|grund)"
)
RETURNING = re.compile(
    rf"(?:{_RETURNED}) (?:{_WHEN_OR_WHY})|(?:{_WHEN_OR_WHY}) (?:{_RETURNED})|(?:ruck)?erstattungs?datum"
)
NEGATED = re.compile(rf"^(?:{_NOT})\b(?!.*{_ON_ITS_WAY})")
REFUNDED = re.compile(rf"(?:(?:{_WHOLLY}) )?(?:{_any(_REFUNDED)})(?: (?:{_WHOLLY}))?")
PARTLY = re.compile(r"\b(?:parti\w*|parz\w*|parc\w*|teil\w*)")
REFUND_MARK = re.compile(rf"\b(?:{_any(_REFUND_MARKS)})\b|^(?:{_REFUND_ALONE})$")
SALE_DOCUMENT = _whole(*_SALE_DOCUMENTS, _DELIVERY_DOCUMENTS)
ORDER_DOCUMENT = re.compile(_ORDER_DOCUMENTS)
DELIVERY_DOCUMENT = re.compile(_DELIVERY_DOCUMENTS)
INVOICE_DOCUMENT = re.compile(_INVOICE_DOCUMENTS)
PAYMENT_DOCUMENT = re.compile(_PAYMENT_DOCUMENTS)
STANDS = _whole(*_STANDS)
OPEN = re.compile(_OPEN)
PAID = re.compile(_PAID)
EVENT = re.compile(_EVENTS)
BUYING = re.compile(_BUYING)
REFUNDED_EVENT = re.compile(_REFUNDED_EVENT)
OFFER = _whole(*_OFFERS)
