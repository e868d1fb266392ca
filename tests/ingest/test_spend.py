from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import read, read_spend
from retention.ingest.months import month_number, read_months
from retention.periods import number_of

MARCH = number_of(date(2024, 3, 1), "month")


@pytest.mark.parametrize(
    "text",
    [
        "2024-03",
        "2024/3",
        "202403",
        "03/2024",
        "3-2024",
        "mar 2024",
        "Mar-24",
        "marzo 2024",
        "March 2024",
        "2024-03-15",
        "15/03/2024",
        "03/15/2024",
        "2024-03-15 10:00",
    ],
)
def test_ways_to_write_a_month(text):
    assert read_months(pd.Series([text])).number.tolist() == [MARCH]


def test_every_month_in_both_languages():
    italian = ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"]
    english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    expected = [12 * 2024 + i for i in range(12)]
    assert [month_number(f"{name} 2024") for name in italian] == expected
    assert [month_number(f"{name} 2024") for name in english] == expected


@pytest.mark.parametrize("text", ["2024-13", "00/2024", "ma 2024", "2024", "ieri", "marzipan 2024"])
def test_what_is_no_month(text):
    read_back = read_months(pd.Series([text, ""]))
    assert np.isnan(read_back.number).all()
    assert read_back.blank.tolist() == [False, True]


def test_dates_of_a_workbook_fall_in_their_months():
    dates = pd.Series(pd.to_datetime(["2024-03-31 23:00", "2024-04-01 00:00"]))
    assert read_months(dates).number.tolist() == [MARCH, MARCH + 1]


def test_spend_is_summed_to_month_channel_and_purpose():
    text = (
        "Mese;Canale;Importo;Scopo;Contatti\n"
        "03/2024;Google;1.000,50;acquisizione;10\n"
        "15/03/2024;Google;99,50;Acquisizione;\n"
        "mar 2024;Google;50;fidelizzazione;\n"
        "04/2024;Google;7;nuovi clienti;3\n"
    )
    spend = read_spend(read(text.encode(), "spese.csv"))
    assert spend.table.drop(columns="leads").to_numpy().tolist() == [
        [MARCH, "Google", "acquisition", 1100.0],
        [MARCH, "Google", "retention", 50.0],
        [MARCH + 1, "Google", "acquisition", 7.0],
    ]
    assert spend.table["leads"].fillna(-1).tolist() == [10, -1, 3]
    assert (spend.rows, spend.rows_used, spend.set_aside) == (4, 4, {})


def test_english_headings_without_leads():
    spend = read_spend(
        read(b'date,channel,amount,purpose\n2024-03-05,Mail,"1,200.50",retention\n', "spend.csv")
    )
    assert spend.table["amount"].tolist() == [1200.5]
    assert spend.table["leads"].isna().all()


def test_rows_that_cannot_be_used_are_counted_by_reason():
    text = (
        "month;channel;amount;purpose\n"
        "03/2024;a;1;retention\n"
        ";a;1;retention\n"
        "soon;a;1;retention\n"
        "03/2024;;1;retention\n"
        "03/2024;a;1;\n"
        "03/2024;a;1;fun\n"
        "03/2024;a;;retention\n"
        "03/2024;a;x;retention\n"
    )
    spend = read_spend(read(text.encode(), "spend.csv"))
    reasons = ["missing_month", "unreadable_month", "missing_channel", "missing_purpose", "unknown_purpose"]
    assert spend.set_aside == dict.fromkeys([*reasons, "missing_amount", "unreadable_amount"], 1)
    assert (spend.rows, spend.rows_used) == (8, 1)


def test_columns_that_are_missing_are_named():
    with pytest.raises(InputError) as caught:
        read_spend(read(b"month;amount\n03/2024;1\n", "spend.csv"))
    assert caught.value.code == "missing_columns"
    assert caught.value.details == {"missing": ["channel", "purpose"], "columns": ["month", "amount"]}


def test_no_usable_row_is_an_error():
    with pytest.raises(InputError) as caught:
        read_spend(read(b"month;channel;amount;purpose\nsoon;a;1;retention\n", "spend.csv"))
    assert caught.value.code == "no_usable_rows"
    assert caught.value.details == {"rows": 1, "reasons": {"unreadable_month": 1}}
