"""The Audit page: five lenses, one drawn at a time, each with its sentence, chart and table."""

import pytest

from retention import aggregate, audit
from retention.text import LANGUAGES
from retention.ui.audit.lenses import LENSES
from tests.pages.sentences import foreign, said_by
from tests.pages.visit import ROWS, Visit, csv


def look(visit, lens):
    visit.app.session_state[f"audit_lens_{visit.language}"] = visit.words.say(f"audit.lens.{lens}")
    return visit.open("audit")


@pytest.fixture(scope="module", params=LANGUAGES)
def shop(request):
    return Visit(request.param, sample="shop")


def of_a_file(rows):
    @pytest.fixture(scope="module")
    def visit():
        return Visit("en").upload("sales.csv", csv(rows))

    return visit


two_months, six_days = of_a_file(ROWS), of_a_file(ROWS[1:3])
one_month = of_a_file([*ROWS[:4], ("a", "2024-01-31", 5)])


@pytest.mark.parametrize("lens", LENSES)
def test_every_lens_speaks_one_language_and_shows_chart_and_table(lens, shop):
    visit = look(shop, lens)
    assert visit.failures == visit.errors == []
    said = said_by(visit.headline, visit.language, "audit")
    assert any(key.startswith(f"audit.{lens}.headline") for key in said)
    assert foreign(visit.texts, visit.language, ()) == []
    assert len(visit.charts) == (2 if lens == "two_periods" else 1)
    assert all(chart.alt for chart in visit.charts)
    assert visit.frames
    assert len(visit.app.get("download_button")) == len(visit.frames)


def test_the_headlines_say_what_the_lenses_found(samples):
    orders = samples["shop"][1].orders
    year = orders.window.complete("year")[-1]
    around = aggregate.around(aggregate.prepare(orders), "year", year)
    found, changed = audit.one_period(around), audit.two_periods(around)
    visit = Visit("en", sample="shop").open("audit")
    assert visit.words.percent(found.best.value) in visit.headline
    look(visit, "two_periods")
    for value in (changed.net_before, changed.net_after):
        assert visit.words.count(value) in visit.headline
    assert f" {round(100 * changed.kept.value)} " in visit.headline


def test_another_period_is_looked_at():
    visit = Visit("en", sample="shop").open("audit")
    assert "2024" in visit.headline
    visit.set("audit_period", "month")
    assert visit.failures == []
    assert "Dec 2024" in visit.headline
    visit.app.selectbox[0].set_value(12 * 2023 + 2)
    assert "Mar 2023" in visit.run().headline


def test_the_period_and_the_lens_stay_over_pages_and_languages():
    visit = look(Visit("en", sample="shop", audit_period="quarter"), "two_periods")
    visit.app.selectbox[0].set_value(4 * 2024)
    assert "Q1 2024" in visit.run().headline
    visit.open("cohorts").open("audit")
    assert "Q4 2023 to Q1 2024" in visit.headline
    visit.set("language", "it")
    assert visit.failures == []
    assert "T4 2023 a T1 2024" in visit.headline


def test_what_to_follow_changes_the_chart_alone():
    visit = look(Visit("en", sample="shop"), "one_cohort")
    headline = visit.headline
    visit.set("followed", "net")
    assert visit.failures == []
    assert visit.headline == headline
    assert visit.words.say("setting.followed.net") in visit.charts[0].alt


def test_the_same_cohort_is_not_compared_with_itself():
    visit = look(Visit("en", sample="shop"), "two_cohorts")
    second, first = visit.app.selectbox[1], visit.app.selectbox[2]
    assert second.value != first.value
    visit.app.selectbox[1].set_value(first.value)
    visit.run()
    assert visit.failures == []
    assert visit.app.selectbox[1].value != visit.app.selectbox[2].value


def test_a_margin_of_nothing_leaves_no_difference():
    visit = look(Visit("en", sample="shop", margin="0"), "two_cohorts")
    assert visit.failures == []
    assert visit.headline


@pytest.mark.parametrize("lens", LENSES)
def test_two_months_are_enough(lens, two_months):
    assert look(two_months, lens).failures == []
    assert two_months.errors == []


@pytest.mark.parametrize("lens", LENSES)
def test_too_little_data_says_so(lens, six_days):
    assert look(six_days, lens).failures == []
    assert six_days.says("audit.no_period")


@pytest.mark.parametrize("lens", LENSES)
def test_one_month_has_nothing_before_it(lens, one_month):
    assert look(one_month, lens).failures == []
    assert one_month.errors == []
