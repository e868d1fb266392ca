"""Settings are codes no language changes: seeded by the address, kept over pages, given as a link."""

from datetime import date
from itertools import zip_longest

import pytest

from retention.lists import ANSWERS, QUESTIONS
from retention.segments import FIFTHS, PARTS
from retention.text import LANGUAGES
from retention.ui.state.settings import SETTINGS
from tests.pages.visit import PAGES, ROWS, Visit, csv

# What can be set on each page, none of it as it starts
CHOSEN = {
    "overview": {
        "every": "quarter",
        "within": "60",
        "reconciled": "customers",
        "active_by": "typed",
        "own_days": 120,
        "rate_start": 44,
        "rate_end": 43,
        "rate_new": 12,
    },
    "dropoff": {
        "purchase_number": "3",
        "old_customers": "leave_out",
        "returned_after": 2,
        "returned_spend": 5.0,
    },
    "cohorts": {
        "period": "quarter",
        "measure": "customers",
        "activity": "on_or_after",
        "rows": "segment",
        "leave_out": 2,
        "segments_of": "segment_2",
        "revenue_as": "money",
    },
    "simulator": {
        "step": "quarter",
        "kept": "typed",
        "typed_retention": 41.5,
        "own_active": 900.0,
        "own_won": 120.0,
        "own_revenue": 60.0,
        "footing": "cohorts",
        "uplift_kind": "relative",
        "uplift": 7.5,
        "reach": "segment",
        "reach_column": 1,
        "reach_segment": 2,
        "bites_after": 6,
        "growth_from": "typed",
        "typed_growth": 2.0,
        "fixed_cost": 1000.0,
        "cost_each": 4.0,
        "form": "period_end",
        "margin": 45.0,
        "discount": 12.0,
        "years": 5,
    },
    "acquisition": {
        "payback_by": "channel",
        "response_from": "points",
        "unasked_won": 10,
        "most_won": 300,
        "unasked_kept": 50,
        "most_kept": 150,
        "second_spend_won": 8000.0,
        "second_customers_won": 220.0,
        "second_spend_kept": 900.0,
        "second_customers_kept": 110.0,
    },
    "products": {"next_step": "2"},
    "audit": {"audit_period": "quarter", "audit_cohorts": "month", "followed": "orders"},
    "lifetime_value": {
        "horizon": 24,
        "time_unit": "month",
        "matrix": "expected_purchases",
        "value_by": "segment",
        "risk_by": "segment_2",
        "holdout_until": date(2024, 6, 30),
        "purchase_kind": "mbg_nbd",
        "regularity": "1",
        "season": "off",
    },
    "customers": {
        "occasion": "loyalty",
        "contacts": 100,
        "held_back": 30,
        "contact_cost": 1.5,
        "campaign_days": 60,
        "campaign_cost": 250.0,
        "grouped_by": "rfm",
        "moved_within": "12",
        **{f"{part}_{n}": 10.0 * n for part in PARTS for n in FIFTHS},
        **{f"answer_{question}": ANSWERS[0] for question in QUESTIONS},
    },
}
# By a footing that measures its own retention, by a second month, which tells how many at most, and by when a
# customer counts as back: but kept
LEFT_ASIDE = {"kept", "typed_retention", "most_won", "most_kept", "purchase_number"}
DECIDING = {"footing", "response_from"}  # what else is asked: set last
ALL = {name: value for page in CHOSEN.values() for name, value in page.items()}
DEFAULTS = {name: setting.default for name, setting in SETTINGS.items()}
HOSTILE = {
    "reconciled": ["Customers", "clv", ""],
    "period": ["Month", "mese", "day", "", "fortnight", "month ", "__class__", "<script>alert(1)</script>"],
    "measure": ["Share", "% of cohort", "size", "0"],
    "purchase_number": ["0", "9", "1.0", "first", "", "-1"],
    "returned_after": ["0", "51", "1.5"],
    "returned_spend": ["-1", "1e10", "nan"],
    "next_step": ["0", "4", "first", ""],
    "old_customers": ["Included", "leave-out", "True"],
    "activity": ["later", "On the period", ""],
    "rows": ["channel", "Primo periodo", "0"],
    "leave_out": ["-1", "25", "1.5", "all"],
    "revenue_as": ["Shares", "euro"],
    "kept": ["Misurata, stretta", "None", "strict,textbook"],
    "audit_period": ["week", "Quarter", "trimestre", ""],
    "audit_cohorts": ["week", "day", "0"],
    "followed": ["gross", "Orders", "__class__"],
    "uplift": ["nan", "inf", "-inf", "-1", "100.1", "1e400", "five", "", "5 %", "5,5", "0x10", "٥x"],
    "typed_retention": ["-0.1", "101", "NaN", "35%"],
    "margin": ["-5", "1000", "30; DROP TABLE"],
    "years": ["0", "11", "3.5", "1e1", "", "-3", "9" * 5000],
    "footing": ["textbook", "Cohorts", "__class__"],
    "own_active": ["-1", "nan", "1e10", "many"],
    "own_won": ["-0.5", "inf", ""],
    "own_revenue": ["-1", "12 €", "None"],
    "reach": ["everybody", "channel", ""],
    "reach_column": ["-1", "100", "Canale"],
    "reach_segment": ["-1", "10000", "0.5", "<b>"],
    "bites_after": ["-1", "61", "1.5"],
    "growth_from": ["usual", "On", ""],
    "typed_growth": ["-50.1", "51", "nan"],
    "fixed_cost": ["-1", "1e10", "100 €"],
    "cost_each": ["-1", "1e7", "inf"],
    "payback_by": ["Channels", "cohorts", ""],
    "response_from": ["Assumptions", "months", ""],
    "unasked_won": ["-1", "100", "0.5"],
    "most_won": ["100", "1001", "twice"],
    "unasked_kept": ["-1", "100", "80 %"],
    "most_kept": ["100", "inf", ""],
    "second_spend_won": ["-1", "1e10", "nan"],
    "second_customers_won": ["-0.1", "many", ""],
    "second_spend_kept": ["inf", "-5", "100 €"],
    "second_customers_kept": ["1e10", "-1", "<b>"],
    "purchase_kind": ["BG/NBD", "bg-nbd", "gg_nbd", ""],
    "regularity": ["0", "5", "1.0", "often"],
    "season": ["auto", "True", ""],
    "segments_of": ["Canale", "segment_5", "country", ""],
    "value_by": ["Canale", "cohorts", "segment_0"],
    "risk_by": ["P(active)", "p_alive ", "clv"],
    "holdout_until": ["middle", "2024-02-30", "30/06/2024", "", "9" * 400],
    "horizon": ["0", "61", "12.0", "twelve", "None"],
    "discount": ["-1", "100.01", "infinity"],
    "occasion": ["Win back", "win-back", ""],
    "contacts": ["0", "1.5", "all"],
    "held_back": ["-1", "91", "a fifth"],
    "contact_cost": ["-1", "1e7", "inf"],
    "campaign_days": ["6", "731", "90.5"],
    "campaign_cost": ["-1", "1e10", "nan"],
    "grouped_by": ["RFM", "groups", ""],
    "moved_within": ["1", "6 months"],
    **{f"{part}_{n}": ["-1", "nan", "many"] for part in PARTS for n in FIFTHS},
    **{f"answer_{question}": ["Yes", "perhaps"] for question in QUESTIONS},
    "lang": ["fr", "IT", "it-IT", "", "<b>"],
    "sample": ["nothing", "../../etc/passwd", "shop ", "Shop", "https://example.com/x.csv"],
    "until": ["2020-01-01"],
    "source": ["x"],
    "seeded": ["x"],
    "map_customer": ["x"],
}


@pytest.fixture(
    scope="module",
    params=[pytest.param("lifetime_value", id="quick"), pytest.param(None, marks=pytest.mark.slow)],
)
def settled(request):
    """A visit in which everything that can be set was set, each on its page; on one perhaps by hand."""
    visit = Visit("it", sample="shop", url="http://localhost:8501/cohorts", footing="constant")
    visit.by_hand = request.param
    visit.app.session_state["audit_lens"] = "one_cohort"  # the one with settings of its own
    for page, settings in CHOSEN.items():
        if page == visit.by_hand:
            for name, value in settings.items():
                visit.app.session_state[name] = value
        else:
            choose(visit.open(page), settings)
    return visit.run()


def choose(visit, settings):
    """Set at once what is there to be set, then what has come of it: own days, where days are typed."""
    left = dict(settings)
    while left:
        there = [name for name in left if shown(visit, name)]
        assert there, left
        for name in [name for name in there if name not in DECIDING] or there:
            visit.app.get_by_key(name).set_value(left.pop(name))
        assert visit.run().failures == []


def shown(visit, name):
    try:
        return visit.app.get_by_key(name) is not None
    except KeyError:
        return False


def test_the_chosen_settings_are_all_there_are():
    assert ALL.keys() == SETTINGS.keys()
    assert not ALL.items() & DEFAULTS.items()


def test_settings_survive_going_from_page_to_page(settled):
    for page in [page for page in PAGES if page != settled.by_hand]:
        settled.open(page)
        assert settled.failures == []
        assert settled.settings == ALL
        chosen = {name: value for name, value in CHOSEN.get(page, {}).items() if name not in LEFT_ASIDE}
        assert {name: settled.app.get_by_key(name).value for name in chosen} == chosen


def test_the_link_opens_the_same_view(settled):
    settled.open("cohorts")
    asked = settled.link
    assert asked.pop("lang") == "it"
    opened = Visit("it", **asked)
    assert opened.settings == settled.settings
    assert opened.app.session_state["source"].sample == "shop"
    assert opened.open("cohorts").headline == settled.headline
    assert opened.link.items() >= asked.items()


def test_the_link_is_the_address_of_the_page():
    visit = Visit("en", url="https://ritorno.example/simulator?lang=it&uplift=9&x=1#top")
    assert visit.app.sidebar.code[0].value == "https://ritorno.example/simulator?lang=en"


def test_the_link_of_a_file_of_ones_own_names_no_file():
    visit = Visit("en", uplift="7").upload("secret name.csv", b"customer,date,amount\na,2024-01-01,1\n")
    assert visit.link == {"lang": "en", "file": "own", "uplift": "7.0"}
    assert not any("secret" in html.proto.body for html in visit.app.sidebar.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_link_to_a_view_of_a_file_says_so_and_asks_for_the_file(language, page):
    visit = Visit(language, file="own", period="quarter", uplift="7").open(page)
    words = visit.words
    assert visit.failures == visit.errors == []
    assert visit.says("shared.told")
    named = [
        words.say("shared.setting", name=words.say(f"setting.{name}"), value=value)
        for name, value in (("period", words.say("setting.period.quarter")), ("uplift", "7"))
    ]
    assert visit.says("shared.settings", settings=named)
    link = {"lang": language, "file": "own", "period": "quarter", "uplift": "7.0"}
    link |= {"slide": "1"} if page == "meeting" else {}  # which message is shown
    assert visit.link == link
    visit.upload("sales.csv", csv(ROWS))
    assert visit.failures == []
    assert not visit.says("shared.told")
    assert visit.settings["period"] == "quarter"
    assert visit.link == link


def test_a_link_that_holds_no_view_of_a_file_is_an_invitation():
    assert not Visit("en", period="quarter").says("shared.told")
    assert not Visit("en", file="secret.csv").says("shared.told")


def rounds():
    """The first hostile text of every setting, then the second, and so on."""
    return [
        {name: text for name, text in zip(HOSTILE, texts, strict=True) if text is not None}
        for texts in zip_longest(*HOSTILE.values())
    ]


@pytest.mark.parametrize("asked", rounds())
def test_what_an_address_may_not_ask_for_is_ignored(asked):
    visit = Visit(None, locale="en-GB", **asked)
    assert visit.failures == []
    assert visit.errors == []
    assert visit.settings == DEFAULTS
    assert visit.language == "en"
    assert "source" not in visit.app.session_state


@pytest.mark.slow
def test_hostile_settings_leave_the_pages_as_they_are():
    hostile = {name: texts[0] for name, texts in HOSTILE.items() if name in SETTINGS}
    visit = Visit("en", sample="shop", **hostile)
    for page in CHOSEN:  # those that have settings
        assert visit.open(page).failures == []
        assert visit.errors == []


def test_the_address_is_read_once():
    visit = Visit("en", sample="shop", uplift="7", period="quarter").open("simulator")
    visit.set("uplift", 9.0)
    visit.app.query_params["uplift"] = "2"
    visit.app.query_params["sample"] = "cdnow"
    visit.run()
    assert visit.settings["uplift"] == 9.0
    assert visit.settings["period"] == "quarter"
    assert visit.app.session_state["source"].sample == "shop"


@pytest.mark.parametrize("sample", ["shop", "cdnow"])
def test_the_address_opens_a_sample(sample):
    visit = Visit("en", sample=sample)
    assert visit.app.session_state["source"].sample == sample
    assert visit.open("cohorts").headline


def test_a_period_the_data_is_too_short_for_gives_way_to_one_it_is_not():
    visit = Visit("en", sample="shop", step="year").open("simulator")
    assert visit.failures == []
    assert visit.settings["step"] == "year"  # two years of data, one transition
    short = Visit("en", sample="cdnow", step="year").open("simulator")
    assert short.failures == []
    assert short.settings["step"] == "month"


@pytest.mark.slow
@pytest.mark.parametrize("end", ["low", "high"])
def test_the_bounds_of_the_numbers_can_be_used(end):
    asked = {name: getattr(setting, end) for name, setting in SETTINGS.items() if hasattr(setting, end)}
    visit = Visit("en", sample="shop", kept="typed", **{name: f"{value:g}" for name, value in asked.items()})
    assert visit.settings.items() >= asked.items()
    for page in CHOSEN:
        assert visit.open(page).failures == []
        assert visit.errors == []
