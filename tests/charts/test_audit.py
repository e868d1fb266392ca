"""The charts of the audit: what stands in their rows, and which row is drawn how."""

from types import SimpleNamespace

import pandas as pd
import pytest

from retention.audit import FACTORS
from retention.charts import audit, style
from retention.text import Words
from tests.charts.reading import heat_of, ink_of, layers, rows
from tests.keyed import ENGLISH

NAN = float("nan")


def test_customers_by_what_they_spent():
    bins = pd.DataFrame(
        {
            "from_value": [0.0, 50.0, 100.0],
            "to_value": [50.0, 100.0, NAN],
            "customers": [6, 3, 1],
            "share": [0.6, 0.3, 0.1],
            "share_of_revenue": [0.2, 0.3, 0.5],
        }
    )
    drawing = audit.distribution(SimpleNamespace(bins=bins), ENGLISH)
    assert rows(drawing, 0, "bin", "label") == [
        ("audit.bin.to high=50", "60%"),
        ("50–100", "30%"),
        ("audit.bin.from low=100", "10%"),
    ]
    assert rows(drawing, 0, "sentence")[1] == "chart.audit.bin bin=50–100 n=3 share=0.3 part=0.3"
    x = (
        "x=bin:N(axis(labelOverlap=True ticks=False) "
        "sort[audit.bin.to high=50, 50–100, audit.bin.from low=100] title=chart.audit.spent)"
    )
    y = "y=customers:Q(axis(tickMinStep=1) title=chart.audit.customers)"
    assert layers(drawing) == [
        f"bar color=accent tooltip=sentence:N {x} {y}",
        f"text text=label:N tooltip=sentence:N {x} {y}",
    ]


ENDS = {"first": "2023", "second": "2024"}


def test_the_steps_between_two_periods_revenue():
    steps = pd.DataFrame(
        {
            "step": ["before", "lost", "new", "after"],
            "change": [1000.0, -300.0, 200.0, 900.0],
            "from_value": [0.0, 1000.0, 700.0, 0.0],
            "to_value": [1000.0, 700.0, 900.0, 900.0],
        }
    )
    drawing = audit.steps(SimpleNamespace(steps=steps), ENDS, ENGLISH)
    assert rows(drawing, 0, "what", "colour", "label", "middle", "right") == [
        ("audit.step.before first=2023 second=2024", style.ACCENT, "1k", 500, 1000),
        ("audit.step.lost first=2023 second=2024", audit.LOSS, "−300", 850, 1000),
        ("audit.step.new first=2023 second=2024", audit.GAIN, "+200", 800, 900),
        ("audit.step.after first=2023 second=2024", style.ACCENT, "900", 450, 900),
    ]
    assert (
        rows(drawing, 0, "sentence")[1]
        == "chart.audit.step what=audit.step.lost first=2023 second=2024 change=-300"
    )
    names = ", ".join(f"audit.step.{step} first=2023 second=2024" for step in steps["step"])
    y = f"y=what:N(axis(domain=False ticks=False) sort[{names}])"
    assert layers(drawing) == [
        (
            f"bar color=colour:N(scale=None) tooltip=sentence:N "
            f"x=from_value:Q(axis(labelExpr=short_money) title=chart.audit.net) x2=to_value {y}"
        ),
        f"text align=left text=label:N tooltip=sentence:N x=right:Q {y}",
    ]


def test_a_step_that_changes_nothing_is_no_loss():
    steps = pd.DataFrame({"step": ["new"], "change": [0.0], "from_value": [5.0], "to_value": [5.0]})
    (row,) = rows(audit.steps(SimpleNamespace(steps=steps), ENDS, ENGLISH), 0, "colour", "label")
    assert row == (audit.GAIN, "+0")


def migration(shares):
    return SimpleNamespace(
        migration=pd.DataFrame(
            [(before, after, n, share) for (before, after), (n, share) in shares.items()],
            columns=["before", "after", "customers", "share"],
        )
    )


def test_where_each_tenth_went():
    shares = {(1, 1): (4, 0.4), (1, 2): (2, 0.2), (1, 0): (4, 0.8), (0, 1): (0, 0.0)}
    drawing = audit.migration(migration(shares), ENGLISH)
    drawn = rows(drawing, 0, "row", "column", "label", "share")
    nothing = "audit.bought_nothing"
    assert drawn == [
        ("1", "1", "40%", 0.4),
        ("1", "2", "20%", 0.2),
        ("1", nothing, "80%", 0.8),
        (nothing, "1", "0%", 0.0),
    ]
    assert rows(drawing, 0, "sentence")[1] == "chart.audit.move before=1 after=2 n=2 share=0.2"
    order = f"sort[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, {nothing}]"
    x = f"x=column:N(axis(domain=False labelOverlap=False ticks=False) {order} title=chart.audit.tenth_after)"
    y = f"y=row:N(axis(domain=False ticks=False) {order} title=chart.audit.tenth_before)"
    coloured, printed, plain = layers(drawing)
    written = "format(datum.value, '.0%') + (datum.value < 0.4 ? '' : '+')"
    # The darkest is a large share of those who bought again, not of those who did not, who have no colour.
    fill = heat_of("share", "chart.of_row", "domain[0, 0.4]", written=written, marked="[0, 0.2, 0.4]")
    assert coloured == f"rect [datum.coloured] {fill} tooltip=sentence:N {x} {y}"
    assert printed.startswith(f"text [datum.coloured] {ink_of('share')} ")
    assert printed.endswith(f"text=label:N tooltip=sentence:N {x} {y}")
    assert plain.startswith("text [!datum.coloured] opacity=")
    assert plain.endswith(f"text=label:N tooltip=sentence:N {x} {y}")
    assert rows(drawing, 0, "coloured") == [True, True, False, False]


def test_one_great_share_does_not_make_all_others_pale():
    shares = dict(zip(((n, m) for n in range(1, 11) for m in range(1, 11)), ((1, 0.05),) * 100, strict=True))
    drawing = audit.migration(migration(shares | {(1, 1): (9, 0.35), (2, 2): (9, 0.11)}), ENGLISH)
    assert "domain[0, 0.06]" in layers(drawing)[0]  # 5%, as an even number of percent


def test_values_too_tight_to_read_are_not_written():
    spec = audit.migration(migration({(1, 1): (1, 1.0)}), ENGLISH).to_dict()
    hidden = spec["layer"][1]["encoding"]["opacity"]
    assert hidden == {"condition": {"test": "width / 11 < 21", "value": 0.0}, "value": 1.0}


def test_where_nobody_bought_again_the_colours_have_no_top():
    drawing = audit.migration(migration({(1, 0): (5, 0.5)}), ENGLISH)
    assert " scale(clamp=True domain[0, 1] " in layers(drawing)[0]


def cohort():
    return SimpleNamespace(
        period="month",
        table=pd.DataFrame(
            {
                "period": [24288, 24289, 24290],
                "age": [0, 1, 2],
                "active": [10.0, 4.0, 3.0],
                "net_per_active": [20.0, NAN, 12.5],
                "share": [1.0, 0.4, 0.3],
                "complete": [True, True, False],
            }
        ),
    )


def test_a_cohort_followed_over_its_life():
    drawing = audit.followed(cohort(), "active", ENGLISH)
    assert rows(drawing, 0, "age", "value", "label") == [(0, 10, "10"), (1, 4, "4"), (2, 3, "3")]
    said = rows(drawing, 0, "sentence")
    assert said[1] == "chart.audit.followed.active when=Feb 2024 value=4 share=0.4"
    assert said[2] == "chart.audit.followed.active when=Mar 2024 value=3 share=0.3 chart.incomplete"
    x = "x=age:O(axis(format=d labelOverlap=True) title=chart.age.month)"
    y = "y=value:Q(axis(labelExpr=short) title=setting.followed.active)"
    whole, partial, label = layers(drawing)
    assert whole == f"bar [datum.complete] color=accent tooltip=sentence:N {x} {y}"
    assert partial == (
        f"bar [!datum.complete] color=accent fillOpacity=0.35 stroke=comparison tooltip=sentence:N {x} {y}"
    )
    tight = "opacity=(condition(test=width / 3 < 14 value=0) value=1)"  # two letters of 7 pixels
    assert label == f"text {tight} text=label:N tooltip=sentence:N {x} {y}"


def test_a_cohorts_money_has_its_sign():
    drawing = audit.followed(cohort(), "net_per_active", Words("en", "EUR"))
    assert rows(drawing, 0, "label") == ["€20", "€12"]  # 12.5 to even
    assert "labelExpr=short_money" in layers(drawing)[0]


def test_a_period_without_the_figure_is_left_out():
    assert rows(audit.followed(cohort(), "net_per_active", ENGLISH), 0, "age") == [0, 2]


def test_what_each_factor_adds():
    changes = [30.0, -20.0, 0.0, *[10.0] * (len(FACTORS) - 3)]
    found = SimpleNamespace(factors=pd.DataFrame({"factor": FACTORS, "change": changes}))
    drawing = audit.factors(found, ENGLISH)
    drawn = rows(drawing, 0, "what", "colour", "label", "edge", "zero")[:3]
    assert drawn == [
        (f"audit.factor.{FACTORS[0]}", audit.GAIN, "+30", 30, 0),
        (f"audit.factor.{FACTORS[1]}", audit.LOSS, "−20", 0, 0),
        (f"audit.factor.{FACTORS[2]}", audit.GAIN, "0", 0, 0),
    ]
    assert rows(drawing, 0, "sentence")[0] == f"chart.audit.factor what=audit.factor.{FACTORS[0]} change=30"
    y = f"y=what:N(axis(ticks=False) sort[{', '.join(f'audit.factor.{name}' for name in FACTORS)}])"
    assert layers(drawing) == [
        (
            f"bar color=colour:N(scale=None) tooltip=sentence:N "
            f"x=change:Q(axis(labelExpr=short_money) title=chart.audit.contribution) x2=zero {y}"
        ),
        f"text align=left text=label:N tooltip=sentence:N x=edge:Q {y}",
        "rule color=rule x=zero:Q",
    ]
    assert rows(drawing, 2, "zero") == [0]


def generations(number):
    return SimpleNamespace(
        customers=200,
        table=pd.DataFrame(
            {
                "cohort": range(2000, 2000 + number),
                "customers": [50] * number,
                "share_of_revenue": [NAN, *[0.25] * (number - 1)],
                "share_active": 0.5,
                "share_once": 0.1,
            }
        ),
    )


def test_what_each_generation_brings():
    drawing = audit.generations(generations(2), "year", ENGLISH)
    assert rows(drawing, 0, "cohort", "people", "label", "zero") == [
        ("2000", 0.25, "0%", 0),
        ("2001", 0.25, "25%", 0),
    ]
    assert rows(drawing, 0, "sentence")[1] == (
        "chart.audit.generation cohort=2001 part=0.25 people=0.25 active=0.5 once=0.1"
    )
    y = "y=cohort:N(axis(ticks=False) sort[2000, 2001])"
    colours = (
        "(legend(orient=top) scale(domain[chart.audit.of_revenue, chart.audit.of_customers] "
        "range[accent, average]))"
    )
    x = "x=share_of_revenue:Q(axis(format=.0%) title=chart.audit.share)"
    assert layers(drawing) == [
        f"bar color=revenue_is:N{colours} tooltip=sentence:N {x} x2=zero {y}",
        f"tick color=people_is:N{colours} tooltip=sentence:N x=people:Q {y}",
    ]


@pytest.mark.parametrize(("number", "first"), [(24, "2000"), (25, "2001")])
def test_of_many_generations_the_latest_are_drawn(number, first):
    assert rows(audit.generations(generations(number), "year", ENGLISH), 0, "cohort")[0] == first
