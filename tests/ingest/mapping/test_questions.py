from dataclasses import replace
from datetime import date

import pytest

from retention.ingest import guess, read, to_orders


def opened(text):
    raw = read(text.encode(), "a.csv")
    return raw, guess(raw)


def asked(text):
    return [(question.code, question.column, question.field) for question in opened(text)[1].questions]


OPEN_DATES = "cliente;data;importo\na;03/02/2024;1,50\nb;05/11/2024;2,50\n"
OPEN_AMOUNTS = "cliente;data;importo\na;13/02/2024;1.250\nb;15/11/2024;2.500\n"


def test_days_up_to_twelve_are_asked_about_with_what_each_order_would_mean():
    _, found = opened(OPEN_DATES)
    (question,) = found.questions
    assert (question.code, question.column, question.field) == ("date_order", "data", "day_first")
    assert [option.value for option in question.options] == [True, False]
    day_first, month_first = (option.details for option in question.options)
    assert (day_first["first"], day_first["last"]) == (date(2024, 2, 3), date(2024, 11, 5))
    assert (month_first["first"], month_first["last"]) == (date(2024, 3, 2), date(2024, 5, 11))
    assert day_first["examples"] == [("03/02/2024", date(2024, 2, 3)), ("05/11/2024", date(2024, 11, 5))]
    assert month_first["examples"] == [("03/02/2024", date(2024, 3, 2)), ("05/11/2024", date(2024, 5, 11))]


def test_thousands_or_decimals_are_asked_about_with_the_total_under_each():
    _, found = opened(OPEN_AMOUNTS)
    (question,) = found.questions
    assert (question.code, question.column, question.field) == ("decimal", "importo", "decimal")
    assert [(o.value, o.details["total"]) for o in question.options] == [
        (",", pytest.approx(3750)),
        (".", pytest.approx(3.75)),
    ]
    assert question.options[0].details["examples"] == [("1.250", 1250.0), ("2.500", 2500.0)]


@pytest.mark.parametrize("text", [OPEN_DATES, OPEN_AMOUNTS])
def test_the_first_option_is_what_is_assumed_and_an_answer_ends_the_asking(text):
    raw, found = opened(text)
    (question,) = found.questions
    results = [
        to_orders(raw, replace(found.mapping, **{question.field: option.value}))
        for option in question.options
    ]
    assumed = to_orders(raw, found.mapping)
    assert assumed.orders.table.equals(results[0].orders.table)
    assert not assumed.orders.table.equals(results[1].orders.table)
    assert [warning.code for warning in assumed.warnings] == [f"{question.code}_assumed"]
    assert all(result.warnings == () for result in results)


@pytest.mark.parametrize(
    "text",
    [
        "cliente;data;importo\na;03/02/2024;1,50\nb;15/11/2024;2,50\n",
        "cliente;data;importo\na;2024-02-03;1,50\nb;2024-11-05;2,50\n",
        "cliente;data;importo\na;01/01/2024;1,50\nb;02/02/2024;2,50\n",
        "cliente;data;importo\na;3 feb 2024;1,50\nb;5 nov 2024;2,50\n",
        "cliente;data;importo\na;13/02/2024;1250\nb;15/11/2024;2500\n",
        "cliente;data;importo\na;13/02/2024;1.250\nb;15/11/2024;2.500,00\n",
    ],
)
def test_what_the_file_decides_is_not_asked(text):
    assert asked(text) == []


def test_a_price_that_leaves_its_sign_open_follows_one_that_does_not():
    text = "cliente;data;quantità;prezzo\na;13/02/2024;1.000;0,50\nb;15/11/2024;2.000;1,50\n"
    raw, found = opened(text)
    assert found.questions == ()
    assert to_orders(raw, found.mapping).orders.table["value"].tolist() == [500.0, 3000.0]


def test_one_cell_anywhere_decides_for_a_long_file():
    rows = [f"c{i};0{1 + i % 9}/02/2024;1,50" for i in range(5000)]
    rows[3333] = "c;13/02/2024;1,50"
    assert asked("cliente;data;importo\n" + "\n".join(rows)) == []


LINES = "1;a;{0};penna;{1}\n1;a;{0};gomma;{1}\n2;b;{0};penna;{2}\n2;b;{0};riga;{2}\n"
LINES += "3;a;{0};penna;{3}\n3;a;{0};riga;{3}\n"
LINES = LINES.format("13/02/2024", "12,50", "20,00", "7,00")


def test_an_orders_total_on_each_of_its_lines_counts_once():
    raw, found = opened(f"n. ordine;cliente;data;prodotto;totale ordine\n{LINES}")
    assert (found.mapping.once_per_order, found.questions) == (True, ())
    assert to_orders(raw, found.mapping).orders.table["value"].sum() == pytest.approx(39.5)


def test_an_amount_that_is_the_same_on_all_lines_of_each_order_is_asked_about():
    raw, found = opened(f"n. ordine;cliente;data;prodotto;totale\n{LINES}")
    (question,) = found.questions
    assert (question.code, question.column, question.field) == ("amount_once", "totale", "once_per_order")
    assert [(o.value, o.details) for o in question.options] == [
        (True, {"total": pytest.approx(39.5)}),
        (False, {"total": pytest.approx(79.0)}),
    ]
    assert to_orders(raw, found.mapping).orders.table["value"].sum() == pytest.approx(39.5)


def test_lines_with_amounts_of_their_own_are_summed():
    raw, found = opened(f"n. ordine;cliente;data;prodotto;totale\n{LINES}3;a;13/02/2024;penna;1,00\n")
    assert (found.mapping.once_per_order, found.questions) == (False, ())
    assert to_orders(raw, found.mapping).orders.table["value"].sum() == pytest.approx(80.0)


def test_a_total_on_the_first_line_alone_is_the_orders():
    lines = "".join(f"{i};a;13/02/2024;penna;{i},50\n{i};;;gomma;\n" for i in range(1, 5))
    raw, found = opened(f"n. ordine;cliente;data;prodotto;importo\n{lines}")
    result = to_orders(raw, found.mapping)
    assert (result.account.rows_used, result.account.set_aside) == (8, {})
    assert result.orders.table["value"].tolist() == [1.5, 2.5, 3.5, 4.5]
