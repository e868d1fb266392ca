"""The Drop-off page says what the library finds, and changes nothing but what a setting touches."""

import pandas as pd
import pyarrow as pa
import pytest

from retention.study import Study
from retention.text import LANGUAGES
from tests.pages.visit import ROWS, Visit, _nodes, csv


@pytest.fixture(scope="module", params=LANGUAGES)
def visit(request):
    return Visit(request.param, sample="shop").open("dropoff")


@pytest.fixture(scope="module")
def study(samples):
    return Study(samples["shop"][1].orders)


@pytest.fixture(scope="module")
def found(study):
    return study.dropoff.steps()


def frame_with(visit, *columns):
    """The one table that has these columns."""
    headings = {visit.words.heading(column) for column in columns}
    (frame,) = [frame for frame in visit.frames if headings <= set(frame.columns)]
    return frame.rename(columns={visit.words.heading(column): column for column in columns})


def test_the_headline_names_the_drop_off_point_and_none_later_where_none_stands_out(visit, found):
    assert found.later_point is None  # the sample is drawn from one model, in which losses only fall
    lost = [
        1 - share for share in (found.worst.within.value, found.worst.within.high, found.worst.within.low)
    ]
    sides = [str(round(100 * share)) for share in lost]
    assert visit.headline == visit.words.say(
        "dropoff.headline.first", lost=lost[0], low=lost[1], high=lost[2], within=180
    ).replace("**", "")
    assert f"({sides[1]}–{sides[2]})" in visit.headline
    assert visit.says("dropoff.basis", customers=4800, median=49, trigger=148)


def test_the_figures_are_those_of_the_first_step(visit, found, study):
    first = found.steps[0]
    assert visit.metric("dropoff.goes_on") == visit.words.percent(first.within.value)
    assert visit.metric("dropoff.median") == visit.words.say("value.days", n=first.median_days)
    assert visit.metric("dropoff.trigger") == visit.words.say("value.days", n=first.trigger_day)
    assert visit.metric("dropoff.to_ask") == visit.words.count(len(study.dropoff.to_ask()))


def test_the_tables_hold_every_step_and_every_comparison(visit, found, study):
    steps = frame_with(visit, "purchase", "goes_on", "read_at_day", "naive")
    assert len(steps) == sum(step.goes_on is not None for step in found.steps)
    assert steps["goes_on"].iloc[0] == pytest.approx(found.steps[0].goes_on.value)
    compared = frame_with(visit, "group", "corrected_p", "points")
    assert len(compared) == len(study.dropoff.leaving().table)
    assert "Canale: Meta Ads" in set(compared["group"])


def test_whom_to_ask_stands_in_the_list_with_how_long_they_have_waited(visit, study):
    asked = study.dropoff.to_ask()
    shown = frame_with(visit, "customer_id", "orders", "last_bought", "waited", "trigger_day", "revenue_net")
    assert shown["customer_id"].tolist() == asked["customer_id"].tolist()
    end = study.window.last
    waited = [(end - pd.Timestamp(day).date()).days for day in shown["last_bought"]]
    assert waited == shown["waited"].tolist()
    assert ((shown["waited"] - shown["trigger_day"]).between(0, 6)).all()


def test_who_leaves_is_said_by_group_with_both_shares(visit, study):
    first = study.dropoff.leaving().table.iloc[0]
    days = study.dropoff.leaving().days
    named = next(text for text in visit.formatted if "Meta Ads" in text and "**" in text)
    assert f"**{round(100 * first['rate'])}**" in named
    assert f"**{round(100 * first['other_rate'])}**" in named
    assert visit.says("leaving.window", days=days)


def test_whom_to_ask_stands_above_the_curve(visit):
    order = [node.type for node in shown(visit) if node.type in {"dataframe", "vega_lite_chart"}]
    assert order[:2] == ["dataframe", "vega_lite_chart"]


def shown(visit):
    return [node for node in _nodes(visit.app.main) if node.type]


def test_who_buys_again_and_who_leaves_stand_apart_with_intervals_as_wide_as_the_correction(visit, study):
    table, both = study.dropoff.leaving().table, visit.charts[1:3]
    for chart, outcome in zip(both, ("repeated", "gone"), strict=True):
        of_it = table[table["outcome"] == outcome].head(6)
        drawn = next(rows for rows in drawn_in(chart) if "difference_low" in rows)
        for end in ("difference", "difference_low", "difference_high"):
            assert drawn[end].tolist() == pytest.approx((100 * of_it[end]).tolist())


def drawn_in(chart):
    return [pa.ipc.open_stream(each.data.data).read_all().to_pandas() for each in chart.datasets]


def test_every_chart_has_a_reading_for_those_who_cannot_see_it(visit):
    assert len(visit.charts) == 6
    assert all(any(c.isdigit() for c in chart.alt) for chart in visit.charts)


def test_another_purchase_changes_its_curve_and_its_comparisons_alone(found):
    visit = Visit("en", sample="shop").open("dropoff")
    before = visit.headline, visit.metrics
    *above, first = [
        chart.alt for chart in visit.charts[:4]
    ]  # the steps, who buys again, who leaves; the wait
    visit.set("purchase_number", "3")
    assert visit.failures == []
    assert (visit.headline, visit.metrics) == before
    assert [chart.alt for chart in visit.charts[:3]] == above
    assert visit.charts[3].alt != first
    step = found.steps[2]
    assert visit.words.percent(step.goes_on.value) in visit.charts[3].alt
    assert visit.words.percent(step.naive) in " ".join(visit.formatted)


def test_old_customers_can_be_left_out():
    visit = Visit("en", sample="shop").open("dropoff").set("old_customers", "leave_out")
    assert visit.failures == []
    assert visit.says("dropoff.basis", customers=4179, median=50, trigger=147)
    everybody = Visit("en", sample="cdnow", old_customers="leave_out").open("dropoff")  # all are of the first
    assert everybody.failures == []
    assert everybody.headline is None
    assert everybody.says("dropoff.too_few")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS, "too_few"),
        ([("c", f"2024-{month:02}-10", 10) for month in range(1, 13)], "too_few"),  # one customer
        ([(f"c{n % 24}", f"2024-{1 + n // 24:02}-10", 10) for n in range(50)], "too_few"),  # fifty rows
        ([(f"c{n}", f"2024-01-{8 + n % 5:02}", 10) for n in range(60)], "too_short"),  # one week
    ],
)
def test_a_file_too_small_gets_a_sentence(rows, said, language):
    visit = Visit(language).upload("small.csv", csv(rows)).open("dropoff")
    assert visit.failures == visit.errors == []
    assert visit.headline is None
    assert visit.charts == visit.frames == []
    assert visit.says(f"dropoff.{said}")


def test_of_several_segments_one_is_chosen_and_all_are_searched_for_who_leaves():
    visit = Visit("en", sample="shop").open("dropoff").set("dropoff_segment", "Regione")
    assert visit.failures == []
    assert visit.app.get_by_key("dropoff_segment").value == "Regione"
    compared = frame_with(visit, "split_by", "group", "corrected_p")
    assert {"Canale", "Regione"} < set(compared["split_by"])
    assert "Canale: Meta Ads" in set(compared["group"])


def test_a_file_without_segments_compares_cohorts_and_sizes_alone():
    visit = Visit("en", sample="cdnow").open("dropoff")
    assert visit.failures == []
    assert len(visit.charts) == 5
    assert not visit.says("dropoff.segment")
    assert set(frame_with(visit, "split_by", "corrected_p")["split_by"]) == {
        visit.words.say("leaving.first_order")
    }
