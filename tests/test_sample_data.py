"""The sample shop: the files are what the script makes, and the models find its parameters in them."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln
from scipy.stats import binomtest, chi2

from sample_data import make

FOLDER = Path(__file__).parents[1] / "sample_data"
ITALIAN_AMOUNT = re.compile(r"-?\d{1,3}(\.\d{3})*,\d{2}")


def amounts(written: pd.Series) -> pd.Series:
    plain = written.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return pd.to_numeric(plain, errors="coerce")


@pytest.fixture(scope="module")
def rows():
    rows = pd.read_csv(FOLDER / "negozio.csv", sep=";", dtype=str, keep_default_na=False)
    day = pd.to_datetime(rows["Data ordine"], format="%d/%m/%Y", errors="coerce")
    return rows.assign(day=day, value=amounts(rows["Totale ordine"]))


@pytest.fixture(scope="module")
def usable(rows):
    return rows[rows["day"].notna() & rows["value"].notna() & (rows["Codice cliente"] != "")]


@pytest.fixture(scope="module")
def purchases(usable):
    return usable[usable["value"] > 0]


@pytest.fixture(scope="module")
def spend():
    spend = pd.read_csv(FOLDER / "spese_marketing.csv", sep=";", dtype=str)
    return spend.assign(
        amount=amounts(spend["Importo"]), month=pd.PeriodIndex(month_keys(spend["Mese"]), freq="M")
    )


def month_keys(written: pd.Series) -> pd.Series:
    return written.str[3:] + "-" + written.str[:2]


@pytest.fixture(scope="module")
def histories(purchases):
    """Per customer x, t_x and T in weeks, and the mean value of repeat purchase days."""
    days = purchases.groupby(["Codice cliente", "day"])["value"].sum().reset_index()
    of_customer = days.groupby("Codice cliente")
    first, last = of_customer["day"].min(), of_customer["day"].max()
    end = pd.Timestamp(make.LAST)
    x = of_customer.size() - 1
    repeat_value = of_customer["value"].sum() - of_customer["value"].first()
    return pd.DataFrame(
        {
            "x": x.astype(float),
            "t_x": (last - first).dt.days / 7,
            "T": (end - first).dt.days / 7,
            "m_x": repeat_value / x.where(x > 0),
        }
    )


@pytest.fixture(scope="module")
def monthly(purchases):
    """For each customer and month with a purchase: the month, and that of the first purchase, as numbers."""
    month = 12 * purchases["day"].dt.year + purchases["day"].dt.month
    active = purchases.assign(month=month)[["Codice cliente", "month"]].drop_duplicates()
    return active.assign(cohort=active.groupby("Codice cliente")["month"].transform("min"))


@pytest.mark.parametrize("name", ["negozio.csv", "spese_marketing.csv"])
def test_running_the_script_again_gives_the_committed_file(name):
    assert make.files()[name].encode() == (FOLDER / name).read_bytes()


def test_the_headings_are_those_promised():
    shop, spend = (FOLDER / "negozio.csv", FOLDER / "spese_marketing.csv")
    assert shop.read_text("utf-8").splitlines()[0] == (
        "Numero ordine;Data ordine;Codice cliente;Canale;Regione;Prodotto;Totale ordine;Valuta;Reclamo"
    )
    assert spend.read_text("utf-8").splitlines()[0] == "Mese;Canale;Importo;Scopo;Contatti"


def test_both_files_are_small(rows):
    assert len(rows) <= 20_000
    assert sum(path.stat().st_size for path in FOLDER.glob("*.csv")) < 1_500_000


def test_the_first_and_the_last_day_have_a_purchase(purchases):
    assert purchases["day"].min() == pd.Timestamp(date(2022, 1, 1))
    assert purchases["day"].max() == pd.Timestamp(date(2024, 12, 31))


def test_every_row_has_its_own_number(rows):
    assert rows["Numero ordine"].is_unique


def test_every_amount_but_one_is_written_as_italians_do(rows, spend):
    amounts = pd.concat([rows["Totale ordine"], spend["Importo"]])
    strange = [written for written in amounts if not ITALIAN_AMOUNT.fullmatch(written)]
    assert strange == ["n.d."]
    assert rows["Totale ordine"].str.fullmatch(r"\d\.\d{3},\d{2}").any()


def test_the_rows_to_set_aside(rows):
    assert (rows["Codice cliente"] == "").sum() == make.CASH_SALES
    assert set(rows.loc[rows["day"].isna(), "Data ordine"]) == {"31/02/2024", "30/02/2023"}
    assert rows["value"].isna().sum() == 1


def test_gifts_are_worth_nothing(rows):
    assert (rows["Totale ordine"] == "0,00").sum() == make.GIFTS


def test_about_three_orders_in_a_hundred_are_refunded(usable, purchases):
    assert (usable["value"] < 0).sum() / len(purchases) == pytest.approx(0.03, abs=0.005)


def test_a_refund_follows_a_purchase_of_at_least_its_amount(usable, purchases):
    refunds = usable[usable["value"] < 0]
    pairs = refunds.merge(purchases, on="Codice cliente", suffixes=("_back", ""))
    waited = (pairs["day_back"] - pairs["day"]).dt.days
    fitting = pairs[waited.between(*make.REFUND_DAYS) & (pairs["value"] >= -pairs["value_back"])]
    assert set(fitting["Numero ordine_back"]) == set(refunds["Numero ordine"])


def test_a_customer_keeps_channel_and_region(usable):
    kept = usable.groupby("Codice cliente")[["Canale", "Regione"]].nunique()
    assert (kept == 1).all(axis=None)


def test_the_shop_is_credible(purchases, monthly):
    orders = purchases.groupby("Codice cliente").size()
    observed = monthly[monthly["cohort"] < monthly["month"].max()]
    back_next_month = (observed["month"] == observed["cohort"] + 1).sum() / observed[
        "Codice cliente"
    ].nunique()
    assert 4_500 <= len(orders) <= 5_500
    assert 0.45 <= (orders > 1).mean() <= 0.60
    assert 0.15 <= back_next_month <= 0.30
    assert 55 <= purchases["value"].mean() <= 70


def test_december_is_the_best_month_and_august_a_low(purchases):
    by_month = pd.crosstab(purchases["day"].dt.year, purchases["day"].dt.month)
    assert (by_month.idxmax(axis=1) == 12).all()
    assert (by_month[8] < by_month[[7, 9]].min(axis=1)).all()


def test_more_customers_are_won_each_year_and_not_many_more(purchases):
    """By a tenth a year: 1.3 times in three years, and what chance adds to some 1,600 customers a year."""
    won = purchases.groupby("Codice cliente")["day"].min().dt.year.value_counts()
    assert 1.0 < won[2023] / won[2022] < 1.2
    assert 1.0 < won[2024] / won[2023] < 1.2


def test_every_row_says_that_it_is_in_euros(rows):
    assert set(rows["Valuta"]) == {"EUR"}


def test_every_product_is_sold_in_its_season_alone(purchases):
    month = purchases["day"].dt.month
    of_a_season = purchases["Prodotto"].map(make.ONLY_IN)
    assert set(purchases["Prodotto"]) == set(chain.from_iterable(make.PRODUCTS.values()))
    assert set(of_a_season.dropna()) == set(make.ONLY_IN.values())
    assert all(
        m in months for m, months in zip(month[of_a_season.notna()], of_a_season.dropna(), strict=True)
    )


def test_those_who_complained_come_back_more_often_where_it_was_solved(purchases):
    """Two in three stay where it was solved and one in five where not, by Bayes from the shares of make.

    Seen are fewer: some stay and have not come back yet.
    """
    stays = make.B / (make.A + make.B)
    solved, unsolved = (share_that_stays(stays, solved=yes) for yes in (True, False))
    last = purchases.groupby("Codice cliente")["day"].transform("max")
    early = purchases[purchases["day"] < pd.Timestamp(make.LAST) - pd.Timedelta(days=365)]
    back = (early["day"] < last[early.index]).groupby(early["Reclamo"]).mean()
    complained = early["Reclamo"].value_counts()
    assert set(back.index) == {"", "risolto", "non risolto"}
    assert (complained[["risolto", "non risolto"]] > 50).all()
    assert 0.02 < (early["Reclamo"] != "").mean() < 0.05
    assert back["risolto"] == pytest.approx(solved, abs=0.15)
    assert back["non risolto"] == pytest.approx(unsolved, abs=0.15)
    assert back["risolto"] - back["non risolto"] > 0.25


def share_that_stays(stays, *, solved):
    def share(of):
        return make.COMPLAINTS[of] * (make.SOLVED[of] if solved else 1 - make.SOLVED[of])

    return stays * share("stays") / (stays * share("stays") + (1 - stays) * share("leaves"))


def test_channels_differ_in_retention(purchases):
    orders = purchases.groupby(["Canale", "Codice cliente"]).size()
    repeat_rate = (orders > 1).groupby("Canale").mean()
    assert set(repeat_rate.index) == set(make.CHANNELS)
    assert repeat_rate["Passaparola"] - repeat_rate["Meta Ads"] > 0.08


def test_winning_costs_five_to_seven_times_keeping(spend, monthly):
    customers = monthly["Codice cliente"].nunique()
    months = monthly.sort_values(["Codice cliente", "month"])
    retained = (months.groupby("Codice cliente")["month"].diff() == 1).sum()
    total = spend.groupby("Scopo")["amount"].sum()
    cost_to_win = total["acquisizione"] / customers
    cost_to_keep = total["fidelizzazione"] / retained
    assert 18 <= cost_to_win <= 30
    assert 3 <= cost_to_keep <= 5
    assert 5 <= cost_to_win / cost_to_keep <= 7


@pytest.mark.parametrize("channel", ["Google Ads", "Meta Ads"])
def test_ads_grow_dearer(spend, purchases, channel):
    won = purchases.groupby("Codice cliente").agg(day=("day", "min"), channel=("Canale", "first"))
    won = won[won["channel"] == channel].groupby(won["day"].dt.year).size()
    paid = spend[(spend["Canale"] == channel) & (spend["Scopo"] == "acquisizione")]
    paid = paid.groupby(paid["month"].dt.year)["amount"].sum()
    cost = paid / won
    assert cost[2024] > 1.1 * cost[2022]


@pytest.mark.parametrize("channel", make.SUCCESS)
def test_so_many_of_those_who_came_by_an_advert_bought(spend, purchases, channel):
    first = purchases.sort_values("day").groupby("Codice cliente")["Canale"].first()
    found = binomtest(int((first == channel).sum()), int(leads_of(spend, channel).sum()))
    ends = found.proportion_ci()
    assert ends.low < make.SUCCESS[channel] < ends.high


def leads_of(spend, channel):
    return pd.to_numeric(spend.loc[spend["Canale"] == channel, "Contatti"])


def test_every_month_has_spend_on_known_purposes(spend):
    assert set(spend["month"].astype(str)) == {
        f"{y}-{m:02d}" for y in (2022, 2023, 2024) for m in range(1, 13)
    }
    assert set(spend["Scopo"]) == {"acquisizione", "fidelizzazione"}
    assert (spend["amount"] > 0).all()


def mbg_nbd_log_likelihood(log_parameters, histories):
    """Batislam, Denizel and Filiztekin 2007; Hoppe and Wagner 2007: who may leave at once."""
    r, alpha, a, b = np.exp(log_parameters)
    x, t_x, age = (histories[name].to_numpy() for name in ("x", "t_x", "T"))
    shared = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - betaln(a, b)
    alive = betaln(a, b + x + 1) - (r + x) * np.log(alpha + age)
    gone = betaln(a + 1, b + x) - (r + x) * np.log(alpha + t_x)
    return float(np.sum(shared + np.logaddexp(alive, gone)))


def gamma_gamma_log_likelihood(log_parameters, histories):
    """Fader and Hardie 2013, equation 1a."""
    p, q, gamma = np.exp(log_parameters)
    repeaters = histories[histories["x"] > 0]
    x, m_x = repeaters["x"].to_numpy(), repeaters["m_x"].to_numpy()
    per_customer = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
    per_customer += (p * x - 1) * np.log(m_x) + p * x * np.log(x) - (p * x + q) * np.log(x * m_x + gamma)
    return float(np.sum(per_customer))


def fitted(log_likelihood, histories, start):
    return minimize(
        lambda parameters: -log_likelihood(parameters, histories) / len(histories),
        np.log(start),
        method="Nelder-Mead",
        options={"xatol": 1e-5, "fatol": 1e-9},
    )


def test_mbg_nbd_finds_the_parameters_the_shop_was_made_with(histories):
    """Within 15 % for how often people buy and 25 % for when they leave; seasons blur both a little."""
    fit = fitted(mbg_nbd_log_likelihood, histories, [1, 1, 1, 1])
    r, alpha, a, b = np.exp(fit.x)
    assert fit.success
    assert [r, alpha] == pytest.approx([make.R, make.ALPHA], rel=0.15)
    assert [a, b] == pytest.approx([make.A, make.B], rel=0.25)
    assert a / (a + b) == pytest.approx(make.A / (make.A + make.B), rel=0.10)


def test_mbg_nbd_truth_is_not_rejected(histories):
    """Likelihood ratio of the best four parameters against the true ones, at 1 %."""
    truth = np.log([make.R, make.ALPHA, make.A, make.B])
    best = fitted(mbg_nbd_log_likelihood, histories, np.exp(truth)).x
    gain = mbg_nbd_log_likelihood(best, histories) - mbg_nbd_log_likelihood(truth, histories)
    assert 2 * gain < chi2.ppf(0.99, df=4)


def test_leaving_is_visible(histories):
    """MBG/NBD explains the shop far better than customers who never leave (a near 0)."""
    leaving = fitted(mbg_nbd_log_likelihood, histories, [1, 1, 1, 1]).x

    def never_leaving(rest, data):
        return mbg_nbd_log_likelihood([*rest, np.log(1e-6), 0.0], data)

    staying = fitted(never_leaving, histories, [1, 1]).x
    gain = mbg_nbd_log_likelihood(leaving, histories) - never_leaving(staying, histories)
    assert 2 * gain > 100


def test_gamma_gamma_finds_the_parameters_the_shop_was_made_with(histories):
    """Within 15 % for p and q, which trade off against gamma; 5 % for the mean order itself."""
    fit = fitted(gamma_gamma_log_likelihood, histories, [1, 2, 10])
    p, q, gamma = np.exp(fit.x)
    assert fit.success
    assert [p, q] == pytest.approx([make.P, make.Q], rel=0.15)
    assert p * gamma / (q - 1) == pytest.approx(make.P * make.GAMMA / (make.Q - 1), rel=0.05)


@pytest.mark.parametrize("shares", [make.CHANNELS, make.FAVOURITES])
def test_channels_and_favourites_leave_the_whole_as_it_was(shares):
    """Shares add up for the keenest and the least keen, so nobody is turned away by the draw."""
    assert np.sum(list(shares.values()), axis=0) == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("cents", "written"),
    [(0, "0,00"), (7, "0,07"), (99_999, "999,99"), (123_450, "1.234,50"), (-456, "-4,56")],
)
def test_euros_are_written_as_italians_do(cents, written):
    assert make.euros(cents) == written
