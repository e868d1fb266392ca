"""Italian headings."""

from retention.ingest.words.languages.language import Language

ITALIAN = Language(
    headings={
        "customer": (
            "codice cliente, id cliente, cod cliente",
            """
                email cliente, e mail cliente, email acquirente, indirizzo email, indirizzo e mail,
                posta elettronica
            """,
            """
                numero cliente, n cliente, id utente, numero tessera, tessera, n tessera, codice tessera,
                tessera fedelta, carta fedelta, numero carta fedelta, id consumatore
            """,
            """
                partita iva, p iva, piva, codice fiscale, cod fiscale, c f, cf,
                partita iva codice fiscale, p iva c f
            """,
            """
                cliente, utente, intestatario, acquirente, committente, destinatario
            """,
            """
                ragione sociale, nome cliente, nominativo, denominazione, denominazione cliente,
                cliente fornitore
            """,
        ),
        "order": (
            """
                id ordine, numero ordine, n ordine, nr ordine, num ordine, codice ordine, rif ordine,
                ordine
            """,
            "n fattura, numero fattura, nr fattura, num fattura, fattura",
            """
                numero documento, n documento, num documento, nr documento, n doc, num doc, nr doc,
                numero doc, documento, riferimento,
                numero scontrino, n scontrino, scontrino, id vendita, numero ricevuta
            """,
            "id transazione, codice transazione",
        ),
        "date": (
            "data ordine, data acquisto, ordinato, data ora ordine",
            "data transazione, data vendita, data operazione",
            "data creazione, creato",
            """
                data fattura, data documento, data emissione, data doc, data scontrino
            """,
            "data ora, data e ora, data, giorno",
            "data pagamento, pagato, data incasso",
            "mese, anno mese, periodo",
        ),
        "amount": (
            """
                totale ordine, valore ordine, importo ordine, totale fattura, totale documento,
                totale pagato, totale dovuto, importo pagato, totale pagare, netto pagare, totale ivato,
                totale complessivo, totale iva inclusa, totale scontrino, tot doc, tot documento,
                tot fattura, tot ordine
            """,
            """
                importo totale, prezzo totale, totale riga, importo riga, totale, lordo, importo lordo,
                totale lordo, valore totale
            """,
            """
                importo, valore, fatturato, vendite, ricavo, ricavi, incasso, spesa, prezzo pagato,
                venduto
            """,
            """
                imponibile, netto, totale parziale, subtotale, importo netto, totale netto,
                totale imponibile, vendite nette
            """,
            "vendite lorde",
        ),
        "quantity": (
            """
                quantita, qta, q ta, pezzi, pz, n pezzi, quantita ordinata, numero pezzi
            """,
        ),
        "price": (
            "prezzo netto, prezzo unitario netto, prezzo scontato, prezzo finale",
            "prezzo unitario, prezzo vendita, prezzo unit, p unitario",
            "prezzo",
            "prezzo listino, listino, prezzo pieno, prezzo originale",
        ),
        "discount": (
            """
                sconto, sconto percentuale, percentuale sconto, sconto riga, sconto articolo, sconti,
                sc, perc sconto, sconto perc
            """,
        ),
        "segment": (
            """
                segmento, canale, canale vendita, fonte, negozio, punto vendita, regione, paese,
                nazione, categoria, campagna
            """,
        ),
        "currency": ("valuta, divisa, codice valuta, moneta, valuta ordine",),
        "status": (
            """
                stato ordine, stato pagamento, stato, stato fattura, stato documento, stato vendita,
                esito
            """,
        ),
        "refund": (
            """
                rimborso, reso, storno, tipo documento, tipo movimento, tipo transazione, causale, tipo,
                tipo doc, tipologia documento
            """,
        ),
        "refunded": (
            """
                importo rimborsato, totale rimborsato, rimborsato, importo reso, totale resi,
                importo rimborso
            """,
            "rimborso, rimborsi",
        ),
        "product": (
            """
                nome prodotto, prodotto, articolo, descrizione, descrizione articolo,
                descrizione prodotto, nome articolo
            """,
            """
                codice articolo, codice prodotto, cod articolo, cod prodotto, id prodotto
            """,
        ),
    },
    holding={
        "customer": "cliente acquirente intestatario",
        "date": "data",
        "amount": "importo totale tot fatturato vendite valore incasso pagato",
        "quantity": "quantita qta pezzi",
        "price": "prezzo",
        "discount": "sconto",
        "segment": "canale paese categoria campagna regione negozio fonte",
        "currency": "valuta divisa",
        "status": "stato esito",
        "refunded": "rimborsato",
        "product": "prodotto articolo",
    },
    otherwise={
        "customer": """
            gruppo tipo tipologia dal note nuovo citta telefono cellulare paese servizio prima ultimo
            indirizzo cap provincia eta sesso categoria stato lingua classe
        """,
        "order": "data totale stato tipo importo note riga articolo ora",
        "date": """
            nascita scadenza consegna spedizione modifica aggiornamento registrazione iscrizione ultima
            ultimo rimborso reso pagamento valuta evasione prevista annullamento fine
        """,
        "amount": """
            sconto sconti spedizione spese commissione commissioni costo costi rimborsato rimborso
            quantita articoli prodotti pezzi punti saldo cambio n numero unitario peso ordini resi reso
            residuo stato data clienti trasporto consegna margine codice tipo valuta metodo nome
            provvigione provvigioni mancia contributo listino codice sc buono acconto
        """,
        "quantity": "resa reso disponibile giacenza",
        "price": "totale listino costo",
        "discount": "codice tipo motivo",
        "segment": "codice cod",
        "currency": "cambio data",
        "status": "data civile",
        "refunded": "data stato quantita",
        "product": "prezzo quantita categoria totale costo iva sconto tipo gruppo numero",
    },
    own="""
        cliente clienti data ordine numero codice importo totale prezzo quantita fattura imponibile
        canale negozio paese regione categoria campagna fonte mese scopo spesa acquisto riferimento
        ragione sociale unitario
    """,
    email="email mail pec",
    numbers="n nr num numero id cod codice rif riferimento progressivo",
    tax_codes="iva piva fiscale",
    names="nome denominazione nominativo ragione",
    persons="nome privato persona",
    parts_of_names="cognome",
    documents="ordine fattura documento scontrino ricevuta",
    lines="riga articolo prodotto",
    totals="totale tot pagato pagare complessivo",
    nets="parziale netto imponibile esclusa escluso senza",
    tax="iva imposta imposte",
    with_or_without_tax="inclusa incluso compresa compreso con esclusa escluso senza netto lordo",
    sales="ordine acquisto vendita",
    percent="percentuale perc",
    currencies="EUR",
    cents="centesimo centesimi",
)
