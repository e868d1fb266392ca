"""Who bought: the column whose ids people keep, and that names most rows."""

import pandas as pd
import pytest

from retention.ingest.columns.people import likeliest, people_columns, second_name


def named(order=None, **columns):
    """The column to go by, and the second name."""
    sample = pd.DataFrame({name.replace("_", " "): cells for name, cells in columns.items()})
    people = people_columns(sample, [name for name in sample if name != order], order)
    first = likeliest(people)
    other = None if first is None else second_name(first, people)
    return first and first.name, other and other.name


FOUR = ["1", "2", "3", "4"]
TWO = ["a", "b", "a", "b"]


def test_an_id_new_with_every_order_gives_way_to_one_that_comes_again():
    assert named(Customer_ID=FOUR, Customer_unique_ID=TWO)[0] == "Customer unique ID"
    assert named(Customer_ID=FOUR, Email=["a@x.it", "b@x.it"] * 2)[0] == "Email"
    assert named(Customer_ID=FOUR, Email=["a@x.it", "b@x.it", "c@x.it", "d@x.it"])[0] == "Customer ID"


def test_the_lines_of_an_order_do_not_make_its_customer_come_again():
    columns = {"Order": ["1", "1", "2", "2", "3", "3"], "Customer_ID": ["x", "x", "y", "y", "z", "z"]}
    assert named("Order", **columns, Customer_key=["a", "a", "b", "b", "a", "a"])[0] == "Customer key"


@pytest.mark.parametrize(("orders", "taken"), [(19, "Customer ID"), (20, "Customer name")])
def test_names_that_come_again_tell_of_returns_only_where_there_are_many(orders, taken):
    ids, names = [str(i) for i in range(orders)], ["Rossi", "Verdi"] * 10
    assert named(Customer_ID=ids, Customer_name=names[:orders])[0] == taken


def test_an_address_goes_before_a_name_and_is_a_persons_however_new():
    assert named(Billing_name=["M. R."] * 4, Contact_email=["a@x", "b@x", "c@x", "d@x"])[0] == "Contact email"


def test_a_tax_code_goes_first_and_the_name_fills_its_gaps():
    found = named(Cliente=["Alfa", "M. R.", "Alfa", "L. B."], Partita_IVA=["IT1", None, "IT1", None])
    assert found == ("Partita IVA", "Cliente")


def test_a_number_that_names_all_goes_before_an_address_with_gaps():
    assert named(Email=["a@x.it", None, None, "b@x.it"], Customer_number=TWO)[0] == "Customer number"


def test_nobody_is_found_where_no_heading_says_customer():
    assert named(Thing=FOUR) == (None, None)
