from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.errors import DataWarning, InputError
from retention.ingest import guess, read, read_spend, typed_spend
from retention.ingest.spend import read_months
from retention.ingest.words.months import month_number
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
    months = read_months(pd.Series([text, ""]))
    assert np.isnan(months.number).all()
    assert months.blank.tolist() == [False, True]


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


def read_back(text):
    return read_spend(read(text.encode(), "spend.csv"))


HEAD = "month;channel;amount;purpose\n"
ODD = (
    "03/2024;a;1;retention\n"
    ";a;1;retention\n"
    "soon;a;1;retention\n"
    "03/2024;a;1;\n"
    "03/2024;a;1000;fun\n"
    "03/2024;a;;retention\n"
    "03/2024;a;x;retention\n"
)


def test_rows_that_cannot_be_used_are_counted_by_reason():
    spend = read_back(HEAD + ODD)
    reasons = ["missing_month", "unreadable_month", "missing_purpose", "unknown_purpose"]
    assert spend.set_aside == dict.fromkeys([*reasons, "missing_amount", "unreadable_amount"], 1)
    assert (spend.rows, spend.rows_used) == (7, 1)


def test_rows_that_cannot_be_used_are_told_with_the_money_in_them_and_kept_to_be_mended():
    spend = read_back(HEAD + ODD)
    details = {"n": 6, "rows": 7, "reasons": spend.set_aside, "amount": 1003.0}
    assert spend.warnings == (DataWarning("spend_rows_set_aside", details),)
    assert spend.amount_set_aside == 1003.0
    rows = {
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in spend.unused[["month", "channel", "purpose", "amount"]].itertuples(index=False)
    }
    assert rows == {
        (None, "a", "retention", 1.0),
        ("soon", "a", "retention", 1.0),
        ("2024-03", "a", None, 1.0),
        ("2024-03", "a", "fun", 1000.0),
        ("2024-03", "a", "retention", None),
    }


def test_spend_without_a_channel_counts():
    spend = read_back(HEAD + "03/2024;;5000;acquisition\n03/2024;a;1;acquisition\n")
    assert spend.table[["channel", "amount"]].to_numpy().tolist() == [["", 5000.0], ["a", 1.0]]
    assert spend.warnings == ()


def test_a_credit_is_deducted_from_the_spend_of_its_month_channel_and_purpose():
    rows = ["03/2024;a;100.10;acquisition", "03/2024;a;-100.10;acquisition", "03/2024;b;30;acquisition"]
    spend = read_back(HEAD + "\n".join([*rows, "03/2024;b;-10;acquisition"]))
    assert spend.table[["channel", "amount"]].to_numpy().tolist() == [["a", 0.0], ["b", 20.0]]
    assert spend.set_aside == {}


def test_spend_that_stays_negative_is_set_aside():
    spend = read_back(HEAD + "03/2024;a;10;acquisition\n03/2024;a;-40;acquisition\n04/2024;a;7;acquisition\n")
    assert spend.table["amount"].tolist() == [7.0]
    assert spend.set_aside == {"negative_amount": 2}
    assert spend.amount_set_aside == -30.0


def test_leads_are_written_as_the_amounts_are():
    rows = "Mese;Canale;Importo;Scopo;Contatti\n03/2024;a;1.234,56;acquisizione;1.200\n"
    spend = read_back(rows + "04/2024;a;1.000,00;acquisizione;2.500\n")
    assert spend.table["leads"].tolist() == [1200, 2500]


def test_leads_below_nothing_are_unknown_and_their_row_counts():
    spend = read_back(
        "month;channel;amount;purpose;leads\n03/2024;a;1;acquisition;-5\n03/2024;b;2;acquisition;many\n"
    )
    assert spend.table["amount"].tolist() == [1.0, 2.0]
    assert spend.table["leads"].isna().all()
    assert spend.warnings == (DataWarning("spend_leads_unknown", {"n": 2}),)


def test_what_a_sheet_leaves_open_is_told():
    codes = [w.code for w in read_back(HEAD + "03/02/2024;a;1;retention\n").warnings]
    assert codes == ["spend_date_order_assumed"]
    codes = [w.code for w in read_back("month;channel;amount;purpose\n2024-03;a;1,200;retention\n").warnings]
    assert codes == ["spend_decimal_assumed"]


def test_typed_rows_follow_the_rules_of_a_file():
    columns = ["month", "channel", "purpose", "amount", "leads"]
    rows = [
        ("03/2024", "a", "acquisition", 40.0, 3.0),
        ("2024-03", "a", "acquisition", -10.0, None),
        ("mar 2024", None, "acquisition", 5.0, -1.0),
        ("03/2024", "b", "retention", -5.0, None),
        (None, None, "acquisition", None, None),
    ]
    spend = typed_spend(pd.DataFrame(rows, columns=columns))
    assert spend.table[["month", "channel", "amount"]].to_numpy().tolist() == [
        [MARCH, "", 5.0],
        [MARCH, "a", 30.0],
    ]
    assert spend.set_aside == {"missing_month": 1, "negative_amount": 1}
    assert spend.warnings[1] == DataWarning("spend_leads_unknown", {"n": 1})
    nothing = typed_spend(pd.DataFrame(columns=columns))
    assert nothing.table.empty
    assert nothing.warnings == ()


def test_columns_that_are_missing_are_named():
    with pytest.raises(InputError) as caught:
        read_spend(read(b"month;amount\n03/2024;1\n", "spend.csv"))
    assert caught.value.code == "missing_columns"
    assert caught.value.details == {"missing": ["channel"], "columns": ["month", "amount"]}


@pytest.mark.parametrize("head", ["month,channel,amount", "Mese,Canale,Importo", "day,campaign,spend"])
def test_without_a_purpose_all_is_spent_on_winning_and_a_warning_says_so(head):
    text = f"{head}\n2024-03-01,Ads,10\n2024-03-02,Mail,5\n2024-03-09,Ads,2\n"
    spend = read_spend(read(text.encode(), "spend.csv"))
    assert spend.table[["month", "channel", "purpose", "amount"]].to_numpy().tolist() == [
        [MARCH, "Ads", "acquisition", 12.0],
        [MARCH, "Mail", "acquisition", 5.0],
    ]
    assert [warning.code for warning in spend.warnings if "purpose" in warning.code] == [
        "spend_purpose_assumed"
    ]
    named = read_spend(read(f"{head},purpose\n2024-03-01,Ads,10,retention\n".encode(), "spend.csv"))
    assert "spend_purpose_assumed" not in [warning.code for warning in named.warnings]


def test_a_sheet_of_orders_is_no_spend_and_one_of_spend_no_orders():
    orders = "date,channel,amount,customer_id,order_id\n" + "".join(
        f"2024-03-{day:02d},Ads,{10 + day}.50,c{day % 7},o{day}\n" for day in range(1, 29)
    )
    with pytest.raises(InputError) as caught:
        read_spend(read(orders.encode(), "orders.csv"))
    assert (caught.value.code, caught.value.details) == ("spend_is_orders", {"customer": "customer_id"})
    spend = "month,channel,amount,purpose\n" + "".join(
        f"2024-{month:02d},{channel},{100 + month},acquisition\n"
        for month in range(1, 13)
        for channel in ("Ads", "Mail")
    )
    assert guess(read(spend.encode(), "spend.csv")).refusal().code == "orders_are_spend"
    assert guess(read(b"a,b\n1,2\n", "else.csv")).refusal().code == "no_usable_column"


def test_no_usable_row_is_an_error():
    with pytest.raises(InputError) as caught:
        read_spend(read(b"month;channel;amount;purpose\nsoon;a;1;retention\n", "spend.csv"))
    assert caught.value.code == "no_usable_spend"
    assert caught.value.details == {"rows": 1, "reasons": {"unreadable_month": 1}}


def test_months_of_days_a_spreadsheet_program_swapped_are_swapped_back_and_said():
    rows = ["Date,Channel,Amount,Purpose", "2023-05-01,ads,10,retention", "17/01/2023,ads,20,retention"]
    found = read_spend(read("\n".join(rows).encode(), "spend.csv"))
    assert found.table["amount"].tolist() == [30.0]
    (said,) = found.warnings
    assert (said.code, said.details) == ("dates_swapped_back", {"column": "Date", "rows": 1})
