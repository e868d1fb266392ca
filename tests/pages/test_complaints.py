"""The part about complaints on Drop-off, and what Reality check makes of them."""

from datetime import date, timedelta

import pandas as pd
import pytest

from retention import ingest
from retention.study import Study
from retention.text import LANGUAGES
from tests.pages.sentences import foreign
from tests.pages.visit import Visit


@pytest.fixture(scope="module")
def study(samples):
    return Study(samples["shop"][1].orders)


@pytest.fixture(scope="module")
def complaints(study):
    """Every fourth customer of the first year complains three days after first buying, half resolved."""
    people = study.tables.customers()
    some = people[people["first_day"] < study.window.first.toordinal() + 365].iloc[::4]
    days = [date.fromordinal(int(day)) + timedelta(days=3) for day in some["first_day"]]
    resolved = ["yes" if n % 2 else "no" for n in range(len(some))]
    table = pd.DataFrame({"customer": some["customer_id"], "date": days, "resolved": resolved})
    return table.to_csv(index=False).encode()


def page(language="en", sample="shop"):
    return Visit(language, sample=sample).open("dropoff")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_complaints_says_who_came_back(complaints, study, language):
    found = study.complaints(ingest.read_complaints(ingest.read(complaints, "c.csv")).table).heard()
    visit = page(language).upload("complaints.csv", complaints)
    assert visit.failures == visit.errors == []
    after = found.after
    assert visit.says(
        "complaints.back.open",
        days=180,
        back=after.everybody.matched_back.value,
        alike=after.everybody.alike_back.value,
        points=after.everybody.difference.value,
        low=after.everybody.difference.low,
        high=after.everybody.difference.high,
    )
    assert visit.says("complaints.read", n=found.complaints)
    assert foreign(visit.texts, language, ("Canale",)) == []


def test_without_a_file_nothing_is_said():
    visit = page(sample="cdnow")
    assert visit.says("complaints.help")
    assert not visit.says("complaints.resolved.unsaid")


def test_complaints_marked_in_the_sales_file_need_no_other(study, samples):
    raw = samples["shop"][0]
    found = study.complaints(ingest.complaints_in(raw, ingest.guess(raw).mapping).table).heard().after
    assert page().says(
        "complaints.resolved.more",
        resolved=found.resolved.back.value,
        unresolved=found.unresolved.back.value,
        points=found.apart.value,
        low=found.apart.low,
        high=found.apart.high,
    )


def test_the_reality_check_takes_them(complaints):
    visit = page().upload("complaints.csv", complaints)
    visit.open("reality")
    cells = [str(cell) for each in visit.app.table for cell in each.value.to_numpy().ravel()]
    assert any("did not return within 180 days" in cell for cell in cells)
    assert any("whose complaint was resolved" in text for text in visit.formatted)


def test_names_nobody_knows_and_other_days_are_counted():
    lines = ["customer,date,resolved", *(f"nobody{n},2024-03-01,maybe" for n in range(7)), ",2024-03-01,no"]
    visit = page().upload("complaints.csv", "\n".join(lines).encode())
    assert visit.says("complaints.too_few", n=0, days=180)
    counts = dict.fromkeys(("outside", "before", "again", "too_recent"), 0)
    assert visit.says("complaints.used", strangers=7, unreadable=1, **counts)
    assert visit.says("complaints.unclear", n=7)


def test_a_file_without_customers_says_what_is_missing():
    visit = page().upload("complaints.csv", b"what,when\nbroken,2024-03-01\n")
    assert len(visit.errors) == 1
    assert "customer" in visit.errors[0]
