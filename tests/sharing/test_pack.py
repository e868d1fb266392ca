"""A study as bytes and back: what a receiver computes is what its owner did."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.ingest import Account
from retention.sharing import SharedStudy, ShareVersionError, Source
from retention.sharing.pack import dump, load
from retention.study import Study
from tests.sharing.conftest import SALES, study_of

ROWS = {"set_aside_rows", "left_out_rows"}


@pytest.fixture(scope="module")
def shop():
    raw = ingest.open_sample("shop")
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    spend = pd.DataFrame({"month": ["2024-01", None], "amount": [10.5, np.nan]})
    understood = {"sheets": [], "confidence": {"date": 0.5}}
    return SharedStudy(
        "Negozio",
        Source("negozio.csv", sample="shop", ended=True, understood=understood),
        intake,
        settings={"margin": 30.0, "holdout_until": date(2024, 6, 30), "period": "month"},
        scenarios=(("uno", {"uplift": 2.0}), ("due", {})),
        spend=spend,
    )


def same_frames(one, other):
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_everything_comes_back(shop):
    found = load(dump(shop))
    for name in ("title", "source", "settings", "scenarios", "pseudonyms"):
        assert getattr(found, name) == getattr(shop, name)
    same_frames(found.spend, shop.spend)
    before, after = shop.intake, found.intake
    assert after.warnings == before.warnings
    for name in ("window", "currency", "headings"):
        assert getattr(after.orders, name) == getattr(before.orders, name)
    same_frames(after.orders.table, before.orders.table)
    same_frames(after.lines.table, before.lines.table)
    assert after.lines.amounts == before.lines.amounts
    same_frames(after.exported.days, before.exported.days)
    same_frames(after.exported.counts, before.exported.counts)
    assert (after.exported.written, after.exported.other) == (before.exported.written, before.exported.other)
    counted = {each.name for each in fields(Account)} - ROWS
    assert {n: getattr(after.account, n) for n in counted} == {n: getattr(before.account, n) for n in counted}


def test_the_same_study_is_made_of_it(shop):
    before, after = (
        Study(intake.orders, intake.lines, intake.exported)
        for intake in (shop.intake, load(dump(shop)).intake)
    )
    same_frames(after.cohorts.table("month").pooled, before.cohorts.table("month").pooled)
    assert after.products().names() == before.products().names()
    assert ingest.checks(load(dump(shop)).intake) == ingest.checks(shop.intake)


def test_rows_that_were_set_aside_are_counted_and_not_among_it():
    sales = SALES + "\nlost.and.found@example.it,V9999,not a day,10.00,web,P1"
    study = study_of(sales)
    assert len(study.intake.account.set_aside_rows) == 1
    content = dump(study)
    after = load(content).intake.account
    assert after.set_aside == study.intake.account.set_aside == {"unreadable_date": (1, 10.0)}
    assert len(after.set_aside_rows) == 0
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if b"lost.and.found" in packed.read(name)]


def test_a_file_without_products_ids_or_groups():
    bare = "Cliente,Data,Importo\na,2024-01-01,10.00\nb,2024-01-05,-3.00\na,2024-02-01,4.00"
    study = study_of(bare)
    found = load(dump(study))
    assert found.intake.lines is None
    assert found.spend is None
    assert found.complaints is None
    same_frames(found.intake.orders.table, study.intake.orders.table)


def test_complaints_come_along():
    raw = ingest.read(b"Cliente,Data,Risolto\na,2024-01-03,si\nb,2024-01-09,no", "reclami.csv")
    study = replace(study_of(SALES), complaints=ingest.read_complaints(raw))
    found = load(dump(study)).complaints
    same_frames(found.table, study.complaints.table)
    assert replace(found, table=None) == replace(study.complaints, table=None)


@pytest.mark.parametrize("version", [2, 0, "1", None])
def test_other_versions_are_refused(study, version):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(dump(study))) as source, zipfile.ZipFile(target, "w") as other:
        for name in source.namelist():
            content = source.read(name)
            if name == "study.json":
                content = json.dumps({**json.loads(content), "version": version}).encode()
            other.writestr(name, content)
    with pytest.raises(ShareVersionError):
        load(target.getvalue())


def test_nothing_of_it_is_run_when_it_is_read(study):
    with zipfile.ZipFile(io.BytesIO(dump(study))) as packed:
        for name in packed.namelist():
            assert packed.read(name)[:4] == (b"PAR1" if name != "study.json" else b'{"ve')
