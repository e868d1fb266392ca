"""German headings; words written as one are taken apart at `endings`."""

from retention.ingest.words.languages.language import Language

GERMAN = Language(
    headings={
        "customer": (
            "kunden id, kundenid, id kunde",
            """
                kunden e mail, kunden email, e mail adresse, email adresse, emailadresse, mailadresse,
                kundenmail, e mail kunde, email kunde
            """,
            """
                kundennummer, kundennr, kunden nr, kunden nummer, kd nr, kdnr, kundencode, kartennummer,
                mitgliedsnummer, debitor, debitorennummer, debitor nr
            """,
            """
                ust idnr, ust id, ustid, ustidnr, steuernummer, umsatzsteuer id, ust id nr
            """,
            "kunde, kundin, kaufer, kaeufer, besteller, auftraggeber",
            """
                kundenname, name kunde, firma, firmenname, rechnungsempfanger, rechnungsname
            """,
        ),
        "order": (
            """
                bestellnummer, bestellnr, bestell nr, bestellung nr, bestell id, bestellung,
                auftragsnummer, auftragsnr, auftrags nr, auftrag, auftrag nr, bestellungsnummer,
                bestell nummer
            """,
            """
                rechnungsnummer, rechnungsnr, rechnungs nr, rechnung nr, rechnung, re nr
            """,
            """
                belegnummer, belegnr, beleg nr, beleg, bonnummer, bon nr, bon, quittungsnummer,
                vorgangsnummer
            """,
            """
                transaktionsnummer, transaktions id, transaktionscode, transaktionsid
            """,
        ),
        "date": (
            """
                bestelldatum, auftragsdatum, kaufdatum, bestellt am, gekauft am, bestellzeit,
                bestellzeitpunkt, datum bestellung
            """,
            "transaktionsdatum, verkaufsdatum, buchungsdatum, umsatzdatum",
            "erstellt am, erstellungsdatum, angelegt am, erstellt",
            "rechnungsdatum, belegdatum, datum rechnung",
            "datum, zeitpunkt, zeitstempel, tag, datum uhrzeit",
            "zahlungsdatum, bezahlt am, zahldatum, zahlungseingang",
            "monat",
        ),
        "amount": (
            """
                bestellsumme, bestellwert, auftragssumme, auftragswert, gesamtbetrag, rechnungsbetrag,
                rechnungssumme, endbetrag, gesamtsumme brutto, gesamtbetrag brutto, gezahlter betrag,
                zahlbetrag, endsumme, zahlungsbetrag, bestellbetrag, gesamt brutto, summe brutto
            """,
            """
                gesamt, gesamtsumme, summe, gesamtpreis, brutto, bruttobetrag, gesamtwert, bruttoumsatz,
                betrag brutto, zeilensumme, positionssumme
            """,
            """
                betrag, umsatz, wert, verkaufsbetrag, erlos, erloes, einnahmen, kaufbetrag
            """,
            """
                netto, nettobetrag, zwischensumme, nettoumsatz, betrag netto, gesamt netto, summe netto,
                gesamtbetrag netto, nettosumme, nettowert
            """,
            "warenwert brutto",
        ),
        "quantity": (
            """
                menge, anzahl, stuckzahl, stueckzahl, stuck, stueck, stk, bestellmenge
            """,
        ),
        "price": (
            """
                nettopreis, netto einzelpreis, rabattierter preis, endpreis, einzelpreis netto
            """,
            """
                einzelpreis, stuckpreis, stueckpreis, verkaufspreis, preis pro stuck, preis stuck,
                artikelpreis
            """,
            "preis",
            "listenpreis, uvp, katalogpreis, bruttopreis, originalpreis",
        ),
        "discount": ("rabatt, rabattsatz, nachlass, rabatt prozent, rabattbetrag",),
        "segment": (
            """
                segment, kanal, vertriebskanal, verkaufskanal, quelle, filiale, region, land, kategorie,
                kampagne, kundengruppe, warengruppe
            """,
        ),
        "currency": ("wahrung, waehrung, wahrungscode, wahrungskurzel, waehrungscode",),
        "status": (
            """
                bestellstatus, zahlungsstatus, status, auftragsstatus, rechnungsstatus, zustand,
                bezahlstatus
            """,
        ),
        "refund": (
            """
                erstattung, ruckerstattung, rueckerstattung, retoure, gutschrift, belegart, belegtyp,
                typ, transaktionstyp, vorgang, art, dokumentart
            """,
        ),
        "refunded": (
            """
                erstatteter betrag, erstattet, erstattungsbetrag, betrag erstattet,
                ruckerstattungsbetrag, gutschriftsbetrag
            """,
            "erstattung, ruckerstattung",
        ),
        "product": (
            """
                produkt, produktname, artikel, artikelname, artikelbezeichnung, bezeichnung,
                beschreibung, artikelbeschreibung, produktbezeichnung, ware
            """,
            """
                artikelnummer, artikelnr, artikel nr, produktnummer, produkt id, produktcode, art nr
            """,
        ),
    },
    holding={
        "customer": "kunde kunden kaufer kaeufer besteller",
        "date": "datum zeitpunkt zeitstempel",
        "amount": "gesamt summe betrag umsatz wert gesamtbetrag brutto",
        "quantity": "menge anzahl",
        "price": "preis",
        "discount": "rabatt",
        "segment": "kanal land kategorie kampagne region filiale quelle",
        "currency": "wahrung waehrung",
        "status": "status",
        "refunded": "erstattet",
        "product": "produkt artikel",
    },
    otherwise={
        "customer": """
            gruppe typ seit notiz ort stadt telefon land neu neukunde strasse plz segment adresse status
            wert umsatz art alter geschlecht sprache anrede datum
        """,
        "order": """
            datum summe gesamt status typ betrag wert position zeile artikel menge art zeit zeitpunkt
        """,
        "date": """
            geburts geburt fallig falligkeits faelligkeits liefer lieferung versand anderung aenderung
            aktualisiert registrierung anmelde storno stornierung letzte letztes erstattungs ende
            zahlungs zahl eingang gultig
        """,
        "amount": """
            rabatt versand versandkosten gebuhr gebuehr gebuhren gebuehren kosten erstattet erstattung
            menge anzahl punkte saldo kurs nummer nr stuck einzel einkaufs gewicht bestellungen entgelt
            steuer trinkgeld provision marge gewinn status datum typ kunden id code erstattungs rabatte
            liefer lieferkosten porto gutschein gutschrift waren mehrwertsteuer satz
        """,
        "quantity": "retourniert lager bestand",
        "price": "gesamt liste listen einkaufs uvp alter",
        "discount": "code grund typ",
        "segment": "nummer nr code id",
        "currency": "kurs",
        "status": "datum liefer",
        "refunded": "datum status",
        "product": "preis menge gruppe kategorie anzahl gewicht summe betrag gesamt",
    },
    own="""
        kunde kunden kundennummer bestellnummer bestelldatum datum betrag gesamt summe brutto netto
        menge preis wahrung waehrung rechnung rechnungsnummer umsatz bestellung auftrag anzahl
        kundenname rabatt einzelpreis gesamtbetrag rechnungsdatum zahlungsdatum artikel
    """,
    email="email mail emailadresse mailadresse",
    numbers="nr nummer id code schlussel",
    tax_codes="ust ustid steuernummer",
    names="name firma kundenname",
    persons="name privatperson person",
    parts_of_names="vorname nachname familienname zuname",
    documents="bestell bestellung auftrag auftrags rechnung rechnungs beleg",
    lines="position artikel zeile posten",
    totals="gesamt summe brutto gesamtbetrag",
    nets="netto zwischensumme ohne exkl zwischen",
    tax="mwst ust steuer mehrwertsteuer umsatzsteuer",
    with_or_without_tax="inkl inklusive brutto netto ohne exkl zzgl mit",
    sales="bestell bestellung auftrag auftrags kauf verkaufs bestellt",
    percent="prozent satz rabattsatz",
    cents="eurocent",
    endings="""
        nummer nr datum betrag summe preis menge status wert name code kosten zeitpunkt umsatz adresse
        kunde satz steuer gebuhr gebuehr wahrung waehrung gruppe kanal
    """,
    currencies="EUR CHF",
)
