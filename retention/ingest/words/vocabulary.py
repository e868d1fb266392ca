"""The words people and exports head their columns with, of all languages together, and what stands in some.

What a language says stands in `languages`, a module each; headings stand as `headings.bare` writes them.
"""

from __future__ import annotations

from retention.ingest.words.languages import LANGUAGES

_ROLES = tuple(dict.fromkeys(role for language in LANGUAGES for role in language.headings))


def _listed(text: str) -> list[str]:
    return [" ".join(heading.split()) for heading in text.split(",")]


def _ranks(role: str) -> dict[str, int]:
    """Rank of each heading of a role: the place of the best list that has it, in any language."""
    longest = max(len(language.headings.get(role, ())) for language in LANGUAGES)
    found: dict[str, int] = {}
    for place in range(longest):
        for language in LANGUAGES:
            lists = language.headings.get(role, ())
            for heading in _listed(lists[place]) if place < len(lists) else ():
                found.setdefault(heading, place)
    return found


def _all(name: str) -> frozenset[str]:
    """Words that any language has under a name."""
    return frozenset(word for language in LANGUAGES for word in getattr(language, name).split())


def _by_role(name: str) -> dict[str, frozenset[str]]:
    return {
        role: frozenset(
            word for language in LANGUAGES for word in getattr(language, name).get(role, "").split()
        )
        for role in _ROLES
    }


RANKS: dict[str, dict[str, int]] = {role: _ranks(role) for role in _ROLES}
# Best first: where a file has several of them, the earlier is meant.
ORDERS: dict[str, tuple[str, ...]] = {role: tuple(ranks) for role, ranks in RANKS.items()}
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

CONTACTS: dict[str, tuple[str, ...]] = {
    "customer": ("customer id", "email", "email address", "ext id"),
    "date": ("date", "data", "sent on", "sent at", "sent", "contacted on", "contacted", "inviato",
             "inviata", "contattato", "day", "giorno"),
    "group": ("group", "gruppo", "arm", "variant", "variante", "split"),
}  # fmt: skip
HELD_BACK = frozenset(
    {"hold back", "held back", "hold out", "holdout", "control", "controllo", "control group",
     "not contacted", "gruppo controllo", "escluso", "esclusa", "esclusi", "non contattato",
     "non contattata", "non contattati", "lasciato da parte", "lasciati da parte"}
)  # fmt: skip

COMPLAINTS: dict[str, tuple[str, ...]] = {
    "customer": ("customer id", "email", "email address", "ext id", "requester", "requester email"),
    "date": ("complaint date", "complained on", "data reclamo", "date", "data", "created at", "created",
             "opened at", "opened on", "opened", "received", "aperto il", "ricevuto il", "creato il",
             "creata il", "day", "giorno"),
    "complaint": ("complaint", "complaints", "complained", "reclamo", "reclami", "lamentela", "lamentele"),
    "resolved": ("resolved", "solved", "is resolved", "risolto", "risolta", "resolution",
                 "risoluzione"),
    "resolved_on": ("resolved on", "resolved at", "solved at", "solved on", "closed at", "closed on",
                    "closed", "resolution date", "risolto il", "risolta il", "chiuso il", "data risoluzione"),
}  # fmt: skip
YES = frozenset({"yes", "y", "true", "1", "x", "si", "s", "vero", "v", "ok"})
NO = frozenset({"no", "n", "false", "0", "falso", "f"})
NO_COMPLAINT = NO | {"none", "nothing", "nessuno", "nessuna", "niente"}
SOLVED = frozenset(
    {"resolved", "solved", "fixed", "refunded", "replaced", "done", "risolto", "risolta", "rimborsato",
     "rimborsata", "sostituito", "sostituita"}
)  # fmt: skip
UNSOLVED = frozenset(
    {"unresolved", "not resolved", "unsolved", "open", "new", "pending", "rejected", "refused", "on hold",
     "non risolto", "non risolta", "irrisolto", "irrisolta", "aperto", "aperta", "in corso", "respinto",
     "respinta", "in attesa", "nuovo"}
)  # fmt: skip

EMAIL = _all("email")
NUMBERS = _all("numbers")
TAX_CODES = _all("tax_codes")
NAMES = _all("names")
PERSONS = _all("persons")
PARTS_OF_NAMES = _all("parts_of_names")
DOCUMENTS = _all("documents")
LINES = _all("lines")
TOTALS = _all("totals")
NETS = _all("nets")
TAX = _all("tax")
WITH_OR_WITHOUT_TAX = _all("with_or_without_tax")
SALES = _all("sales")
PERCENT = _all("percent")
CENTS = _all("cents")
ENDINGS = tuple(sorted(_all("endings"), key=len, reverse=True))
# Amounts that are an order's, not a line's, wherever they stand.
OF_ORDERS = frozenset(heading for heading, rank in RANKS["amount"].items() if rank == 0)
# A heading that holds one of these words means the role …
HOLDING = _by_role("holding") | {"order": DOCUMENTS}
# … unless one of these beside it tells otherwise.
OTHERWISE = _by_role("otherwise")
CONTINENTAL = _all("own")
ARTICLES = frozenset(
    word
    for words in (
        "a d de l le la les du des da do dos der die das den",
        "el los las il lo gli i von vom",
    )
    for word in words.split()
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
