"""A sample analysed once as the command line does, and how often what is costly was done for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pandas as pd

from retention import aggregate, ingest, lifetime_value
from retention.lifetime_value.trust import holdout
from retention.report import figures
from retention.study import Settings, Study

_PREPARE, _FIT, _FIT_SEASON = aggregate.prepare, lifetime_value.fit_purchases, lifetime_value.fit_season


@dataclass
class Analysed:
    """The figures of a sample, and what was done for them.

    Attributes
    ----------
    prepared : for each time purchases were prepared, whether orders worth 0 were among them
    fitted : how often each purchase model was fitted, by kind, k, unit and data
    seasons : how often each season was fitted, by kind, k, unit and data
    """

    study: Study
    figures: dict[str, Any] = field(default_factory=dict)
    prepared: list[bool] = field(default_factory=list)
    fitted: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)
    seasons: Counter[tuple[str, int, str, str]] = field(default_factory=Counter)

    def prepare(self, orders):
        self.prepared.append(bool((orders.table["value"][orders.table["kind"] == "purchase"] == 0).any()))
        return _PREPARE(orders)

    def fit(self, states, unit="week", kind="bg_nbd", k=1, gaps=None):
        self.fitted[kind, k, unit, _digest(states)] += 1
        return _FIT(states, unit, kind, k, gaps)

    def fit_season(self, plain, states, repeats, end, **more):
        self.seasons[plain.kind, plain.k, plain.unit, _digest(states)] += 1
        return _FIT_SEASON(plain, states, repeats, end, **more)


def _digest(states):
    return hashlib.sha256(pd.util.hash_pandas_object(states, index=False).to_numpy().tobytes()).hexdigest()


def analyse(sample, *, spend=False):
    """Everything the command line writes of a sample."""
    raw = ingest.open_sample(sample)
    guess = ingest.guess(raw)
    intake = ingest.to_orders(raw, guess.mapping)
    spent = ingest.read_spend(ingest.sample_spend()) if spend else None
    found = Analysed(Study(intake.orders, intake.lines, intake.exported))
    with (
        patch.object(aggregate, "prepare", found.prepare),
        patch.object(lifetime_value, "fit_purchases", found.fit),
        patch.object(lifetime_value, "fit_season", found.fit_season),
        patch.object(holdout, "fit_purchases", found.fit),
    ):
        found.figures = figures(
            found.study, raw, guess, intake, Settings(), spent, ingest.complaints_in(raw, guess.mapping)
        )
    return found
