import json
import re

import pandas as pd
import pytest

from retention import ingest
from retention.__main__ import main
from tests.conftest import WORKBOOK

ORDERS = "Cliente;Data;Totale\nA;05/01/2024;10,00\nA;25/02/2024;12,50\nB;06/01/2024;8,00\n;07/01/2024;3,00\n"
PLAIN_BG = ["--model", "bg-nbd", "--season", "off", "--regularity", "1"]
PARETO = ["--model", "pareto-nbd"]


@pytest.fixture
def analyse(tmp_path):
    """Run `analyse` and give its figures."""

    def run(file, *options):
        out = tmp_path / "figures.json"
        assert main(["analyse", str(file), *options, "--json", str(out)]) == 0
        return json.loads(out.read_text(encoding="utf-8"), parse_constant=pytest.fail)

    return run


@pytest.fixture
def orders(tmp_path):
    file = tmp_path / "ordini.csv"
    file.write_text(ORDERS, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory):
    out = tmp_path_factory.mktemp("cdnow") / "figures.json"
    asked = ["--until", "1997-09-30", "--zero-orders", "keep", *PLAIN_BG, "--json", str(out)]
    assert main(["analyse", "sample:cdnow", *asked]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def regular_shop(tmp_path_factory):
    """Two years of 160 customers, half of whom come again and again."""
    rows = ["customer,date,amount"]
    for n in range(160):
        first, every = pd.Timestamp("2023-01-02") + pd.Timedelta(days=3 * n), 25 + 7 * (n % 9)
        visits = 1 + (n * 7 % 11 if n % 2 else 0)
        for visit in range(visits):
            day = first + pd.Timedelta(days=every * visit + (n * visit) % 13)
            if day <= pd.Timestamp("2024-12-31"):
                rows.append(f"c{n},{day:%Y-%m-%d},{10 + (n * 3 + visit) % 17}")
    file = tmp_path_factory.mktemp("regular") / "orders.csv"
    file.write_text("\n".join([*rows, "late,2024-12-31,12"]) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def retail(tmp_path_factory):
    if not WORKBOOK.exists():
        pytest.skip("the Online Retail workbook is not beside the project")
    out = tmp_path_factory.mktemp("retail") / "figures.json"
    assert main(["analyse", str(WORKBOOK), "--json", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def test_figures_by_hand(analyse, orders):
    found = analyse(orders)
    assert found["input"]["rows"] == 4
    assert found["input"]["set_aside"] == {"missing_customer": 1}
    assert found["input"]["mapping"] == {"customer": "Cliente", "date": "Data", "amount": "Totale"}
    assert (found["input"]["first_date"], found["input"]["last_date"]) == ("2024-01-05", "2024-02-25")
    assert found["metrics"]["revenue_net"] == pytest.approx(30.5)
    assert found["metrics"]["repeat_purchase_rate"] == pytest.approx(0.5)
    assert [row["period"] for row in found["flows"]] == ["2024-01", "2024-02"]
    assert found["cohorts"]["cells"][1]["customers"] == 1
    assert found["lifetime_value"]["bg_nbd"] is None
    assert found["lifetime_value"]["trust"] is None
    assert found["lifetime_value"]["origins"] == []
    assert found["lifetime_value"]["proposed"] is None
    assert set(found["lifetime_value"]["season"].values()) == {False, None}
    codes = [warning["code"] for warning in found["warnings"]]
    assert {"cannot_fit_purchases", "no_holdout"} <= set(codes)
    assert [(step["purchase"], step["customers"], step["goes_on"]) for step in found["dropoff"]] == [
        (1, 2, None),
        (2, 1, None),
    ]


def test_the_end_of_the_data_can_be_set(analyse, orders):
    found = analyse(orders, "--until", "2024-01-31")
    assert found["input"]["after_until"] == 1
    assert found["input"]["last_date"] == "2024-01-31"
    assert analyse(orders, "--until", "2024-02-29")["flows"][1]["complete"] is True


@pytest.mark.parametrize(
    ("period", "keys"),
    [("week", ["2024-W01", "2024-W08"]), ("quarter", ["2024-Q1"] * 2), ("year", ["2024"] * 2)],
)
def test_period_keys(analyse, orders, period, keys):
    found = analyse(orders, "--period", period)["flows"]
    assert [found[0]["period"], found[-1]["period"]] == keys


def test_the_call_may_name_the_columns_and_their_writing(analyse, tmp_path):
    file = tmp_path / "odd.csv"
    file.write_text("who,when,much\nA,03/02/2024,1.5\nA,05/02/2024,2.5\n", encoding="utf-8")
    named = ["--customer", "who", "--date", "when", "--amount", "much"]
    assert analyse(file, *named, "--day-first")["input"]["last_date"] == "2024-02-05"
    assert analyse(file, *named, "--month-first")["input"]["last_date"] == "2024-05-02"


def test_spend_gives_the_costs(analyse, tmp_path):
    file, spend = tmp_path / "orders.csv", tmp_path / "spend.csv"
    file.write_text(
        "customer,date,amount\nA,2024-01-01,10\nB,2024-01-10,10\nA,2024-02-05,10\nC,2024-02-29,10\n",
        encoding="utf-8",
    )
    spend.write_text(
        "month,channel,amount,purpose\n2024-01,ads,60,acquisition\n2024-02,ads,30,acquisition\n2024-02,mail,4,retention\n",
        encoding="utf-8",
    )
    found = analyse(file, "--spend", str(spend))["economics"]
    assert found["cac"] == pytest.approx(90 / 3)
    assert found["retention_cost"] == pytest.approx(4 / 1)
    assert found["acquisition"]["cac"]["value"] == pytest.approx(30)
    # Nobody is observed for a year and no model can be fitted: what a customer won brings is not known.
    assert found["lost_customer"] is found["value_at_risk"] is found["next_euro"] is None


def test_the_next_euro_values_who_is_kept_for_as_long_as_who_is_won(analyse, tmp_path):
    # three customers a month, of whom the first buys every month after, the second in the next month alone
    rows = ["customer,date,amount"]
    for joined in range(16):
        for who, buys in ((0, 16), (1, joined + 2), (2, joined + 1)):
            months = range(joined, min(buys, 16))
            rows += [f"{joined}-{who},{2023 + m // 12}-{1 + m % 12:02d}-{5 + who:02d},30" for m in months]
    rows += ["early,2023-01-01,30", "late,2024-04-30,30"]
    spend = ["month,channel,amount,purpose", "2023-06,ads,90,acquisition", "2023-06,mail,20,retention"]
    for name, lines in (("orders.csv", rows), ("spend.csv", spend)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    asked = ("--spend", str(tmp_path / "spend.csv"), "--margin", "0.5")
    found = analyse(tmp_path / "orders.csv", *asked)
    euro = found["economics"]["next_euro"]
    flows = found["flows"]
    before = sum(row["active"] for row in flows[:-1])
    rate = sum(row["active"] - row["new"] for row in flows[1:]) / before
    year = flows[-12:]
    month = 0.5 * sum(row["revenue"] for row in year) / sum(row["active"] for row in year)
    assert euro["retention"] == pytest.approx(rate)
    assert (euro["value_kept_months"], euro["value_kept_one_month"]) == (12, pytest.approx(month))
    assert euro["value_kept"] == pytest.approx(month * sum(rate**i for i in range(12)))
    assert euro["assumed"]["advice"] in {"to_winning", "to_keeping", "stay"}


def test_the_call_asks_what_if(analyse, tmp_path):
    file = tmp_path / "orders.csv"
    bought = [(n, month) for n in range(8) for month in range(1, 7) if (n + month) % 3 == 0 or n == month]
    rows = [f"c{n},2024-{month:02d}-10,{10 + n}" for n, month in bought]
    file.write_text("\n".join(["customer,date,amount", *rows, "z,2024-06-30,5"]), encoding="utf-8")
    asked = ["--uplift", "10", "--uplift-kind", "relative", "--years", "5", "--programme-cost", "60"]
    asked += ["--cost-per-customer", "0.5", "--bites-after", "6"]
    found = analyse(file, *asked)["economics"]["what_if"]
    assert (found["plan"]["uplift"], found["plan"]["bites_after"]) == (0.1, 0.5)
    constant = found["constant"]
    assert constant["retention_after"] == pytest.approx(1.1 * constant["retention"])
    assert len(constant["yearly"]) == 5
    months = [(month, row["after"]) for month, row in enumerate(constant["active"])][1:]
    spent = sum(1.1 ** (-month / 12) * (60 + 0.5 * active) / 12 for month, active in months)
    assert constant["cost"] == pytest.approx(spent)
    assert constant["net"] == pytest.approx(constant["gain"] - spent)


def test_complaints_are_read_and_what_cannot_be_used_is_told(analyse, orders, tmp_path, capsys):
    complaints = tmp_path / "complaints.csv"
    complaints.write_text("customer,date,resolved\nnobody,2024-01-05,yes\n,2024-01-05,no\n", "utf-8")
    found = analyse(orders, "--complaints", str(complaints))
    told = found["complaints"]
    assert (told["rows"], told["unreadable"], told["complaints"]) == (2, 1, 1)
    assert told["strangers"] + told["outside"] == 1
    assert told["after"]["everybody"] is None
    assert {"complaints_left_out"} <= {each["code"] for each in found["warnings"]}
    assert "Not all complaints could be used" in capsys.readouterr().err
    assert analyse(orders)["complaints"] is None


def test_spend_that_cannot_be_used_is_told(analyse, orders, tmp_path, capsys):
    spend = tmp_path / "spend.csv"
    spend.write_text(
        "month,channel,amount,purpose\n2024-01,ads,n/a,acquisition\n2024-01,,5000,acquisition\n"
        "2024-02,ads,1000,brand awareness\n2024-02,mail,-7,retention\n",
        encoding="utf-8",
    )
    found = analyse(orders, "--spend", str(spend))
    told = found["economics"]["acquisition"]
    reasons = {"unknown_purpose": 1, "missing_amount": 1, "negative_amount": 1}
    assert (told["rows"], told["rows_used"], told["rows_set_aside"]) == (4, 1, reasons)
    assert told["amount_set_aside"] == 1000 - 7
    warned = {warning["code"]: warning["details"] for warning in found["warnings"]}
    assert warned["spend_rows_set_aside"]["reasons"] == reasons
    assert warned["spend_in_incomplete_months"]["amount"] == 5000  # the row without a channel
    said = [line for line in capsys.readouterr().err.splitlines() if "rows of spend" in line]
    assert len(said) == 1
    assert "993" in said[0]


def test_leads_fill_the_claim_of_prospects(analyse, tmp_path):
    file, spend = tmp_path / "orders.csv", tmp_path / "spend.csv"
    file.write_text(
        "customer,date,amount\nA,2024-01-01,10\nB,2024-01-10,10\nA,2024-02-05,10\nC,2024-02-29,10\n",
        encoding="utf-8",
    )
    spend.write_text(
        "month,channel,amount,purpose,leads\n2024-01,ads,60,acquisition,20\n2024-02,ads,30,acquisition,10\n",
        encoding="utf-8",
    )
    claims = {claim["code"]: claim for claim in analyse(file, "--spend", str(spend))["claims"]}
    assert claims["sell_to_prospect"]["figure"] == pytest.approx(3 / 30)
    assert claims["sell_to_prospect"]["low"] < 0.1 < claims["sell_to_prospect"]["high"]


def test_standard_output_is_json_alone(orders, capsys):
    assert main(["analyse", str(orders)]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["input"]["customers"] == 2
    assert captured.err.startswith("warning: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["analyse", "no-such-file.csv"], "no-such-file.csv"),
        (["analyse", "sample:nothing"], "nothing"),
        (["analyse", "{orders}", "--customer", "Nobody"], "Nobody"),
        (["analyse", "{orders}", "--period", "fortnight"], "fortnight"),
        (["analyse", "{orders}", "--until", "2020-01-01"], "4"),
        (["analyse", "{orders}", "--margin", "7"], "margin"),
        (["analyse", "{orders}", "--uplift", "101"], "between 0 and 100"),
        (["analyse", "{orders}", "--uplift", "-1"], "rise of retention"),
        (["analyse", "{orders}", "--uplift", "nan"], "rise of retention"),
        (["analyse", "{orders}", "--uplift-kind", "percent"], "relative"),
        (["analyse", "{orders}", "--years", "11"], "between 1 and 10"),
        (["analyse", "{orders}", "--years", "0"], "between 1 and 10"),
        (["analyse", "{orders}", "--years", "2.5"], "--years"),
        (["analyse", "{orders}", "--programme-cost", "-1"], "cost of the programme"),
        (["analyse", "{orders}", "--cost-per-customer", "inf"], "for each customer"),
        (["analyse", "{orders}", "--bites-after", "61"], "between 0 and 60"),
        (["analyse", "{orders}", "--holdout", "2024-02-25"], "24 Feb 2024"),
        (["analyse", "{orders}", "--model", "bg_nbd"], "pareto-nbd"),
        (["analyse", "{orders}", "--season", "maybe"], "auto"),
        (["analyse", "{orders}", "--regularity", "0"], "1<=x<=4"),
        (["analyse", "{orders}", "--regularity", "5"], "1<=x<=4"),
        (["analyse", "{orders}", "--model", "pareto-nbd", "--season", "on"], "Pareto/NBD"),
        (["analyse", "{orders}", "--model", "pareto-nbd", "--regularity", "2"], "Pareto/NBD"),
        (["analyse", "{orders}", "--engine", "polars"], "spark"),
        (["analyse", "{orders}", "--json", "/no/such/folder/x.json"], "/no/such/folder/x.json"),
        (["analyse"], "FILE"),
        (["nothing"], "nothing"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_2(orders, capsys, arguments, said):
    assert main([argument.format(orders=orders) for argument in arguments]) == 2
    error = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("warning: ")]
    assert len(error) == 1
    assert error[0].startswith("error: ")
    assert said.lower() in error[0].lower()


@pytest.mark.parametrize("asked", [("--language", "it"), ("--language=it",)])
def test_errors_in_italian(capsys, asked):
    assert main(["analyse", "niente.csv", *asked]) == 2
    assert "non si può aprire" in capsys.readouterr().err


def test_cdnow_models_to_the_printed_digits(cdnow):
    model = cdnow["lifetime_value"]["bg_nbd"]
    assert [round(model[name], 4) for name in ("r", "alpha", "a", "b")] == [0.2426, 4.4136, 0.7929, 2.4259]
    errors = model["standard_errors"]
    assert [round(errors[name], 4) for name in ("r", "alpha", "a", "b")] == [0.0126, 0.3782, 0.1857, 0.7054]
    assert round(model["log_likelihood"], 3) == -9582.429
    spend = cdnow["lifetime_value"]["gamma_gamma"]
    assert [round(spend[name], 2) for name in ("p", "q", "gamma")] == [6.25, 3.74, 15.44]
    assert round(spend["log_likelihood"], 3) == -4055.918
    assert round(spend["correlation"], 3) == 0.114


def test_cdnow_lifetime_value(cdnow):
    assert cdnow["input"]["customers"] == 2357
    value = cdnow["lifetime_value"]
    assert value["expected_purchases"] == pytest.approx(2095.11, abs=0.01)
    assert value["total"] == pytest.approx(72691.45, abs=0.01)
    assert value["top_20_percent_share"] == pytest.approx(0.7126, abs=0.00005)
    assert value["low"] < value["total"] < value["high"]


def test_cdnow_by_cohort_and_what_about_the_shop_the_models_do_not_know(cdnow):
    value = cdnow["lifetime_value"]
    assert [row["cohort"] for row in value["by_cohort"]] == ["1997-01", "1997-02", "1997-03"]
    assert sum(row["customers"] for row in value["by_cohort"]) == 2357
    assert sum(row["total"] for row in value["by_cohort"]) == pytest.approx(value["total"])
    assert all(row["low"] < row["total"] < row["high"] for row in value["by_cohort"])
    assert value["by_segment"] == {}
    assert {note["code"] for note in value["validity"]} >= {"seasons_unknown"}


def test_cdnow_lost_customers_and_value_at_risk(cdnow):
    found = cdnow["economics"]
    lost, risk = found["lost_customer"], found["value_at_risk"]
    assert lost["model"] == "bg_nbd"  # the one model of every figure
    assert "one_time_buyers_stay" in [warning["code"] for warning in lost["warnings"]]
    claim = next(claim for claim in cdnow["claims"] if claim["code"] == "lost_customer")
    assert [claim[name] for name in ("figure", "low", "high")] == [lost[n] for n in ("value", "low", "high")]
    assert risk["total"] == pytest.approx(lost["value"] * lost["customers_lost"])
    for groups in (risk["by_p_alive"], risk["by_cohort"]):
        assert sum(row["value_at_risk"] for row in groups) == pytest.approx(risk["total"])
        assert sum(row["lost"] for row in groups) == pytest.approx(lost["customers_lost"])
    assert [row["from"] for row in risk["by_p_alive"]] == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert lost["replacement"] is found["acquisition"] is found["next_euro"] is found["cac"] is None


def test_the_holdout_of_cdnow_with_a_chosen_model_and_day(analyse):
    asked = ["--zero-orders", "keep", "--model", "mbg-nbd", "--season", "off", "--holdout", "1997-09-30"]
    found = analyse("sample:cdnow", *asked)["lifetime_value"]
    held = found["holdout"]
    assert (held["until"], held["weeks"], held["actual"]) == ("1997-09-30", 39, 1882)
    assert held["expected"] == pytest.approx(1576.7, abs=0.05)
    assert held["bias"] == pytest.approx(held["expected"] / 1882 - 1)
    assert held["naive"]["zero"]["rmse"] == pytest.approx(2.206, abs=5e-4)
    assert set(held["naive"]) == {"same_rate", "mean_of_all", "zero"}
    assert all(
        set(scores) == {"expected", "rmse", "mean_absolute_error"} for scores in held["naive"].values()
    )
    assert held["rmse"] < held["naive"]["mean_of_all"]["rmse"]
    assert (found["model"], found["k"], found["season"]["on"]) == ("mbg_nbd", 1, False)
    assert found["trust"] == "fair"  # told by the one day that is asked for
    assert held["models"]["bg_nbd"]["expected"] == pytest.approx(1653, abs=0.5)
    assert held["models"]["pareto_nbd"]["expected"] == pytest.approx(1665.5, abs=0.1)
    assert held["proposed"] == "pareto_nbd"
    assert [found[kind]["aic"] is not None for kind in ("bg_nbd", "mbg_nbd", "pareto_nbd")] == [True] * 3


@pytest.fixture(scope="module")
def whole_cdnow(analysed_cdnow):
    """CDNOW to its last day, with the model that the data shows to do best."""
    return analysed_cdnow.figures


def test_the_season_of_cdnow_is_told_with_its_interval(whole_cdnow):
    season = whole_cdnow["lifetime_value"]["season"]
    assert (season["from"], season["to"]) == ("1997-01", "1998-06")
    assert all(len(season[name]) == 12 for name in ("index", "low", "high"))
    ends = zip(season["low"], season["index"], season["high"], strict=True)
    assert all(low < index < high for low, index, high in ends)
    assert season["on"]
    plain = whole_cdnow["lifetime_value"]["mbg_nbd"]["log_likelihood"]
    assert season["plain_log_likelihood"] == plain < season["log_likelihood"]


def test_every_model_tried_from_every_origin_is_told_and_the_best_is_used(whole_cdnow):
    found = whole_cdnow["lifetime_value"]
    days = ["1997-09-30", "1997-12-30", "1998-03-31"]
    tried = {(row["model"], row["k"], row["season"]) for row in found["origins"]}
    assert {(kind, 1, False) for kind in ("bg_nbd", "mbg_nbd", "pareto_nbd")} < tried
    for which in tried:
        of_it = [row for row in found["origins"] if (row["model"], row["k"], row["season"]) == which]
        assert [row["until"] for row in of_it] == days
        assert [row["actual"] for row in of_it] == [1882, 1156, 495]
        for row in of_it:
            assert row["bias"] == pytest.approx(row["expected"] / row["actual"] - 1)
    used = {"model": found["model"], "k": found["k"], "season": found["season"]["on"]}
    assert found["proposed"] == used
    assert found["model"] != "bg_nbd"  # for which nobody who bought once ever leaves
    assert whole_cdnow["economics"]["lost_customer"]["model"] == found["model"]
    assert whole_cdnow["economics"]["what_if"]["purchases"]["model"] == found["model"]


@pytest.fixture(scope="module")
def by_model(regular_shop, tmp_path_factory):
    """The same shop by the models asked for."""
    found, out = {}, tmp_path_factory.mktemp("models") / "figures.json"
    for name, asked in {"bg": PLAIN_BG, "seasonal": ["--season", "on"], "pareto": PARETO}.items():
        assert main(["analyse", str(regular_shop), *asked, "--json", str(out)]) == 0
        found[name] = json.loads(out.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    return {name: each["lifetime_value"] for name, each in found.items()}


@pytest.mark.parametrize(
    ("name", "kinds", "regular", "season"),
    [
        ("bg", {"bg_nbd"}, {1}, False),
        ("seasonal", {"bg_nbd", "mbg_nbd"}, {1, 2, 3, 4}, True),
        ("pareto", {"pareto_nbd"}, {1}, False),
    ],
)
def test_what_is_asked_of_the_model_is_used_whatever_is_proposed(by_model, name, kinds, regular, season):
    found = by_model[name]
    assert found["model"] in kinds
    assert found["k"] in regular
    assert found["season"]["on"] == season
    told = {part for part, value in found["season"].items() if part != "on" and value is not None}
    assert told == (set() if name == "pareto" else set(found["season"]) - {"on"})


def test_another_model_gives_other_figures_and_leaves_the_plain_ones(by_model):
    assert len({found["total"] for found in by_model.values()}) == 3
    for name in ("bg_nbd", "mbg_nbd", "pareto_nbd", "gamma_gamma", "proposed"):
        assert by_model["bg"][name] == by_model["seasonal"][name] == by_model["pareto"][name]
    assert by_model["seasonal"]["origins"] == by_model["pareto"]["origins"]
    assert [row for row in by_model["seasonal"]["origins"] if row not in by_model["bg"]["origins"]] == []


def test_the_holdout_of_online_retail(retail):
    found = retail["lifetime_value"]
    assert found["holdout"]["until"] == "2011-06-05"
    assert found["holdout"]["models"]["bg_nbd"]["bias"] == pytest.approx(-0.126, abs=5e-4)
    assert {row["until"] for row in found["origins"]} == {"2011-06-05", "2011-08-07", "2011-09-10"}
    used = {"model": found["model"], "k": found["k"], "season": found["season"]["on"]}
    assert used == found["proposed"]
    assert [reason["code"] for reason in found["reasons"]][:3] == ["total_within", "beats_naive", "money_off"]
    assert "no_recent_purchase" in [warning["code"] for warning in retail["warnings"]]


def test_online_retail_input(retail):
    found = retail["input"]
    assert (found["rows"], found["rows_used"], found["set_aside"]) == (
        541909,
        406829,
        {"missing_customer": 135080},
    )
    assert (found["customers"], found["orders"], found["refunds"], found["zero_orders"]) == (
        4338,
        18532,
        3654,
        4,
    )
    assert (found["first_date"], found["last_date"]) == ("2010-12-01", "2011-12-09")
    assert found["customers"] + found["customers_without_purchase"] == 4372
    assert found["platform"] == "uci_online_retail"
    assert found["mapping"] == {
        "customer": "CustomerID",
        "order": "InvoiceNo",
        "date": "InvoiceDate",
        "quantity": "Quantity",
        "price": "UnitPrice",
        "product": "Description",
    }


def test_online_retail_figures(retail):
    found = retail["metrics"]
    assert round(found["revenue_gross"], 2) == 8_911_407.90
    assert round(found["refunds"], 2) == -611_342.09
    assert found["strict_retention"] == pytest.approx(4247 / 10775)
    cells = {(cell["cohort"], cell["age"]): cell for cell in retail["cohorts"]["cells"]}
    assert [cells["2010-12", age]["customers"] for age in range(4)] == [885, 324, 286, 340]
    assert cells["2011-11", 1]["complete"] is False
    assert retail["cohorts"]["pooled_retention"][0]["rate"] == pytest.approx(940 / 3974)
    steps = retail["dropoff"][:3]
    assert [round(step["goes_on"], 4) for step in steps] == [0.8544, 0.9091, 0.9327]
    assert [round(step["within_180_days"], 4) for step in steps] == [0.6678, 0.8308, 0.8965]
    assert [(step["read_at_day"], step["median_days"], step["trigger_day"]) for step in steps] == [
        (372, 49, 110),
        (306, 47, 95),
        (236, 41, 87),
    ]
    lost = [row["lost"] for row in retail["flows"]]
    assert lost[0] is None
    assert lost[-1] is None


def test_online_retail_hardly_sees_anybody_leave_and_says_so(analyse):
    if not WORKBOOK.exists():
        pytest.skip("the Online Retail workbook is not beside the project")
    retail = analyse(WORKBOOK, "--model", "mbg-nbd", "--season", "off", "--regularity", "1")
    lost, risk = (retail["economics"][name] for name in ("lost_customer", "value_at_risk"))
    assert "no_dropout_visible" in [warning["code"] for warning in lost["warnings"]]
    assert lost["customers_lost"] < 5
    assert risk["low"] == 0  # nobody may have left
    assert risk["high"] < 0.01 * risk["if_active"]
    assert retail["lifetime_value"]["by_cohort"][0]["cohort"] == "2010-Q4"
    assert "no_dropout_visible" in [warning["code"] for warning in retail["warnings"]]


def test_left_truncated_customers_can_be_left_out(analyse, tmp_path):
    # Won one every other month; the first five buy again a month later. Too few for any model.
    days = pd.date_range("2023-01-02", periods=9, freq="56D")
    rows = [(f"c{n}", day, 10 + n) for n, day in enumerate(days)]
    rows += [(f"c{n}", day + pd.Timedelta(days=31), 5) for n, day in enumerate(days[:5])]
    file = tmp_path / "won.csv"
    pd.DataFrame(rows, columns=["customer", "date", "amount"]).to_csv(file, index=False)
    kept, left_out = analyse(file), analyse(file, "--left-truncated", "leave-out")
    assert left_out["cohorts"]["cells"] == kept["cohorts"]["cells"]
    assert left_out["flows"] == kept["flows"]
    assert left_out["cohorts"]["pooled_retention"] != kept["cohorts"]["pooled_retention"]
    assert left_out["metrics"]["first_order_value"] != kept["metrics"]["first_order_value"]
    assert kept["dropoff"][0]["customers"] == kept["input"]["customers"] == 9
    old = kept["input"]["left_truncated_customers"]
    assert old > 0
    assert left_out["dropoff"][0]["customers"] == 9 - old
    assert left_out["metrics"]["strict_retention"] == kept["metrics"]["strict_retention"]


def test_every_cost_is_over_the_customers_that_count(analyse, tmp_path):
    # One customer won a week, and ten more in the first; half buy again a month later
    days = [
        *pd.date_range("2023-01-01", periods=10, freq="D"),
        *pd.date_range("2023-01-02", "2024-05-31", freq="7D"),
    ]
    rows = [(f"c{n}", day, 10 + n % 7) for n, day in enumerate(days)]
    rows += [(f"c{n}", day + pd.Timedelta(days=31), 5) for n, day in enumerate(days[:70]) if n % 2]
    file, spend = tmp_path / "won.csv", tmp_path / "spend.csv"
    pd.DataFrame(rows, columns=["customer", "date", "amount"]).to_csv(file, index=False)
    months = [f"{month:%Y-%m}" for month in pd.date_range("2023-01-01", periods=17, freq="MS")]
    paid = [(month, "ads", 100, "acquisition", 50) for month in months]
    kept = [(month, "mail", 10, "retention", None) for month in months]
    columns = ["month", "channel", "amount", "purpose", "leads"]
    pd.DataFrame(paid + kept, columns=columns).to_csv(spend, index=False)
    given = [file, "--spend", str(spend), "--until", "2024-05-31"]
    with_old, without = analyse(*given), analyse(*given, "--left-truncated", "leave-out")
    for found in (with_old, without):
        told = found["economics"]
        assert told["cac"] == told["acquisition"]["cac"]["value"]
        assert told["new_customers"] == told["acquisition"]["customers"]["new"]
        claims = {claim["code"]: claim for claim in found["claims"]}
        assert claims["acquisition_5_to_25"]["figure"] == told["acquisition"]["ratio"]["value"]
        assert claims["sell_to_prospect"]["figure"] == told["acquisition"]["success"]["rate"]["value"]
    assert without["economics"]["new_customers"] < with_old["economics"]["new_customers"]


def test_columns_say_what_would_be_read(orders, capsys):
    assert main(["columns", str(orders)]) == 0
    said = capsys.readouterr().out
    assert "ordini.csv" in said
    for found in ("Cliente", "Data", "Totale"):
        assert found in said
    assert "2024-01-05 – 2024-02-25" in said


def test_columns_as_json_hold_the_questions_and_what_each_answer_means(tmp_path):
    file, out = tmp_path / "open.csv", tmp_path / "columns.json"
    file.write_text("customer,date,amount\na,01/03/2024,10\nb,02/03/2024,20\n", encoding="utf-8")
    assert main(["columns", str(file), "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert found["mapping"] == {"date": "date", "amount": "amount", "customer": "customer"}
    [question] = found["questions"]
    assert (question["code"], question["column"]) == ("date_order", "date")
    assert {option["details"]["last"] for option in question["options"]} == {"2024-02-03", "2024-03-02"}
    assert main(["columns", str(file), "--day-first", "--json", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["questions"] == []


def test_columns_of_a_file_that_cannot_be_used_say_why(tmp_path, capsys):
    file = tmp_path / "no_date.csv"
    file.write_text("customer,amount\na,10\nb,20\n", encoding="utf-8")
    assert main(["columns", str(file)]) == 0
    assert "Date" in capsys.readouterr().out


def test_saved_choices_stand_for_guessing(analyse, tmp_path):
    file, choices = tmp_path / "sales.csv", tmp_path / "columns.json"
    file.write_text("who,day,net,gross\na,2024-01-02,8,10\nb,2024-02-03,16,20\n", encoding="utf-8")
    choices.write_text(ingest.dump(ingest.Mapping("who", "day", amount="net")), encoding="utf-8")
    assert analyse(file, "--mapping", str(choices))["metrics"]["revenue_net"] == pytest.approx(24)


def test_a_customer_and_reversed_orders_can_be_left_out(analyse, tmp_path):
    file = tmp_path / "sales.csv"
    rows = ["a,2024-01-02,10", "a,2024-01-03,-10", "b,2024-02-03,20", "till,2024-02-04,99"]
    file.write_text("\n".join(["customer,date,amount", *rows]), encoding="utf-8")
    found = analyse(file, "--leave-out", "till", "--reversed-orders", "drop")
    assert found["input"]["left_out"] == {"left_out_customer": 1, "reversed": 2}
    assert found["metrics"]["revenue_gross"] == pytest.approx(20)
    assert found["input"]["rows_read"] == 5


def test_what_the_page_would_say_stands_among_the_warnings(analyse, tmp_path, capsys):
    file = tmp_path / "ordini.csv"
    lines = ["a;05/01/2024;10,00", "a;05/01/2024;10,00", "b;25/06/2024;8,00", ";07/01/2024;30,00"]
    file.write_text("\n".join(["Cliente;Data;Totale", *lines]) + "\n", encoding="utf-8")
    found = analyse(file)
    warned = {warning["code"]: warning["details"] for warning in found["warnings"]}
    assert warned["much_set_aside"] == {
        "rows": 1,
        "share": 0.25,
        "amount": 30.0,
        "share_of_money": pytest.approx(30 / 58),
    }
    assert warned["duplicates"]["rows"] == 1
    assert warned["date_gap"]["first"] == "2024-01-06"
    told = capsys.readouterr().err
    assert "1 row repeats another in every column" in told
    assert "51.7% of the money" in told
    assert "**" not in told


def test_the_columns_of_product_and_discount_may_be_named(tmp_path, capsys):
    file = tmp_path / "list.csv"
    heading = "Customer,Date,Quantity,Unit price,Total,A,B"
    lines = [
        "a,2024-01-05,2,10.00,20.00,50%,x",
        "b,2024-01-06,1,20.00,20.00,,y",
        "a,2024-02-07,1,5.50,5.50,,x",
    ]
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    assert main(["columns", str(file), "--product", "B", "--discount", "A", "--json", "-"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["mapping"]["product"], found["mapping"]["discount"], found["products"]) == ("B", "A", 2)
    assert (found["mapping"]["price"], "amount" in found["mapping"]) == ("Unit price", False)
    assert main(["columns", str(file), "--product", "B"]) == 0
    assert "2 different" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("heading", "options", "revenue", "said"),
    [
        ("Total", [], 3550.0, "maybe_cents"),
        ("Total", ["--cents"], 35.5, "read_as_cents"),
        ("Total", ["--no-cents"], 3550.0, None),
        ("Total cents", [], 35.5, "read_as_cents"),
        ("Total cents", ["--no-cents"], 3550.0, None),
    ],
)
def test_cents_are_said_and_can_be_told(analyse, tmp_path, heading, options, revenue, said):
    file = tmp_path / "payments.csv"
    lines = ["a,2024-01-05,1050,eur", "b,2024-01-06,2000,eur", "a,2024-02-07,500,eur"]
    file.write_text("\n".join([f"Customer,Date,{heading},Currency", *lines]) + "\n", encoding="utf-8")
    found = analyse(file, *options)
    assert found["metrics"]["revenue_gross"] == revenue
    codes = {warning["code"] for warning in found["warnings"]}
    assert codes & {"maybe_cents", "read_as_cents", "cents"} == ({said} if said else set())


def test_a_discount_that_an_amount_leaves_unused_is_said(tmp_path, capsys):
    file = tmp_path / "list.csv"
    lines = ["Customer,Date,Total,A", "a,2024-01-05,20.00,5", "b,2024-01-06,12.50,1"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["columns", str(file), "--discount", "A", "--json", "-"]) == 0
    said = {
        warning["code"]: warning["details"] for warning in json.loads(capsys.readouterr().out)["warnings"]
    }
    assert said["discount_not_used"] == {"column": "A", "amount": "Total"}


def test_the_columns_of_status_refund_and_currency_may_be_named(analyse, tmp_path):
    file = tmp_path / "list.csv"
    heading = "Customer,Date,Total,A,B,C"
    lines = ["a,2024-01-05,10.5,ok,x,EUR", "b,2024-01-06,20,Storniert,,EUR", "a,2024-02-07,30,ok,,EUR"]
    file.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    asked = ["--status-column", "A", "--refund-column", "B", "--currency-column", "C"]
    found = analyse(file, *asked)["input"]
    assert (found["cancelled"], found["currency"]) == (1, "EUR")
    assert {role: found["mapping"][role] for role in ("status", "refund", "currency")} == {
        "status": "A",
        "refund": "B",
        "currency": "C",
    }


def test_what_a_file_is_in_may_be_said_where_it_names_none(analyse, orders, tmp_path, capsys):
    assert analyse(orders)["input"]["currency"] is None
    assert analyse(orders, "--currency", "EUR")["input"]["currency"] == "EUR"
    assert main(["analyse", str(orders), "--currency", "euro"]) == 2
    assert "“euro” is not a currency" in capsys.readouterr().err
    named = tmp_path / "sterline.csv"
    named.write_text(orders.read_text(encoding="utf-8").replace("Totale", "Totale (GBP)"), encoding="utf-8")
    assert analyse(named)["input"]["currency"] == "GBP"
    assert main(["analyse", str(named), "--currency", "EUR", "--language", "it"]) == 2
    assert "Nessuna riga è in EUR. Le valute del file: GBP (3)." in capsys.readouterr().err


def test_columns_say_that_a_file_names_no_currency_and_how_to(orders, capsys):
    assert main(["columns", str(orders)]) == 0
    said = capsys.readouterr()
    assert "not named; amounts have no sign (--currency EUR says which)" in said.out
    assert "currency" not in said.err
    assert main(["columns", str(orders), "--currency", "CHF"]) == 0
    assert re.search(r"^Currency +CHF$", capsys.readouterr().out, re.MULTILINE)
