"""Where the next euro should go: the sentences, from spend of both kinds and the visitor's assumptions."""

import pytest

from tests.pages.visit import ROWS, Visit, csv, unescaped

COLUMNS = ("month", "channel", "amount", "purpose")
# ROWS wins three customers in January and one in February; two are kept in February and two in March
SPEND = [
    ("2024-01", "Ads", 30, "acquisition"),
    ("2024-02", "Ads", 50, "acquisition"),
    ("2024-02", "Mail", 30, "retention"),
    ("2024-03", "Mail", 50, "retention"),
]


@pytest.fixture
def visit():
    return Visit("en").upload("sales.csv", csv(ROWS)).open("acquisition")


def test_with_one_kind_of_spend_alone_nothing_is_compared(visit):
    visit.upload("spend.csv", csv(SPEND[:2], COLUMNS))
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.needs_both")


def test_without_a_customers_worth_there_is_nothing_to_weigh(visit):
    visit.upload("spend.csv", csv(SPEND, COLUMNS))
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.no_value")


def split(visit):
    """The table behind the curves: today's spend and the best, on winning and on keeping."""
    heading = visit.words.heading("return_of_next")
    return next(frame for frame in visit.frames if heading in frame)


def test_the_sample_shops_next_euro_goes_where_it_brings_more():
    visit = Visit("en", sample="shop").open("acquisition")
    assert visit.failures == visit.errors == []
    told, rows = visit.words, split(visit)
    today, best = rows.iloc[:2], rows.iloc[2:4]
    won, kept = today[told.heading("return_of_next")]
    way = "to_winning" if won > kept else "to_keeping"
    first = told.say(f"next_euro.headline.{way}", won=won, kept=kept, gain=0.0, moved=0.0).split(". ")[0]
    assert any(unescaped(text).lstrip("# ").startswith(first) for text in visit.formatted)
    assert best[told.heading("spend")].sum() <= today[told.heading("spend")].sum() * (1 + 1e-9)
    profit = told.heading("profit_month")
    assert best[profit].iloc[0] > today[profit].iloc[0]

    visit.set("response_from", "history")
    assert sum(told.say("response.no_bend") in text for text in visit.texts) == 2

    visit.set("response_from", "assumed").set("margin", 0.0)
    assert visit.failures == visit.errors == []
    assert visit.says("next_euro.no_value")
