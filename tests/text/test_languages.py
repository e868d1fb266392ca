"""A language is a record and a catalogue: what sets it apart stands nowhere else."""

import ast
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names

from retention.charts import style
from retention.text import DEFAULT, LANGUAGES, Language, Words, language_of
from retention.text.elision import elided

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "retention" / "text"
OF_A_LANGUAGE = {TEXT / "languages.py", TEXT / "elision.py"}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
DAYS = {
    "en": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    "it": "domenica lunedì martedì mercoledì giovedì venerdì sabato",
}


def constants(source):
    return {
        node.value
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant)
    }


def test_each_language_has_its_catalogue():
    assert {found.stem for found in (TEXT / "catalogues").glob("*.po")} == set(LANGUAGES)


def test_no_other_module_names_a_language():
    sources = {*(ROOT / "retention").rglob("*.py"), *(ROOT / "pages").glob("*.py")} - OF_A_LANGUAGE
    named = {str(source.relative_to(ROOT)) for source in sources if constants(source) & set(LANGUAGES)}
    assert named == set()


@pytest.mark.parametrize(
    ("locale", "language"),
    [("it-IT", "it"), ("it", "it"), ("en_GB", "en"), ("xx", DEFAULT), (None, DEFAULT)],
)
def test_the_language_of_a_browser(locale, language):
    assert language_of(locale) == language


@pytest.mark.parametrize(("code", "name"), [("it", "Italiano"), ("en", "English")])
def test_a_language_is_called_as_its_speakers_call_it(code, name):
    assert LANGUAGES[code].name == name


@pytest.mark.parametrize(("code", "signs"), [("it", ",.;"), ("en", ".,,")])
def test_signs_of_numbers_and_of_a_csv(code, signs):
    language = LANGUAGES[code]
    assert (language.decimal, language.thousands, language.delimiter) == tuple(signs)


@pytest.mark.parametrize("code", MONTHS)
def test_months_begin_with_january_and_days_with_sunday(code):
    language = LANGUAGES[code]
    assert (" ".join(language.months), " ".join(language.days)) == (MONTHS[code], DAYS[code])
    assert language.short_months == tuple(name[:3] for name in language.months)  # true of these two
    assert language.short_days == tuple(name[:3] for name in language.days)


@pytest.mark.parametrize("code", LANGUAGES)
def test_axes_name_months_and_days_in_full_and_in_short(code):
    time = style.locale(Words(code)).to_dict()["time"]
    for width, months, days in (("wide", "months", "days"), ("abbreviated", "shortMonths", "shortDays")):
        named = get_day_names(width, "stand-alone", code)  # from Monday on
        assert time[months] == list(get_month_names(width, "stand-alone", code).values())
        assert time[days] == [named[day] for day in (6, 0, 1, 2, 3, 4, 5)]


def test_a_language_to_come_knows_its_months_and_signs():
    esperanto = Language("eo", date_input="DD/MM/YYYY", tag="eo")
    assert (esperanto.name, esperanto.months[2], esperanto.days[0]) == ("Esperanto", "Marto", "dimanĉo")
    assert (esperanto.decimal, esperanto.delimiter) == (",", ";")
    assert esperanto.finished("dum 8 tagoj") == "dum 8 tagoj"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("In 2024 e in T4 2023", "Nel 2024 e nel T4 2023"),
        ("clienti di 2024 rispetto a **2023**", "clienti del 2024 rispetto al **2023**"),
        ("in gen 2024, di dic 2023", "in gen 2024, di dic 2023"),
        ("in 2024-W49", "nel 2024-W49"),
        ("in 2.024 casi, a 2024,5 €", "in 2.024 casi, a 2024,5 €"),
        ("in 20240 casi, in 1850", "in 20240 casi, in 1850"),
    ],
)
def test_a_year_has_its_article_in_italian(said, read):
    assert elided(said) == read
