"""Orders to the small tables: the only step that touches many rows.

`prepare` sorts the purchases once; every table after it is one plain query of these, in Narwhals. Money is in
the file's currency; periods and days are the whole numbers of `retention.periods`.
"""

from retention.aggregate.activity import (
    MOST_AGES,
    cells,
    flows,
    last_periods,
    patterns,
    retained_by_segment,
    spells,
    steadiness,
)
from retention.aggregate.as_of import a_year_before, buying_again, held_back, recency, repeats_by_day
from retention.aggregate.baskets import Baskets, baskets
from retention.aggregate.complaints import complainers, day_value_edges, waits_and_complaints
from retention.aggregate.kinds import order_kinds, refunds_by_order, zeros_kept
from retention.aggregate.lookups import CellOf, customers_of_cell, orders_of_cell, purchases_of
from retention.aggregate.money import (
    around,
    early_life,
    followed,
    order_values,
    value_by_age,
    worth_by_age,
)
from retention.aggregate.outcomes import (
    first_order_quartiles,
    outcomes_by_first_order,
    outcomes_by_segment,
    past_trigger,
)
from retention.aggregate.people import (
    bought_between,
    customers,
    names,
    people,
    rhythms,
    spend,
    starts,
    states,
)
from retention.aggregate.products import (
    EVERYBODY,
    OTHERS,
    STEPS,
    bought,
    days_to_second,
    first_buyers,
    first_outcomes,
    first_values,
    followers,
    main_products,
    shares_of_orders,
    variety,
)
from retention.aggregate.purchases import Purchases, prepare
from retention.aggregate.rungs import MOST_RUNGS, rungs
from retention.aggregate.spans import brought_after, spent_between
from retention.aggregate.subscriptions import (
    CANCELLED,
    MOVES,
    OPEN,
    PAUSED,
    RENEWED,
    recurring,
    renewals,
    times_between,
)
from retention.aggregate.waits import (
    gaps,
    gaps_by_cohort,
    gaps_by_day,
    gaps_by_segment,
    last_two_gaps,
)

__all__ = [
    "CANCELLED",
    "EVERYBODY",
    "MOST_AGES",
    "MOST_RUNGS",
    "MOVES",
    "OPEN",
    "OTHERS",
    "PAUSED",
    "RENEWED",
    "STEPS",
    "Baskets",
    "CellOf",
    "Purchases",
    "a_year_before",
    "around",
    "baskets",
    "bought",
    "bought_between",
    "brought_after",
    "buying_again",
    "cells",
    "complainers",
    "customers",
    "customers_of_cell",
    "day_value_edges",
    "days_to_second",
    "early_life",
    "first_buyers",
    "first_order_quartiles",
    "first_outcomes",
    "first_values",
    "flows",
    "followed",
    "followers",
    "gaps",
    "gaps_by_cohort",
    "gaps_by_day",
    "gaps_by_segment",
    "held_back",
    "last_periods",
    "last_two_gaps",
    "main_products",
    "names",
    "order_kinds",
    "order_values",
    "orders_of_cell",
    "outcomes_by_first_order",
    "outcomes_by_segment",
    "past_trigger",
    "patterns",
    "people",
    "prepare",
    "purchases_of",
    "recency",
    "recurring",
    "refunds_by_order",
    "renewals",
    "repeats_by_day",
    "retained_by_segment",
    "rhythms",
    "rungs",
    "shares_of_orders",
    "spells",
    "spend",
    "spent_between",
    "starts",
    "states",
    "steadiness",
    "times_between",
    "value_by_age",
    "variety",
    "waits_and_complaints",
    "worth_by_age",
    "zeros_kept",
]
