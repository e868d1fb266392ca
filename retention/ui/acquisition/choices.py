"""What the Win or keep page's settings ask of the spend, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.ui.parts import controls
from retention.ui.state import settings, visit

if TYPE_CHECKING:
    import pandas as pd

    from retention.acquisition import Acquisition, RetainedValue, UnitEconomics
    from retention.errors import DataWarning
    from retention.lifetime_value import Correction
    from retention.study import Spending, Study, Value


@dataclass(frozen=True)
class View:
    """The spend on the terms the visitor sets.

    Attributes
    ----------
    value : by whose models a new customer is expected to bring something
    margin : share of net revenue left as profit
    left_out : whether customers who may be older than the file are left out
    """

    spending: Spending
    value: Value
    margin: float
    left_out: bool

    @property
    def found(self) -> Acquisition:
        """What winning and keeping cost, and what those won have brought."""
        return self.spending.winning(leave_out_left_truncated=self.left_out)

    @property
    def worth(self) -> UnitEconomics:
        """What the customers won have brought and will bring in margin, against their cost."""
        return self.spending.worth(self.value, self.margin, leave_out_left_truncated=self.left_out)

    @property
    def doubts(self) -> dict[str, DataWarning]:
        """Figures that possible old customers bend, by what is bent; none where these are left out."""
        warned = self.spending.left_truncation(self.margin, leave_out_left_truncated=self.left_out)
        return {warning.code.removeprefix("left_truncated_"): warning for warning in warned}

    @property
    def correction(self) -> Correction | None:
        """What the model behind the expected value has missed so far; None where there is none."""
        return None if self.worth.expected_multiple is None else visit.verdict(self.value).correction

    @property
    def values(self) -> tuple[float | None, RetainedValue | None]:
        """Margin of a customer won and of one kept."""
        return self.spending.values(self.value, self.margin, leave_out_left_truncated=self.left_out)


def view(study: Study, spend: pd.DataFrame) -> View:
    """The page's settings."""
    margin = controls.share("margin")
    controls.choice("old_customers")
    value = study.value(settings.wanted(), discount_rate=settings.share("discount"))
    return View(study.acquisition(spend), value, margin, settings.leave_out_left_truncated())
