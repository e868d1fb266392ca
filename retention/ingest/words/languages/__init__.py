"""What each language calls the columns of a file: a module a language, and all of them."""

from retention.ingest.words.languages.de import GERMAN
from retention.ingest.words.languages.en import ENGLISH
from retention.ingest.words.languages.es import SPANISH
from retention.ingest.words.languages.fr import FRENCH
from retention.ingest.words.languages.it import ITALIAN
from retention.ingest.words.languages.language import Language
from retention.ingest.words.languages.pt import PORTUGUESE

LANGUAGES: tuple[Language, ...] = (ENGLISH, ITALIAN, GERMAN, FRENCH, SPANISH, PORTUGUESE)

__all__ = ["ENGLISH", "FRENCH", "GERMAN", "ITALIAN", "LANGUAGES", "PORTUGUESE", "SPANISH", "Language"]
