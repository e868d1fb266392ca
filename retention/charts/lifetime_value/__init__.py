"""The value still to come: how it is spread, in which groups, by what habit, and one customer's story."""

from retention.charts.lifetime_value.groups import at_risk, groups
from retention.charts.lifetime_value.matrix import cell_sentence, matrix
from retention.charts.lifetime_value.spread import spread
from retention.charts.lifetime_value.story import chances, story

__all__ = ["at_risk", "cell_sentence", "chances", "groups", "matrix", "spread", "story"]
