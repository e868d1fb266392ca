"""Both ends of every figure, by pandas alone, on the sample shop and on Online Retail."""

import math
from datetime import date

import pandas as pd
import pytest

from retention.reconciled import FIGURES
from retention.report.reconciled import reconciled
from retention.resources import resource
from retention.study import Study
from tests.reconciled.made import ROWS, steps, study_of


@pytest.fixture(scope="module")
def sample_study(analysed_shop):
    return analysed_shop.study


@pytest.fixture(scope="module")
def sample_rows():
    """The sample's rows as a spreadsheet has them, nobody left out."""
    rows = pd.read_csv(resource("sample_data/negozio.csv"), sep=";", dtype=str)
    return pd.DataFrame(
        {
            "order": rows["Numero ordine"],
            "customer": rows["Codice cliente"],
            "when": pd.to_datetime(rows["Data ordine"], format="%d/%m/%Y", errors="coerce"),
            "amount": pd.to_numeric(
                rows["Totale ordine"].str.replace(".", "").str.replace(",", "."), errors="coerce"
            ),
        }
    )


@pytest.fixture(scope="module")
def retail_rows(retail_file):
    rows = retail_file.table
    return pd.DataFrame(
        {
            "order": rows["InvoiceNo"].astype(str),
            "customer": rows["CustomerID"].astype("str").where(rows["CustomerID"].notna()),
            "when": pd.to_datetime(rows["InvoiceDate"]),
            "amount": pd.to_numeric(rows["Quantity"]) * pd.to_numeric(rows["UnitPrice"]),
        }
    )


@pytest.fixture(scope="module", params=["sample", "retail"])
def both(request):
    """A study, and the rows of its file."""
    return tuple(request.getfixturevalue(f"{request.param}_{what}") for what in ("study", "rows"))


def test_what_a_sum_over_the_export_gives(both):
    study, rows = both
    (_, sales), (code, added_up), *_ = steps(study, "revenue_net")
    assert sales == pytest.approx(rows["amount"].clip(lower=0).sum())
    assert (code, added_up) == ("refunds", pytest.approx(rows["amount"].sum()))


def test_what_a_sum_over_the_month_gives(both):
    study, rows = both
    found = study.reconciled.of("revenue_latest", "month")
    month = f"{found.number // 12}-{found.number % 12 + 1:02d}"
    amounts = rows["amount"][rows["when"].dt.strftime("%Y-%m") == month]
    assert [step.value for step in found.steps[:2]] == pytest.approx(
        [amounts.clip(lower=0).sum(), amounts.sum()]
    )


def test_what_a_mean_over_the_order_numbers_gives(both):
    study, rows = both
    mean = rows["amount"].sum() / rows["order"].nunique()
    assert steps(study, "average_order_value")[0] == ("order_mean", pytest.approx(mean))


def test_what_counting_the_customers_gives(both):
    study, rows = both
    assert steps(study, "customers")[0] == ("as_written", rows["customer"].nunique())


def test_what_counting_their_orders_gives(both):
    study, rows = both
    orders = rows.dropna(subset="customer").groupby("customer")["order"].nunique()
    assert steps(study, "repeat_purchase_rate")[0] == ("repeat_all", pytest.approx((orders > 1).mean()))


def bought(study, *, zeros):
    """Each customer's days with an order, those worth 0 among them or not."""
    table = study.orders.table
    kinds = ["purchase", "zero"] if zeros else ["purchase"]
    table = table[table["kind"].isin(kinds)]
    return table.groupby("customer_id")["date"].agg(lambda days: sorted({day.date() for day in days}))


@pytest.mark.parametrize("zeros", [True, False], ids=["zeros", "without"])
def test_retention_by_days_customer_by_customer(both, zeros):
    study = both[0]
    found = study.reconciled.of("strict_retention", "month")
    start = date(found.number // 12, found.number % 12 + 1, 1).toordinal()
    end = date((found.number + 1) // 12, (found.number + 1) % 12 + 1, 1).toordinal()
    width = study.shop.active_days()
    there = stayed = back = 0
    for days in bought(study, zeros=zeros):
        numbers = [day.toordinal() for day in days]
        before = any(start - width <= day < start for day in numbers)
        after = any(end - width <= day < end for day in numbers)
        new = start <= numbers[0] < end
        there += before
        stayed += before and after
        back += after and not before and not new
    of = dict(steps(study, "strict_retention"))
    assert of["within_days" if zeros else "zero_orders"] == pytest.approx((stayed + back) / there)
    if not zeros:
        assert of["paused"] == pytest.approx(stayed / there)


@pytest.mark.parametrize("zeros", [True, False], ids=["zeros", "without"])
def test_the_plain_mean_of_cohorts_customer_by_customer(both, zeros):
    study = both[0]
    last = 12 * study.window.last.year + study.window.last.month - 1
    won, back = {}, {}
    for days in bought(study, zeros=zeros):
        months = {12 * day.year + day.month - 1 for day in days}
        first = min(months)
        won[first] = won.get(first, 0) + 1
        back[first] = back.get(first, 0) + (first + 1 in months)
    shares = [back[month] / won[month] for month in won if month < last]
    of = dict(steps(study, "cohort_retention"))
    assert of["unweighted" if zeros else "zero_orders"] == pytest.approx(sum(shares) / len(shares))


def ours(study):
    """Every figure where it stands in the library."""
    metrics, flows = study.shop.metrics("month"), study.shop.flows("month").complete.iloc[-1]
    pooled = study.cohorts.table("month").pooled
    return {
        "revenue_latest": flows["revenue"],
        "revenue_net": metrics.revenue_net,
        "average_order_value": metrics.average_order_value,
        "customers": len(study.tables.customers()),
        "repeat_purchase_rate": metrics.repeat_purchase_rate,
        "strict_retention": flows["strict_retention"],
        "cohort_retention": pooled.loc[pooled["age"] == 1, "rate"].iloc[0],
    }


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("which", ["sample", "retail", "made", "cdnow"])
def test_the_last_step_is_our_figure_exactly(which, figure, request):
    studies = {"made": study_of, "cdnow": lambda: request.getfixturevalue("analysed_cdnow").study}
    study = studies[which]() if which in studies else request.getfixturevalue(f"{which}_study")
    found = study.reconciled.of(figure, "month")
    assert found.ours == ours(study)[figure]
    assert math.fsum([found.theirs, *(step.value for step in found.changes)]) == pytest.approx(found.ours)


def test_every_row_that_leaves_is_a_step(both):
    """What the rows come to is the same sum as our figure: nothing is left for a step without a name."""
    for figure in FIGURES:
        assert "orders" not in dict(steps(both[0], figure))


def test_the_order_of_the_rows_changes_nothing():
    there, back = study_of(ROWS), study_of(ROWS[::-1])
    assert reconciled(there, "month") == reconciled(back, "month")


def test_orders_that_name_their_refunds_need_no_file():
    study = Study(study_of().orders)
    assert steps(study, "revenue_latest") == [
        ("sales", 180),
        ("refunds_on_order_day", 175),
        ("refund_day", 165),
    ]
    assert steps(study, "customers") == [("any_order", 5), ("only_refunds", 4), ("zero_orders", 3)]


def test_the_json_names_the_period(sample_study):
    found = reconciled(sample_study, "month")
    assert list(found) == list(FIGURES)
    assert found["revenue_latest"]["period"] == "2024-12"
    assert found["revenue_latest"]["untold"] == ["refund_day"]
    assert found["revenue_net"]["period"] is None
    assert found["revenue_net"]["steps"][-1]["value"] == sample_study.shop.metrics("month").revenue_net
