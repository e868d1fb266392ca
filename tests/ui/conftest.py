"""What the parts of a page find in a visit."""

from datetime import date

import pytest

from retention.ui.parts import forecast


@pytest.fixture
def no_day_chosen(monkeypatch):
    """The forecast starts at the data's end, held against several days."""
    monkeypatch.setattr(forecast.loaded, "reference_day", lambda: date(2024, 12, 31))
    monkeypatch.setattr(forecast.visit, "holdout_asked", lambda study: None)
