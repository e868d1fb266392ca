"""The value still to come: its spread, groups, habits, one customer's story; and the holdout."""

from retention.charts.lifetime_value import holdout
from retention.charts.lifetime_value.groups import at_risk, groups
from retention.charts.lifetime_value.matrix import cell_sentence, matrix
from retention.charts.lifetime_value.season import season
from retention.charts.lifetime_value.spread import spread
from retention.charts.lifetime_value.story import chances, story

__all__ = ["at_risk", "cell_sentence", "chances", "groups", "holdout", "matrix", "season", "spread", "story"]
