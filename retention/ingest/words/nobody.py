"""What shops write for a customer who is nobody in particular: the guest, the counter, the sheet's error."""

from __future__ import annotations

import unicodedata
from itertools import product

_ENGLISH = (
    "guest, guest customer, guest user, guest checkout, guest account, walk in, walk in customer, "
    "walk in client, cash, cash sale, cash sales, cash customer, counter, counter sale, counter "
    "sales, over the counter, anonymous, anonymous customer, unknown, unknown customer, no customer, "
    "no name, not available, not applicable, not specified, test, test customer, test user, test "
    "account, tester, dummy, default, default customer, generic customer, misc, miscellaneous, "
    "various, various customers, retail customer, pos, pos customer, unnamed, undefined, unassigned, "
    "nobody, false, true"
)
_ITALIAN = (
    "ospite, utente ospite, cliente ospite, cassa, cliente cassa, contanti, banco, cliente banco, "
    "vendita banco, vendita al banco, vendite al banco, al banco, corrispettivi, corrispettivo, "
    "corrispettivi giornalieri, privato, privati, cliente privato, cliente generico, generico, "
    "cliente occasionale, occasionale, cliente di passaggio, passaggio, consumatore finale, cliente "
    "finale, vari, clienti vari, cliente vario, diversi, clienti diversi, cliente diverso, "
    "sconosciuto, cliente sconosciuto, anonimo, cliente anonimo, nessuno, nessun cliente, senza "
    "nome, non disponibile, non definito, non specificato, prova, cliente prova, cliente test, n/d, "
    "n.d., falso, vero"
)
_GERMAN = (
    "gast, gastkunde, gast kunde, laufkunde, laufkundin, laufkundschaft, barverkauf, barverkäufe, "
    "barkunde, bar, theke, thekenverkauf, kasse, kassenverkauf, kassenkunde, unbekannt, unbekannter "
    "kunde, anonym, kein kunde, ohne name, ohne namen, diverse, diverse kunden, privatkunde, privat, "
    "testkunde, test kunde, standardkunde, einmalkunde, sammelkunde, cpd, cpd kunde, nicht "
    "angegeben, keine angabe, k.a., falsch, wahr"
)
_FRENCH = (
    "invité, invitée, client invité, client de passage, passage, client comptoir, comptoir, vente au "
    "comptoir, vente comptoir, ventes comptoir, client anonyme, anonyme, inconnu, inconnue, client "
    "inconnu, divers, client divers, clients divers, caisse, client caisse, vente caisse, espèces, "
    "non renseigné, particulier, client particulier, client occasionnel, sans nom, client test, "
    "faux, vrai"
)
_SPANISH = (
    "invitado, cliente invitado, mostrador, cliente mostrador, cliente de mostrador, venta "
    "mostrador, venta de mostrador, contado, cliente contado, venta al contado, ventas al contado, "
    "consumidor final, público en general, público general, varios, cliente varios, clientes varios, "
    "desconocido, cliente desconocido, anónimo, cliente anónimo, cliente genérico, genérico, caja, "
    "cliente caja, cliente de paso, sin nombre, sin cliente, particular, cliente casual, cliente "
    "ocasional, prueba, cliente prueba, verdadero"
)
_PORTUGUESE = (
    "convidado, cliente convidado, balcão, cliente balcão, cliente de balcão, venda balcão, venda ao "
    "balcão, avulso, cliente avulso, desconhecido, cliente desconhecido, anônimo, indiferenciado, "
    "cliente indiferenciado, sem nome, sem cliente, não identificado, consumidor não identificado, "
    "diversos, clientes diversos, cliente diverso, caixa, teste, cliente teste, verdadeiro"
)
_LANGUAGES = (_ENGLISH, _ITALIAN, _GERMAN, _FRENCH, _SPANISH, _PORTUGUESE)
# Numbers tax offices give to consumers who are not named, in Portugal, Mexico, Ecuador, Colombia and Brazil.
_CONSUMERS = ("999999990", "xaxx010101000", "9999999999999", "222222222222", "000.000.000-00")
_IN_SIGNS = ("0.0", "0.00", "n/a", "n.a.", "#n/a", "?", "??", "???", ".", "..", "...", "*")
_BESIDE = ("{}", "({})", "[{}]", "<{}>", '"{}"', "'{}'", "{}.", "#{}")
_LONGEST_ZEROS = 12


def _spelled() -> frozenset[str]:
    words = {word for texts in _LANGUAGES for word in texts.split(", ")}
    words |= {unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in words}
    words |= {word.replace("walk in", "walk-in") for word in words}
    words |= {word.replace(" ", between) for word in words for between in ("-", "_", "")}
    beside = {form.format(word) for form, word in product(_BESIDE, words)}
    return frozenset(
        beside | set(_IN_SIGNS) | set(_CONSUMERS) | {"0" * length for length in range(1, _LONGEST_ZEROS + 1)}
    )


NOBODY = _spelled()
"""Whole cells, in small letters, that name nobody; a name that holds such a word ("Rosa Banco") is a name."""
EMPTY_ERRORS = frozenset(
    {
        *("#n/d", "#n/a", "#n/v", "#nv", "#nd", "#na", "#n/a n/a", "#ref!", "#rif!", "#bezug!", "#¡ref!"),
        *("#value!", "#valore!", "#wert!", "#valeur!", "#¡valor!", "#valor!", "#name?", "#nome?", "#nom?"),
        *("#¿nombre?", "#nombre?", "#div/0!", "#¡div/0!", "#div/0", "#num!", "#zahl!", "#nombre!", "#¡num!"),
        *("#núm!", "#¡núm!", "#null!", "#nullo!", "#nul!", "#¡nulo!", "#nulo!", "#spill!", "#calc!"),
        *("#überlauf!", "#espansione!", "#propagation!", "#desbordamiento!", "#####", "########"),
    }
)
"""What a spreadsheet shows in place of a value, in small letters: a cell of it is blank."""
