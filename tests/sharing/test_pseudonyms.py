"""Customers as numbers: no figure moves, nobody is left to be found."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.report import figures
from retention.sharing import SharedStudy, Source
from retention.sharing.pack import dump
from retention.sharing.pseudonyms import drawn, pseudonymised, tells_who
from retention.study import Settings, Study
from tests.sharing.conftest import KNOWN, SALES, study_of


def differing(one, other, where=""):
    """Places where two JSONs differ by more than the last digits, which hang on the order of a sum."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [place for key in one for place in differing(one[key], other[key], f"{where}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            p
            for n, (a, b) in enumerate(zip(one, other, strict=True))
            for p in differing(a, b, f"{where}.{n}")
        ]
    numbers = isinstance(one, float) and isinstance(other, float)
    alike = bool(np.isclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True)) if numbers else one == other
    return [] if alike else [(where, one, other)]


def test_every_figure_stays(analysed_shop):
    raw = ingest.open_sample("shop")
    guess = ingest.guess(raw)
    intake = ingest.to_orders(raw, guess.mapping)
    complaints = ingest.complaints_in(raw, guess.mapping)
    shared = pseudonymised(SharedStudy("", Source("negozio.csv"), intake, complaints=complaints))
    found = shared.intake
    assert not set(found.orders.table["customer_id"]) & set(intake.orders.table["customer_id"])
    after = figures(
        Study(found.orders, found.lines, found.exported),
        raw,
        guess,
        found,
        Settings(),
        ingest.read_spend(ingest.sample_spend()),
        shared.complaints,
    )
    assert differing(analysed_shop.figures, after) == []
    assert len(differing(analysed_shop.figures, {**after, "metrics": {}})) == 1  # it would be noticed


@pytest.mark.parametrize("telling", [True, False])
def test_a_group_named_by_its_place_is_shared_only_where_its_place_stays(telling):
    study = study_of(SALES)
    orders = study.intake.orders
    (channel, *_) = orders.segments.values()
    table = orders.table
    if telling:
        table = table.assign(**{channel: table["customer_id"].astype("str") + "@example.com"})
    intake = replace(study.intake, orders=replace(orders, table=table))
    reached = {"reach": "segment", "reach_segment": 1}
    shared = replace(
        study,
        intake=intake,
        settings={"margin": 30.0, **reached},
        scenarios=(("all", {"uplift": 5.0}), ("some", reached)),
    )
    found = pseudonymised(shared)
    assert found.settings == ({"margin": 30.0} if telling else shared.settings)
    assert [name for name, _ in found.scenarios] == (["all"] if telling else ["all", "some"])


def test_nobody_is_left_in_the_bytes():
    study = study_of(SALES)
    for made, there in ((study, True), (pseudonymised(study), False)):
        with zipfile.ZipFile(io.BytesIO(dump(made))) as packed:
            held = b"".join(packed.read(name) for name in packed.namelist())
        assert (KNOWN.encode() in held) is there
        assert (b"V0000" in held) is there  # the first order's number


def test_who_is_who_is_drawn_anew_for_each_share():
    study = study_of(SALES)
    spent = [
        tuple(pseudonymised(study).intake.orders.table.groupby("customer_id")["value"].sum())
        for _ in range(40)
    ]
    assert len(set(spent)) > 5  # of the 24 orders four customers can stand in


def test_the_order_of_rows_is_that_of_the_numbers():
    table = pseudonymised(study_of(SALES)).intake.orders.table
    pairs = list(zip(table["customer_id"], table["order_id"], strict=True))
    assert pairs == sorted(pairs)


def test_lines_stay_with_their_orders():
    study = study_of(SALES)
    found = pseudonymised(study).intake
    lines, orders = found.lines.table, found.orders.table
    same = orders.loc[lines["order"], ["customer_id", "order_id", "date"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(lines[["customer_id", "order_id", "date"]], same)
    assert lines["amount"].groupby(lines["order"]).sum().to_numpy() == pytest.approx(
        orders["value"].to_numpy()
    )
    bought = [
        sorted(zip(t["product"], t["date"], t["amount"], strict=True))
        for t in (lines, study.intake.lines.table)
    ]
    assert bought[0] == bought[1]


def test_orders_without_a_number_have_none():
    study = study_of("Cliente,Data,Importo\na,2024-01-01,10.00\nb,2024-01-05,3.00\na,2024-02-01,4.00")
    assert pseudonymised(study).intake.orders.table["order_id"].isna().all()


def test_complaints_are_of_the_same_customers():
    content = f"Cliente,Data,Risolto\n{KNOWN},2024-01-03,si\nnobody@example.it,2024-01-09,no"
    complaints = ingest.read_complaints(ingest.read(content.encode(), "reclami.csv"))
    study = replace(study_of(SALES), complaints=complaints)
    found = pseudonymised(study)
    table = found.intake.orders.table
    by_day = found.complaints.table.set_index("resolved")["customer_id"]
    assert by_day[1] in set(table["customer_id"])
    assert by_day[0] not in set(table["customer_id"])
    of_known = study.intake.orders.table.query("customer_id == @KNOWN")["value"].sum()
    assert table[table["customer_id"] == by_day[1]]["value"].sum() == of_known


def test_what_was_understood_names_nobody():
    source = Source("vendite.csv", understood={"largest": [{"customer": KNOWN}], "column": "Cliente"})
    found = pseudonymised(replace(study_of(SALES), source=source)).source.understood
    assert found["column"] == "Cliente"
    assert KNOWN not in repr(found)


@pytest.mark.parametrize(
    ("values", "tells"),
    [
        (["web", "shop"] * 50, False),
        ([None, "web"] * 50, False),
        (["anna@example.it", "web"] * 50, True),
        ([f"Via Roma {n}" for n in range(100)], True),
        ([f"Via Roma {n % 20}" for n in range(100)], False),
    ],
)
def test_a_group_that_tells_who_somebody_is(values, tells):
    orders = pd.DataFrame({"customer_id": [f"c{n % 60}" for n in range(100)]})
    assert tells_who(pd.Series(values, dtype="str"), orders) is tells


def test_such_a_group_becomes_numbers_and_others_stay():
    sales = SALES.replace(",web,", ",anna@example.it,")
    found = pseudonymised(study_of(sales)).intake.orders.table
    assert set(found["segment"]) == {"G1", "G2"}
    assert set(pseudonymised(study_of(SALES)).intake.orders.table["segment"]) == {"web", "negozio"}


def test_numbers_are_as_long_as_they_must_be():
    given = drawn(pd.Series([f"x{n}" for n in range(1000)] + [None], dtype="str"), "C").given
    assert sorted(given) == [f"C{n:04d}" for n in range(1, 1001)]
