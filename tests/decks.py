"""Messages of real shops, told once for all tests that ask."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from retention import ingest
from retention.lifetime_value import OPEN, Wanted
from retention.story import Telling, as_set, deck
from retention.study import Settings
from retention.text import LANGUAGES, Words

DAY = date(2026, 11, 29)


def of_shop(study):
    """The sample shop with its spend and its complaints, in both languages, by the model `analyse` takes."""
    raw = ingest.open_sample("shop")
    columns = ingest.guess(raw).mapping
    intake = ingest.to_orders(raw, columns)
    given = ingest.read_spend(ingest.sample_spend()).table, ingest.complaints_in(raw, columns).table
    settings = Settings(model=Wanted.exactly(study.models.best(OPEN)))
    return {language: telling(study, intake, raw.name, language, settings, *given) for language in LANGUAGES}


def of_retail(study, intake, raw):
    """Online Retail, which has no spend, in both languages."""
    return {
        language: telling(study, intake, PurePath(raw.name).name, language, Settings(margin=0.3))
        for language in LANGUAGES
    }


def telling(study, intake, name, language, settings, spend=None, complaints=None):
    words = Words(language, intake.orders.currency, markdown=True)
    return Telling(study, intake, name, as_set(settings, study, spend, complaints), words)


def decks(told):
    return {language: deck(each, DAY) for language, each in told.items()}
