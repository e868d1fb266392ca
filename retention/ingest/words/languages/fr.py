"""French headings."""

from retention.ingest.words.languages.language import Language

FRENCH = Language(
    headings={
        "customer": (
            "id client, identifiant client, client id",
            """
                email client, e mail client, adresse email, adresse e mail, courriel, adresse mail,
                adresse courriel, mail client, email acheteur
            """,
            """
                numero client, n client, no client, code client, num client, ref client, carte fidelite,
                numero carte, reference client
            """,
            """
                numero tva, n tva, tva intracommunautaire, siret, siren, numero siret
            """,
            "client, acheteur, cliente, utilisateur",
            "nom client, nom acheteur, raison sociale, societe, nom complet",
        ),
        "order": (
            """
                numero commande, n commande, no commande, id commande, commande, ref commande,
                reference commande, num commande, code commande
            """,
            """
                numero facture, n facture, no facture, facture, num facture, id facture
            """,
            """
                numero document, reference, numero ticket, ticket, n ticket, numero recu, numero piece,
                n piece, piece
            """,
            "id transaction, numero transaction, code transaction",
        ),
        "date": (
            "date commande, date achat, date heure commande",
            "date transaction, date vente, date operation",
            "date creation, cree",
            """
                date facture, date facturation, date document, date emission, date piece
            """,
            "date, jour, date heure, horodatage",
            "date paiement, paye, date reglement",
            "mois",
        ),
        "amount": (
            """
                total commande, montant commande, total facture, montant facture, total ttc,
                montant ttc, montant total ttc, total paye, montant paye, net payer, total payer,
                valeur commande, montant total commande, total general, prix total ttc,
                total commande ttc
            """,
            """
                montant total, total, prix total, total ligne, brut, montant brut, valeur totale,
                montant ligne
            """,
            """
                montant, valeur, chiffre affaires, ca, ventes, recette, recettes, ca ttc, prix paye
            """,
            """
                total ht, montant ht, sous total, net, montant net, total net, montant total ht, ca ht,
                prix total ht, ventes nettes
            """,
            "ventes brutes",
        ),
        "quantity": ("quantite, qte, qt, nombre articles, nb articles, unites",),
        "price": (
            "prix net, prix unitaire net, prix remise",
            """
                prix unitaire, prix unitaire ttc, prix vente, pu ttc, pu, prix unitaire ht, pu ht,
                prix article
            """,
            "prix",
            "prix catalogue, prix liste, prix public, tarif, prix barre",
        ),
        "discount": (
            """
                remise, rabais, reduction, taux remise, remise pourcentage, montant remise
            """,
        ),
        "segment": (
            """
                segment, canal, canal vente, source, origine, magasin, boutique, region, pays,
                categorie, campagne
            """,
        ),
        "currency": ("devise, monnaie, code devise",),
        "status": (
            """
                statut commande, etat commande, statut paiement, statut, etat, etat paiement,
                statut facture
            """,
        ),
        "refund": (
            """
                remboursement, retour, avoir, type document, type transaction, type, type piece,
                type mouvement, type operation
            """,
        ),
        "refunded": (
            """
                montant rembourse, total rembourse, rembourse, montant remboursement,
                montant remboursements
            """,
            "remboursement, remboursements",
        ),
        "product": (
            """
                nom produit, produit, article, designation, libelle, description produit, nom article
            """,
            """
                reference produit, code produit, code article, ref produit, id produit, ref article,
                reference article
            """,
        ),
    },
    holding={
        "customer": "client acheteur",
        "date": "date",
        "amount": "montant total valeur chiffre ventes paye ttc",
        "quantity": "quantite qte",
        "price": "prix",
        "discount": "remise rabais reduction",
        "segment": "canal pays categorie campagne region magasin boutique source",
        "currency": "devise",
        "status": "statut etat",
        "refunded": "rembourse",
        "product": "produit article",
    },
    otherwise={
        "customer": """
            groupe type depuis note ville telephone pays nouveau premiere dernier adresse age sexe
            langue postal rue categorie
        """,
        "order": "date total statut etat type montant ligne article heure",
        "date": """
            naissance echeance livraison expedition modification mise inscription derniere annulation
            remboursement paiement reglement fin prevue retour premiere
        """,
        "amount": """
            remise remises livraison frais port commission cout couts rembourse remboursement quantite
            articles points solde taux numero nombre unitaire poids commandes pourboire marge statut
            date type devise client clients reduction retour retours bon acompte
        """,
        "quantity": "retournee stock",
        "price": "total catalogue cout achat",
        "discount": "code type motif",
        "segment": "code",
        "currency": "taux",
        "status": "date livraison",
        "refunded": "date statut quantite",
        "product": "prix quantite categorie total type famille poids nombre",
    },
    own="""
        commande montant quantite prix facture acheteur devise statut produit remise courriel achat ttc
        pays
    """,
    email="email mail courriel",
    numbers="n no num numero id code ref reference identifiant",
    tax_codes="tva siret siren",
    names="nom societe raison",
    persons="nom particulier personne",
    parts_of_names="prenom famille",
    documents="commande facture ticket recu piece document",
    lines="ligne article produit",
    totals="total ttc payer paye",
    nets="ht sous net hors avant",
    tax="tva taxe taxes",
    with_or_without_tax="ttc ht hors incluse inclus comprise compris toutes sans",
    sales="commande achat vente",
    percent="pourcentage taux",
    currencies="EUR CHF",
    cents="centime centimes",
)
