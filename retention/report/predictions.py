"""What is expected of every customer, written where the customers are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.lifetime_value import Wanted
from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from retention.study import Settings, Study


def write_predictions(study: Study, settings: Settings, path: str) -> None:
    """Write customers as Parquet, by the model and on the terms of the figures.

    Its columns are those of `retention.aggregate.predicted`, with the customer's id.

    Parameters
    ----------
    study : of orders an engine holds

    Raises
    ------
    InputError
        ``cannot_write``, ``written_already``, or why no model can be fitted.
    """
    horizon = DAYS_PER_MONTH * settings.horizon_months
    best = Wanted.exactly(study.models.best(settings.model, horizon))
    terms = {name: getattr(settings, name) for name in ("horizon_months", "discount_rate", "margin")}
    value = study.value(best, settings.time_unit, **terms)
    engine: Any = study.purchases.engine  # one beyond memory, as said above
    engine.written(value.predictions(), path)
