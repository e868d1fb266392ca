"""Marketing spend: the sample's own, or a sheet; kept while the visitor goes about."""

import pytest

from tests.pages.sentences import said_by
from tests.pages.visit import ROWS, Visit, csv, unescaped

COLUMNS = ("month", "channel", "amount", "purpose")
# ROWS wins three customers in January and one in February; two are kept in February and two in March
SPEND = [
    ("2024-01", "Ads", 30, "acquisition"),
    ("2024-02", "Ads", 50, "acquisition"),
    ("2024-02", "Mail", 3, "retention"),
    ("2024-03", "Mail", 5, "retention"),
]


@pytest.fixture
def visit():
    return Visit("en").upload("sales.csv", csv(ROWS)).open("acquisition")


def spend(rows, columns=COLUMNS):
    return csv(rows, columns)


def test_without_spend_the_page_says_what_to_do(visit):
    assert visit.failures == visit.errors == []
    assert visit.says("acquisition.no_spend")
    assert not visit.charts


def test_a_sheet_of_spend_gives_the_cost_of_winning_and_of_keeping(visit):
    visit.upload("spend.csv", spend(SPEND))
    assert visit.failures == visit.errors == []
    assert visit.metric("acquisition.cac") == "20.00"  # 80 for four
    ratio = next(text for text in map(unescaped, visit.formatted) if "20.00 against" in text)
    assert "against 2.00" in ratio  # 8 for four kept
    assert "10 times" in ratio.replace("**", "")


def test_rows_that_cannot_be_used_are_told_and_stay_to_be_mended(visit):
    odd = [("2024-01", "Ads", "n/a", "acquisition"), ("2024-02", "Ads", 900, "brand awareness")]
    visit.upload("spend.csv", spend([*SPEND, *odd, ("2024-02", "Ads", -10, "acquisition")]))
    assert visit.failures == visit.errors == []
    reasons = {"unknown_purpose": 1, "missing_amount": 1}
    told = {"n": 2, "rows": 6, "reasons": reasons, "amount": 900.0}
    assert visit.says("warning.spend_rows_set_aside", **told)
    assert visit.says("spend.mend")
    assert visit.metric("acquisition.cac") == "17.50"  # 30 and 50 less a credit of 10 for four
    table = visit.app.session_state["spend"]
    assert table["month"].head(2).tolist() == ["01/2024", "02/2024"]
    assert table["purpose"].head(2).tolist() == ["acquisition", "brand awareness"]
    visit.open("data").open("acquisition")
    assert visit.says("warning.spend_rows_set_aside", **told)
    visit.upload("spend.csv", spend(SPEND))
    assert not visit.says("spend.mend")


def test_spend_without_a_channel_counts_and_is_no_channel(visit):
    visit.upload("spend.csv", spend([*SPEND, ("2024-02", None, 40, "acquisition")]))
    assert visit.failures == visit.errors == []
    assert visit.metric("acquisition.cac") == "30.00"  # 120 for four
    named = visit.words.heading("channel")
    shown = next(frame for frame in visit.frames if visit.words.heading("share") in frame)
    assert visit.words.say("acquisition.no_channel") in set(shown[named])


def test_what_a_sheet_leaves_open_is_told(visit):
    visit.upload("spend.csv", spend([("03/02/2024", "Ads", 30, "acquisition")]))
    assert visit.says("warning.spend_date_order_assumed", column="month", day_first=False)


def test_an_italian_sheet_is_read_with_its_commas(visit):
    head, end = "Mese;Canale;Importo;Scopo", "acquisizione"
    rows = f"{head}\n01/2024;Annunci;1.030,50;{end}\n02/2024;Annunci;49,50;{end}\n"
    visit.upload("spese.csv", rows.encode())
    assert visit.errors == []
    assert visit.metric("acquisition.cac") == "270"  # 1,080 for four: from 100 on without cents


def test_spend_is_kept_over_a_change_of_page(visit):
    visit.upload("spend.csv", spend(SPEND))
    for page in ("data", "cohorts", "acquisition", "lifetime_value", "acquisition"):
        visit.open(page)
    assert visit.failures == []
    assert visit.metric("acquisition.cac") == "20.00"
    assert visit.set("margin", 50.0).metric("acquisition.cac") == "20.00"


def test_spend_is_kept_over_a_change_of_language(visit):
    visit.upload("spend.csv", spend(SPEND)).set("language", "it")
    assert visit.failures == []
    assert visit.metric("acquisition.cac") == "20,00"


def test_a_sheet_that_names_no_purpose_counts_as_winning_and_says_so(visit):
    visit.upload("spend.csv", spend([row[:3] for row in SPEND[:2]], COLUMNS[:3]))
    assert visit.failures == visit.errors == []
    assert visit.metric("acquisition.cac") == "20.00"
    assert visit.says("warning.spend_purpose_assumed")
    visit.open("data").open("acquisition")
    assert visit.says("warning.spend_purpose_assumed")


def test_spend_given_as_orders_is_recognised():
    monthly = [(f"2024-{month:02d}", channel, 30 + month) for month in range(1, 13) for channel in ("A", "B")]
    visit = Visit("en").upload("spend.csv", spend(monthly, COLUMNS[:3]))
    assert visit.failures == []
    assert {code for error in visit.errors for code in said_by(error, "en", "error")} == {
        "error.orders_are_spend"
    }


def test_another_sheet_takes_the_place_of_the_first(visit):
    visit.upload("spend.csv", spend(SPEND)).upload(
        "more.csv", spend([("2024-01", "Ads", 300, "acquisition")])
    )
    assert visit.metric("acquisition.cac") == visit.words.money(100)  # three won in January


def test_spend_belongs_to_the_data_it_was_given_for(visit):
    visit.upload("spend.csv", spend(SPEND))
    visit.open("data").press("data.sample.cdnow").open("acquisition")
    assert visit.says("acquisition.no_spend")


def test_the_sample_shop_brings_its_spend_and_cdnow_none():
    visit = Visit("en", sample="shop").open("acquisition")
    assert visit.headline
    visit.open("data").press("data.sample.cdnow").open("acquisition")
    assert visit.says("acquisition.no_spend")
    visit.open("data").press("data.sample.shop").open("acquisition")
    assert visit.headline


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("spend.csv", b"%PDF-1.7\n", "not_a_spreadsheet"),
        ("spend.csv", b"", "empty_file"),
        ("spend.csv", b"month,channel,amount,purpose\n", "no_rows"),
        ("spend.csv", spend([("Ads", 3)], ("channel", "money")), "missing_columns"),
        ("orders.csv", csv(ROWS), "spend_is_orders"),
        ("spend.csv", spend([("soon", "Ads", "much", "fun")]), "no_usable_spend"),
    ],
    ids=["a PDF", "nothing", "headings alone", "other columns", "orders", "no usable row"],
)
def test_a_sheet_that_is_no_spend_is_said_and_leaves_the_spend_there_was(visit, name, content, code):
    visit.upload("spend.csv", spend(SPEND)).upload(name, content)
    assert visit.failures == []
    assert len(visit.errors) == 1
    assert said_by(visit.errors[0], "en", "error") == {f"error.{code}"}
    assert visit.metric("acquisition.cac") == "20.00"
