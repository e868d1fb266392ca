"""What the Win or keep page asks the spend, on the terms of its settings."""

from types import SimpleNamespace as Some

import pytest

from retention.errors import DataWarning
from retention.lifetime_value import Wanted
from retention.ui.acquisition import choices
from tests.ui.screens import read


def asked_of_spending(asked):
    """A spend that notes what it is asked."""

    def note(name, answer):
        def ask(*given, **terms):
            asked.append((name, given, terms))
            return answer

        return ask

    doubts = (DataWarning("left_truncated_cac"), DataWarning("left_truncated_costs"))
    return Some(
        winning=note("winning", "found"),
        worth=note("worth", "worth"),
        values=note("values", (1.0, None)),
        left_truncation=note("doubts", doubts),
    )


@pytest.mark.parametrize(("old_customers", "left_out"), [("keep", False), ("leave_out", True)])
def test_the_terms_are_those_of_the_page(old_customers, left_out):
    asked, got = [], []
    spending = asked_of_spending(asked)
    study = Some(
        acquisition=lambda spend: spending if spend == "the spend" else None,
        value=lambda wanted, **terms: (wanted, terms),
    )
    state = {"margin": 40.0, "discount": 5.0, "purchase_kind": "mbg_nbd", "old_customers": old_customers}
    lines = read(lambda: got.append(choices.view(study, "the spend")), state=state)
    assert [line.split(":")[0] for line in lines] == [
        "number setting.margin",
        "buttons setting.old_customers",
    ]
    (view,) = got
    value = (Wanted("mbg_nbd"), {"discount_rate": 0.05})
    assert (view.value, view.margin, view.left_out) == (value, 0.4, left_out)
    assert (view.found, view.worth, view.values) == ("found", "worth", (1.0, None))
    assert list(view.doubts) == ["cac", "costs"]
    terms = {"leave_out_left_truncated": left_out}
    assert asked == [
        ("winning", (), terms),
        ("worth", (value, 0.4), terms),
        ("values", (value, 0.4), terms),
        ("doubts", (0.4,), terms),
    ]
