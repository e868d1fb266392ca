"""Figures as a reader sees them: how many digits, which signs, in which order."""

from datetime import date

import pytest

from retention.periods import number_of
from retention.text import Words, formats


@pytest.mark.parametrize(("value", "written"), [(1234.4, "+1,234"), (-33.0, "−33"), (0.0, "+0")])
def test_a_difference_of_counts_has_its_sign(value, written):
    assert formats.signed_count("en", value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (12.5, "12"), (13.5, "14"), (999, "999"), (18531.6, "18,532"), (-1234.4, "−1,234")],
)
def test_a_count_has_no_decimals(value, written):
    assert formats.count("en", value) == written
    assert formats.count("it", value) == written.replace(",", ".")


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (0, "0"),
        (0.05, "0.050"),
        (0.0999, "0.100"),
        (0.1, "0.10"),
        (1.234, "1.23"),
        (5.0, "5"),
        (9.99, "9.99"),
        (10.04, "10.0"),
        (12.34, "12.3"),
        (99.94, "99.9"),
        (100.4, "100"),
        (18532.4, "18,532"),
        (-3.254, "−3.25"),
        (-45.67, "−45.7"),
        (-123.4, "−123"),
    ],
)
def test_a_number_has_about_three_digits_that_matter(value, english):
    assert formats.number("en", value) == english
    assert formats.number("it", value) == english.translate(str.maketrans(".,", ",."))


@pytest.mark.parametrize(("value", "written"), [(0.55331, "0.5533"), (1234.5, "1,234.5000"), (-2, "−2.0000")])
def test_a_parameter_has_four_decimals(value, written):
    assert formats.exact("en", value) == written


@pytest.mark.parametrize(
    ("share", "percent", "whole", "fine"),
    [
        (0.0, "0%", "0%", "0%"),
        (1.0, "100%", "100%", "100%"),
        (0.5, "50.0%", "50%", "50%"),
        (0.1234, "12.3%", "12%", "12.34%"),
        (0.0004, "0.0%", "0%", "0.04%"),
        (1.256, "125.6%", "126%", "125.6%"),
        (12.345, "1,234.5%", "1,234%", "1,234.5%"),
    ],
)
def test_a_share_has_a_decimal_none_or_up_to_two(share, percent, whole, fine):
    written = formats.percent, formats.whole_percent, formats.fine_percent
    assert tuple(write("en", share) for write in written) == (percent, whole, fine)


@pytest.mark.parametrize(
    ("difference", "points", "change"),
    [
        (0.0, "+0.0", "+0.0%"),
        (0.1236, "+12.4", "+12.4%"),
        (-0.1236, "−12.4", "−12.4%"),
        (-0.0004, "+0.0", "+0.0%"),
        (-0.0006, "−0.1", "−0.1%"),
        (12.5, "+1,250.0", "+1,250.0%"),
    ],
)
def test_a_difference_has_its_sign_and_nothing_has_no_minus(difference, points, change):
    assert formats.points("en", difference) == points
    assert formats.change("en", difference) == change


@pytest.mark.parametrize(
    ("value", "written"), [(0, "+0"), (2.5, "+2.50"), (-2.5, "−2.50"), (1234, "+1,234"), (-0.04, "−0.040")]
)
def test_a_difference_of_money_has_the_digits_of_a_number(value, written):
    assert formats.signed_money("en", value, None) == written
    assert formats.signed_money("en", value, "EUR") == f"{written[0]}€{written[1:]}"


@pytest.mark.parametrize(
    ("currency", "english", "italian"),
    [
        (None, ("573k", "−1.4k", "50–100"), ("573k", "−1,4k", "50–100")),
        ("EUR", ("€573k", "−€1.4k", "€50–100"), ("573k €", "−1,4k €", "50–100 €")),
        ("CHF", ("CHF 573k", "−CHF 1.4k", "CHF 50–100"), ("573k CHF", "−1,4k CHF", "50–100 CHF")),
    ],
)
def test_money_for_a_crowded_place_has_its_sign(currency, english, italian):
    for language, written in (("en", english), ("it", italian)):
        compact = [formats.compact_money(language, value, currency) for value in (572_714, -1_400)]
        found = (*compact, formats.compact_range(language, 50, 100, currency))
        assert tuple(each.replace("\xa0", " ") for each in found) == written


@pytest.mark.parametrize(
    ("code", "english", "italian"),
    [
        ("EUR", "€ EUR · Euro", "€ EUR · euro"),
        ("USD", "$ USD · US Dollar", "USD · dollaro statunitense"),
        ("CHF", "CHF · Swiss Franc", "CHF · franco svizzero"),
    ],
)
def test_a_currency_is_named_by_sign_code_and_name(code, english, italian):
    assert (formats.named_currency("en", code), formats.named_currency("it", code)) == (english, italian)
    assert formats.short_currency("it", code) == italian.split(" · ")[0]


def test_a_share_can_be_told_as_so_many_of_a_hundred():
    assert formats.per100("en", 0.237) == "24"
    assert formats.per100("it", 12.345) == "1.234"


@pytest.mark.parametrize(
    ("value", "currency", "english", "italian"),
    [
        (5, None, "5.00", "5,00"),
        (99.99, None, "99.99", "99,99"),
        (100, None, "100", "100"),
        (0, "EUR", "€0", "0 €"),
        (0.004, "EUR", "€0.00", "0,00 €"),
        (-99.5, "EUR", "−€99.50", "−99,50 €"),
        (-100, "EUR", "−€100", "−100 €"),
        (1234.6, "EUR", "€1,235", "1.235 €"),
        (5, "€", "€5.00", "5,00 €"),
        (5, "$", "$5.00", "5,00 $"),  # of whichever dollar: the file does not say
        (5, "USD", "$5.00", "5,00 USD"),
        (5, "£", "£5.00", "5,00 £"),
        (-5, "CHF", "−CHF 5.00", "−5,00 CHF"),
        (5, "JPY", "¥5.00", "5,00 JPY"),
    ],
)
def test_money_has_its_currency_and_cents_below_a_hundred(value, currency, english, italian):
    assert formats.money("en", value, currency).replace("\xa0", " ") == english
    assert formats.money("it", value, currency).replace("\xa0", " ") == italian


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (8.6, "9"),
        (885, "885"),
        (999, "999"),
        (1_000, "1k"),
        (1_449, "1.4k"),
        (9_940, "9.9k"),
        (10_000, "10k"),
        (10_600, "11k"),
        (573_400, "573k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (1_250_001, "1.3M"),
        (9_900_000, "9.9M"),
        (12_345_678, "12M"),
        (-1_500, "−1.5k"),
    ],
)
def test_a_compact_number_has_three_digits_at_most(value, written):
    assert formats.compact("en", value) == written
    assert formats.compact("it", value) == written.replace(".", ",")


@pytest.mark.parametrize(
    ("value", "rounded"), [(123456.0, 123000.0), (0.0123456, 0.0123), (-9.996, -10.0), (0.0, 0.0)]
)
def test_an_estimate_is_told_to_three_digits(value, rounded):
    assert formats.about(value) == rounded


@pytest.mark.parametrize(
    ("kind", "english", "italian"),
    [
        ("day", "9 Dec 2011", "9 dic 2011"),
        ("week", "2011-W49", "2011-W49"),
        ("month", "Dec 2011", "dic 2011"),
        ("quarter", "Q4 2011", "T4 2011"),
        ("year", "2011", "2011"),
    ],
)
def test_a_period_is_named_in_the_language(kind, english, italian):
    period = number_of(date(2011, 12, 9), kind)
    assert formats.period("en", period, kind) == english
    assert formats.period("it", period, kind) == italian


@pytest.mark.parametrize(
    ("kind", "english", "italian"),
    [("month", "Dec", "dic"), ("quarter", "Q4", "T4"), ("year", "2011", "2011")],
)
def test_a_period_for_a_crowded_place_is_named_without_its_year(kind, english, italian):
    period = number_of(date(2011, 12, 9), kind)
    assert formats.short_period("en", period, kind) == Words("en").short_period(period, kind) == english
    assert formats.short_period("it", period, kind) == Words("it").short_period(period, kind) == italian


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert formats.period("en", number_of(date(2012, 1, 1), "week"), "week") == "2011-W52"
    assert formats.period("en", number_of(date(2012, 1, 2), "week"), "week") == "2012-W01"


def test_a_size_is_told_in_megabytes():
    assert formats.megabytes("en", 2_540_000) == "2.54 MB"
    assert formats.megabytes("it", 200_000_000) == "200 MB"


def test_a_long_list_ends_in_an_ellipsis_after_twelve():
    letters = "abcdefghijklm"
    assert formats.listed("it", "ab") == "a e b"
    assert formats.listed("en", "a") == "a"
    assert formats.listed("en", letters[:12]) == ", ".join(letters[:12])
    assert formats.listed("en", letters) == ", ".join([*letters[:12], "…"])


@pytest.mark.parametrize(
    ("months", "written"),
    [
        ("2024-03", "Mar 2024"),
        (["2024-03"], "Mar 2024"),
        (["2024-03", "2024-05", "2024-06"], "Mar 2024, May 2024, Jun 2024"),
        (["2024-03", "2024-05", "2024-06", "2024-08"], "Mar 2024 – Aug 2024"),
    ],
)
def test_months_are_named_one_by_one_up_to_three(months, written):
    assert formats.WRITERS["months"]("en", months) == written


def test_a_month_of_a_sentence_is_that_of_its_day():
    assert formats.WRITERS["month"]("it", date(2024, 2, 29)) == "feb 2024"
