"""A language is a record and a catalogue: what sets it apart stands nowhere else."""

import ast
from pathlib import Path

import pytest

from retention.charts import style
from retention.text import DEFAULT, LANGUAGES, Language, language_of

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
    [("it-IT", "it"), ("it", "it"), ("en_GB", "en"), ("de-DE", DEFAULT), (None, DEFAULT)],
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_axes_name_months_and_days_in_full_and_by_three_letters(code):
    time = style.locale(LANGUAGES[code]).to_dict()["time"]
    months, days = MONTHS[code].split(), DAYS[code].split()
    assert (time["months"], time["shortMonths"]) == (months, [name[:3] for name in months])
    assert (time["days"], time["shortDays"]) == (days, [name[:3] for name in days])


def test_a_language_to_come_knows_its_months_and_signs():
    german = Language("de", date_input="DD/MM/YYYY")
    assert (german.name, german.months[2], german.days[0]) == ("Deutsch", "März", "Sonntag")
    assert (german.decimal, german.delimiter, german.finished("ab 8 Uhr")) == (",", ";", "ab 8 Uhr")
