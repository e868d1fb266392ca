"""Win or keep beyond the costs: the trend, what a customer may cost, payback, success rates; the limits."""

import pytest

from retention.study import Study
from tests.pages.sentences import foreign
from tests.pages.visit import ROWS, Visit, csv

COLUMNS = ("month", "channel", "amount", "purpose", "leads")
# ROWS wins three customers in January and one in February; two are kept in February and two in March
SPEND = [
    ("2024-01", "Ads", 30, "acquisition", 40),
    ("2024-02", "Ads", 50, "acquisition", 10),
    ("2024-03", "Mail", 5, "retention", None),
]


@pytest.fixture(scope="module", params=["en", "it"])
def shop(request):
    return Visit(request.param, sample="shop").open("acquisition")


def upload(rows, **how):
    visit = Visit("en", **how).upload("sales.csv", csv(ROWS)).open("acquisition")
    return visit.upload("spend.csv", csv(rows, COLUMNS))


def said(visit, key):
    """The sentence of a key as the page says it, by its text before the first value."""
    start = visit.words.say(key, **dict.fromkeys(_VALUES, 0)).split("0")[0].replace("**", "")
    return [text for text in visit.formatted if start in text.replace("**", "").replace("\\", "")]


_VALUES = ("n", "low", "high", "most", "discount")


def test_the_sample_shop_tells_every_figure_in_both_languages(shop):
    assert shop.failures == shop.errors == []
    told = shop.words
    headings = [told.heading(name) for name in ("cac", "room", "paid_after", "rise_month", "cost_each")]
    for heading in headings:
        assert any(heading in frame for frame in shop.frames), heading
    assert said(shop, "acquisition.break_even.realised.interval")
    assert said(shop, "acquisition.break_even.expected.interval")
    rates = next(frame for frame in shop.frames if told.heading("success") in frame)
    low, high = (
        rates.set_index(told.heading("channel"))[told.heading(f"success_{end}")] for end in ("low", "high")
    )
    for channel, truth in {"Google Ads": 0.12, "Meta Ads": 0.06}.items():  # as the shop was made
        assert low[channel] < truth < high[channel]
    assert foreign(shop.formatted, shop.language, []) == []


def test_the_samples_advert_prices_are_seen_to_rise_where_they_were_made_to(shop):
    # the script that makes the shop lets Google Ads rise from 32 to 46, Meta Ads from 36 to 62, friends not
    told = shop.words
    table = next(frame for frame in shop.frames if told.heading("rise_month") in frame)
    table = table.set_index(told.heading("channel"))
    verdict = table[told.heading("direction")].to_dict()
    dearer = told.say("acquisition.direction.dearer")
    assert {name for name, said in verdict.items() if said == dearer} == {
        told.say("chart.all_new"),
        "Google Ads",
        "Meta Ads",
    }
    low, high = (table.loc["Meta Ads", told.heading(name)] for name in ("rise_low", "rise_high"))
    assert low < (62 / 36) ** (1 / 35) - 1 < high


def test_payback_by_channel_and_by_cohort(shop):
    told = shop.words
    for way, first in (("channel", "Meta Ads"), ("cohort", told.period(4 * 2022, "quarter"))):
        shop.set("payback_by", way)
        assert shop.failures == shop.errors == []
        table = next(
            frame
            for frame in shop.frames
            if told.heading("paid_after") in frame and told.heading("months_observed") in frame
        )
        assert table[told.heading("customer_group")].iloc[0] == first
        assert foreign(shop.formatted, shop.language, []) == []
    shop.set("payback_by", "all")


def test_leaving_out_the_first_weeks_counts_fewer_months(samples):
    visit = Visit("en", sample="shop").open("acquisition")
    before = visit.metric("acquisition.cac")
    visit.set("old_customers", "leave_out")
    assert visit.failures == visit.errors == []
    assert visit.metric("acquisition.cac") != before
    assert visit.says("acquisition.left_out", n=Study(samples["shop"][1].orders).shop.left_truncated())


def test_a_margin_of_nothing_never_pays_back(shop):
    shop.set("margin", 0.0)
    assert shop.failures == shop.errors == []
    assert shop.metric("acquisition.payback_month") == shop.words.say("value.not_yet")


def test_the_expected_value_says_the_rate_it_is_discounted_at():
    visit = Visit("en", sample="shop", discount="25").open("acquisition")
    (sentence,) = said(visit, "acquisition.break_even.expected.interval")
    assert "discounted at 25" in sentence


def test_leads_give_the_success_rate_and_survive_the_table():
    visit = upload(SPEND)
    assert visit.failures == visit.errors == []
    # four new customers of fifty addressed: 8 %, whose interval crosses 5 and not 20
    assert visit.says(
        "acquisition.success.prospects.unsure", leads=50, won=4, rate=0.08, low=0.031553, high=0.188360
    )
    visit.open("data").open("acquisition")
    assert visit.says(
        "acquisition.success.prospects.unsure", leads=50, won=4, rate=0.08, low=0.031553, high=0.188360
    )
    visit.open("reality")
    assert "8.0%" in " ".join(visit.texts)


def test_a_short_history_says_what_is_missing():
    visit = upload([(*row[:4], None) for row in SPEND])
    assert visit.says("acquisition.success.no_leads")
    assert visit.says("acquisition.trend.none")
    assert visit.says("acquisition.paid.unknown")
    assert visit.says("warning.not_observed_long_enough", months=12, longest=2)


@pytest.mark.parametrize(
    "rows",
    [
        [("2024-01", "Ads", 30, "acquisition", None)],
        [("2024-03", "Ads", 30, "acquisition", 5)],
        [("2024-02", "Mail", 30, "retention", None)],
        [("2020-02", "Ads", 30, "acquisition", 9)],
        [("2024-02", "Ads", 0, "acquisition", 0)],
    ],
    ids=["one month", "nobody won", "keeping alone", "outside the data", "nothing spent"],
)
def test_spend_that_tells_little_is_answered_with_sentences(rows):
    visit = upload(rows)
    assert visit.failures == visit.errors == []
    written = " ".join(visit.texts)
    assert "nan" not in written.lower().split()
    assert "inf" not in written.lower().split()
