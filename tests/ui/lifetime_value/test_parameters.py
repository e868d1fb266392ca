"""The models' parameters, closed until asked for, and what each says in words."""

from types import SimpleNamespace as Some

from retention.ui.lifetime_value import parameters
from tests.ui.screens import read

PURCHASES = Some(kind="bg_nbd", days_between=30.0, rate_spread=0.5, drop_out=0.2, leaves_after=5.0)
MEANT = (
    "- lifetime_value.means.dropout share=0.2 one_in=5",
    "- lifetime_value.means.no_mean q=0.9",
    "- lifetime_value.means.within spread=0.3",
)


def test_the_table_its_download_and_the_words():
    spend = Some(spread_within=0.3, has_mean=False, q=0.9)
    assert read(parameters.section, Some(purchases=PURCHASES, spend=spend), drawn=[parameters]) == [
        "expander lifetime_value.parameters",
        "buttons setting.time_unit: setting.time_unit.day, setting.time_unit.week, setting.time_unit.month = week",
        "rows ui.lifetime_value.tables.parameters",
        "download parameters: table.download ui.lifetime_value.tables.parameters",
        "\n".join(["markdown - lifetime_value.means.rate days=30 spread=0.5", *MEANT]),
        "caption lifetime_value.parameters.reading",
    ]


def test_a_mean_order_is_told_where_there_is_one(monkeypatch):
    monkeypatch.setattr(parameters.lifetime_value, "mean_spend", lambda model: 10.0 * model.q)
    got = []
    read(lambda: got.extend(parameters._of_spend(Some(spread_within=0.3, has_mean=True, q=2.0))))
    assert got == ["lifetime_value.means.spend mean=20", "lifetime_value.means.within spread=0.3"]
