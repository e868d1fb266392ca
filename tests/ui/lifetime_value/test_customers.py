"""Every customer's value: whose it is told how far, and what the table holds."""

from types import SimpleNamespace as Some

import pandas as pd

from retention.lifetime_value import MOST_WITH_INTERVAL
from retention.ui.lifetime_value import customers
from tests.ui.screens import read


def value(number):
    ranked = pd.DataFrame({"customer_id": [f"C{n}" for n in range(number)]})
    one_by_one = Some(tables=Some(one_by_one=lambda: True))
    model = Some(kind="mbg_nbd", k=1, season=None)
    return Some(study=one_by_one, ranked=lambda: ranked, intervals=len, purchases=model)


def lines(number, typed="", *, found=lambda *_: None):
    tables, seen = customers.tables.customers, customers._found
    customers.tables.customers = lambda rows, of, forecast: pd.DataFrame({forecast: rows["customer_id"]})
    customers._found = found
    try:
        return read(customers.section, value(number), "good", state={"search_customer": typed})
    finally:
        customers.tables.customers, customers._found = tables, seen


def test_the_search_the_model_and_the_download():
    assert lines(3, "c1 ") == [
        "subheader lifetime_value.customers",
        "download customers: lifetime_value.download 3 rows",
        "text_input lifetime_value.search: c1 ",
        "caption lifetime_value.customers.model model=setting.purchase_kind.mbg_nbd",
    ]


def test_what_is_typed_is_looked_for_without_its_blanks():
    asked = []

    def found(_, chosen, typed, forecast):
        asked.append((chosen["customer_id"].tolist(), typed, forecast))

    lines(12, " c1 ", found=found)
    lines(2, found=found)
    assert asked == [(["C1", "C10", "C11"], "c1", "good"), (["C0", "C1"], "", "good")]


def test_too_many_for_intervals_is_told():
    many = f"caption lifetime_value.customers.many most={MOST_WITH_INTERVAL}"
    assert many not in lines(MOST_WITH_INTERVAL)
    assert many in lines(MOST_WITH_INTERVAL + 1)


def test_how_many_are_shown_of_how_many(monkeypatch):
    monkeypatch.setattr(customers, "cached", lambda make, *of: make(*of) if make is customers._first else [])
    ranked = value(101).ranked()
    assert read(customers._found, value(101), ranked, "", "good")[0] == (
        "caption lifetime_value.customers.help n=100 customers=101"
    )
    assert read(customers._found, value(101), ranked.head(3), "c", "good")[0] == (
        "caption lifetime_value.search.found n=3 customers=3"
    )
