"""The Audit page: five lenses, one drawn at a time, each with its sentence, chart and table."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from retention import aggregate, audit
from retention.text import LANGUAGES
from retention.ui.audit.lenses import LENSES
from tests.pages.sentences import foreign, said_by
from tests.pages.visit import MAIN, ROWS, Visit, csv


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
    headline = "changed" if lens == "two_periods" else "headline"
    assert any(key.startswith(f"audit.{lens}.{headline}") for key in said)
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
    visit = Visit("en", sample="shop").open("audit")  # opens on what changed
    told = {"first": "2023", "second": "2024", "change": changed.relative_change}
    money = changed.money
    why = visit.words.say("audit.two_periods.because.more", **money)
    said = f"{visit.words.say('audit.two_periods.changed', **told)} {why}"
    assert visit.headline == said.replace("**", "")
    assert changed.net_after - changed.net_before == pytest.approx(
        money["won"] - money["lost"] + money["kept"] + changed.change("refunds")
    )
    kept = {"kept": changed.kept.value, "low": changed.kept.low, "high": changed.kept.high}
    assert visit.says("audit.two_periods.kept", first="2023", **kept)
    assert visit.words.percent(found.best.value) in look(visit, "one_period").headline


def test_another_period_is_looked_at():
    visit = Visit("en", sample="shop").open("audit")
    assert "2024" in visit.headline
    visit.set("audit_period", "month")
    assert visit.failures == []
    assert "Nov 2024 → Dec 2024" in visit.headline
    visit.app.selectbox[0].set_value(12 * 2023 + 2)
    assert "Mar 2023" in visit.run().headline


def test_the_period_and_the_lens_stay_over_pages_and_languages():
    visit = look(Visit("en", sample="shop", audit_period="quarter"), "two_periods")
    visit.app.selectbox[0].set_value(4 * 2024)
    assert "Q1 2024" in visit.run().headline
    visit.open("cohorts").open("audit")
    assert "Q4 2023 → Q1 2024" in visit.headline
    visit.set("language", "it")
    assert visit.failures == []
    assert "T4 2023 → T1 2024" in visit.headline


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


MAY = {"en": "May 2024", "it": "mag 2024"}
SMALL = {
    "one_customer": [("c", f"2024-{month:02}-10", 10) for month in range(1, 13)],
    "fifty_rows": [(f"c{n % 24}", f"2024-{1 + n // 24:02}-{1 + n % 24}", 10) for n in range(49)]
    + [("late", "2024-05-31", 5)],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SMALL)
def test_few_customers_get_a_sentence_and_the_tables_in_place_of_a_chart(name, language):
    visit = Visit(language).upload("small.csv", csv(SMALL[name]))
    for lens in LENSES:
        look(visit, lens)
        assert visit.failures == visit.errors == []
        assert visit.charts == [], lens
        assert visit.headline or visit.app.info or visit.says("audit.two_periods.none", when=MAY[language])
        assert "−0" not in " ".join(visit.formatted)
        assert not re.search(r"\((\d+([.,]\d)?%?)–\1\)", " ".join(visit.formatted))  # an interval of nothing


@pytest.mark.parametrize("lens", LENSES)
def test_one_week_has_no_period_to_look_at(lens):
    visit = Visit("en").upload("week.csv", csv([(f"c{n}", f"2024-01-{8 + n % 5:02}", 10) for n in range(60)]))
    assert look(visit, lens).failures == []
    assert visit.charts == []
    assert visit.says("audit.no_period")


def test_it_opens_on_what_changed_with_its_tables_closed():
    headline = Visit("en", sample="shop").open("audit").headline
    assert any("audit.two_periods.changed" in key for key in said_by(headline, "en", "audit"))
    fresh = AppTest.from_file(MAIN, default_timeout=120)
    fresh.query_params["sample"] = "shop"
    fresh.run().switch_page("audit.py").run()
    assert len(fresh.dataframe) == 0


@pytest.mark.parametrize("lens", LENSES)
def test_one_month_has_nothing_before_it(lens, one_month):
    assert look(one_month, lens).failures == []
    assert one_month.errors == []
